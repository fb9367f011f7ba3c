import type { AidVerdict, ApiError, Place, PlaceForm, SetupDraft } from "../../src/api/bindings";
import type { Answers } from "../double";

const places: Place[] = [
  { pool: "110000", name: "北京", province: "北京", has_rules: true },
  { pool: "440100", name: "广州", province: "广东", has_rules: true },
  { pool: "320200", name: "无锡", province: "江苏", has_rules: false },
  { pool: "500000", name: "重庆", province: "重庆", has_rules: false },
  { pool: "610000-benji", name: "陕西省本级", province: "陕西", has_rules: false },
];

function form(pool: string): PlaceForm {
  const place = places.find((one) => one.pool === pool);
  const known = place?.has_rules ?? false;
  return {
    pool,
    name: place?.name ?? pool,
    has_rules: known,
    plans: known
      ? [
          { id: "with_account", name: "单位职工（有个人账户）", has_account: true },
          { id: "flexible_pooled_only", name: "灵活就业（没有个人账户）", has_account: false },
        ]
      : [{ id: "with_account", name: "有个人账户", has_account: null }],
    subs: known
      ? [
          { id: "book", name: "个人账户（2022年9月起划入）", withdrawable: false },
          { id: "passbook", name: "存折里的钱（2022年9月以前）", withdrawable: true },
        ]
      : [],
    classes: known
      ? [
          { part: "general_outpatient", id: "community", name: "社区卫生机构" },
          { part: "general_outpatient", id: "hospital", name: "医院" },
          { part: "inpatient", id: "tertiary", name: "三级医院" },
          { part: "inpatient", id: "secondary", name: "二级医院" },
        ]
      : [],
    counters: known
      ? [
          {
            id: "op_deductible",
            name: "门诊起付线已付",
            is_count: false,
            parts: ["general_outpatient"],
          },
          { id: "op_fund", name: "门诊统筹已付", is_count: false, parts: ["general_outpatient"] },
          { id: "admissions", name: "住院次数", is_count: true, parts: ["inpatient"] },
        ]
      : [],
    base: known ? { floor: "7162.00", cap: "35811.00", assumed: true } : null,
    arrival: known ? "每月 5 日前划入" : null,
    of_retirees: { pension: known, frozen_credit: false, employers: [] },
  };
}

export const answers: Answers = {
  places: () => places,
  place_form: (args) => form(String(args.pool)),
  setup_check: (args): ApiError[] => {
    const draft = args.draft as SetupDraft;
    return draft.members.flatMap((member, index): ApiError[] =>
      member.name.trim() === ""
        ? [
            {
              code: "input",
              field: `members.${index}.name`,
              message: { code: "sample.name_missing", params: {} },
              hint: null,
            },
          ]
        : [],
    );
  },
  setup_binding_check: (args): AidVerdict => {
    const draft = args.draft as SetupDraft;
    const recipient = draft.members[Number(args.recipient)];
    const outside = recipient?.enrollment?.pool !== "110000";
    return {
      allowed: outside ? "no" : "yes",
      reason: { code: outside ? "sample.aid_outside" : "sample.aid_ok", params: {} },
      source: {
        title: "关于调整本市城镇职工基本医疗保险有关政策的通知",
        number: "京医保发〔2022〕28号",
        issuer: null,
        article: null,
        published: "2022-08-19",
        url: null,
        checked_on: null,
        grade: "official",
      },
      instead: outside
        ? {
            kind: "wallet_transfer",
            what: { code: "sample.wallet", params: {} },
            amount: "unknown",
            earliest: null,
            latest: null,
            condition: null,
            source: null,
            grade: null,
            how: null,
          }
        : null,
      order: null,
    };
  },
};
