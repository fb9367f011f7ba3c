import type { Amount as AmountOf } from "../../api/bindings";
import { Amount } from "../../design";

/** 表里的金额 — without the unit, which the table names once; a range may break at its 「～」. */
export function Figure({ value, signed }: { value: AmountOf; signed?: boolean }) {
  return (
    <span className={typeof value === "object" ? "whitespace-normal" : undefined}>
      <Amount value={value} signed={signed} bare />
    </span>
  );
}
