import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { AccountView, OverdraftDraft } from "../../api/bindings";
import { gongji } from "../../api/client";
import { Button, CountField, MoneyField, RadioField, TextField, Words } from "../../design";
import { moneyOrNull } from "../../format/money";
import { useTexts } from "../../i18n";
import { FormDialog, missing, moneyProblem, useProblems } from "./forms";

/** The months in which it is to be made good; nothing where what is typed is not 1 to 12. */
function monthsOf(text: string): number | null {
  const months = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return months >= 1 && months <= 12 ? months : null;
}

/** 说明可以透支 — what the member was told about the account, and by whom. */
export function OverdraftForm({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const { say } = useTexts();
  const [start] = useState(() => ({
    limit: account.overdraft?.limit ?? "",
    source: account.overdraft?.source ?? "",
    how: account.overdraft?.repay_within ? ("cash" as const) : ("credits" as const),
    months: String(account.overdraft?.repay_within ?? ""),
  }));
  const [form, setForm] = useState<Omit<typeof start, "how"> & { how: "cash" | "credits" }>(start);
  const inCash = form.how === "cash";
  const months = inCash ? monthsOf(form.months) : null;
  const write = useWrite(
    (said: OverdraftDraft | null) => gongji.overdraftState(account.id, said),
    onClose,
  );
  const { problems, at, submit } = useProblems(
    [
      ...moneyProblem(form.limit, "limit", say),
      ...missing(form.source.trim(), "source", say),
      ...(inCash && months === null
        ? [{ path: "repay_within", text: say("overdraft.months.wrong"), bare: true }]
        : []),
    ],
    write.error,
  );
  const send = () => {
    const limit = moneyOrNull(form.limit);
    if (limit !== null) write.mutate({ limit, source: form.source.trim(), repay_within: months });
  };
  return (
    <FormDialog
      title={say("overdraft.state")}
      lead={say("overdraft.means")}
      isDirty={form !== start}
      write={write}
      problems={problems}
      onSubmit={() => submit(send)}
      onClose={onClose}
    >
      <MoneyField
        label={say("overdraft.limit")}
        isRequired
        path="limit"
        problem={at("limit")}
        value={form.limit}
        onChange={(limit) => setForm({ ...form, limit })}
      />
      <TextField
        label={say("overdraft.source")}
        hint={say("overdraft.source.hint")}
        isRequired
        path="source"
        problem={at("source")}
        value={form.source}
        onChange={(source) => setForm({ ...form, source })}
      />
      <RadioField
        label={say("overdraft.repay")}
        row={false}
        value={form.how}
        onChange={(how) => setForm({ ...form, how })}
        options={[
          { id: "credits", name: say("overdraft.repay.credits") },
          { id: "cash", name: say("overdraft.repay.cash") },
        ]}
      />
      {inCash && (
        <CountField
          label={say("overdraft.months")}
          unit={say("unit.months")}
          isRequired
          path="repay_within"
          problem={at("repay_within")}
          value={form.months}
          onChange={(typed) => setForm({ ...form, months: typed })}
        />
      )}
      {(!inCash || months !== null) && (
        <p role="status" className="text-quiet">
          <Words>
            {inCash
              ? say("overdraft.preview.cash", { months: months ?? "" })
              : say("overdraft.preview.credits")}
          </Words>
        </p>
      )}
      {account.overdraft && (
        <Button look="link" isPending={write.isPending} onPress={() => write.mutate(null)}>
          {say("overdraft.none")}
        </Button>
      )}
    </FormDialog>
  );
}
