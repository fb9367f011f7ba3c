import type { BarSeriesOption, CustomSeriesOption, EChartsOption, LineSeriesOption } from "echarts";
import { type BalanceChart, emptyRuns } from "./chart";
import { amountsOf, ticksOf } from "./scale";
import { type Shape, shapesAbove, shapesBelow } from "./shapes";

/** The tokens that the chart uses, as colours. */
export const TOKENS = [
  "ink",
  "quiet",
  "line",
  "edge",
  "paper",
  "surface",
  "sunken",
  "accent",
  "accent-soft",
  "bad",
  "bad-soft",
] as const;

export type Look = {
  /** The width of the box and the size of a letter, in pixels. */
  width: number;
  letter: number;
  family: string;
  colours: Record<(typeof TOKENS)[number], string>;
};

/** Every text of the chart, already in words. */
export type ChartWords = {
  /** What the picture says, for who does not see it. */
  summary: string;
  today: string;
  yuan: string;
  cash: string;
  marks: { run_out: string; next_credit: string; year_end: string };
  gap: { last: string; inside: string };
  amount: (round: number) => string;
  month: (month: string) => string;
  year: (month: string) => string;
  /** What is said of a day: the month that ends with it, and its amounts line by line. */
  at: (day: number) => string[];
};

/** So many months are shown with a dot each. */
const DOTTED = 40;

/** Where the box of the line lies in the whole. */
export function frameOf(chart: BalanceChart, look: Look, words: ChartWords) {
  const { letter, width } = look;
  const scale = amountsOf(chart);
  const digits = Math.max(
    ...[scale.least, scale.most].map((one) => words.amount(Math.abs(one)).length),
    words.cash.length * (/[a-z]/i.test(words.cash) ? 0.9 : 1.7),
  );
  const named = new Set(chart.marks.map(({ kind }) => kind));
  const rows = Math.max(1, named.size);
  const top = letter * (1 + 1.5 * rows);
  const bottom = letter * 3.6;
  return {
    scale,
    left: letter * (0.6 * digits + 1.2),
    right: letter * 1.6,
    top,
    bottom,
    height: top + bottom + letter * 12,
    room: Math.max(3, Math.floor((width - letter * 8) / (letter * 4))),
  };
}

/** What ECharts is to draw. */
export function optionOf(
  chart: BalanceChart,
  span: { from: string; until: string },
  look: Look,
  words: ChartWords,
): EChartsOption {
  const { letter, colours, family } = look;
  const frame = frameOf(chart, look, words);
  const { scale } = frame;
  const text = { fontSize: letter, fontFamily: family, color: colours.quiet };
  // Beside 「今天」 no other name has room.
  const free = (letter * 4 * chart.days) / Math.max(1, look.width - frame.left - frame.right);
  const ticks = ticksOf(span.from, span.until, frame.room).filter(({ day }) => day >= free);
  const names = new Map(
    ticks.map((tick) => [
      tick.day,
      tick.isYear
        ? words.year(tick.month)
        : words.month(tick.month) + (tick.withYear ? `\n${words.year(tick.month)}` : ""),
    ]),
  );
  names.set(0, words.today);
  const isBelow = chart.stretches.some((points) => points.some(({ low }) => low < 0));
  return {
    animation: false,
    textStyle: { fontFamily: family },
    aria: {
      enabled: true,
      label: { description: words.summary },
      decal: { show: true, decals: [hatch(colours.surface)] },
    },
    grid: {
      left: frame.left,
      right: frame.right,
      top: frame.top,
      bottom: frame.bottom,
      outerBoundsMode: "none",
    },
    // The library's own box has letters that do not grow with the page: the readout is the window's.
    tooltip: {
      trigger: "axis",
      showContent: false,
      renderMode: "richText",
      axisPointer: { type: "line", snap: true, lineStyle: { color: colours.ink, width: 1 } },
    },
    xAxis: {
      type: "value",
      min: 0,
      max: chart.days,
      containShape: false,
      // Names stand below everything; the line at zero is drawn by itself.
      axisLine: { show: false, onZero: false },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        ...text,
        customValues: [...names.keys()],
        formatter: (day: number) => names.get(day) ?? "",
        hideOverlap: false,
        showMinLabel: true,
        lineHeight: letter * 1.35,
        margin: letter * 0.7,
      },
    },
    yAxis: {
      type: "value",
      min: scale.least,
      max: scale.most,
      interval: scale.step,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: colours.line } },
      axisLabel: {
        ...text,
        margin: letter * 0.5,
        // What lies below the line is cash to be paid and no debt; only a balance has a minus.
        formatter: (round: number) =>
          (round < 0 && isBelow ? "−" : "") + words.amount(Math.abs(round)),
        color: (round) =>
          Number(round) < 0 ? colours.bad : Number(round) === 0 ? colours.ink : colours.quiet,
      },
    },
    series: [
      drawn(shapesBelow(chart, look, words, frame), 1),
      ...bars(chart, look, frame),
      ...(chart.isOpen ? [line(chart, look, "high")] : []),
      line(chart, look, "low"),
      drawn(shapesAbove(chart, look, words, frame), 5),
      stops(chart),
    ],
  };
}

