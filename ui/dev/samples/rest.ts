import type { BindingsView, SavedFile } from "../../src/api/bindings";
import type { Answers } from "../double";

const saved: SavedFile = {
  path: "/home/zhang/文档/共济账本/备份-2026-03-08.sqlite",
  folder: "/home/zhang/文档/共济账本",
};

export const answers: Answers = {
  backup: () => saved,
  export_file: () => saved,
  bindings: (): BindingsView => ({ bindings: [] }),
};
