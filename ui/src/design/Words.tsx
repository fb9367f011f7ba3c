import type { ReactNode } from "react";
import { pieces } from "../format/whole";

/** 字句 — a sentence whose days and amounts do not break inside. */
export function Words({ children }: { children: string }) {
  return pieces(children).map(({ text, whole }, index) =>
    whole ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence are known by their place
      <span key={index} className="whitespace-nowrap">
        {text}
      </span>
    ) : (
      text
    ),
  );
}

/** The same for what may be a plain text or something made already. */
export function asWords(node: ReactNode): ReactNode {
  return typeof node === "string" ? <Words>{node}</Words> : node;
}
