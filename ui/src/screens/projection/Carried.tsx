import type { ReactNode } from "react";
import { useTexts } from "../../i18n";

/** ≈ before what rests on an earlier year's standard; the line above the table says what it means. */
export function Carried({ children }: { children?: ReactNode }) {
  const { say } = useTexts();
  return (
    <span className="whitespace-nowrap">
      <span title={say("assumed.means")} className="text-warn">
        <span aria-hidden>≈</span>
        <span className="sr-only">{say("assumed")}</span>
      </span>
      {children && " "}
      {children}
    </span>
  );
}

/** What the table's signs mean, and the unit of its amounts. */
export function Legend({ hasCarried }: { hasCarried: boolean }) {
  const { say } = useTexts();
  return (
    <p className="mb-2 text-sm text-quiet">
      {say("projection.unit")}
      {hasCarried && say("projection.carried")}
    </p>
  );
}
