import type { Amount, MemberId, MonthRow, Projection } from "../../api/bindings";
import { daysBetween } from "../../format/dates";
import { type AccountEvent, eventsOf, isNothing } from "./rows";

/** A place of the line: days since the start, and at least and at most so many yuan. For drawing only. */
export type Point = { day: number; low: number; high: number };

/** Days in a row. */
export type Span = { from: number; to: number };

/** 要付的现金 — of one month, in the middle of it: so much for sure, and perhaps so much. */
export type CashBar = { day: number; least: number; most: number };

/** 标记 — a day that has a sign of its own. */
export type Mark = { kind: "run_out" | "next_credit" | "year_end"; day: number };

export type BalanceChart = {
  /** How many days it reaches. */
  days: number;
  /** What is known, in pieces without a break. */
  stretches: Point[][];
  /** 不知道的时候 — from the last day that is known to the next one, or to the end. */
  gaps: (Span & { isLast: boolean })[];
  cash: CashBar[];
  /** Months of which nobody knows how much cash is to be paid. */
  cashUnknown: Span[];
  marks: Mark[];
  /** The months, and the day with which each ends; figures that are shown come from here. */
  months: { row: MonthRow; end: number }[];
  /** Whether an amount lies between two others. */
  isOpen: boolean;
  /** Whether nothing is left somewhere, or perhaps nothing. */
  isEmpty: boolean;
};

/** Places for drawing: no figure that is shown comes from here. */
export function bounds(amount: Amount): { low: number; high: number } | null {
  if (amount === "unknown") return null;
  return typeof amount === "string"
    ? { low: Number(amount), high: Number(amount) }
    : { low: Number(amount.min), high: Number(amount.max) };
}

/** The last day of a month in the wire form. */
function lastDayOf(month: string): string {
  const [year, number] = month.split("-").map(Number);
  return new Date(Date.UTC(year ?? 0, number ?? 1, 0)).toISOString().slice(0, 10);
}

function dayOfLowest(row: MonthRow, events: AccountEvent[]): string | null {
  const level = bounds(row.lowest);
  const found = events.find(({ balance }) => bounds(balance)?.low === level?.low);
  return found?.event.on ?? null;
}

/**
 * The balance of one member's account: the ends of the months, and the lowest point of a month where it
 * lies below its beginning. Nothing where there is no account or no month whose end is known.
 */
export function chartOf(projection: Projection, member: MemberId): BalanceChart | null {
  const outlook = projection.members.find((one) => one.member === member);
  const rows = projection.months.filter((row) => row.member === member);
  if (!outlook || outlook.account === null) return null;
  if (rows.every(({ closing }) => closing === "unknown")) return null;
  const { from, until } = projection;
  const days = Math.max(1, daysBetween(from, until));
  const events = eventsOf(projection, member);
  const byMonth = new Map<string, AccountEvent[]>();
  for (const one of events) {
    const month = one.event.on.slice(0, 7);
    const before = byMonth.get(month);
    if (before) before.push(one);
    else byMonth.set(month, [one]);
  }

  const stretches: Point[][] = [];
  const gaps: BalanceChart["gaps"] = [];
  const months: BalanceChart["months"] = [];
  const cash: CashBar[] = [];
  const cashUnknown: Span[] = [];
  let stretch: Point[] | null = null;
  let lastKnown = 0;
  let begin = 0;
  const start = bounds(outlook.balance);
  if (start) {
    stretch = [{ day: 0, ...start }];
    stretches.push(stretch);
  }
  for (const row of rows) {
    const end = Math.min(days, Math.max(0, daysBetween(from, lastDayOf(row.month))));
    const middle = (begin + end) / 2;
    const closing = bounds(row.closing);
    if (!closing) stretch = null;
    else {
      if (!stretch) {
        stretch = [];
        stretches.push(stretch);
        const opening = bounds(row.opening);
        if (opening) stretch.push({ day: begin, ...opening });
        gaps.push({ from: lastKnown, to: opening ? begin : end, isLast: false });
      }
      const lowest = bounds(row.lowest);
      const opening = stretch.at(-1) ?? closing;
      if (lowest && (lowest.low < opening.low || lowest.high < opening.high)) {
        const isLower = lowest.low < closing.low || lowest.high < closing.high;
        const on = dayOfLowest(row, byMonth.get(row.month) ?? []);
        const day = on === null ? middle : Math.min(end, Math.max(begin, daysBetween(from, on)));
        // Where the month ends as low as that, only its day is of interest, if it is known.
        if (isLower || (on !== null && day < end)) stretch.push({ day, ...lowest });
      }
      stretch.push({ day: end, ...closing });
      lastKnown = end;
    }
    const paid = bounds(row.cash_paid);
    if (paid && !isNothing(row.cash_paid)) {
      cash.push({ day: middle, least: paid.low, most: paid.high });
    }
    if (!paid) {
      const before = cashUnknown.at(-1);
      if (before?.to === begin) before.to = end;
      else cashUnknown.push({ from: begin, to: end });
    }
    months.push({ row, end });
    begin = end;
  }
  if (lastKnown < begin) gaps.push({ from: lastKnown, to: days, isLast: true });

  const day = (on: string) => Math.min(days, Math.max(0, daysBetween(from, on)));
  const marks: Mark[] = [];
  if (outlook.run_out) marks.push({ kind: "run_out", day: day(outlook.run_out.earliest) });
  const next = outlook.next_credit?.latest ?? outlook.next_credit?.earliest;
  if (next && next <= until) marks.push({ kind: "next_credit", day: day(next) });
  for (const { event } of events) {
    if (event.kind === "year_end") marks.push({ kind: "year_end", day: day(event.on) });
  }
  const points = stretches.flat();
  return {
    days,
    stretches,
    gaps,
    cash,
    cashUnknown,
    marks,
    months,
    isOpen: points.some(({ low, high }) => low !== high),
    isEmpty: points.some(({ low }) => low <= 0),
  };
}

/** The runs of points at which nothing is left; one point alone is none. */
export function emptyRuns(chart: BalanceChart): Point[][] {
  const runs: Point[][] = [];
  for (const points of chart.stretches) {
    let run: Point[] | null = null;
    for (const point of points) {
      if (point.low > 0) run = null;
      else if (run) run.push(point);
      else {
        run = [point];
        runs.push(run);
      }
    }
  }
  return runs.filter((run) => run.length > 1);
}

/** The month in which a day lies. */
export function monthAt(chart: BalanceChart, day: number): MonthRow | null {
  return chart.months.find(({ end }) => end >= day)?.row ?? null;
}
