import type { EstimateDraft, EstimatePrefill, NaiveDate, Part } from "../../api/bindings";
import { type MoneyProblem, readAmount } from "../../format/money";

/** 估算表单 — as typed; amounts stay texts. */
export type EstimateForm = {
  member: string | null;
  part: Part;
  class: string | null;
  settledOn: NaiveDate | null;
  admittedOn: NaiveDate | null;
  total: string;
  fullSelfPay: string;
  overLimit: string;
  upfrontCopay: string;
  useAccount: boolean;
  /** 个人账户不能付的部分, and whether there is a contract, where the rules look at it: asked for behind 「更多」. */
  notAccountPayable: string;
  contract: boolean;
  /** Somebody tried to send what could not be sent: the form says what is wrong, also when it is come back to. */
  tried: boolean;
  /** Figures so far that were changed here, by counter; what is not in it stands as the ledger says. */
  soFar: Record<string, string>;
};

/** The parts of the bill outside the scope, with the name that Rust has for each. */
export const BILL_PARTS = [
  { key: "fullSelfPay", path: "bill.full_self_pay", text: "full_self_pay" },
  { key: "overLimit", path: "bill.over_limit", text: "over_limit" },
  { key: "upfrontCopay", path: "bill.upfront_copay", text: "upfront_copay" },
] as const;

/** What is wrong with a field, by Rust's path of it. */
export type Problem = {
  path: string;
  problem: "missing" | "missing_choice" | "not_a_count" | MoneyProblem;
};

export function newForm(member: string | null, today: NaiveDate): EstimateForm {
  return {
    member,
    part: "general_outpatient",
    class: null,
    settledOn: today,
    admittedOn: null,
    total: "",
    fullSelfPay: "",
    overLimit: "",
    upfrontCopay: "",
    useAccount: true,
    notAccountPayable: "",
    contract: false,
    tried: false,
    soFar: {},
  };
}

/** The form for this member: of another one, class and figures so far no longer hold. */
export function forMember(form: EstimateForm, member: string): EstimateForm {
  return form.member === member ? form : { ...form, member, class: null, soFar: {} };
}

/** The class that counts: the chosen one where the place has it, the only one where there is one. */
export function classOf(form: EstimateForm, prefill: EstimatePrefill | undefined): string | null {
  const classes = prefill?.classes ?? [];
  if (classes.some((one) => one.id === form.class)) return form.class;
  return classes.length === 1 ? (classes[0]?.id ?? null) : null;
}

/** What the form shows as the figure so far: what was typed here, else the ledger's. */
export function soFarText(form: EstimateForm, id: string, value: string | null): string {
  return form.soFar[id] ?? value ?? "";
}

function money(text: string, path: string): { value: string | null } | { problems: Problem[] } {
  if (text.trim() === "") return { value: null };
  const read = readAmount(text);
  return "value" in read ? read : { problems: [{ path, problem: read.problem }] };
}

function soFarOf(form: EstimateForm, prefill: EstimatePrefill, problems: Problem[]) {
  const changed: Record<string, string> = {};
  for (const { id, is_count, value } of prefill.counters) {
    const text = form.soFar[id]?.trim() ?? "";
    if (text === "" || text === value) continue;
    const path = `so_far.${id}`;
    if (is_count) {
      if (/^\d{1,4}$/.test(text)) changed[id] = text;
      else problems.push({ path, problem: "not_a_count" });
    } else {
      const read = readAmount(text);
      if ("value" in read) changed[id] = read.value;
      else problems.push({ path, problem: read.problem });
    }
  }
  return changed;
}

/** What is asked: the draft that Rust takes. What of the bill was left empty is not in it. */
export type Asked = { draft: EstimateDraft };

/** What the form asks, or every problem that keeps it from being sent. */
export function draftOf(
  form: EstimateForm,
  prefill: EstimatePrefill | undefined,
): Asked | { problems: Problem[] } {
  const problems: Problem[] = [];
  if (form.member === null) problems.push({ path: "member", problem: "missing_choice" });
  const chosen = classOf(form, prefill);
  if (chosen === null && (prefill?.classes.length ?? 0) > 0) {
    problems.push({ path: "class", problem: "missing_choice" });
  }
  if (form.settledOn === null) problems.push({ path: "settled_on", problem: "missing" });
  if (form.total.trim() === "") problems.push({ path: "bill.total", problem: "missing" });
  const total = money(form.total, "bill.total");
  const parts = BILL_PARTS.map(({ key, path }) => money(form[key], path));
  const notPayable: ReturnType<typeof money> = form.useAccount
    ? money(form.notAccountPayable, "bill.not_account_payable")
    : { value: null };
  for (const read of [total, ...parts, notPayable]) {
    if ("problems" in read) problems.push(...read.problems);
  }
  const soFar = prefill ? soFarOf(form, prefill, problems) : {};
  if (problems.length > 0 || form.member === null || form.settledOn === null) return { problems };
  const [fullSelfPay, overLimit, upfrontCopay] = parts.map((read) =>
    "value" in read ? read.value : null,
  );
  return {
    draft: {
      member: Number(form.member),
      part: form.part,
      class: chosen,
      settled_on: form.settledOn,
      admitted_on: form.part === "inpatient" ? form.admittedOn : null,
      contract: form.contract && prefill?.asks_contract === true,
      use_account: form.useAccount,
      bill: {
        total: ("value" in total ? total.value : null) ?? "0.00",
        ...(fullSelfPay ? { full_self_pay: fullSelfPay } : {}),
        ...(overLimit ? { over_limit: overLimit } : {}),
        ...(upfrontCopay ? { upfront_copay: upfrontCopay } : {}),
        not_account_payable: ("value" in notPayable ? notPayable.value : null) ?? "0.00",
      },
      so_far: soFar,
    },
  };
}
