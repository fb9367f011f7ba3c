import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { AccountView } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import { CheckField, DateField, Fields, MoneyField, SelectField, toast } from "../../design";
import { isZero, moneyOrNull, showYuan } from "../../format/money";
import { useTexts } from "../../i18n";
import { FormDialog, missing, moneyProblem, useProblems } from "./forms";

/** 填写余额 — what the app or the counter shows; the difference to the record is shown. */
export function StateBalance({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const { say } = useTexts();
  const { today } = useStatus();
  const [start] = useState(() => ({
    sub: account.subs[0]?.sub ?? null,
    asOf: today as string | null,
    amount: "",
    book: false,
  }));
  const [form, setForm] = useState(start);
  const write = useWrite(gongji.balanceState, (check) => {
    toast(
      check.began
        ? say("checks.done_began", { amount: showYuan(check.stated) })
        : isZero(check.difference)
          ? say("checks.done_agrees")
          : say("checks.done_differs", { difference: showYuan(check.difference) }),
    );
    onClose();
  });
  const { problems, at, submit } = useProblems(
    [...moneyProblem(form.amount, "amount", say), ...missing(form.asOf, "as_of", say)],
    write.error,
  );
  const send = () => {
    const amount = moneyOrNull(form.amount);
    if (amount === null || form.asOf === null) return;
    write.mutate({
      account: account.id,
      sub: form.sub,
      as_of: form.asOf,
      amount,
      book_difference: form.book,
    });
  };
  return (
    <FormDialog
      title={say("checks.state")}
      lead={say("checks.state.means")}
      isDirty={form !== start}
      write={write}
      problems={problems}
      onSubmit={() => submit(send)}
      onClose={onClose}
    >
      <Fields>
        {account.subs.length > 1 && (
          <SelectField
            label={say("checks.sub")}
            path="sub"
            problem={at("sub")}
            placeholder={say("field.optional_choice")}
            value={form.sub}
            onChange={(sub) => setForm({ ...form, sub })}
            options={account.subs.map((sub) => ({ id: sub.sub ?? "", name: sub.name }))}
          />
        )}
        <MoneyField
          label={say("checks.stated")}
          isRequired
          path="amount"
          problem={at("amount")}
          value={form.amount}
          onChange={(amount) => setForm({ ...form, amount })}
        />
        <DateField
          label={say("checks.as_of")}
          hint={say("figures.as_of.hint")}
          isRequired
          path="as_of"
          problem={at("as_of")}
          value={form.asOf}
          onChange={(asOf) => setForm({ ...form, asOf })}
        />
      </Fields>
      <CheckField
        label={say("checks.book")}
        hint={say("checks.book.hint")}
        isSelected={form.book}
        onChange={(book) => setForm({ ...form, book })}
      />
    </FormDialog>
  );
}
