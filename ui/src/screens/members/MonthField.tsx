import { SelectField } from "../../design";
import { showMonth } from "../../format/dates";
import { useTexts } from "../../i18n";

type Props = {
  /** Whether it is what was withheld, which need not belong to a credit. */
  isWithheld: boolean;
  months: string[];
  value: string;
  problem: string | null;
  onChange: (month: string) => void;
};

/** What stands in the list for no month. */
const NONE = "none";

/** 所属月份 — of a credit, or of the credit that something was withheld from. */
export function MonthField({ isWithheld, months, value, problem, onChange }: Props) {
  const { say, language } = useTexts();
  const named = [...new Set([...(value === "" ? [] : [value]), ...months])].sort().reverse();
  const options = named.map((id) => ({ id, name: showMonth(id, language) }));
  return (
    <SelectField
      label={say(isWithheld ? "entries.withheld_month" : "entries.month")}
      path="for_month"
      problem={problem}
      placeholder={say("field.optional_choice")}
      value={value === "" ? NONE : value}
      onChange={(id) => onChange(id === NONE ? "" : id)}
      options={
        isWithheld ? [{ id: NONE, name: say("entries.withheld_month.none") }, ...options] : options
      }
    />
  );
}
