import type {
  AidVerdict,
  BindingDraft,
  BindingRow,
  BindingsView,
  Relation,
  SourceRef,
} from "../../src/api/bindings";
import type { Answers } from "../double";

const near: SourceRef = {
  title: "国家医疗保障局：各省职工医保个人账户共济已扩大到近亲属（无锡日报）",
  number: null,
  issuer: "国家医疗保障局",
  article: null,
  published: "2024-12-27",
  url: "http://szb.wxrb.com/jnwb/content/202412/27/content_254905.html",
  checked_on: null,
  grade: "copy",
};
const wallet: SourceRef = {
  title: "个人医保钱包使用说明（烟台晚报）",
  number: null,
  issuer: "烟台晚报",
  article: null,
  published: "2025-09-18",
  url: "https://www.shm.com.cn/szb/ytwb/paper/pc/content/202509/18/content_244618.html",
  checked_on: null,
  grade: "official",
};

function verdict(allowed: AidVerdict["allowed"], relation: Relation): AidVerdict {
  const places = { donor_place: "北京市", recipient_place: "无锡市", relation, day: "2026-03-08" };
  if (allowed === "yes") {
    return {
      allowed,
      reason: { code: "aid.allowed", params: places },
      source: near,
      instead: null,
      order: { code: "aid.order.registration", params: {} },
    };
  }
  if (allowed === "unknown") {
    const params = { ...places, donor_place: "无锡市" };
    return {
      allowed,
      reason: { code: "aid.no_rule", params },
      source: null,
      instead: null,
      order: null,
    };
  }
  return {
    allowed,
    reason: { code: "aid.same_pool_only", params: places },
    source: near,
    instead: {
      kind: "wallet_transfer",
      what: {
        code: "advice.wallet_transfer",
        params: { each: "2000.00", times: "3", closed_hours: "22:00-06:00" },
      },
      amount: { min: "0.00", max: "6000.00" },
      earliest: null,
      latest: null,
      condition: { code: "advice.wallet_condition", params: {} },
      source: wallet,
      grade: "copy",
      how: null,
    },
    order: { code: "aid.order.registration", params: {} },
  };
}

const row = (
  id: number,
  part: Partial<BindingRow>,
  binding: Partial<BindingRow["binding"]>,
): BindingRow => ({
  binding: {
    id,
    donor: 1,
    recipient: 3,
    relation: "child",
    bound_on: "2025-01-06",
    ended_on: null,
    rank: id,
    ...binding,
  },
  donor_name: "张敏",
  recipient_name: "张小满",
  donor_balance: "1634.20",
  verdict: verdict("yes", "child"),
  ...part,
});

const rows = [
  row(1, {}, {}),
  row(2, { donor_name: "李文", donor_balance: "83.10" }, { donor: 4, bound_on: "2025-03-18" }),
  row(
    3,
    { donor_name: "李秀英", donor_balance: "unknown" },
    { donor: 5, relation: "grandchild", bound_on: "2023-02-01", ended_on: "2024-12-31" },
  ),
  row(
    4,
    {
      donor_name: "张建国",
      recipient_name: "张敏",
      donor_balance: "520.00",
      verdict: verdict("unknown", "child"),
    },
    { donor: 2, recipient: 1, rank: 1 },
  ),
];

export const answers: Answers = {
  bindings: (_, sample): BindingsView => ({
    bindings: sample === "empty" || sample === "unknown" ? [] : rows,
  }),
  binding_check: (args): AidVerdict => {
    const { donor, recipient, relation } = args.draft as BindingDraft;
    if (donor === 2) return verdict("unknown", relation);
    return verdict(recipient === 2 ? "no" : "yes", relation);
  },
};
