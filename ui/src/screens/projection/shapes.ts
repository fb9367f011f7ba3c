import type { CustomSeriesRenderItemReturn } from "echarts";
import { type BalanceChart, emptyRuns, type Mark } from "./chart";
import type { ChartWords, frameOf, Look } from "./option";

/** So many ends of years have a name. */
const NAMED_YEARS = 3;

/** Where a day and an amount lie, in pixels. */
type Place = (day: number, yuan: number) => [number, number];

/** Something that is drawn as soon as the places are known. */
export type Shape = (place: Place) => CustomSeriesRenderItemReturn;

/** Below the line: the range between least and most, and what nobody knows. */
export function shapesBelow(
  chart: BalanceChart,
  look: Look,
  words: ChartWords,
  frame: ReturnType<typeof frameOf>,
): Shape[] {
  const { colours, letter } = look;
  const bands = chart.stretches
    .filter((points) => points.some(({ low, high }) => low !== high))
    .map(
      (points): Shape =>
        (place) => ({
          type: "polygon",
          shape: {
            points: [
              ...points.map(({ day, high }) => place(day, high)),
              ...points.toReversed().map(({ day, low }) => place(day, low)),
            ],
          },
          style: { fill: colours["accent-soft"] },
        }),
    );
  const box = (x: number, y: number, width: number, height: number) => ({
    type: "rect" as const,
    shape: { x, y, width: Math.max(1, width), height },
    style: { fill: colours.sunken, stroke: colours.edge, lineWidth: 1, lineDash: [4, 4] },
  });
  const gaps = chart.gaps.map(
    ({ from, to, isLast }): Shape =>
      (place) => {
        const [[left, zero], [right, top]] = [place(from, 0), place(to, frame.scale.most)];
        const high = zero - top;
        const name = isLast ? words.gap.last : words.gap.inside;
        const fits = right - left >= widthOf(name, letter);
        return {
          type: "group",
          children: [
            box(left, zero - high, right - left, high),
            {
              type: "text",
              style: {
                text: name,
                x: fits ? (left + right) / 2 : right - letter * 0.4,
                y: zero - high / 2,
                textAlign: fits ? "center" : "right",
                textVerticalAlign: "middle",
                ...inInk(look),
              },
            },
          ],
        };
      },
  );
  const cash = chart.cashUnknown.map(
    ({ from, to }): Shape =>
      (place) => {
        const [[left, zero], [right]] = [place(from, 0), place(to, 0)];
        return box(left, zero, right - left, letter * 0.6);
      },
  );
  return [...bands, ...gaps, ...cash];
}

/** Above the line: where nothing is left, the days with a sign, and the units. */
export function shapesAbove(
  chart: BalanceChart,
  look: Look,
  words: ChartWords,
  frame: ReturnType<typeof frameOf>,
): Shape[] {
  const { colours, letter } = look;
  const empty = emptyRuns(chart).map(
    (run): Shape =>
      (place) => ({
        type: "polyline",
        shape: { points: run.map(({ day, low }) => place(day, low)) },
        style: { stroke: colours.bad, lineWidth: letter * 0.25, fill: "none" },
      }),
  );
  const kinds = [...new Set(chart.marks.map(({ kind }) => kind))];
  const years = chart.marks.filter(({ kind }) => kind === "year_end");
  const isMany = years.length > NAMED_YEARS;
  const lookOf = (mark: Mark): MarkLook => ({
    // Many years have a faint line each: names and signs would be one upon the other.
    name: mark.kind === "year_end" && mark !== years[0] ? "" : words.marks[mark.kind],
    isPlain: mark.kind === "year_end" && (isMany || mark !== years[0]),
    row: kinds.indexOf(mark.kind),
    middle: chart.days / 2,
    foot: frame.scale.least,
    most: frame.scale.most,
  });
  // All lines first: no line runs through the name of a neighbour.
  const lines = chart.marks.map(
    (mark): Shape =>
      (place) =>
        markLine(mark, place, look, lookOf(mark)),
  );
  const heads = chart.marks.map((mark): Shape => {
    const own = lookOf(mark);
    // A line begins at its own sign, so it passes the names of the rows below it.
    const passing = chart.marks.filter(
      (other) => other !== mark && (lookOf(other).isPlain || lookOf(other).row < own.row),
    );
    return (place) => {
      const edge = place(chart.days, 0)[0] + letter * 1.6;
      const others = passing.map(({ day }) => place(day, 0)[0]);
      return markHead(mark, place, look, own, { others, edge });
    };
  });
  const zero: Shape = (place) => {
    const [[x1, y1], [x2, y2]] = [place(0, 0), place(chart.days, 0)];
    return {
      type: "line",
      shape: { x1, y1, x2, y2 },
      style: { stroke: colours.ink, lineWidth: 1.5, fill: "none" },
    };
  };
  const unit: Shape = (place) => {
    const [x, y] = place(0, frame.scale.most);
    return writing(words.yuan, x - letter * 0.5, y - letter * 1.25, "right", look, colours.quiet);
  };
  const isCash = chart.cash.length > 0;
  const cash: Shape = (place) => {
    // Between two amounts of the scale, so that it covers neither.
    const [x, y] = place(0, frame.scale.least + frame.scale.step / 2);
    return writing(words.cash, x - letter * 0.5, y, "right", look, colours.bad);
  };
  return [zero, ...empty, ...lines, ...heads, unit, ...(isCash ? [cash] : [])];
}

