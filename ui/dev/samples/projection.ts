import type {
  Amount,
  HabitOutlook,
  MonthRow,
  ProjectedEvent,
  Projection,
  ProjectionAnswer,
  ProjectionAsk,
  SourceRef,
} from "../../src/api/bindings";
import type { Answers } from "../double";
import { large } from "./large";

const source: SourceRef = {
  title: "关于调整本市城镇职工基本医疗保险有关政策的通知",
  number: "京医保发〔2022〕28号",
  issuer: "北京市医疗保障局",
  article: null,
  published: "2022-08-19",
  url: null,
  checked_on: null,
  grade: "official",
};

const months = [
  ...["03", "04", "05", "06", "07", "08", "09", "10", "11", "12"].map((month) => `2026-${month}`),
  ...["01", "02", "03"].map((month) => `2027-${month}`),
];

const blank: ProjectedEvent = {
  earliest: "2026-03-20",
  on: "2026-03-20",
  member: 1,
  kind: "credit",
  what: { code: "project.credit", params: { name: "张敏", month: "2026-03" } },
  change: "0.00",
  balance: "0.00",
  split: null,
  plan: null,
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
};

function spending(
  month: string,
  own: string,
  aid: string,
  cash: string,
  balance: Amount,
): ProjectedEvent {
  return {
    ...blank,
    earliest: `${month}-20`,
    on: `${month}-20`,
    kind: "spending",
    what: { code: "project.spending", params: { title: "拿高血压药", part: "general_outpatient" } },
    change: `-${own}`,
    balance,
    plan: 1,
    premium: null,
    split: {
      total: "820.00",
      fund_paid: "0.00",
      own_account_paid: own,
      mutual_aid_paid: aid,
      aid: aid === "0.00" ? [] : [{ donor: 3, paid: aid, balance: "0.00" }],
      cash_paid: cash,
    },
  };
}

function credit(month: string, balance: Amount): ProjectedEvent {
  return {
    ...blank,
    earliest: `${month}-01`,
    on: `${month}-05`,
    what: { code: "project.credit", params: { name: "张敏", month } },
    change: "240.00",
    balance,
    for_month: month,
    gross: "240.00",
    withheld: "0.00",
    formula: "12000.00 × 2%",
    sources: [source],
    assumed: month >= "2026-07",
  };
}

function events(): ProjectedEvent[] {
  return [
    {
      ...blank,
      kind: "overdue_credit",
      earliest: "2026-03-01",
      on: "2026-03-05",
      change: "240.00",
      balance: "1634.20",
      what: { code: "project.overdue_credit", params: { name: "张敏", month: "2026-02" } },
    },
    spending("2026-03", "820.00", "0.00", "0.00", { min: "814.20", max: "1054.20" }),
    credit("2026-04", { min: "1054.20", max: "1294.20" }),
    spending("2026-04", "820.00", "0.00", "0.00", { min: "234.20", max: "474.20" }),
    credit("2026-05", { min: "474.20", max: "714.20" }),
    spending("2026-05", "474.20", "260.00", "85.80", "0.00"),
    {
      ...blank,
      kind: "run_out",
      earliest: "2026-05-20",
      on: "2026-05-20",
      what: {
        code: "project.run_out",
        params: { title: "拿高血压药", part: "general_outpatient" },
      },
    },
    credit("2026-06", "240.00"),
    spending("2026-06", "240.00", "0.00", "580.00", "0.00"),
    credit("2026-07", "240.00"),
    {
      ...blank,
      kind: "year_end",
      earliest: "2027-01-01",
      on: "2027-01-01",
      balance: "240.00",
      what: { code: "project.year_end", params: { name: "张敏", day: "2027-01-01" } },
    },
    {
      ...spending("2026-12", "0.00", "0.00", "0.00", "unknown"),
      member: 2,
      change: "unknown",
      what: {
        code: "project.spending_no_rule",
        params: { title: "复查", part: "inpatient", place: "无锡市" },
      },
      split: {
        total: "9000.00",
        fund_paid: "unknown",
        own_account_paid: "unknown",
        mutual_aid_paid: "0.00",
        aid: [],
        cash_paid: "unknown",
      },
    },
  ];
}

/** What stands at the end of each month, and what was paid, as the events above have it. */
const FIRST = { low: "814.20", high: "1054.20" };
const SECOND = { low: "234.20", high: "474.20" };
const between = ({ low, high }: { low: string; high: string }): Amount => ({ min: low, max: high });

const minMonths: Partial<MonthRow>[] = [
  { opening: "1634.20", own_paid: "820.00", closing: between(FIRST), lowest: between(FIRST) },
  {
    opening: between(FIRST),
    credited: "240.00",
    own_paid: "820.00",
    closing: between(SECOND),
    lowest: between(SECOND),
  },
  {
    opening: between(SECOND),
    credited: "240.00",
    own_paid: between({ low: "474.20", high: "714.20" }),
    aid_taken: between({ low: "19.80", high: "260.00" }),
    cash_paid: between({ low: "85.80", high: "345.80" }),
  },
  { credited: "240.00", own_paid: "240.00", cash_paid: "580.00" },
  { credited: "240.00", closing: "240.00" },
];

