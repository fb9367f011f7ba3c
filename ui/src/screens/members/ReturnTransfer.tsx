import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asks, useWrite } from "../../api/asks";
import type { EntryRow, MovementDraft } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import { DateField, toast } from "../../design";
import { isNegative } from "../../format/money";
import { useTexts } from "../../i18n";
import { FormDialog, missing, useProblems } from "./forms";
import { MovementPreview } from "./MovementPreview";

/** Whether money went from here into a relative's wallet and has not come back. */
export function mayReturn({ kind, amount, others }: EntryRow): boolean {
  return (
    kind === "transfer" &&
    isNegative(amount) &&
    others.some((side) => side.in_wallet && !isNegative(side.amount))
  );
}

/** 退回来了 — a wallet transfer that was not accepted, on the day it came back. */
export function ReturnTransfer({ row, onClose }: { row: EntryRow; onClose: () => void }) {
  const { say } = useTexts();
  const { today } = useStatus();
  const [on, setOn] = useState<string | null>(today);
  const draft: MovementDraft | null =
    on === null ? null : { on, memo: "", movement: { what: "returned", entry: row.id } };
  const preview = useQuery(asks.movementPreview(draft));
  const write = useWrite(gongji.movementRecord, () => {
    toast(say("entries.recorded"));
    onClose();
  });
  const { problems, at, submit } = useProblems(missing(on, "on", say), write.error);
  return (
    <FormDialog
      title={say("entries.returned")}
      lead={say("entries.returned.means")}
      isDirty={on !== today}
      write={write}
      problems={problems}
      onSubmit={() => submit(() => draft && write.mutate(draft))}
      onClose={onClose}
    >
      <DateField
        label={say("entries.returned.on")}
        isRequired
        path="on"
        problem={at("on")}
        value={on}
        onChange={setOn}
      />
      {draft && <MovementPreview view={preview.data} error={preview.error} />}
    </FormDialog>
  );
}
