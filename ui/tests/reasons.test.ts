import { expect, it } from "vitest";
import type { Explanation, Message } from "../src/api/bindings";
import { told } from "../src/screens/estimate/reasons";
import { isUsualNow, typedRepeat } from "../src/screens/members/repeat";
import { standsRight } from "../src/screens/projection/shapes";

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

it("puts a name where no line passes it, and else towards the middle", () => {
  const right = (x: number, prefers: boolean, others: number[]) =>
    standsRight(x, 60, prefers, { others, edge: 400 });
  expect(right(100, true, [])).toBe(true);
  expect(right(100, true, [112])).toBe(false);
  expect(right(100, true, [161])).toBe(true);
  // On both sides a line, or no room on the other one: as it would stand without them.
  expect(right(100, true, [112, 80])).toBe(true);
  expect(right(40, true, [52])).toBe(true);
  expect(right(370, false, [360])).toBe(false);
  expect(right(300, false, [280])).toBe(true);
});
