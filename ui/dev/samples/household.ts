import type {
  Enrollment,
  EntryPage,
  EntryRow,
  Member,
  MemberCard,
  MemberDetail,
  MovementView,
  Overview,
  PlanDays,
  PremiumTold,
  SourceRef,
} from "../../src/api/bindings";
import type { Answers, Sample } from "../double";
import { PEOPLE } from "./large";

const today = "2026-03-08";
const source: SourceRef = {
  title: "关于调整本市城镇职工基本医疗保险有关政策的通知",
  number: "京医保发〔2022〕28号",
  issuer: "北京市医疗保障局",
  article: "第二条",
  published: "2022-08-19",
  url: null,
  checked_on: null,
  grade: "official",
};
const people: Member[] = [
  { id: 1, name: "张敏", born: "1984-05-02", note: "" },
  { id: 2, name: "张建国", born: "1953-11-20", note: "" },
  { id: 3, name: "张小满", born: "2015-09-30", note: "" },
];

function enrollment(member: number, pool: string, part: Partial<Enrollment>): Enrollment {
  return {
    id: member,
    member,
    from: "2020-01-01",
    until: null,
    pool,
    scheme: "employee",
    plan: "with_account",
    status: "active",
    contribution_base: "12000.00",
    retired_on: null,
    insured_months: 200,
    special: "none",
    pension: null,
    frozen_credit: null,
    employer: null,
    first_enrollment: false,
    back_paid: null,
    back_paid_on: null,
    ...part,
  };
}

function cards(sample: Sample): MemberCard[] {
  const [min, jianguo, xiaoman] = people as [Member, Member, Member];
  const first: MemberCard = {
    member: min,
    enrollment: enrollment(1, "110000", {}),
    place: "北京",
    has_rules: true,
    has_account: true,
    account: 1,
    balance: "1634.20",
    subs: [
      { sub: "book", name: "个人账户（2022年9月起划入）", balance: "1434.20", withdrawable: false },
      {
        sub: "passbook",
        name: "存折里的钱（2022年9月以前）",
        balance: "200.00",
        withdrawable: true,
      },
    ],
    as_of: "2026-03-01",
    next_credit: {
      sub: "book",
      for_month: "2026-03",
      earliest: "2026-04-01",
      latest: "2026-04-05",
      day: "range",
      gross: "240.00",
      withheld: "0.00",
      net: "240.00",
      formula: "12000.00 × 2%",
      sources: [source],
      assumed: true,
      learned: false,
    },
    due: [
      {
        account: 1,
        sub: "book",
        month: "2026-02",
        due: "2026-03-05",
        net: "240.00",
        missing: false,
        causes: [
          {
            kind: "paid_late",
            what: { code: "gap.paid_late", params: { month: "2026-02" } },
            evidence: [{ code: "gap.late.days", params: { day: "2026-03-05", n: "3" } }],
            action: { code: "gap.do.ask_employer", params: {} },
            source,
          },
          {
            kind: "stopped",
            what: { code: "gap.stopped", params: { name: "王敏" } },
            evidence: [],
            action: { code: "gap.do.ask", params: {} },
            source: null,
          },
        ],
      },
    ],
    other_sums: [],
    lowest_before_credit: {
      on: "2026-03-20",
      amount: { min: "34.20", max: "614.20" },
      because: null,
    },
    run_out: {
      earliest: "2026-07-14",
      latest: null,
      plan: 1,
      premium: null,
      short: "312.40",
      because: null,
    },
    projected_until: "2028-03-08",
    advice: [
      {
        kind: "pool_still_pays",
        what: { code: "sample.pool_pays", params: {} },
        amount: "unknown",
        earliest: null,
        latest: null,
        condition: null,
        source,
        grade: "official",
        how: null,
      },
      {
        kind: "wait_for_credit",
        what: { code: "sample.wait", params: {} },
        amount: "240.00",
        earliest: "2026-08-01",
        latest: "2026-08-05",
        condition: { code: "sample.wait.if", params: {} },
        source,
        grade: "copy",
        how: null,
      },
      {
        kind: "cash",
        what: { code: "sample.cash", params: {} },
        amount: "312.40",
        earliest: null,
        latest: null,
        condition: null,
        source: null,
        grade: null,
        how: null,
      },
    ],
    unknown: [],
  };
  const second: MemberCard = {
    ...first,
    member: jianguo,
    enrollment: enrollment(2, "320200", {
      status: "retired",
      contribution_base: null,
      retired_on: "2013-11-20",
    }),
    place: "无锡",
    has_rules: false,
    has_account: null,
    account: 2,
    balance: "520.00",
    subs: [{ sub: "book", name: "个人账户", balance: "520.00", withdrawable: false }],
    next_credit: null,
    due: [],
    other_sums: [],
    lowest_before_credit: null,
    run_out: null,
    advice: [],
    unknown: [
      {
        key: "rule",
        what: { code: "sample.no_rules", params: {} },
        ask: "无锡医保的划入标准和到账日是多少？",
        readings: [],
      },
    ],
  };
  const third: MemberCard = {
    ...first,
    member: xiaoman,
    enrollment: enrollment(3, "110000", {
      scheme: "resident",
      plan: "resident",
      contribution_base: null,
    }),
    has_account: false,
    account: null,
    balance: "unknown",
    subs: [],
    as_of: null,
    next_credit: null,
    due: [],
    other_sums: [],
    lowest_before_credit: null,
    run_out: null,
    advice: [],
    unknown: [],
  };
  if (sample === "large") {
    const names = ["", "李文", "王秀兰", "赵小宁"];
    return PEOPLE.map((id) => ({
      ...first,
      member: people[id - 1] ?? { id, name: names[id - 3] ?? "", born: "1960-01-01", note: "" },
    }));
  }
  return sample === "unknown" ? [second] : [first, second, third];
}

