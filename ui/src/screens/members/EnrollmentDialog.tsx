import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { Enrollment, EnrollmentDraft, MemberDetail } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import { toast } from "../../design";
import { useTexts } from "../../i18n";
import { EnrollmentFields } from "../parts/EnrollmentFields";
import { enrollmentDraft } from "../setup/draft";
import { enrollmentProblems } from "../setup/problems";
import { fitting, formOf, hasEarlier, startFrom } from "./enrollment";
import { FormDialog, missingChoice, useProblems } from "./forms";

type Props = { detail: MemberDetail; changed?: Enrollment; onClose: () => void };

/** 记一段参保，或改一段。 */
export function EnrollmentDialog({ detail, changed, onClose }: Props) {
  const { say } = useTexts();
  const { today } = useStatus();
  // What is only expected is nothing to start from.
  const held = detail.enrollments.filter(({ from }) => from <= today);
  const [start] = useState(() => (changed ? formOf(changed) : startFrom(held.at(-1), today)));
  const [form, setForm] = useState(start);
  const earlier = hasEarlier(detail, form.from, changed?.id);
  const write = useWrite(
    async (draft: EnrollmentDraft) => {
      await (changed
        ? gongji.enrollmentSave(changed.id, draft)
        : gongji.enrollmentAdd(detail.member.id, draft));
    },
    () => {
      toast(say(changed ? "enrollments.changed" : "enrollments.added"));
      onClose();
    },
  );
  const { problems, submit } = useProblems(
    [...missingChoice(form.pool, "pool", say), ...enrollmentProblems(form, "", say)],
    write.error,
  );
  const send = () => {
    const draft = enrollmentDraft(fitting(form, earlier));
    if (draft) write.mutate(draft);
  };
  return (
    <FormDialog
      title={say(changed ? "enrollments.change" : "enrollments.add")}
      lead={say(changed ? "enrollments.change.means" : "enrollments.add.means")}
      isDirty={form !== start}
      wide
      write={write}
      problems={problems}
      onSubmit={() => submit(send)}
      onClose={onClose}
    >
      <EnrollmentFields
        form={form}
        onChange={setForm}
        at=""
        problems={problems}
        history={{ hasEarlier: earlier }}
      />
    </FormDialog>
  );
}
