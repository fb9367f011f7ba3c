import { expect, it } from "vitest";
import type { Say } from "../src/i18n";
import {
  memberDraft,
  newMember,
  type SetupForm,
  setupDraft,
  withoutMember,
} from "../src/screens/setup/draft";
import { isFilled, stepOf, typingProblems } from "../src/screens/setup/problems";

const say = ((key: string) => key) as Say;
const member = (name: string) => ({ ...newMember("110000", "employee", "2026-03-08"), name });
const form = (...names: string[]): SetupForm => ({
  name: "",
  pool: "110000",
  scheme: "employee",
  members: names.map(member),
  bindings: [],
});

it("sends what was typed and nothing for what was left empty", () => {
  const typed = member(" 张敏 ");
  typed.balances = { book: "１，２３４．５", passbook: "" };
  typed.counters = { op_deductible: "1200", admissions: "0", op_fund: " " };
  const draft = memberDraft(typed);
  expect(draft.name).toBe("张敏");
  expect(draft.balances).toEqual({ book: "1234.50" });
  expect(draft.balances_as_of).toBe("2026-03-08");
  expect(draft.counters).toEqual({ op_deductible: "1200", admissions: "0" });
  expect(draft.cash).toBeNull();
  expect(draft.credit_day).toBeNull();
  expect(draft.enrollment?.contribution_base).toBeNull();
});

it("states no day for figures that were not given", () => {
  const draft = memberDraft(member("a"));
  expect(draft.balances_as_of).toBeNull();
  expect(draft.counters_as_of).toBeNull();
});

it("sends no enrollment without a place", () => {
  const typed = member("a");
  typed.enrollment.pool = "";
  expect(memberDraft(typed).enrollment).toBeNull();
});

it("sends a retirement day only for the retired and a base only for employees", () => {
  const typed = member("a");
  typed.enrollment = { ...typed.enrollment, retiredOn: "2013-11-20", base: "6000" };
  expect(memberDraft(typed).enrollment?.retired_on).toBeNull();
  typed.enrollment.status = "retired";
  expect(memberDraft(typed).enrollment?.retired_on).toBe("2013-11-20");
  typed.enrollment.scheme = "resident";
  expect(memberDraft(typed).enrollment).toMatchObject({
    contribution_base: null,
    retired_on: null,
    plan: "resident",
  });
});

it("sends what a retiree alone knows only for the retired", () => {
  const typed = member("a");
  const stated = { pension: "3,000", frozenCredit: "126.4", employer: "enterprise" };
  typed.enrollment = { ...typed.enrollment, ...stated };
  const nothing = { pension: null, frozen_credit: null, employer: null };
  expect(memberDraft(typed).enrollment).toMatchObject(nothing);
  typed.enrollment.status = "retired";
  expect(memberDraft(typed).enrollment).toMatchObject({
    pension: "3000.00",
    frozen_credit: "126.40",
    employer: "enterprise",
  });
  typed.enrollment.scheme = "resident";
  expect(memberDraft(typed).enrollment).toMatchObject(nothing);
});

it("names the household when nobody did", () => {
  expect(setupDraft(form(), "我们家").name).toBe("我们家");
});

it("keeps bindings on the right people when one is taken out", () => {
  const before = form("a", "b", "c");
  before.bindings = [
    { donor: 0, recipient: 2, relation: "child", bound_on: "2026-01-01" },
    { donor: 1, recipient: 2, relation: "child", bound_on: "2026-01-01" },
  ];
  const after = withoutMember(before, 1);
  expect(after.members.map((one) => one.name)).toEqual(["a", "c"]);
  expect(after.bindings).toEqual([
    { donor: 0, recipient: 1, relation: "child", bound_on: "2026-01-01" },
  ]);
});

it("finds what cannot be sent, each with its field and its step", () => {
  const typed = form("a");
  const [one] = typed.members;
  if (!one) throw new Error("no member");
  one.balances = { book: "abc" };
  one.creditDay = "32";
  one.enrollment.from = null;
  one.enrollment.months = "x";
  one.enrollment.status = "retired";
  one.enrollment.pension = "y";
  const problems = typingProblems(typed, say);
  expect(problems.map(({ path }) => [path, stepOf(path)])).toEqual([
    ["members.0.enrollment.from", "members"],
    ["members.0.enrollment.insured_months", "members"],
    ["members.0.enrollment.pension", "members"],
    ["members.0.balances.book", "figures"],
    ["members.0.credit_day", "figures"],
  ]);
  expect(stepOf("bindings.0")).toBe("bindings");
  expect(stepOf(null)).toBe("place");
});

it("knows on which steps something was filled in", () => {
  const empty: SetupForm = { ...form(), pool: "" };
  const filled = (typed: SetupForm) =>
    (["place", "members", "figures", "bindings"] as const).filter((step) => isFilled(typed, step));
  expect(filled(empty)).toEqual([]);
  expect(filled(form("a"))).toEqual(["place", "members"]);
  const typed = form("a");
  typed.members[0] = { ...member("a"), balances: { book: " 12" } };
  expect(filled(typed)).toEqual(["place", "members", "figures"]);
});
