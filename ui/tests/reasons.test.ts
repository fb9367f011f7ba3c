import { expect, it } from "vitest";
import type { Explanation, Message } from "../src/api/bindings";
import { told } from "../src/screens/estimate/reasons";
import { isUsualNow, typedRepeat } from "../src/screens/members/repeat";

const change = (code: string, params: Record<string, string>): Message => ({ code, params });
const inpatient = (name: string) =>
  change("explain.part_class", { part: "inpatient", class_name: name, class: name });
const one = (changes: Message[], whole = true): Explanation => ({
  changes,
  agreeing: ["total", "pool_paid"],
  compared: 3,
  whole,
});

it("tells reasons that differ in the class alone once", () => {
  const used = change("explain.deductible_used_up", {});
  const found = told([
    one([inpatient("一级医院")]),
    one([used]),
    one([inpatient("二级医院")]),
    one([inpatient("三级医院"), used]),
    one([inpatient("三级医院")], false),
  ]);
  expect(found.map(({ classes }) => classes?.names ?? null)).toEqual([
    ["一级医院", "二级医院"],
    null,
    null,
    null,
  ]);
  // Nothing else is joined, and all stand where they stood.
  expect(found.map(({ explanation }) => explanation.changes.length)).toEqual([1, 1, 2, 1]);
});

it("marks the usual way that the fields say, and no other", () => {
  const once = typedRepeat({ kind: "once" });
  expect(isUsualNow(once, "once")).toBe(true);
  expect(isUsualNow(once, "monthly")).toBe(false);
  const monthly = { ...once, kind: "months" as const, every: "1", on: "same" };
  expect(isUsualNow(monthly, "monthly")).toBe(true);
  expect(isUsualNow({ ...monthly, every: "2" }, "monthly")).toBe(false);
  expect(isUsualNow({ ...monthly, every: "" }, "monthly")).toBe(false);
});
