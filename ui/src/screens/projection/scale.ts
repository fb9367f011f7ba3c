import { dayOf } from "../../format/dates";
import type { BalanceChart } from "./chart";

/** A round step that needs at most four others to go from the least to the most. */
export function roundStep(span: number): number {
  const raw = Math.max(span, 1) / 4;
  const size = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * size).find((one) => one >= raw) ?? size * 10;
  return Math.max(1, Math.ceil(step));
}

/** The amounts of the scale: zero always, round ones above, and below only where something goes there. */
export function amountsOf(chart: Pick<BalanceChart, "stretches" | "cash">): {
  least: number;
  most: number;
  step: number;
} {
  const points = chart.stretches.flat();
  const least = Math.min(
    0,
    ...points.map(({ low }) => low),
    ...chart.cash.map(({ most }) => -most),
  );
  const most = Math.max(1, ...points.map(({ high }) => high));
  const step = roundStep(most - least);
  return { least: Math.floor(least / step) * step, most: Math.ceil(most / step) * step, step };
}

/** A name below the line: of a month, or of a whole year. */
export type Tick = { day: number; month: string; isYear: boolean; withYear: boolean };

/** The firsts of the months after the first day and up to the last. */
export function monthsBetween(from: string, until: string): { month: string; day: number }[] {
  const start = dayOf(from);
  const end = dayOf(until);
  if (!start || !end) return [];
  const begin = Date.UTC(start.year, start.month - 1, start.day);
  const found: { month: string; day: number }[] = [];
  for (let count = 1; ; count += 1) {
    const at = Date.UTC(start.year, start.month - 1 + count, 1);
    if (at > Date.UTC(end.year, end.month - 1, end.day)) return found;
    found.push({ month: new Date(at).toISOString().slice(0, 7), day: (at - begin) / 86_400_000 });
  }
}

/** Every so many months, or years, that their names stand apart; `room` is how many names there is room for. */
export function ticksOf(from: string, until: string, room: number): Tick[] {
  const months = monthsBetween(from, until);
  const every = [1, 2, 3, 6, 12, 24, 60, 120].find((one) => months.length / one <= room) ?? 240;
  const isYear = every >= 12;
  // Counted from January, so that the year's turn is named.
  const shown = months.filter(({ month }) => {
    const [year = 0, number = 1] = month.split("-").map(Number);
    return isYear ? number === 1 && year % (every / 12) === 0 : (number - 1) % every === 0;
  });
  return shown.map(({ month, day }, index) => ({
    month,
    day,
    isYear,
    withYear: !isYear && (month.endsWith("-01") || (index === 0 && !nextIsJanuary(shown))),
  }));
}

/** Whether the second name is that of a January: the year below the first would run into its own. */
function nextIsJanuary(shown: { month: string }[]): boolean {
  return shown[1]?.month.endsWith("-01") ?? false;
}
