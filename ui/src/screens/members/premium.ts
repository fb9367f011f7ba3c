import type {
  MemberCard,
  MemberDetail,
  PlannedPremium,
  PremiumDraft,
  Relation,
} from "../../api/bindings";
import type { FieldProblem } from "../../design";
import { readAmount } from "../../format/money";
import type { Say } from "../../i18n";
import { missing, missingChoice, moneyProblemIfAny } from "./forms";

/** Paid by nobody's account. */
export const CASH = "cash";

/** What a year is typed as that does not end. */
export const ALWAYS = "always";

/** How many years ahead a list of years goes. */
const AHEAD = 10;

/** How many first years are offered. */
const OFFERED = 3;

/** 计划缴费的表单 — numbers as texts, as select fields hold them. */
export type PremiumForm = {
  payer: string;
  relation: Relation | null;
  fromYear: string;
  untilYear: string;
  when: "last_day" | "own_day";
  payOn: string | null;
  amount: string;
};

/** The form as it begins: as the plan that is changed, or with the next year that is to be paid. */
export function premiumStart(
  detail: MemberDetail,
  changed: PlannedPremium | undefined,
  today: string,
) {
  const asked = detail.premium_year ?? Number(today.slice(0, 4)) + 1;
  const next = freeYears(detail, changed, today)[0] ?? asked;
  const last = laterPlan(detail, changed, next);
  return {
    payer: changed?.paid_by ? String(changed.paid_by) : CASH,
    relation: changed?.relation ?? null,
    fromYear: String(changed?.from_year ?? next),
    untilYear: changed
      ? String(changed.until_year ?? ALWAYS)
      : String(last === null ? ALWAYS : last - 1),
    when: changed?.pay_on ? ("own_day" as const) : ("last_day" as const),
    payOn: changed?.pay_on ?? null,
    amount: changed?.amount ?? "",
  } satisfies PremiumForm;
}

/** Whose account may be chosen: everybody's who has one, and whoever was chosen before. */
export function payersOf(cards: MemberCard[], chosen: string): MemberCard[] {
  return cards.filter((card) => card.account !== null || String(card.member.id) === chosen);
}

/** Whether the account of somebody else pays. */
export const isRelative = (form: PremiumForm, detail: MemberDetail) =>
  form.payer !== CASH && form.payer !== String(detail.member.id);

/** The member's other plans. */
function others(detail: MemberDetail, changed: PlannedPremium | undefined): PlannedPremium[] {
  return detail.premiums.map(({ plan }) => plan).filter(({ id }) => id !== changed?.id);
}

/** The years from the next one to pay on that no other plan pays; what came before is paid, or over. */
export function freeYears(
  detail: MemberDetail,
  changed: PlannedPremium | undefined,
  today: string,
): number[] {
  const year = Number(today.slice(0, 4));
  const next = Math.max(year, detail.premium_year ?? year);
  const ahead = Array.from({ length: AHEAD + 1 }, (_, ahead) => year + ahead);
  const years = ahead.filter((one) => one >= next);
  const pays = (plan: PlannedPremium, one: number) =>
    plan.from_year <= one && one <= (plan.until_year ?? one);
  return years.filter((one) => !others(detail, changed).some((plan) => pays(plan, one)));
}

/** The first year of the next other plan after `year`. */
function laterPlan(detail: MemberDetail, changed: PlannedPremium | undefined, year: number) {
  const later = others(detail, changed).map((plan) => plan.from_year);
  const after = later.filter((from) => from > year);
  return after.length === 0 ? null : Math.min(...after);
}

/** The years that may be chosen as the first, with the one that was chosen before. */
export function firstYears(
  start: PremiumForm,
  detail: MemberDetail,
  changed: PlannedPremium | undefined,
  today: string,
): string[] {
  const years = freeYears(detail, changed, today).slice(0, OFFERED);
  return inOrder([...years, Number(start.fromYear)]);
}

/** The years that may be chosen as the last, as far as no other plan begins; and whether it may go on. */
export function lastYears(
  form: PremiumForm,
  detail: MemberDetail,
  changed: PlannedPremium | undefined,
): { years: string[]; mayGoOn: boolean } {
  const first = Number(form.fromYear);
  const later = laterPlan(detail, changed, first);
  const years = Array.from({ length: AHEAD + 1 }, (_, ahead) => first + ahead);
  const chosen = form.untilYear === ALWAYS ? [] : [Number(form.untilYear)];
  const fits = (year: number) => year >= first && (later === null || year < later);
  return { years: inOrder([...years, ...chosen].filter(fits)), mayGoOn: later === null };
}

/** The form with another first year; a last year that no longer fits becomes the last that does. */
export function withFirstYear(
  form: PremiumForm,
  fromYear: string,
  detail: MemberDetail,
  changed: PlannedPremium | undefined,
): PremiumForm {
  const next = { ...form, fromYear };
  const { years, mayGoOn } = lastYears(next, detail, changed);
  const fits = form.untilYear === ALWAYS ? mayGoOn : years.includes(form.untilYear);
  return fits ? next : { ...next, untilYear: mayGoOn ? ALWAYS : (years.at(-1) ?? fromYear) };
}

const inOrder = (years: number[]) =>
  [...new Set(years)].sort((one, other) => one - other).map(String);

/** What still lacks. */
export function premiumProblems(form: PremiumForm, detail: MemberDetail, say: Say): FieldProblem[] {
  return [
    ...(isRelative(form, detail) ? missingChoice(form.relation, "relation", say) : []),
    ...(form.when === "own_day" ? missing(form.payOn, "pay_on", say) : []),
    ...moneyProblemIfAny(form.amount, "amount", say),
  ];
}

/** What the form says, once it says something whole. */
export function premiumMeant(form: PremiumForm, detail: MemberDetail): PremiumDraft | null {
  const relative = isRelative(form, detail);
  if (relative && form.relation === null) return null;
  if (form.when === "own_day" && form.payOn === null) return null;
  const amount = readAmount(form.amount);
  return {
    member: detail.member.id,
    paid_by: form.payer === CASH ? null : Number(form.payer),
    relation: relative ? form.relation : null,
    from_year: Number(form.fromYear),
    until_year: form.untilYear === ALWAYS ? null : Number(form.untilYear),
    pay_on: form.when === "own_day" ? form.payOn : null,
    amount: "value" in amount ? amount.value : null,
  };
}