function hatch(colour: string) {
  return {
    symbol: "rect",
    color: colour,
    dashArrayX: [1, 0],
    dashArrayY: [2, 4],
    rotation: -Math.PI / 4,
  };
}

/** The balance: dashed, because all of it is forecast; of two readings the other one is dotted. */
function line(chart: BalanceChart, look: Look, of: "low" | "high"): LineSeriesOption {
  const { letter, colours } = look;
  const ends = new Set(chart.months.map(({ end }) => end));
  const isDotted = of === "low" && chart.months.length <= DOTTED;
  // Over many years only a point by itself has a sign: runs of them are a thick line.
  const inRun = new Set(isDotted ? [] : emptyRuns(chart).flat());
  const data: LineSeriesOption["data"] = [];
  for (const points of chart.stretches) {
    if (data.length > 0) data.push([points[0]?.day ?? 0, null]);
    for (const [index, point] of points.entries()) {
      // Where both readings say the same there is one line.
      const isOne = [points[index - 1], point, points[index + 1]].every(
        (near) => near === undefined || near.low === near.high,
      );
      const value = [point.day, of === "high" && isOne ? null : point[of]];
      const isStart = point.day === 0 && index === 0;
      if (of === "low" && point.low <= 0 && !inRun.has(point)) {
        data.push({
          value,
          symbol: "diamond",
          symbolSize: letter * (isDotted ? 0.75 : 0.55),
          itemStyle: { color: colours.bad, borderWidth: 0 },
        });
      } else if (of === "low" && (isStart || (isDotted && ends.has(point.day)))) {
        data.push({ value, symbol: "circle", symbolSize: letter * (isStart ? 0.7 : 0.4) });
      } else {
        data.push(value);
      }
    }
  }
  return {
    type: "line",
    data,
    z: 3,
    silent: true,
    symbol: "none",
    showSymbol: true,
    showAllSymbol: true,
    connectNulls: false,
    emphasis: { disabled: true },
    lineStyle: {
      color: colours.accent,
      width: letter * 0.15,
      type: (of === "low" ? [0.5, 0.25] : [0.12, 0.25]).map((one) => one * letter),
    },
    itemStyle: { color: colours.accent, opacity: 1 },
    tooltip: { show: false },
  };
}

/** 要付的现金 — hanging from zero: hatched what is sure, an empty frame around what is not. */
function bars(
  chart: BalanceChart,
  look: Look,
  frame: ReturnType<typeof frameOf>,
): BarSeriesOption[] {
  const { colours } = look;
  if (chart.cash.length === 0) return [];
  const inside = look.width - frame.left - frame.right;
  const barWidth = Math.max(1.5, Math.min(look.letter * 1.6, (inside / chart.months.length) * 0.6));
  const common: BarSeriesOption = {
    type: "bar",
    barWidth,
    barGap: "-100%",
    silent: true,
    z: 2,
    emphasis: { disabled: true },
    tooltip: { show: false },
  };
  const unsure: BarSeriesOption = {
    ...common,
    data: chart.cash.map(({ day, most }) => [day, -most]),
    itemStyle: {
      color: colours["bad-soft"],
      borderColor: colours.bad,
      borderWidth: barWidth > 4 ? 1 : 0,
      // Without a pattern: only what is sure has one.
      decal: { symbol: "none" },
    },
  };
  return [
    ...(chart.cash.some(({ least, most }) => least !== most) ? [unsure] : []),
    {
      ...common,
      data: chart.cash.map(({ day, least }) => [day, -least]),
      itemStyle: {
        color: colours.bad,
        decal: barWidth > 4 ? hatch(colours["bad-soft"]) : { symbol: "none" },
      },
    },
  ];
}

/** Where the pointer stops: today and the end of every month, whether its balance is known or not. */
function stops(chart: BalanceChart): LineSeriesOption {
  const days = [0, ...chart.months.map(({ end }) => end)];
  return {
    type: "line",
    data: days.map((day) => [day, 0]),
    silent: true,
    symbol: "none",
    showSymbol: false,
    lineStyle: { width: 0 },
    emphasis: { disabled: true },
  };
}

/** Shapes of our own, one an item. */
function drawn(shapes: Shape[], z: number): CustomSeriesOption {
  return {
    type: "custom",
    z,
    silent: true,
    tooltip: { show: false },
    data: shapes.map((_, index) => [index, 0]),
    encode: { x: -1, y: -1 },
    renderItem: ({ dataIndex }, api) =>
      shapes[dataIndex]?.((day, yuan) => api.coord([day, yuan]) as [number, number]) ?? null,
  };
}
