import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type {
  Amount,
  MemberOutlook,
  MonthRow,
  ProjectedEvent,
  Projection,
} from "../src/api/bindings";
import { texts } from "../src/i18n";
import { chartOf, emptyRuns, monthAt } from "../src/screens/projection/chart";
import { openIn } from "../src/screens/projection/draw";
import { HORIZONS } from "../src/screens/projection/horizon";
import { type Look, optionOf, TOKENS } from "../src/screens/projection/option";
import { amountsOf, monthsBetween, ticksOf } from "../src/screens/projection/scale";
import { wordsOf } from "../src/screens/projection/words";

const month = (of: string, part: Partial<MonthRow>): MonthRow => ({
  month: of,
  member: 1,
  opening: "0.00",
  credited: "0.00",
  own_paid: "0.00",
  aid_given: "0.00",
  aid_taken: "0.00",
  cash_paid: "0.00",
  closing: "0.00",
  lowest: part.closing ?? "0.00",
  assumed: false,
  ...part,
});

const bill = (on: string, balance: Amount): ProjectedEvent => ({
  earliest: on,
  on,
  member: 1,
  kind: "spending",
  what: { code: "x", params: {} },
  change: "0.00",
  balance,
  split: null,
  plan: 1,
  premium: null,
  for_month: null,
  gross: null,
  withheld: null,
  formula: null,
  ground: "rule",
  sources: [],
  assumed: false,
  only: null,
  parts: [],
  steps: [],
});

/** 2026-03-08 to 2026-06-08: the ends of the months are days 23, 53, 84 and 92. */
function projection(
  months: MonthRow[],
  outlook: Partial<MemberOutlook> = {},
  events: ProjectedEvent[] = [],
): Projection {
  return {
    from: "2026-03-08",
    until: "2026-06-08",
    events,
    months,
    members: [
      {
        member: 1,
        account: 1,
        balance: "100.00",
        next_credit: null,
        lowest_before_credit: null,
        lowest: null,
        run_out: null,
        first_cash: null,
        cash: "0.00",
        cash_of: [],
        cash_peak: null,
        to_return: [],
        ...outlook,
      },
    ],
    cash: [],
    cash_peak: null,
    shared: [],
    forks: [],
    unknown: [],
    policy: { blocks: [], hash: "", weakest: null },
  };
}

function chart(...given: Parameters<typeof projection>) {
  const found = chartOf(projection(...given), 1);
  if (!found) throw new Error("no chart");
  return found;
}

const open: Amount = { min: "40.00", max: "70.50" };

describe("the chart of a balance", () => {
  it("goes from today's balance along the ends of the months, as a band where an amount is a range", () => {
    const { stretches, isOpen, gaps } = chart([
      month("2026-03", { opening: "100.00", closing: open }),
      month("2026-04", { opening: open, closing: "120.00" }),
    ]);
    expect(stretches).toEqual([
      [
        { day: 0, low: 100, high: 100 },
        { day: 23, low: 40, high: 70.5 },
        { day: 53, low: 120, high: 120 },
      ],
    ]);
    expect([isOpen, gaps]).toEqual([true, []]);
  });

  it("has the lowest point of a month on its day, where it is lower than the month began", () => {
    const rows = [month("2026-03", { opening: "100.00", closing: "90.00", lowest: "10.00" })];
    const points = (events: ProjectedEvent[]) => chart(rows, {}, events).stretches.flat();
    expect(points([bill("2026-03-20", "10.00")])[1]).toEqual({ day: 12, low: 10, high: 10 });
    // Where no event says on which day: in the middle of the month.
    expect(points([])[1]).toEqual({ day: 11.5, low: 10, high: 10 });
    const rising = [month("2026-03", { opening: "100.00", closing: "150.00", lowest: "100.00" })];
    expect(chart(rising).stretches.flat()).toHaveLength(2);
  });

  it("has a gap where a balance is not known, never zero", () => {
    const unknown = { opening: "unknown", closing: "unknown", lowest: "unknown" } as const;
    const { stretches, gaps, cashUnknown } = chart([
      month("2026-03", { opening: "100.00", closing: "80.00" }),
      month("2026-04", { ...unknown, opening: "80.00", cash_paid: "unknown" }),
      month("2026-05", { opening: "unknown", closing: "60.00" }),
      month("2026-06", unknown),
    ]);
    expect(stretches.map((points) => points.map(({ day, low }) => [day, low]))).toEqual([
      [
        [0, 100],
        [23, 80],
      ],
      [[84, 60]],
    ]);
    expect(gaps).toEqual([
      { from: 23, to: 84, isLast: false },
      { from: 84, to: 92, isLast: true },
    ]);
    expect(cashUnknown).toEqual([{ from: 23, to: 53 }]);
  });

  it("is not drawn without an account or without a month that is known", () => {
    const dark = [month("2026-03", { opening: "100.00", closing: "unknown", lowest: "unknown" })];
    expect(chartOf(projection(dark), 1)).toBeNull();
    expect(chartOf(projection([month("2026-03", {})], { account: null }), 1)).toBeNull();
  });

  it("says where nothing is left, and how much cash is to be paid", () => {
    const found = chart([
      month("2026-03", { opening: "100.00", closing: "0.00" }),
      month("2026-04", { closing: "0.00", cash_paid: { min: "5.00", max: "8.00" } }),
      month("2026-05", { closing: "30.00", lowest: "0.00" }),
    ]);
    expect(emptyRuns(found).map((run) => run.map(({ day }) => day))).toEqual([[23, 53]]);
    expect(found.cash).toEqual([{ day: 38, least: 5, most: 8 }]);
    expect([found.isEmpty, found.isOpen]).toEqual([true, false]);
  });

  it("marks the day on which it falls short, the next credit and the ends of the years", () => {
    const credit = { latest: "2026-04-05", earliest: "2026-04-01", net: "9.00" };
    const { marks } = chart(
      [month("2026-03", {})],
      {
        run_out: {
          earliest: "2026-03-18",
          latest: null,
          plan: 1,
          premium: null,
          short: "3.00",
          because: null,
        },
        next_credit: credit as MemberOutlook["next_credit"],
      },
      [{ ...bill("2026-05-01", "0.00"), kind: "year_end" }],
    );
    expect(marks).toEqual([
      { kind: "run_out", day: 10 },
      { kind: "next_credit", day: 28 },
      { kind: "year_end", day: 54 },
    ]);
  });
});

