import type { Amount, Month, MonthRow } from "../../api/bindings";
import { isLess } from "../../format/money";
import { isNothing } from "./rows";

/** Up to so many years of the calendar stand in one table; more are opened year by year. */
const TOGETHER = 3;

/** What belongs to one year. */
export type Year<Row> = { year: string; rows: Row[] };

/** Rows by the year of their day or month, in the order in which they come. */
export function yearsOf<Row>(rows: Row[], when: (row: Row) => string): Year<Row>[] {
  const found: Year<Row>[] = [];
  for (const row of rows) {
    const year = when(row).slice(0, 4);
    const last = found.at(-1);
    if (last?.year === year) last.rows.push(row);
    else found.push({ year, rows: [row] });
  }
  return found;
}

/** Whether there are so many years that each has a row of its own. */
export function isLong(years: Year<unknown>[]): boolean {
  return years.length > TOGETHER;
}

/** 一年的要点 — taken from its months as they are, nothing added up. */
export type YearSum = {
  closing: Amount;
  /** The month in which least is left, and how much. */
  lowest: { month: Month; amount: Amount } | null;
  /** In so many months cash is to be paid, or perhaps. */
  cash: number;
  /** Of so many months something is not known. */
  unknown: number;
};

function least(amount: Amount): string | null {
  if (amount === "unknown") return null;
  return typeof amount === "string" ? amount : amount.min;
}

export function sumOf(rows: MonthRow[]): YearSum {
  let lowest: { row: MonthRow; least: string } | null = null;
  for (const row of rows) {
    const level = least(row.lowest);
    if (level !== null && (!lowest || isLess(level, lowest.least))) lowest = { row, least: level };
  }
  return {
    closing: rows.at(-1)?.closing ?? "unknown",
    lowest: lowest && { month: lowest.row.month, amount: lowest.row.lowest },
    cash: rows.filter(({ cash_paid }) => cash_paid !== "unknown" && !isNothing(cash_paid)).length,
    unknown: rows.filter((row) => [row.closing, row.lowest, row.cash_paid].includes("unknown"))
      .length,
  };
}
