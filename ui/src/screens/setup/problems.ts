import type { ApiError, Message } from "../../api/bindings";
import type { FieldProblem } from "../../design";
import { readAmount } from "../../format/money";
import type { Say } from "../../i18n";
import { type EnrollmentForm, isRetiree, type MemberForm, type SetupForm } from "./draft";

/** The steps of the first run. */
export const STEPS = ["place", "members", "figures", "bindings"] as const;
export type StepName = (typeof STEPS)[number];

/** On which step a field stands. */
export function stepOf(path: string | null): StepName {
  if (path === null || path === "name") return "place";
  if (path.startsWith("bindings")) return "bindings";
  return /^members\.\d+\.(balances|counters|cash|credit_day)/.test(path) ? "figures" : "members";
}

/** Whether something was filled in on a step. */
export function isFilled(form: SetupForm, step: StepName): boolean {
  const figures = ({ balances, counters, cash, creditDay }: MemberForm) =>
    [...Object.values(balances), ...Object.values(counters), cash, creditDay].some(
      (text) => text.trim() !== "",
    );
  return {
    place: form.pool !== "",
    members: form.members.length > 0,
    figures: form.members.some(figures),
    bindings: form.bindings.length > 0,
  }[step];
}

function money(text: string, path: string, say: Say): FieldProblem[] {
  if (text.trim() === "") return [];
  const read = readAmount(text);
  return "problem" in read ? [{ path, text: say(`field.${read.problem}`), bare: true }] : [];
}

function count(text: string, path: string, say: Say): FieldProblem[] {
  return text === "" || /^\d{1,4}$/.test(text)
    ? []
    : [{ path, text: say("field.not_a_count"), bare: true }];
}

/** What cannot even be sent of an enrollment: texts that are no amounts, a missing day. */
export function enrollmentProblems(form: EnrollmentForm, at: string, say: Say): FieldProblem[] {
  if (form.pool === "") return [];
  return [
    ...(form.from === null ? [{ path: `${at}from`, text: say("field.missing"), bare: true }] : []),
    ...money(form.base, `${at}contribution_base`, say),
    ...count(form.months, `${at}insured_months`, say),
    ...(isRetiree(form)
      ? [
          ...money(form.pension, `${at}pension`, say),
          ...money(form.frozenCredit, `${at}frozen_credit`, say),
        ]
      : []),
  ];
}

function memberProblems(form: MemberForm, index: number, say: Say): FieldProblem[] {
  const at = `members.${index}`;
  const day = form.creditDay;
  const dayOk = day === "" || (/^\d{1,2}$/.test(day) && Number(day) >= 1 && Number(day) <= 31);
  return [
    ...enrollmentProblems(form.enrollment, `${at}.enrollment.`, say),
    ...Object.entries(form.balances).flatMap(([sub, text]) =>
      money(text, `${at}.balances.${sub}`, say),
    ),
    ...money(form.cash, `${at}.cash`, say),
    ...Object.entries(form.counters).flatMap(([id, text]) =>
      money(text, `${at}.counters.${id}`, say),
    ),
    ...(dayOk ? [] : [{ path: `${at}.credit_day`, text: say("field.day_range"), bare: true }]),
  ];
}

/** Everything in the form that cannot be sent. Whether the rest is right, Rust decides. */
export function typingProblems(form: SetupForm, say: Say): FieldProblem[] {
  return form.members.flatMap((member, index) => memberProblems(member, index, say));
}

/** Rust's errors as problems of fields. */
export function fromErrors(errors: ApiError[], tell: (message: Message) => string): FieldProblem[] {
  return errors.map(({ field, message, hint }) => ({
    path: field,
    // Rust says what is wrong with a field without naming it.
    bare: field !== null,
    text: hint ? `${tell(message)} ${tell(hint)}` : tell(message),
  }));
}

/** The sentence at one field. */
export function problemAt(problems: FieldProblem[], path: string): string | null {
  return problems.find((problem) => problem.path === path)?.text ?? null;
}