describe("the scale", () => {
  const scale = (low: number, high: number, cash = 0) =>
    amountsOf({
      stretches: [[{ day: 0, low, high }]],
      cash: cash ? [{ day: 1, least: cash, most: cash }] : [],
    });
  it("has zero in it, and few amounts", () => {
    expect(scale(236.8, 236.8)).toEqual({ least: 0, most: 300, step: 100 });
    expect(scale(0, 0)).toEqual({ least: 0, most: 1, step: 1 });
    expect(scale(-120, 1800)).toEqual({ least: -500, most: 2000, step: 500 });
    expect(scale(0, 1800, 120)).toEqual({ least: -500, most: 2000, step: 500 });
  });
  it("names months, and years where there are many", () => {
    expect(monthsBetween("2026-12-06", "2027-12-06")).toHaveLength(12);
    expect(monthsBetween("2026-12-06", "2027-01-31")).toEqual([{ month: "2027-01", day: 26 }]);
    expect(monthsBetween("2026-12-01", "2026-12-20")).toEqual([]);
    const names = (until: string, room: number) =>
      ticksOf("2026-12-06", until, room).map((tick) => tick.month.slice(2));
    expect(names("2027-12-06", 4)).toEqual(["27-01", "27-04", "27-07", "27-10"]);
    expect(names("2056-12-06", 8)).toEqual(["30-01", "35-01", "40-01", "45-01", "50-01", "55-01"]);
    const [first, second] = ticksOf("2026-03-08", "2027-03-08", 6);
    expect([first?.withYear, second?.withYear, first?.isYear]).toEqual([true, false, false]);
  });
});

// More digits than a binary number keeps.
const huge = "90071992547409931.07";
const rows = [
  month("2026-03", { opening: "100.00", closing: { min: "0.10", max: huge }, lowest: "0.10" }),
  month("2026-04", { opening: "0.10", closing: "0.00", cash_paid: "345.80" }),
  month("2026-05", { opening: "0.00", closing: "unknown", lowest: "unknown" }),
];
const outlook: Partial<MemberOutlook> = {
  balance: huge,
  lowest: { on: "2026-04-20", amount: "0.00", because: null },
  run_out: {
    earliest: "2026-04-20",
    latest: null,
    plan: 1,
    premium: null,
    short: "345.80",
    because: null,
  },
  next_credit: {
    earliest: "2026-04-01",
    latest: "2026-04-05",
    net: "240.00",
  } as MemberOutlook["next_credit"],
  cash: "345.80",
};

