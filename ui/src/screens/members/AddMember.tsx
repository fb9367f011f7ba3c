import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useWrite } from "../../api/asks";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import { DateField, Fields, TextField, toast } from "../../design";
import { useTexts } from "../../i18n";
import { EnrollmentFields } from "../parts/EnrollmentFields";
import { memberDraft, newMember } from "../setup/draft";
import { enrollmentProblems } from "../setup/problems";
import { FormDialog, missing, useProblems } from "./forms";

/** 加一位家人 — balances and figures follow on the member's own page. */
export function AddMember({ onClose }: { onClose: () => void }) {
  const { say } = useTexts();
  const { today } = useStatus();
  const navigate = useNavigate();
  const [empty] = useState(() => newMember("", "employee", today));
  const [form, setForm] = useState(empty);
  const add = useWrite(gongji.memberAdd, (id) => {
    toast(say("members.added", { name: form.name }));
    onClose();
    void navigate({ to: "/members/$id", params: { id: String(id) } });
  });
  const { problems, at, submit } = useProblems(
    [
      ...missing(form.name.trim(), "name", say),
      ...enrollmentProblems(form.enrollment, "enrollment.", say),
    ],
    add.error,
  );
  return (
    <FormDialog
      title={say("members.add")}
      isDirty={form !== empty}
      wide
      write={add}
      problems={problems}
      action={say("members.add")}
      onSubmit={() => submit(() => add.mutate(memberDraft(form)))}
      onClose={onClose}
    >
      <Fields>
        <TextField
          label={say("member.name")}
          isRequired
          path="name"
          problem={at("name")}
          value={form.name}
          onChange={(name) => setForm({ ...form, name })}
        />
        <DateField
          label={say("member.born")}
          hint={say("member.born.hint")}
          path="born"
          problem={at("born")}
          value={form.born}
          onChange={(born) => setForm({ ...form, born })}
        />
      </Fields>
      <EnrollmentFields
        form={form.enrollment}
        onChange={(enrollment) => setForm({ ...form, enrollment })}
        at="enrollment."
        problems={problems}
      />
    </FormDialog>
  );
}
