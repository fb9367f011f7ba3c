import { Trash2, UserPlus } from "lucide-react";
import { useStatus } from "../../app/status";
import {
  Actions,
  Button,
  Card,
  DateField,
  EmptyState,
  type FieldProblem,
  Fields,
  TextField,
} from "../../design";
import { useTexts } from "../../i18n";
import { EnrollmentFields } from "../parts/EnrollmentFields";
import { type MemberForm, newMember, useSetupDraft, withoutMember } from "./draft";
import { problemAt } from "./problems";

/** 第二步 — who belongs to the household and how each is insured. */
export function MembersStep({ problems }: { problems: FieldProblem[] }) {
  const { say } = useTexts();
  const { form, setForm } = useSetupDraft();
  const { today } = useStatus();
  const change = (index: number, member: MemberForm) =>
    setForm((before) => ({
      ...before,
      members: before.members.map((one, position) => (position === index ? member : one)),
    }));
  const add = () =>
    setForm((before) => ({
      ...before,
      members: [...before.members, newMember(before.pool, before.scheme, today)],
    }));
  return (
    <>
      {form.members.length === 0 && (
        <EmptyState
          title={say("setup.members.empty")}
          action={
            <Button look="primary" icon={UserPlus} onPress={add}>
              {say("setup.member.first")}
            </Button>
          }
        >
          {say("setup.members.empty.means")}
        </EmptyState>
      )}
      {form.members.map((member, index) => (
        <Card
          key={member.key}
          level={3}
          title={member.name.trim() || say("setup.member.number", { n: index + 1 })}
          aside={
            <Button
              small
              look="quiet"
              icon={Trash2}
              onPress={() => setForm((before) => withoutMember(before, index))}
            >
              {say("setup.member.remove")}
            </Button>
          }
        >
          <div className="grid gap-4">
            <Fields>
              <TextField
                label={say("member.name")}
                isRequired
                path={`members.${index}.name`}
                problem={problemAt(problems, `members.${index}.name`)}
                value={member.name}
                onChange={(name) => change(index, { ...member, name })}
              />
              <DateField
                label={say("member.born")}
                hint={say("member.born.hint")}
                path={`members.${index}.born`}
                problem={problemAt(problems, `members.${index}.born`)}
                value={member.born}
                onChange={(born) => change(index, { ...member, born })}
              />
            </Fields>
            <EnrollmentFields
              form={member.enrollment}
              onChange={(enrollment) => change(index, { ...member, enrollment })}
              at={`members.${index}.enrollment.`}
              problems={problems}
            />
          </div>
        </Card>
      ))}
      {form.members.length > 0 && (
        <Actions>
          <Button icon={UserPlus} onPress={add}>
            {say("setup.member.add")}
          </Button>
        </Actions>
      )}
    </>
  );
}
