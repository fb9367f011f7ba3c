import { CheckField, DateField, type FieldProblem, RadioField } from "../../design";
import { useTexts } from "../../i18n";
import type { EnrollmentForm } from "../setup/draft";
import { problemAt } from "../setup/problems";

type Props = {
  /** Whether an earlier enrollment is recorded: then there may be a gap, and this one is not the first. */
  hasEarlier: boolean;
  form: EnrollmentForm;
  onChange: (form: EnrollmentForm) => void;
  /** What stands before a field's name in Rust's errors. */
  at: string;
  problems: FieldProblem[];
};

const PAID = { unknown: null, yes: true, no: false } as const;
type Paid = keyof typeof PAID;

function paidOf(backPaid: boolean | null): Paid {
  if (backPaid === null) return "unknown";
  return backPaid ? "yes" : "no";
}

/** 首次参保，或者此前断缴的月份补缴了没有 — what a waiting period is counted by. */
export function GapFields({ hasEarlier, form, onChange, at, problems }: Props) {
  const { say } = useTexts();
  const problem = (field: string) => problemAt(problems, `${at}${field}`);
  if (!hasEarlier) {
    return (
      <CheckField
        label={say("enrollment.first")}
        hint={problem("first_enrollment") ?? say("enrollment.first.hint")}
        isSelected={form.first}
        onChange={(first) => onChange({ ...form, first })}
      />
    );
  }
  if (form.scheme !== "employee") return null;
  return (
    <>
      <RadioField
        label={say("enrollment.back_paid")}
        hint={say("enrollment.back_paid.hint")}
        path={`${at}back_paid`}
        problem={problem("back_paid")}
        value={paidOf(form.backPaid)}
        onChange={(paid) => onChange({ ...form, backPaid: PAID[paid] })}
        options={[
          { id: "unknown", name: say("enrollment.back_paid.unknown") },
          { id: "yes", name: say("enrollment.back_paid.yes") },
          { id: "no", name: say("enrollment.back_paid.no") },
        ]}
      />
      {form.backPaid && (
        <DateField
          label={say("enrollment.back_paid_on")}
          hint={say("enrollment.back_paid_on.hint")}
          path={`${at}back_paid_on`}
          problem={problem("back_paid_on")}
          value={form.backPaidOn}
          onChange={(backPaidOn) => onChange({ ...form, backPaidOn })}
        />
      )}
    </>
  );
}
