import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import type { MonthRow, Projection } from "../src/api/bindings";
import { isLess } from "../src/format/money";
import { MonthTable } from "../src/screens/projection/MonthTable";
import { isLong, sumOf, yearsOf } from "../src/screens/projection/years";

afterEach(cleanup);

const month = (of: string, part: Partial<MonthRow> = {}): MonthRow => ({
  month: of,
  member: 1,
  opening: "5.00",
  credited: "0.00",
  own_paid: "0.00",
  aid_given: "0.00",
  aid_taken: "0.00",
  cash_paid: "0.00",
  closing: "5.00",
  lowest: "5.00",
  assumed: false,
  ...part,
});

/** Every month from March 2026 on. */
const months = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    month(new Date(Date.UTC(2026, 2 + index)).toISOString().slice(0, 7)),
  );

it("compares amounts without a binary number", () => {
  expect(isLess("90071992547409931.06", "90071992547409931.07")).toBe(true);
  expect(isLess("-0.50", "0.00")).toBe(true);
  expect(isLess("9.90", "10.00")).toBe(true);
  expect(isLess("0.00", "0.00")).toBe(false);
});

describe("years", () => {
  it("hold their months in order; only many of them have a row each", () => {
    const years = yearsOf(months(25), (row) => row.month);
    expect(years.map(({ year, rows }) => [year, rows.length])).toEqual([
      ["2026", 10],
      ["2027", 12],
      ["2028", 3],
    ]);
    expect(isLong(years)).toBe(false);
    expect(isLong(yearsOf(months(61), (row) => row.month))).toBe(true);
    expect(yearsOf(months(361), (row) => row.month)).toHaveLength(31);
  });
  it("are told by their months as they are", () => {
    expect(
      sumOf([
        month("2027-01", { lowest: { min: "2.00", max: "9.00" }, cash_paid: "1.00" }),
        month("2027-02", { lowest: "2.50", cash_paid: { min: "0.00", max: "3.00" } }),
        month("2027-03", { lowest: "unknown", closing: "7.10" }),
      ]),
    ).toEqual({
      closing: "7.10",
      lowest: { month: "2027-01", amount: { min: "2.00", max: "9.00" } },
      cash: 2,
      unknown: 1,
    });
    expect(sumOf([month("2027-01", { closing: "unknown", lowest: "unknown" })])).toEqual({
      closing: "unknown",
      lowest: null,
      cash: 0,
      unknown: 1,
    });
  });
});

describe("the table of the months", () => {
  const shown = (count: number) =>
    render(
      <MonthTable
        projection={
          { months: months(count), members: [{ member: 1, account: 1 }] } as unknown as Projection
        }
        member={1}
        name="父亲"
      />,
    );
  it("is one table over two years", () => {
    shown(25);
    expect(screen.getAllByRole("table")).toHaveLength(1);
  });
  it("has a row a year over thirty, and a year opens with all its months", async () => {
    shown(361);
    expect(screen.queryByRole("table")).toBeNull();
    const years = screen.getAllByRole("button");
    expect(years).toHaveLength(31);
    const second = years[1] as HTMLElement;
    expect(second.getAttribute("aria-expanded")).toBe("false");
    expect(second.textContent).toContain("2027年");
    await userEvent.setup().click(second);
    expect(second.getAttribute("aria-expanded")).toBe("true");
    expect(within(screen.getByRole("table")).getAllByRole("rowheader")).toHaveLength(12);
  });
});