const rows: MonthRow[] = months.flatMap((month, index): MonthRow[] => [
  {
    month,
    member: 1,
    opening: index > 4 ? "240.00" : "0.00",
    credited: "0.00",
    own_paid: "0.00",
    aid_given: "0.00",
    aid_taken: "0.00",
    cash_paid: "0.00",
    closing: index > 4 ? "240.00" : "0.00",
    lowest: index > 4 ? "240.00" : "0.00",
    assumed: month >= "2026-07",
    ...minMonths[index],
  },
  {
    month,
    member: 2,
    opening: index === 0 ? "520.00" : "unknown",
    credited: "unknown",
    own_paid: "unknown",
    aid_given: "0.00",
    aid_taken: "0.00",
    cash_paid: "unknown",
    closing: "unknown",
    lowest: "unknown",
    assumed: false,
  },
]);

function projected(months: number, sample: string): Projection {
  return sample === "large"
    ? large(months)
    : {
        from: "2026-03-08",
        until: "2027-03-08",
        events: sample === "unknown" ? [] : events(),
        months: rows.filter((row) => sample !== "unknown" || row.member === 2),
        members: [
          {
            member: 1,
            account: 1,
            balance: "1634.20",
            next_credit: {
              sub: "book",
              for_month: "2026-03",
              earliest: "2026-04-01",
              latest: "2026-04-05",
              day: "range" as const,
              gross: "240.00",
              withheld: "0.00",
              net: "240.00",
              formula: "12000.00 × 2%",
              sources: [source],
              assumed: true,
            },
            lowest_before_credit: { on: "2026-03-20", amount: { min: "814.20", max: "1054.20" } },
            lowest: { on: "2026-05-20", amount: "0.00" },
            run_out: { earliest: "2026-05-20", latest: null, plan: 1, short: "345.80" },
            first_cash: { on: "2026-05-20", amount: "85.80" },
            cash: "257.40",
            cash_of: [],
            cash_peak: { month: "2026-05", cash: "85.80", of: [], so_far: "85.80" },
            to_return: [],
          },
          {
            member: 2,
            account: 2,
            balance: sample === "unknown" ? "unknown" : "520.00",
            next_credit: null,
            lowest_before_credit: null,
            lowest: null,
            run_out: null,
            first_cash: null,
            cash: "0.00",
            cash_of: [],
            cash_peak: null,
            to_return: [],
          },
          {
            member: 3,
            account: null,
            balance: "unknown",
            next_credit: null,
            lowest_before_credit: null,
            lowest: null,
            run_out: null,
            first_cash: null,
            cash: "0.00",
            cash_of: [],
            cash_peak: null,
            to_return: [],
          },
        ].filter((one) => sample !== "unknown" || one.member === 2) as Projection["members"],
        cash: [{ month: "2026-05", cash: "85.80", of: [], so_far: "85.80" }],
        cash_peak: { month: "2026-05", cash: "85.80", of: [], so_far: "85.80" },
        shared: [{ donor: 2, recipient: 1, paid: "260.00", of: [] }],
        forks: [],
        unknown: [
          {
            key: "rule",
            what: { code: "open.no_rule", params: { place: "无锡市", part: "inpatient" } },
            ask: "无锡医保的划入标准和到账日是多少？",
            readings: [],
          },
          {
            key: "balance",
            what: { code: "open.member_balance", params: { name: "李文" } },
            ask: null,
            readings: [
              {
                what: { code: "reading.balance_least", params: {} },
                fund_paid: "0.00",
                patient_paid: "820.00",
              },
              {
                what: { code: "reading.balance_enough", params: {} },
                fund_paid: "0.00",
                patient_paid: "560.00",
              },
            ],
          },
        ],
        policy: { blocks: [], hash: "3f9a4c1b", weakest: "copy" },
      };
}

export const answers: Answers = {
  projection: ({ ask }, sample): ProjectionAnswer => {
    const { months, mode } = ask as ProjectionAsk;
    const projection = projected(months, sample);
    return {
      mode,
      actual_until: "2026-03-05",
      projected_from: "2026-03-09",
      projection,
      habits: mode === "habits" ? habits : [],
      comparison: mode === "scenario" ? { projection, differences: [], cash_more: "0.00" } : null,
    };
  },
};

const habits: HabitOutlook[] = [
  {
    habit: { member: 1, months: [], missing: 0, usual: "120.00" },
    months: [],
    short_in: "2026-05",
    closing: "0.00",
    cash: "640.00",
  },
  {
    habit: { member: 2, months: [], missing: 4, usual: null },
    months: [],
    short_in: null,
    closing: "unknown",
    cash: "unknown",
  },
];
