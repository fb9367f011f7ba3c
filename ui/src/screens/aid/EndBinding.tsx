import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { BindingRow } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import { Actions, Button, DateField, Dialog, ErrorNotice, toast } from "../../design";
import { useTexts } from "../../i18n";

/** 结束一条共济 — from that day on the account does not pay for the other any more. */
export function EndBinding({ row, onClose }: { row: BindingRow; onClose: () => void }) {
  const { say } = useTexts();
  const [day, setDay] = useState<string | null>(useStatus().today);
  const end = useWrite(
    (endedOn: string) => gongji.bindingEnd(row.binding.id, endedOn),
    () => {
      toast(say("aid.end.done"));
      onClose();
    },
  );
  return (
    <Dialog
      title={say("aid.end.title", { donor: row.donor_name, recipient: row.recipient_name })}
      isOpen
      onClose={onClose}
    >
      <p>{say("aid.end.means")}</p>
      <DateField
        label={say("aid.end.day")}
        path="ended_on"
        isRequired
        value={day}
        onChange={setDay}
        problem={day === null ? say("field.missing") : null}
      />
      {end.error && <ErrorNotice error={end.error} />}
      <Actions>
        <Button
          look="danger"
          isPending={end.isPending}
          isDisabled={day === null}
          onPress={() => day !== null && end.mutate(day)}
        >
          {say("aid.end.confirm")}
        </Button>
        <Button onPress={onClose}>{say("dialog.cancel")}</Button>
      </Actions>
    </Dialog>
  );
}