type MarkLook = {
  name: string;
  isPlain: boolean;
  row: number;
  middle: number;
  foot: number;
  most: number;
};

const heightOf = (row: number, letter: number) => letter * (1 + 1.5 * row);

const colourOf = (kind: Mark["kind"], { colours }: Look) =>
  ({ run_out: colours.bad, next_credit: colours.accent, year_end: colours.quiet })[kind];

/** A line from its sign to the bottom; each kind has a line of its own. */
function markLine(
  { kind, day }: Mark,
  place: Place,
  look: Look,
  { isPlain, row, foot, most }: MarkLook,
): CustomSeriesRenderItemReturn {
  const [x, bottom] = place(day, foot);
  const stroke = colourOf(kind, look);
  if (isPlain) {
    const [, top] = place(day, most);
    return {
      type: "line",
      shape: { x1: x, y1: top, x2: x, y2: bottom },
      style: { stroke, lineWidth: 1, lineDash: [1, 4] },
    };
  }
  const lineDash = { run_out: undefined, next_credit: [6, 3], year_end: [1, 4] }[kind];
  return {
    type: "line",
    shape: { x1: x, y1: heightOf(row, look.letter), x2: x, y2: bottom },
    style: { stroke, lineWidth: kind === "run_out" ? 2 : 1.5, lineDash },
  };
}

/** What may be in the way of a name: the lines that pass it, and the edge of the picture. */
type Around = { others: number[]; edge: number };

/** Whether the name stands right of its line: towards the middle, unless a line passes there and none on the other side. */
export function standsRight(
  x: number,
  width: number,
  prefersRight: boolean,
  { others, edge }: Around,
): boolean {
  const isFree = (right: boolean) => {
    const [from, to] = right ? [x, x + width] : [x - width, x];
    return from >= 0 && to <= edge && !others.some((other) => from <= other && other <= to);
  };
  return isFree(prefersRight) || !isFree(!prefersRight) ? prefersRight : !prefersRight;
}

/** The sign of a mark and its name; each kind has a sign of its own. */
function markHead(
  { kind, day }: Mark,
  place: Place,
  look: Look,
  { name, isPlain, row, middle, foot }: MarkLook,
  around: Around,
): CustomSeriesRenderItemReturn {
  if (isPlain) return null;
  const { letter } = look;
  const [x] = place(day, foot);
  const colour = colourOf(kind, look);
  const y = heightOf(row, letter);
  const half = letter * 0.38;
  const sign = {
    run_out: [
      [x - half, y - half],
      [x + half, y - half],
      [x, y + half],
    ],
    next_credit: [
      [x - half, y + half],
      [x + half, y + half],
      [x, y - half],
    ],
    year_end: [
      [x - half / 2, y - half / 2],
      [x + half / 2, y - half / 2],
      [x + half / 2, y + half / 2],
      [x - half / 2, y + half / 2],
    ],
  }[kind];
  const isRight = standsRight(x, widthOf(name, letter) + letter * 0.7, day <= middle, around);
  return {
    type: "group",
    children: [
      { type: "polygon", shape: { points: sign }, style: { fill: colour } },
      ...(name
        ? [
            writing(
              name,
              x + (isRight ? letter : -letter) * 0.7,
              y,
              isRight ? "left" : "right",
              look,
              colour,
            ),
          ]
        : []),
    ],
  };
}

function writing(
  text: string,
  x: number,
  y: number,
  textAlign: "left" | "right",
  look: Look,
  fill: string,
) {
  return {
    type: "text" as const,
    style: { text, x, y, textAlign, textVerticalAlign: "middle" as const, ...inInk(look), fill },
  };
}

/** Letters as large as those of the page, on a ground of their own so that no line runs through them. */
function inInk({ letter, family, colours }: Look) {
  return {
    fill: colours.ink,
    fontSize: letter,
    fontFamily: family,
    fontWeight: 600,
    stroke: colours.paper,
    lineWidth: 3,
    backgroundColor: colours.paper,
  };
}

function widthOf(text: string, letter: number): number {
  const wide = text.match(/[\u2e80-\uffef]/g)?.length ?? 0;
  return letter * (wide + (text.length - wide) * 0.55 + 1);
}