function words(language: "zh" | "en") {
  const all = projection(rows, outlook);
  const [one] = all.members;
  const drawn = chartOf(all, 1);
  if (!one || !drawn) throw new Error("no chart");
  const say = texts.getFixedT(language);
  return { all, drawn, words: wordsOf(all, one, drawn, "父亲", (...of) => say(...of), language) };
}

describe("the words of the chart", () => {
  it("say the whole of it in Chinese", () => {
    expect(words("zh").words.summary).toBe(
      "父亲的医保账户余额，2026年3月8日到2026年6月8日：现在90,071,992,547,409,931.07元。" +
        "最少剩0.00元（2026年4月20日）。最早2026年4月20日不够用，差345.80元。" +
        "下次进钱：2026年4月1日～5日，240.00元。一共要备现金345.80元。从2026年5月1日起，余额不知道。",
    );
  });
  it("say the whole of it in English", () => {
    expect(words("en").words.summary).toBe(
      "Account balance of 父亲, 8 Mar 2026 to 8 Jun 2026: 90,071,992,547,409,931.07 yuan now. " +
        "Lowest: 0.00 yuan (20 Apr 2026). Falls short on 20 Apr 2026 at the earliest, by 345.80 yuan. " +
        "Next credit: 1–5 Apr 2026, 240.00 yuan. Cash needed in all: 345.80 yuan. " +
        "From 1 May 2026 the balance is not known.",
    );
  });
  it("show the amounts of a month with the digits with which they came", () => {
    const { at } = words("zh").words;
    expect(at(0)).toEqual(["2026年3月8日", "看病能用的余额：90,071,992,547,409,931.07元"]);
    expect(at(23)).toEqual([
      "2026年3月",
      "月末：0.10 ～ 90,071,992,547,409,931.07元",
      "当月最低：0.10元",
    ]);
    expect(at(53).at(-1)).toBe("要付现金：345.80元");
    expect(at(84)).toEqual(["2026年5月", "月末：不知道", "当月最低：不知道"]);
  });
  it("find the month of a day", () => {
    const { drawn } = words("zh");
    expect([0, 23, 24, 84].map((day) => monthAt(drawn, day)?.month.slice(5))).toEqual([
      "03",
      "03",
      "04",
      "05",
    ]);
  });
});

describe("the picture", () => {
  afterEach(() => {
    document.body.replaceChildren();
  });
  const look: Look = {
    width: 900,
    letter: 17,
    family: "sans-serif",
    colours: Object.fromEntries(TOKENS.map((token) => [token, "#123456"])) as Look["colours"],
  };
  const drawn = (language: "zh" | "en") => {
    const { all, drawn, words: of } = words(language);
    const box = document.createElement("div");
    document.body.append(box);
    openIn(box, { width: 900, height: 400 }).setOption(optionOf(drawn, all, look, of));
    return { box, summary: of.summary };
  };
  it("says what it shows, and names the gap, today and the signs", () => {
    const { box, summary } = drawn("zh");
    expect(box.getAttribute("role")).toBe("img");
    expect(box.getAttribute("aria-label")).toBe(summary);
    const names = [...box.querySelectorAll("text")].map((one) => one.textContent);
    for (const name of ["从这里起不知道", "今天", "不够用", "下次进钱", "现金"]) {
      expect(names).toContain(name);
    }
    const english = drawn("en").box.textContent;
    expect(english).toContain("not known from here");
  });
  it("brings no style sheet, and has a pattern where a colour alone would say it", () => {
    const { box } = drawn("zh");
    expect(box.querySelector("style")).toBeNull();
    expect(box.querySelector("pattern")).not.toBeNull();
    expect(box.querySelector("[stroke-dasharray]")).not.toBeNull();
  });
});

describe("how far ahead one may look", () => {
  it("is three months to thirty years, each with a name in both languages", () => {
    expect(HORIZONS).toEqual(["3", "12", "24", "60", "120", "360"]);
    const names = (language: string) =>
      HORIZONS.map((id) => texts.getFixedT(language)(`projection.far.${id}`));
    expect(names("zh")).toEqual(["3 个月", "1 年", "2 年", "5 年", "10 年", "30 年"]);
    expect(names("en")).toEqual([
      "3 months",
      "1 year",
      "2 years",
      "5 years",
      "10 years",
      "30 years",
    ]);
  });
  it("is as far as the program goes", () => {
    const rust = readFileSync(
      join(import.meta.dirname, "../../src-tauri/crates/api/src/projecting.rs"),
      "utf8",
    );
    expect(rust).toContain(`months.clamp(1, ${HORIZONS.at(-1)})`);
  });
});
