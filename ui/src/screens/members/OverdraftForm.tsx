import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { AccountView, OverdraftDraft } from "../../api/bindings";
import { gongji } from "../../api/client";
import { Button, MoneyField, TextField } from "../../design";
import { moneyOrNull } from "../../format/money";
import { useTexts } from "../../i18n";
import { FormDialog, missing, moneyProblem, useProblems } from "./forms";

/** 说明可以透支 — what the member was told about the account, and by whom. */
export function OverdraftForm({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const { say } = useTexts();
  const [start] = useState(() => ({
    limit: account.overdraft?.limit ?? "",
    source: account.overdraft?.source ?? "",
  }));
  const [form, setForm] = useState(start);
  const write = useWrite(
    (said: OverdraftDraft | null) => gongji.overdraftState(account.id, said),
    onClose,
  );
  const { problems, at, submit } = useProblems(
    [...moneyProblem(form.limit, "limit", say), ...missing(form.source.trim(), "source", say)],
    write.error,
  );
  const send = () => {
    const limit = moneyOrNull(form.limit);
    if (limit !== null) write.mutate({ limit, source: form.source.trim() });
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
      {account.overdraft && (
        <Button look="link" isPending={write.isPending} onPress={() => write.mutate(null)}>
          {say("overdraft.none")}
        </Button>
      )}
    </FormDialog>
  );
}