const row = (id: number, part: Partial<EntryRow>): EntryRow => ({
  id,
  on: "2026-02-05",
  for_month: "2026-01",
  kind: "credit",
  memo: "",
  sub: "book",
  amount: "240.00",
  balance: "1434.20",
  was: null,
  was_on: null,
  settlement: null,
  for_member: null,
  for_whom: null,
  others: [],
  ...part,
});

const rows: EntryRow[] = [
  row(9, {
    on: "2026-03-01",
    kind: "spending",
    for_month: null,
    memo: "社区医院 高血压药",
    amount: "-86.50",
  }),
  row(8, { on: "2026-02-05", was: "204.00", was_on: "2026-02-04" }),
  row(7, {
    on: "2026-01-20",
    kind: "adjustment",
    for_month: null,
    memo: "按国家医保服务平台核对",
    amount: "-3.10",
    balance: "1280.70",
  }),
  row(6, { on: "2026-01-05", for_month: "2025-12", balance: "1283.80" }),
  row(1, {
    on: "2026-01-01",
    kind: "opening",
    for_month: null,
    amount: "1043.80",
    balance: "1043.80",
  }),
];

function detail(id: number): MemberDetail {
  const card = cards("full").find((one) => one.member.id === id) ?? cards("full")[0];
  if (!card) throw new Error("no sample");
  return {
    member: card.member,
    enrollments: card.enrollment
      ? [
          {
            ...card.enrollment,
            id: 10,
            from: "2015-07-01",
            until: "2019-08-31",
            pool: "320200",
            contribution_base: "6800.00",
          },
          card.enrollment,
        ]
      : [],
    gaps: card.enrollment
      ? [{ from: "2019-09-01", until: "2019-12-31", months: 4, before: card.enrollment.id }]
      : [],
    places: { "110000": "北京", "320200": "无锡" },
    accounts:
      card.account === null
        ? [
            {
              id: 30,
              kind: "cash",
              name: "现金",
              subs: [],
              balance: "3000.00",
              checks: [],
              overdraft: null,
              last_credited: null,
              opened_on: "2026-01-01",
            },
          ]
        : [
            {
              id: card.account,
              kind: "insurance",
              name: `${card.place}医保个人账户`,
              subs: card.subs,
              balance: "1634.20",
              overdraft: null,
              last_credited: null,
              opened_on: "2026-01-01",
              checks: [
                {
                  as_of: "2026-03-01",
                  sub: "book",
                  stated: "1434.20",
                  recorded: "1434.20",
                  difference: "0.00",
                  began: false,
                  explained: null,
                },
                {
                  as_of: "2026-01-20",
                  sub: "book",
                  stated: "1280.70",
                  recorded: "1283.80",
                  difference: "-3.10",
                  began: false,
                  explained: {
                    reasons: [
                      {
                        what: { code: "check.withheld", params: { month: "2025-12" } },
                        on: "2026-01-05",
                        amount: "-3.10",
                        kind: "withheld",
                        for_month: "2025-12",
                        formula: null,
                        sources: [],
                      },
                    ],
                    together: 1,
                    left: "0.00",
                  },
                },
              ],
            },
            {
              id: 31,
              kind: "cash",
              name: "现金",
              subs: [],
              balance: "3000.00",
              checks: [],
              overdraft: null,
              last_credited: null,
              opened_on: "2026-01-01",
            },
          ],
    counters: card.has_rules
      ? [
          {
            id: "op_deductible",
            name: "门诊起付线已付",
            is_count: false,
            value: "1200.00",
            stated_as_of: "2026-03-01",
            recorded_since: 1,
            year_from: "2026-01-01",
          },
          {
            id: "op_fund",
            name: "门诊统筹已付",
            is_count: false,
            value: null,
            stated_as_of: null,
            recorded_since: 0,
            year_from: "2026-01-01",
          },
          {
            id: "admissions",
            name: "住院次数",
            is_count: true,
            value: "0",
            stated_as_of: "2026-03-01",
            recorded_since: 0,
            year_from: "2026-01-01",
          },
        ]
      : [],
    credit_day: id === 1 ? 5 : null,
    plans:
      id === 1
        ? [
            {
              plan: {
                id: 1,
                member: 1,
                title: "拿高血压药",
                part: "general_outpatient",
                class: "community",
                bill: {
                  total: "320.00",
                  full_self_pay: "0.00",
                  over_limit: "0.00",
                  upfront_copay: "12.00",
                  not_account_payable: "0.00",
                },
                first_on: "2026-03-20",
                recurrence: "FREQ=MONTHLY",
                urgent: true,
              },
              often: "每月20日",
              repeat: {
                kind: "every",
                every: 1,
                unit: "months",
                weekdays: [],
                on: { kind: "same" },
                ends: { kind: "never" },
              },
            },
          ]
        : [],
    premiums:
      id === 3
        ? [
            {
              plan: {
                id: 1,
                member: 3,
                paid_by: 2,
                relation: "child",
                from_year: 2027,
                until_year: null,
                pay_on: null,
                amount: null,
              },
              payer: "李建国",
              next: premiumTold,
            },
          ]
        : [],
    premium_year: id === 3 ? 2027 : null,
    paid_for: [
      { id: 12, on: "2026-02-20", kind: "premium", by: "李建国", amount: "-400.00" },
      { id: 11, on: "2026-02-18", kind: "spending", by: "李建国", amount: "-62.30" },
    ],
  };
}

