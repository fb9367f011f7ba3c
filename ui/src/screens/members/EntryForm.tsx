import { useState } from "react";
import { useWrite } from "../../api/asks";
import type {
  AccountView,
  Amount as AmountOf,
  BalanceReason,
  EntryDraft,
  EntryKind,
  EntryRow,
} from "../../api/bindings";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import {
  DateField,
  Fields,
  MoneyField,
  RadioField,
  SelectField,
  TextField,
  toast,
} from "../../design";
import { isNegative, moneyOrNull, negated } from "../../format/money";
import { useTexts } from "../../i18n";
import { FormDialog, missing, moneyProblem, useProblems } from "./forms";
import { MonthField } from "./MonthField";
import { likelyMonth, monthMeant } from "./movement";
import { WhomField } from "./WhomField";

/** What a person may enter; the others come about by themselves. */
const KINDS: EntryKind[] = [
  "spending",
  "credit",
  "withheld",
  "premium",
  "interest",
  "transfer",
  "clearing",
  "take_back",
  "refund",
];

type Direction = "in" | "out";

/** Which way money goes by its kind; a transfer may go either way. */
function directionOf(kind: EntryKind): Direction | null {
  if (kind === "credit" || kind === "interest" || kind === "refund") return "in";
  if (kind === "spending" || kind === "withheld" || kind === "premium" || kind === "take_back")
    return "out";
  return null;
}

/** The months a credit may be for: from the next one back over two years. */
export function monthsAround(today: string): string[] {
  const count = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1;
  return Array.from({ length: 26 }, (_, index) => {
    const month = count + 1 - index;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
  });
}

type EntryFormProps = {
  account: AccountView;
  /** Whose account it is. */
  owner: number;
  corrected?: EntryRow;
  /** What may be missing from the record; filled in, to be looked at. */
  suggested?: BalanceReason;
  onClose: () => void;
};

/** The size of an amount that is known, without its sign. */
function sizeOf(amount: AmountOf | undefined): string {
  if (amount === undefined || typeof amount !== "string" || amount === "unknown") return "";
  return isNegative(amount) ? negated(amount) : amount;
}

/** The month of what is corrected or suggested; one that was left out stays so where it may be. */
function startMonth(
  account: AccountView,
  today: string,
  corrected?: EntryRow,
  suggested?: BalanceReason,
): string {
  if (corrected?.kind === "withheld") return corrected.for_month ?? "";
  const kind = corrected?.kind ?? suggested?.kind ?? "credit";
  return corrected?.for_month ?? suggested?.for_month ?? likelyMonth(kind, account, today);
}

/** 记一笔，或更正一笔 — a correction leaves the old figure readable. */
export function EntryForm({ account, owner, corrected, suggested, onClose }: EntryFormProps) {
  const { say } = useTexts();
  const { today } = useStatus();
  const [start] = useState(() => ({
    kind: corrected?.kind ?? suggested?.kind ?? ("spending" as EntryKind),
    direction: (corrected && !isNegative(corrected.amount) ? "in" : "out") as Direction,
    on: (corrected?.on ?? suggested?.on ?? today) as string | null,
    month: startMonth(account, today, corrected, suggested),
    sub: corrected ? corrected.sub : (account.subs[0]?.sub ?? null),
    amount: sizeOf(corrected?.amount ?? suggested?.amount),
    memo: corrected?.memo ?? "",
    whom: String(corrected?.for_member ?? owner),
  }));
  const [form, setForm] = useState(start);
  const set = (change: Partial<typeof start>) => setForm({ ...form, ...change });

  const done = () => {
    toast(say(corrected ? "entries.corrected" : "entries.recorded"));
    onClose();
  };
  const write = useWrite(
    (draft: EntryDraft) =>
      corrected ? gongji.entryCorrect(corrected.id, draft) : gongji.entryRecord(draft),
    done,
  );
  const { problems, at, submit } = useProblems(
    [...moneyProblem(form.amount, "amount", say), ...missing(form.on, "on", say)],
    write.error,
  );
  const direction = directionOf(form.kind) ?? form.direction;
  const send = () => {
    const amount = moneyOrNull(form.amount);
    if (amount === null || form.on === null) return;
    write.mutate({
      account: account.id,
      sub: form.sub,
      on: form.on,
      for_month: monthMeant(form.kind, form.month),
      kind: form.kind,
      memo: form.memo.trim(),
      amount: direction === "out" ? negated(amount) : amount,
      for_member: form.kind === "spending" ? Number(form.whom) : null,
    });
  };
  const kinds = KINDS.includes(form.kind) ? KINDS : [form.kind, ...KINDS];
  return (
    <FormDialog
      title={say(corrected ? "entries.correct_title" : "entries.record")}
      lead={corrected && say("entries.correct_means")}
      isDirty={form !== start}
      write={write}
      problems={problems}
      onSubmit={() => submit(send)}
      onClose={onClose}
    >
      <Fields>
        <SelectField
          label={say("entries.kind")}
          path="kind"
          problem={at("kind")}
          placeholder={say("field.optional_choice")}
          value={form.kind}
          onChange={(chosen) => {
            const kind = chosen as EntryKind;
            set({ kind, month: likelyMonth(kind, account, today) });
          }}
          options={kinds.map((id) => ({ id, name: say(`entry.${id}`) }))}
        />
        <MoneyField
          label={say("entries.how_much")}
          isRequired
          path="amount"
          problem={at("amount")}
          value={form.amount}
          onChange={(amount) => set({ amount })}
        />
        <DateField
          label={say("entries.on")}
          isRequired
          path="on"
          problem={at("on")}
          value={form.on}
          onChange={(on) => set({ on })}
        />
        {(form.kind === "credit" || form.kind === "withheld") && (
          <MonthField
            isWithheld={form.kind === "withheld"}
            problem={at("for_month")}
            value={form.month}
            onChange={(month) => set({ month })}
            months={monthsAround(today)}
          />
        )}
        {form.kind === "spending" && (
          <WhomField
            owner={owner}
            problem={at("for_member")}
            value={form.whom}
            onChange={(whom) => set({ whom })}
          />
        )}
        {account.subs.length > 1 && (
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
        {directionOf(form.kind) === null && (
          <RadioField
            label={say("entries.direction")}
            value={form.direction}
            onChange={(way) => set({ direction: way })}
            options={[
              { id: "in", name: say("entries.in") },
              { id: "out", name: say("entries.out") },
            ]}
          />
        )}
      </Fields>
      <TextField
        label={say("entries.memo")}
        path="memo"
        problem={at("memo")}
        value={form.memo}
        onChange={(memo) => set({ memo })}
      />
    </FormDialog>
  );
}
