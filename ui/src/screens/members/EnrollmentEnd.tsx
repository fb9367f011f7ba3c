import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { Enrollment } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import {
  Actions,
  Button,
  DateField,
  Dialog,
  ErrorNotice,
  Notice,
  toast,
  Words,
} from "../../design";
import { useTexts } from "../../i18n";
import { FormDialog, missing, useProblems } from "./forms";

type Props = {
  row: Enrollment;
  name: string;
  /** Whether premiums of this insurance are planned. */
  hasPremiums: boolean;
  onClose: () => void;
};

/** What becomes of the premiums that are planned: nobody pays one for a year without the insurance. */
function PremiumsLeft() {
  const { say } = useTexts();
  return (
    <Notice tone="info">
      <Words>{say("enrollments.premiums_left")}</Words>
    </Notice>
  );
}

/** 结束一段参保 — its last day; a gap follows. */
export function EndEnrollment({ row, name, hasPremiums, onClose }: Props) {
  const { say } = useTexts();
  const { today } = useStatus();
  const [until, setUntil] = useState<string | null>(today);
  const write = useWrite(
    (day: string) => gongji.enrollmentEnd(row.id, day),
    () => {
      toast(say("enrollments.ended"));
      onClose();
    },
  );
  const { problems, at, submit } = useProblems(missing(until, "until", say), write.error);
  return (
    <FormDialog
      title={say("enrollments.end_of", { name })}
      lead={say("enrollments.end.means")}
      isDirty={until !== today}
      write={write}
      problems={problems}
      action={say("enrollments.end")}
      onSubmit={() => submit(() => until !== null && write.mutate(until))}
      onClose={onClose}
    >
      <DateField
        label={say("enrollments.last_day")}
        isRequired
        path="until"
        problem={at("until")}
        value={until}
        onChange={setUntil}
      />
      {hasPremiums && <PremiumsLeft />}
    </FormDialog>
  );
}

/** 去掉一段参保 */
export function RemoveEnrollment({ row, name, hasPremiums, onClose }: Props) {
  const { say } = useTexts();
  const remove = useWrite(gongji.enrollmentRemove, () => {
    toast(say("enrollments.removed"));
    onClose();
  });
  return (
    <Dialog title={say("enrollments.remove_of", { name })} isOpen onClose={onClose}>
      <p>{say("enrollments.remove.means")}</p>
      {hasPremiums && <PremiumsLeft />}
      {remove.error && <ErrorNotice error={remove.error} />}
      <Actions>
        <Button look="danger" isPending={remove.isPending} onPress={() => remove.mutate(row.id)}>
          {say("enrollments.remove")}
        </Button>
        <Button onPress={onClose}>{say("dialog.cancel")}</Button>
      </Actions>
    </Dialog>
  );
}
