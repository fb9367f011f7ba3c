// 参保经过 — the enrollments of one member and the gaps between them, as lines and as forms.
import type { Enrollment, EnrollmentGap, MemberDetail, NaiveDate } from "../../api/bindings";
import { dayOf, type Language, showDate, showMonth } from "../../format/dates";
import type { Say } from "../../i18n";
import { type EnrollmentForm, newEnrollment } from "../setup/draft";

/** One line: an enrollment, or a gap with the enrollment that follows it. */
export type TimeLine =
  | { kind: "enrollment"; from: NaiveDate; row: Enrollment }
  | { kind: "gap"; from: NaiveDate; gap: EnrollmentGap; next: Enrollment | undefined };

/** Everything in the order of time. */
export function timeLines({ enrollments, gaps }: MemberDetail): TimeLine[] {
  const lines: TimeLine[] = [
    ...enrollments.map((row) => ({ kind: "enrollment" as const, from: row.from, row })),
    ...gaps.map((gap) => ({
      kind: "gap" as const,
      from: gap.from,
      gap,
      next: enrollments.find(({ id }) => id === gap.before),
    })),
  ];
  return lines.sort((one, other) => one.from.localeCompare(other.from));
}

/** The beginning of a month is told as the month, another day as the day; an end likewise. */
function told(text: NaiveDate, isEnd: boolean, language: Language): string {
  const day = dayOf(text);
  const whole = day && (isEnd ? day.add({ days: 1 }).day === 1 : day.day === 1);
  return whole ? showMonth(text.slice(0, 7), language) : showDate(text, language);
}

/** 「2020年3月至2022年7月」, or 「2023年1月起」. */
export function showSpan(
  from: NaiveDate,
  until: NaiveDate | null,
  say: Say,
  language: Language,
): string {
  const begins = told(from, false, language);
  return until === null
    ? say("enrollments.since", { from: begins })
    : say("enrollments.span", { from: begins, until: told(until, true, language) });
}

/** An enrollment as typed, to be changed. */
export function formOf(row: Enrollment): EnrollmentForm {
  return {
    pool: row.pool,
    scheme: row.scheme,
    plan: row.plan,
    status: row.status,
    from: row.from,
    base: row.contribution_base ?? "",
    retiredOn: row.retired_on,
    months: row.insured_months?.toString() ?? "",
    special: row.special,
    pension: row.pension ?? "",
    frozenCredit: row.frozen_credit ?? "",
    employer: row.employer,
    until: row.until,
    first: row.first_enrollment,
    backPaid: row.back_paid,
    backPaidOn: row.back_paid_on,
  };
}

/** The last enrollment as a start for the next one. */
export function startFrom(last: Enrollment | undefined, today: NaiveDate): EnrollmentForm {
  if (!last) return newEnrollment("", "employee", `${today.slice(0, 4)}-01-01`);
  return {
    ...formOf(last),
    from: today,
    until: null,
    first: false,
    backPaid: null,
    backPaidOn: null,
  };
}

/** Whether an enrollment of another number began before that day. */
export function hasEarlier(detail: MemberDetail, from: NaiveDate | null, id?: number): boolean {
  return detail.enrollments.some((row) => row.id !== id && from !== null && row.from < from);
}

/** Without what was only asked in another place of the history. */
export function fitting(form: EnrollmentForm, earlier: boolean): EnrollmentForm {
  return earlier ? { ...form, first: false } : { ...form, backPaid: null, backPaidOn: null };
}
