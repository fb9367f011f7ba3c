import { dayOf, daysBetween } from "../../format/dates";
import type { Point } from "./rows";

/** Where everything of the balance line is drawn, in pixels of a box so wide and so high. */
export type Frame = { left: number; right: number; top: number; bottom: number };

/** A round amount of the scale, in whole yuan, and its height. */
export type Tick = { yuan: number; y: number };

/** The first of a month. */
export type Month = { month: string; x: number };

/** A round step that needs at most four others to go from the least to the most. */
export function roundStep(span: number): number {
  const raw = Math.max(span, 1) / 4;
  const size = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * size).find((one) => one >= raw) ?? size * 10;
  return Math.max(1, Math.ceil(step));
}

/** The amounts of the scale: zero always, round ones above, and below only where the line goes there. */
export function amountsOf(points: Point[]): number[] {
  const levels = points.flatMap(({ low, high }) => [low / 100, high / 100]);
  const [least, most] = [Math.min(0, ...levels), Math.max(1, ...levels)];
  const step = roundStep(most - least);
  const from = Math.floor(least / step);
  const to = Math.ceil(most / step);
  return Array.from({ length: to - from + 1 }, (_, index) => (from + index) * step);
}

/** The firsts of the months after the first day and up to the last. */
export function monthsBetween(from: string, until: string): { month: string; day: number }[] {
  const start = dayOf(from);
  if (!start) return [];
  const days = daysBetween(from, until);
  const found: { month: string; day: number }[] = [];
  for (let at = start.set({ day: 1 }).add({ months: 1 }); ; at = at.add({ months: 1 })) {
    const day = at.compare(start);
    if (day > days) return found;
    found.push({ month: at.toString().slice(0, 7), day });
  }
}

export type Chart = ReturnType<typeof chartOf>;

/** The line, its scale and its months as places in the frame. */
export function chartOf(points: Point[], from: string, until: string, frame: Frame) {
  const days = Math.max(1, daysBetween(from, until));
  const amounts = amountsOf(points);
  const [least, most] = [amounts[0] ?? 0, amounts.at(-1) ?? 1];
  const round = (place: number) => Math.round(place * 10) / 10;
  const x = (day: number) => round(frame.left + ((frame.right - frame.left) * day) / days);
  const y = (yuan: number) =>
    round(frame.bottom - ((frame.bottom - frame.top) * (yuan - least)) / (most - least));
  /** As steps: the balance stays level until the day on which it changes. */
  const line = (of: "low" | "high") =>
    points
      .map((point, index) =>
        index === 0
          ? `M${x(point.day)} ${y(point[of] / 100)}`
          : `H${x(point.day)}V${y(point[of] / 100)}`,
      )
      .join("");
  // The stretches on which nothing is left, or less than nothing; perhaps only in one of two readings.
  const empty = points.slice(0, -1).flatMap((point, index) => {
    const next = points[index + 1];
    return point.low <= 0 && next && next.day > point.day
      ? [{ from: x(point.day), to: x(next.day), y: y(point.low / 100), isSure: point.high <= 0 }]
      : [];
  });
  return {
    x,
    zero: y(0),
    yOf: y,
    ticks: amounts.map((yuan): Tick => ({ yuan, y: y(yuan) })),
    months: monthsBetween(from, until).map(({ month, day }): Month => ({ month, x: x(day) })),
    line,
    empty,
  };
}

/** Every so many months that their names, so wide each, stand apart. */
export function named(months: Month[], width: number): Month[] {
  const [first, second] = months;
  if (!first || !second) return months;
  const apart = second.x - first.x;
  const every = [1, 2, 3, 6, 12].find((one) => one * apart >= width) ?? 12;
  // Counted from January, so that the year's turn is named.
  return months.filter(({ month }) => (Number(month.slice(5)) - 1) % every === 0);
}
