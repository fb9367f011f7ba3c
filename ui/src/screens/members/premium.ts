import type {
  MemberCard,
  MemberDetail,
  PlannedPremium,
  PremiumDraft,
  Relation,
} from "../../api/bindings";
import type { FieldProblem } from "../../design";
import type { Say } from "../../i18n";
import { missing, missingChoice } from "./forms";

/** Paid by nobody's account. */
export const CASH = "cash";

/** What a year is typed as that does not end. */
export const ALWAYS = "always";

/** How many years ahead a list of years goes. */
const AHEAD = 10;

/** 计划缴费的表单 — numbers as texts, as select fields hold them. */
export type PremiumForm = {
  payer: string;
  relation: Relation | null;
  fromYear: string;
  untilYear: string;
  when: "last_day" | "own_day";
  payOn: string | null;
};

/** The form as it begins: as the plan that is changed, or with the next year that is to be paid. */
export function premiumStart(
  detail: MemberDetail,
  changed: PlannedPremium | undefined,
  today: string,
) {
  const next = detail.premium_year ?? Number(today.slice(0, 4)) + 1;
  return {
    payer: changed?.paid_by ? String(changed.paid_by) : CASH,
    relation: changed?.relation ?? null,
    fromYear: String(changed?.from_year ?? next),
    untilYear: changed?.until_year ? String(changed.until_year) : ALWAYS,
    when: changed?.pay_on ? ("own_day" as const) : ("last_day" as const),
    payOn: changed?.pay_on ?? null,
  } satisfies PremiumForm;
}

/** Whose account may be chosen: everybody's who has one, and whoever was chosen before. */
export function payersOf(cards: MemberCard[], chosen: string): MemberCard[] {
  return cards.filter((card) => card.account !== null || String(card.member.id) === chosen);
}

/** Whether the account of somebody else pays. */
export const isRelative = (form: PremiumForm, detail: MemberDetail) =>
  form.payer !== CASH && form.payer !== String(detail.member.id);

/** The years that may be chosen as the first, with the one that was chosen before. */
export function firstYears(start: PremiumForm, today: string): string[] {
  const year = Number(today.slice(0, 4));
  const years = [year, year + 1, year + 2, Number(start.fromYear)];
  return [...new Set(years)].sort((one, other) => one - other).map(String);
}

/** The years that may be chosen as the last. */
export function lastYears(form: PremiumForm): string[] {
  const first = Number(form.fromYear);
  const years = Array.from({ length: AHEAD + 1 }, (_, ahead) => first + ahead);
  const chosen = form.untilYear === ALWAYS ? [] : [Number(form.untilYear)];
  return [...new Set([...years, ...chosen])].sort((one, other) => one - other).map(String);
}

/** What still lacks. */
export function premiumProblems(form: PremiumForm, detail: MemberDetail, say: Say): FieldProblem[] {
  return [
    ...(isRelative(form, detail) ? missingChoice(form.relation, "relation", say) : []),
    ...(form.when === "own_day" ? missing(form.payOn, "pay_on", say) : []),
  ];
}

/** What the form says, once it says something whole. */
export function premiumMeant(form: PremiumForm, detail: MemberDetail): PremiumDraft | null {
  const relative = isRelative(form, detail);
  if (relative && form.relation === null) return null;
  if (form.when === "own_day" && form.payOn === null) return null;
  return {
    member: detail.member.id,
    paid_by: form.payer === CASH ? null : Number(form.payer),
    relation: relative ? form.relation : null,
    from_year: Number(form.fromYear),
    until_year: form.untilYear === ALWAYS ? null : Number(form.untilYear),
    pay_on: form.when === "own_day" ? form.payOn : null,
  };
}
