import type {
  OwnRules,
  PolicyBlock,
  PolicyView,
  RulesPreview,
  SourceRef,
} from "../../src/api/bindings";
import type { Answers } from "../double";

const notice: SourceRef = {
  title: "关于调整本市城镇职工基本医疗保险有关政策的通知",
  number: "京医保发〔2022〕28号",
  issuer: "北京市医疗保障局",
  article: null,
  published: "2022-08-19",
  url: null,
  checked_on: "2026-02-11",
  grade: "official",
};
const table: SourceRef = {
  ...notice,
  title: "北京市职工门诊待遇表（转载）",
  number: null,
  issuer: null,
  published: null,
  checked_on: null,
  grade: "copy",
  url: "http://szb.wxrb.com/jnwb/content/202412/27/content_254905.html",
};

function block(title: string, name: string, part: Partial<PolicyBlock>): PolicyBlock {
  return {
    reference: {
      file: "110000-beijing/employee/general-outpatient.toml",
      block: name,
      id: null,
      from: "2019-01-01",
    },
    layer: "北京市",
    title,
    facts: [],
    open: [],
    heads: [],
    rows: [],
    stated: [],
    cells: part.rows?.map((row) => row.slice(1)) ?? [],
    own: false,
    source: table,
    grade: "copy",
    note: null,
    ask: null,
    assumed: false,
    off: false,
    ...part,
  };
}

const blocks: PolicyBlock[] = [
  block("起付线", "deductible", {
    heads: ["适用", "社区卫生服务中心（站）", "医院（社区以外的定点医院）"],
    rows: [
      ["在职", "1,800.00 元", "1,800.00 元"],
      ["退休", "1,300.00 元", "1,300.00 元"],
    ],
    facts: [
      { name: "怎样累计", value: "按年度累计" },
      { name: "累计数", value: "门诊起付线已累计" },
    ],
    note: "本库从 2019 年起录入，这一标准实际从哪天起执行没有查到。",
  }),
  block("支付比例", "rate", {
    reference: {
      file: "110000-beijing/employee/general-outpatient.toml",
      block: "rate",
      id: null,
      from: "2023-01-01",
    },
    heads: ["适用", "社区卫生服务中心（站）", "医院（社区以外的定点医院）"],
    rows: [
      ["在职；起付线以上，2 万元以下", "90%", "70%"],
      ["在职；2 万元以上", "60%", "60%"],
      ["退休，不满 70 岁；2 万元以下", "90%", "85%"],
      ["退休，满 70 岁；2 万元以下", "90%", "90%"],
      ["退休；2 万元以上", "未查到", "80%"],
    ],
    source: notice,
    ask: "“2 万元”是按已报销的金额算，还是按费用算？",
    assumed: true,
  }),
  block("补充保险", "layer", {
    off: true,
    grade: "claimed",
    source: { ...table, grade: "claimed" },
    facts: [{ name: "比例", value: "80%" }],
  }),
];

const change = {
  block: { file: "own/110000/employee/general-outpatient.toml", block: "rate", id: null },
  place: "北京市",
  scheme: "employee",
  part: "general_outpatient",
  title: "支付比例",
  changes: [{ what: "在职 · 医院", before: "70%", after: "75%" }],
};
const stated = { ...change, block: { ...change.block, from: "2026-01-01" } };
const preview: RulesPreview = {
  name: "丹东 2026",
  replaces: false,
  files: 3,
  problems: [],
  refused: false,
  blocks: [{ ...stated, kind: "changed" }],
  impacts: [
    {
      kind: "recorded",
      member: "张敏",
      on: "2026-02-11",
      what: "general_outpatient",
      figure: "fund",
      before: "700.00",
      after: "750.00",
      by: "50.00",
    },
  ],
  seen: "",
};
const own: OwnRules = {
  rules: [{ ...stated, until: null, source: "打 12393 问的", problems: [] }],
  packs: [
    { name: "丹东 2026", added_on: "2026-03-01", files: 3, places: ["丹东市"], problems: [] },
  ],
};

export const answers: Answers = {
  own_rules: (_, sample): OwnRules => (sample === "empty" ? { rules: [], packs: [] } : own),
  pack_preview: () => preview,
  own_rule_preview: () => preview,
  policy: (args, sample): PolicyView => {
    const known = args.pool === "110000" && sample !== "unknown";
    const national = block("跨省钱包转账", "transfer", {
      layer: "全国",
      facts: [
        { name: "每笔最多", value: "2,000.00 元" },
        { name: "每天最多", value: "3 笔" },
      ],
    });
    return {
      pool: String(args.pool),
      name: known ? "北京市" : "无锡市",
      scheme: "employee",
      day: String(args.on),
      has_rules: known,
      parts: [
        ...(known ? [{ part: "general_outpatient", blocks }] : []),
        { part: "mutual_aid", blocks: [national] },
      ],
    };
  },
};
