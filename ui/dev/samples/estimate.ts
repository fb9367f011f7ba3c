import type {
  EstimateDraft,
  EstimatePrefill,
  EstimateView,
  SavedFile,
  SettlementEstimate,
  SettlementRow,
  Slip,
  SlipReport,
} from "../../src/api/bindings";
import type { Answers } from "../double";
import inpatient from "./estimate-inpatient.json";
import outpatient from "./estimate-outpatient.json";
import unknown from "./estimate-unknown.json";

function prefill(args: Record<string, unknown>): EstimatePrefill {
  const known = args.member !== 2;
  const stay = args.part === "inpatient";
  if (!known)
    return {
      has_rules: false,
      asks_contract: false,
      classes: [],
      counters: [],
      own: { book: "520.00" },
      aid: [],
    };
  return {
    has_rules: args.part !== "chronic_outpatient",
    asks_contract: !stay,
    classes: stay
      ? [
          { part: "inpatient", id: "primary", name: "一级医院" },
          { part: "inpatient", id: "secondary", name: "二级医院" },
          { part: "inpatient", id: "tertiary", name: "三级医院（大医院）" },
        ]
      : [
          { part: "general_outpatient", id: "community", name: "社区卫生服务中心（站）" },
          { part: "general_outpatient", id: "hospital", name: "医院（社区以外的定点医院）" },
        ],
    counters: stay
      ? [
          {
            id: "stays",
            name: "年度住院次数",
            is_count: true,
            value: "1",
            stated_as_of: "2026-03-01",
            recorded_since: 0,
            year_from: "2026-01-01",
          },
          {
            id: "ip_pool",
            name: "统筹基金年度已支付（住院）",
            is_count: false,
            value: "17500.00",
            stated_as_of: "2026-03-01",
            recorded_since: 1,
            year_from: "2026-01-01",
          },
        ]
      : [
          {
            id: "op_deductible",
            name: "门诊起付线已累计",
            is_count: false,
            value: "1200.00",
            stated_as_of: "2026-03-01",
            recorded_since: 1,
            year_from: "2026-01-01",
          },
          {
            id: "op_fund",
            name: "门诊大额互助资金年度已报销",
            is_count: false,
            value: null,
            stated_as_of: null,
            recorded_since: 0,
            year_from: "2026-01-01",
          },
        ],
    own: { book: "434.20" },
    aid: [
      {
        name: "张建军",
        relation: "child",
        scheme: "employee",
        status: "active",
        pool: "110000",
        balance: "260.00",
        bound_on: "2025-01-05",
        rank: 1,
      },
    ],
  };
}

function estimate(draft: EstimateDraft): EstimateView {
  const known = draft.member !== 2;
  const found = known ? (draft.part === "inpatient" ? inpatient : outpatient) : unknown;
  return {
    member_name: known ? "张敏" : "张建国",
    place: known ? "北京市" : "无锡市",
    class_name: known ? "医院（社区以外的定点医院）" : null,
    request: {
      pool: "110000",
      scheme: "employee",
      plan: "with_account",
      part: draft.part,
      member: {
        status: "active",
        born: null,
        retired_on: null,
        insured_months: null,
        special: "none",
        tier: null,
        employer: null,
        continuous_years: null,
      },
      visit: {
        settled_on: draft.settled_on,
        class: draft.class,
        admitted_on: draft.admitted_on,
        contract: false,
        away: null,
        use_account: true,
        first_of_period: false,
      },
      so_far: null,
      bill: draft.bill,
      payers: null,
    },
    estimate: found as unknown as SettlementEstimate,
    input_hash: "5be1c2",
  };
}

const page = (text: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842"><rect width="595" height="842" fill="#fff"/><text x="60" y="90" font-size="24">${text}</text><path d="M60 110H535" stroke="#000"/></svg>`;

const saved: SavedFile = {
  path: "/home/zhang/文档/共济账本/估算-张敏-2026-03-08.pdf",
  folder: "/home/zhang/文档/共济账本",
};

function compared(slip: Slip): SlipReport {
  return {
    member_name: "张敏",
    place: "北京市",
    class_name: "医院（社区以外的定点医院）",
    report: {
      lines: [
        { line: "total", estimated: slip.total, slip: slip.total, difference: "0.00" },
        { line: "pool_paid", estimated: "700.00", slip: "900.00", difference: "200.00" },
        { line: "cash_paid", estimated: "unknown", slip: "100.00", difference: null },
      ],
      contradictions: [],
      agrees: false,
      explanations: [
        {
          changes: [{ code: "explain.class", params: { class_name: "社区卫生服务中心（站）" } }],
          agreeing: ["total", "pool_paid", "cash_paid"],
          compared: 3,
          whole: true,
        },
      ],
      not_compared: ["cash_paid"],
      ask: null,
    },
    contradictions: [],
    posted: [{ payer: "own_account", name: "张敏", amount: "100.00" }],
    notes: [],
    input_hash: "5be1c2",
  };
}

const settlement: SettlementRow = {
  id: 1,
  on: "2026-02-10",
  part: "general_outpatient",
  class_name: "医院（社区以外的定点医院）",
  slip: null,
  total: "1000.00",
  fund_paid: "700.00",
  accounts_paid: "300.00",
  cash_paid: "0.00",
  differing: null,
  difference: null,
  refunds: [{ id: 9, on: "2026-02-24", amount: "60.00" }],
};

export const answers: Answers = {
  slip_compare: (args) => compared(args.slip as Slip),
  slip_report_save: () => saved,
  settlements: () => [
    settlement,
    {
      ...settlement,
      id: 2,
      on: "2026-01-20",
      slip: { total: "1000.00", hospital: "北京市示例医院" },
      differing: 2,
      difference: "-12.30",
    },
  ],
  estimate_prefill: (args) => prefill(args),
  estimate: (args) => estimate(args.draft as EstimateDraft),
  estimate_preview: (args) =>
    args.form === "full" ? [page("结算估算（1/2）"), page("结算估算（2/2）")] : [page("大字一页")],
  estimate_save: () => saved,
};
