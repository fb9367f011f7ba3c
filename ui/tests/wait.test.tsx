import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { WaitComparison, WaitRow } from "../src/api/bindings";
import { Compared } from "../src/screens/members/WaitOrNow";

afterEach(cleanup);

const row = (on: string, why: string, fund: string, cash: string, all: string): WaitRow => ({
  on,
  why: { code: why, params: {} },
  fund_paid: fund,
  own_account_paid: "0.00",
  mutual_aid_paid: "0.00",
  cash_paid: cash,
  steps: [],
  sources: [],
  patient_in_all: all,
  patient_of: [],
  cash_in_all: all,
  cash_of: [],
});

const FOUND: WaitComparison = {
  planned: "2027-01-15",
  until: "2028-01-01",
  rows: [
    row("2027-01-15", "wait.planned", "630.00", "370.00", "370.00"),
    row("2026-12-31", "wait.this_year", "800.00", "200.00", "200.00"),
  ],
  verdict: "cheaper",
  what: {
    code: "wait.cheaper.deductible",
    params: { day: "2026-12-31", amount: "170.00", part_amount: "300.00" },
  },
  better: "2026-12-31",
  unknown: [],
};

it("says in one sentence which day costs less and why, and shows the days", () => {
  render(<Compared found={FOUND} title="拔牙" />);
  const text = document.body.textContent ?? "";
  expect(text).toContain("改在2026年12月31日，全家一共少付 170.00 元：起付线");
  const rows = within(screen.getByRole("table")).getAllByRole("row");
  expect(rows).toHaveLength(3);
  expect(rows[1]?.textContent).not.toContain("更合算");
  expect(rows[2]?.textContent).toContain("更合算");
  expect(text).toContain("只给能等的看病用");
});

it("shows no days for what must not wait, nor where there is nothing to compare", () => {
  const never: WaitComparison = {
    ...FOUND,
    rows: [],
    verdict: "never",
    what: { code: "wait.never", params: {} },
    better: null,
  };
  render(<Compared found={never} title="拔牙" />);
  expect(screen.queryByRole("table")).toBeNull();
  expect(document.body.textContent).toContain("不要等");
  expect(document.body.textContent).not.toContain("只给能等的看病用");
});
