import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asks, useWrite } from "../../api/asks";
import type { AccountView, MemberDetail, MovementDraft } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import { DateField, Fields, MoneyField, SelectField, TextField, toast } from "../../design";
import { useTexts } from "../../i18n";
import { monthsAround } from "./EntryForm";
import { FormDialog, useProblems } from "./forms";
import { MovementFields } from "./MovementFields";
import { MovementPreview } from "./MovementPreview";
import {
  asksAmount,
  CHOICES,
  type Choice,
  type RecordForm as Form,
  likelySub,
  movementMeant,
  recordProblems,
  recordStart,
} from "./movement";

type Props = { account: AccountView; detail: MemberDetail; onClose: () => void };

/** Cash is spent and comes in; the rest happens to insurance accounts. */
const OF_CASH: Choice[] = ["spending", "other"];

/** 记一笔 — what happened, in plain choices, and what it changes before it is saved. */
export function RecordForm({ account, detail, onClose }: Props) {
  const { say } = useTexts();
  const { today } = useStatus();
  const [start] = useState(() => recordStart(account, today, detail));
  const [form, setForm] = useState(start);
  const set = (change: Partial<Form>) => setForm({ ...form, ...change });

  const isStated = form.choice === "refund" && form.how === "stated" && form.settlement !== null;
  const whole = useQuery(
    asks.movementPreview(
      isStated && form.on !== null
        ? {
            on: form.on,
            memo: "",
            movement: {
              what: "refund",
              settlement: Number(form.settlement),
              back: { how: "whole" },
            },
          }
        : null,
    ),
  );
  const paid = isStated ? whole.data : undefined;
  const movement = movementMeant(form, account, detail, paid);
  const draft: MovementDraft | null =
    movement && form.on !== null ? { on: form.on, memo: form.memo.trim(), movement } : null;
  const preview = useQuery(asks.movementPreview(draft));

  const write = useWrite(gongji.movementRecord, () => {
    toast(say("entries.recorded"));
    onClose();
  });
  const { problems, at, submit } = useProblems(
    recordProblems(form, detail, say, paid),
    write.error,
  );
  const choices = account.kind === "cash" ? OF_CASH : CHOICES;
  const asksSub =
    account.subs.length > 1 && !["refund", "move_away", "close"].includes(form.choice);
  return (
    <FormDialog
      title={say("entries.record")}
      lead={say(`record.means.${form.choice}`)}
      isDirty={form !== start}
      write={write}
      problems={problems}
      onSubmit={() => submit(() => draft && write.mutate(draft))}
      onClose={onClose}
    >
      <SelectField
        label={say("record.what")}
        path="kind"
        problem={at("kind")}
        placeholder={say("field.optional_choice")}
        value={form.choice}
        onChange={(chosen) => {
          const choice = chosen as Choice;
          set({ choice, sub: likelySub(account, choice) });
        }}
        options={choices.map((id) => ({ id, name: say(`record.choice.${id}`) }))}
      />
      <MovementFields
        form={form}
        set={set}
        at={at}
        account={account}
        detail={detail}
        paid={paid}
        months={monthsAround(today)}
      />
      <Fields>
        {asksSub && (
          <SelectField
            label={say("checks.sub")}
            path="sub"
            problem={at("sub")}
            placeholder={say("field.optional_choice")}
            value={form.sub}
            onChange={(sub) => set({ sub })}
            options={account.subs.map((sub) => ({ id: sub.sub ?? "", name: sub.name }))}
          />
        )}
        {asksAmount(form) && (
          <MoneyField
            label={say("entries.how_much")}
            isRequired
            path="amount"
            problem={at("amount")}
            value={form.amount}
            onChange={(amount) => set({ amount })}
          />
        )}
        <DateField
          label={say("entries.on")}
          isRequired
          path="on"
          problem={at("on")}
          value={form.on}
          onChange={(on) => set({ on })}
        />
      </Fields>
      {form.choice !== "close" && (
        <TextField
          label={say("entries.memo")}
          path="memo"
          problem={at("memo")}
          value={form.memo}
          onChange={(memo) => set({ memo })}
        />
      )}
      {draft && <MovementPreview view={preview.data} error={preview.error} />}
    </FormDialog>
  );
}
