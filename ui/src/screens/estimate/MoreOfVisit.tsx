import { CheckField, Fields, MoneyField, More } from "../../design";
import { isZero, moneyOrNull } from "../../format/money";
import { useTexts } from "../../i18n";
import type { EstimateForm } from "./form";

type Props = {
  form: EstimateForm;
  /** Whether a contract changes anything there. */
  asksContract: boolean;
  at: (path: string) => string | null;
  onChange: (form: EstimateForm) => void;
};

/** 更多 — what counts in a few places only; nothing at all where nothing of it can count. */
export function MoreOfVisit({ form, asksContract, at, onChange }: Props) {
  const { say } = useTexts();
  if (!asksContract && !form.useAccount) return null;
  const problem = at("bill.not_account_payable");
  const typed = moneyOrNull(form.notAccountPayable);
  const filled = (typed !== null && !isZero(typed)) || (asksContract && form.contract);
  return (
    <More label={say("estimate.more")} opens={filled || problem !== null}>
      <div className="grid gap-3">
        {form.useAccount && (
          <Fields>
            <MoneyField
              label={say("estimate.not_account_payable")}
              hint={say("estimate.not_account_payable.hint")}
              path="bill.not_account_payable"
              value={form.notAccountPayable}
              problem={problem}
              onChange={(notAccountPayable) => onChange({ ...form, notAccountPayable })}
            />
          </Fields>
        )}
        {asksContract && (
          <CheckField
            label={say("estimate.contract")}
            hint={say("estimate.contract.hint")}
            isSelected={form.contract}
            onChange={(contract) => onChange({ ...form, contract })}
          />
        )}
      </div>
    </More>
  );
}
