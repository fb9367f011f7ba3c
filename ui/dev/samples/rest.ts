import type { BindingsView, SavedFile, TablePreview } from "../../src/api/bindings";
import type { Answers } from "../double";

const saved: SavedFile = {
  path: "/home/zhang/文档/共济账本/备份-2026-03-08.sqlite",
  folder: "/home/zhang/文档/共济账本",
};

export const answers: Answers = {
  backup: () => saved,
  export_file: () => saved,
  table_preview: (): TablePreview => ({
    entries: 0,
    duplicates: 3,
    duplicate_lines: [2, 3, 7],
    faults: 1,
    fault_lines: [{ line: 5, what: { code: "error.in_future", params: {} }, hint: null }],
    doubts: 0,
    doubt_lines: [],
    seen: "3f9a4c1b",
  }),
  bindings: (): BindingsView => ({ bindings: [] }),
};
