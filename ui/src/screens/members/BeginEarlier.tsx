import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { AccountView } from "../../api/bindings";
import { gongji } from "../../api/client";
import { DateField, Fields, MoneyField, toast } from "../../design";
import { showDate } from "../../format/dates";
import { moneyOrNull } from "../../format/money";
import { useTexts } from "../../i18n";
import { FormDialog, missing, moneyProblem, useProblems } from "./forms";

/** The first day of the year, or of the one before where the record began on it. */
function newYearBefore(day: string): string {
  const year = Number(day.slice(0, 4));
  return `${day.endsWith("-01-01") ? year - 1 : year}-01-01`;
}

/** 从更早的日子记起 — the day, and what was in each part of the account on it. */
export function BeginEarlier({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const { say, language } = useTexts();
  const [start] = useState(() => ({
    on: newYearBefore(account.opened_on) as string | null,
    amounts: account.subs.map(() => ""),
  }));
  const [form, setForm] = useState(start);
  const write = useWrite(gongji.accountBegin, () => {
    toast(say("beginning.done"));
    onClose();
  });
  const { problems, at, submit } = useProblems(
    [
      ...missing(form.on, "on", say),
      ...form.amounts.flatMap((text, place) => moneyProblem(text, `balances.${place}`, say)),
    ],
    write.error,
  );
  const send = () => {
    const balances = account.subs.flatMap(({ sub }, place) => {
      const amount = moneyOrNull(form.amounts[place] ?? "");
      return amount === null ? [] : [{ sub, amount }];
    });
    if (form.on !== null) write.mutate({ account: account.id, on: form.on, balances });
  };
  const change = (place: number, text: string) =>
    setForm({ ...form, amounts: form.amounts.map((old, at) => (at === place ? text : old)) });
  return (
    <FormDialog
      title={say("beginning.earlier")}
      lead={say("beginning.means", { date: showDate(account.opened_on, language) })}
      isDirty={form !== start}
      write={write}
      problems={problems}
      onSubmit={() => submit(send)}
      onClose={onClose}
    >
      <Fields>
        <DateField
          label={say("beginning.on")}
          isRequired
          path="on"
          problem={at("on")}
          value={form.on}
          onChange={(on) => setForm({ ...form, on })}
        />
      </Fields>
      {/* Parts have long names: one below the other. */}
      <div className="grid gap-4">
        {account.subs.map((sub, place) => (
          <MoneyField
            key={sub.sub ?? ""}
            label={
              account.subs.length > 1
                ? say("beginning.balance_of", { name: sub.name })
                : say("beginning.balance")
            }
            isRequired
            path={`balances.${place}`}
            problem={at(`balances.${place}`)}
            value={form.amounts[place] ?? ""}
            onChange={(text) => change(place, text)}
          />
        ))}
      </div>
    </FormDialog>
  );
}