/** A year's premium with its window, paid from a relative's account. */
const premiumTold: PremiumTold = {
  year: 2027,
  amount: "435.00",
  on: "2027-02-28",
  window: { from: "2026-11-30", until: "2027-02-28" },
  extension: null,
  wait_after: 3,
  assumed: false,
  stated: false,
  source: null,
  grade: "official",
  unknown: [],
  payer: {
    allowed: "yes",
    reason: { code: "sample.aid_ok", params: {} },
    keeps: "0.00",
    source: null,
    grade: null,
  },
};

/** A gift of 300 yuan by the account of the sample. */
const preview: MovementView = {
  changes: [
    {
      member: "张丽",
      account: 20,
      account_name: "北京医保个人账户",
      sub: "book",
      sub_name: "个人账户",
      before: "1434.20",
      amount: "-300.00",
      after: "1134.20",
    },
    {
      member: "张伟",
      account: 21,
      account_name: "广州医保个人账户",
      sub: "wallet",
      sub_name: "医保钱包",
      before: "0.00",
      amount: "300.00",
      after: "300.00",
    },
  ],
  counters: [],
  refused: null,
  notes: [],
  source: null,
  grade: null,
  open: [],
};

export const answers: Answers = {
  overview: (_, sample): Overview => ({ today, cards: sample === "empty" ? [] : cards(sample) }),
  member_detail: (args) => detail(Number(args.id)),
  entries: (args, sample): EntryPage =>
    sample === "empty" || Number(args.account) > 29
      ? { rows: [], total: 0 }
      : { rows: rows.map((one) => ({ ...one, id: one.id + Number(args.offset) })), total: 48 },
  movement_preview: () => preview,
  member_add: () => 4,
  premium_look: () => premiumTold,
  plan_days: (): PlanDays => ({
    often: "每月20日",
    days: ["2026-03-20", "2026-04-20", "2026-05-20", "2026-06-20", "2026-07-20"],
    goes_on: true,
  }),
};
