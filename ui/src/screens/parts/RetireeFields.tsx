import type { OfRetirees } from "../../api/bindings";
import { type FieldProblem, MoneyField, SelectField } from "../../design";
import { useTexts } from "../../i18n";
import type { EnrollmentForm } from "../setup/draft";
import { problemAt } from "../setup/problems";

type Props = {
  /** What the rules of the place need of a retiree. */
  asked: OfRetirees;
  form: EnrollmentForm;
  onChange: (form: EnrollmentForm) => void;
  /** What stands before a field's name in Rust's errors. */
  at: string;
  problems: FieldProblem[];
};

/** 只有退休人员自己知道的 — each field only where a rule of the place looks at it. */
export function RetireeFields({ asked, form, onChange, at, problems }: Props) {
  const { say, tell } = useTexts();
  const problem = (field: string) => problemAt(problems, `${at}${field}`);
  return (
    <>
      {asked.pension && (
        <MoneyField
          label={say("enrollment.pension")}
          hint={say("enrollment.pension.hint")}
          path={`${at}pension`}
          problem={problem("pension")}
          value={form.pension}
          onChange={(pension) => onChange({ ...form, pension })}
        />
      )}
      {asked.frozen_credit && (
        <MoneyField
          label={say("enrollment.frozen_credit")}
          hint={say("enrollment.frozen_credit.hint")}
          path={`${at}frozen_credit`}
          problem={problem("frozen_credit")}
          value={form.frozenCredit}
          onChange={(frozenCredit) => onChange({ ...form, frozenCredit })}
        />
      )}
      {asked.employers.length > 0 && (
        <SelectField
          label={say("enrollment.employer")}
          path={`${at}employer`}
          problem={problem("employer")}
          placeholder={say("field.optional_choice")}
          value={form.employer}
          onChange={(employer) => onChange({ ...form, employer })}
          options={asked.employers.map((id) => ({
            id,
            name: tell({ code: `employer.${id}`, params: {} }),
          }))}
        />
      )}
    </>
  );
}
