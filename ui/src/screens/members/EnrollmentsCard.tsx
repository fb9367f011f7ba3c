import { Plus } from "lucide-react";
import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { Enrollment, EnrollmentDraft, MemberDetail } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useReadOnly, useStatus } from "../../app/status";
import { Actions, Amount, Button, Card, EmptyState, Table } from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { EnrollmentFields } from "../parts/EnrollmentFields";
import { type EnrollmentForm, enrollmentDraft, newEnrollment } from "../setup/draft";
import { enrollmentProblems } from "../setup/problems";
import { FormDialog, missingChoice, useProblems } from "./forms";

/** The last enrollment as a start for the next one. */
function startFrom(last: Enrollment | undefined, today: string): EnrollmentForm {
  if (!last) return newEnrollment("", "employee", `${today.slice(0, 4)}-01-01`);
  return {
    pool: last.pool,
    scheme: last.scheme,
    plan: last.plan,
    status: last.status,
    from: today,
    base: last.contribution_base ?? "",
    retiredOn: last.retired_on,
    months: last.insured_months?.toString() ?? "",
    special: last.special,
    pension: last.pension ?? "",
    frozenCredit: last.frozen_credit ?? "",
    employer: last.employer,
    until: null,
    first: false,
    backPaid: null,
    backPaidOn: null,
  };
}

function AddEnrollment({ detail, onClose }: { detail: MemberDetail; onClose: () => void }) {
  const { say } = useTexts();
  const { today } = useStatus();
  // What is only expected is nothing to start from.
  const held = detail.enrollments.filter(({ from }) => from <= today);
  const [start] = useState(() => startFrom(held.at(-1), today));
  const [form, setForm] = useState(start);
  const write = useWrite(
    (draft: EnrollmentDraft) => gongji.enrollmentAdd(detail.member.id, draft),
    onClose,
  );
  const { problems, submit } = useProblems(
    [...missingChoice(form.pool, "pool", say), ...enrollmentProblems(form, "", say)],
    write.error,
  );
  const send = () => {
    const draft = enrollmentDraft(form);
    if (draft) write.mutate(draft);
  };
  return (
    <FormDialog
      title={say("enrollments.add")}
      lead={say("enrollments.add.means")}
      isDirty={form !== start}
      wide
      write={write}
      problems={problems}
      onSubmit={() => submit(send)}
      onClose={onClose}
    >
      <EnrollmentFields form={form} onChange={setForm} at="" problems={problems} />
    </FormDialog>
  );
}

/** 参保关系 — over time, the earliest first. */
export function EnrollmentsCard({ detail }: { detail: MemberDetail }) {
  const { say, language } = useTexts();
  const readOnly = useReadOnly();
  const [adding, setAdding] = useState(false);
  return (
    <Card>
      <div className="grid gap-4">
        {detail.enrollments.length === 0 ? (
          <EmptyState title={say("enrollments.empty")}>{say("enrollments.empty.means")}</EmptyState>
        ) : (
          <Table
            caption={say("member.tab.enrollments")}
            rows={detail.enrollments}
            rowKey={(row) => row.id}
            columns={[
              {
                key: "period",
                head: say("own.period"),
                cell: ({ from, until }) =>
                  until
                    ? say("own.from_until", {
                        from: showDate(from, language),
                        until: showDate(until, language),
                      })
                    : say("policy.from_day", { date: showDate(from, language) }),
              },
              {
                key: "place",
                head: say("enrollment.pool"),
                cell: (row) => detail.places[row.pool] ?? row.pool,
              },
              {
                key: "scheme",
                head: say("enrollment.scheme"),
                cell: (row) => say(`scheme.${row.scheme}`),
              },
              {
                key: "status",
                head: say("enrollment.status.all"),
                tight: true,
                cell: (row) => (row.scheme === "employee" ? say(`status.${row.status}`) : "—"),
              },
              {
                key: "base",
                head: say("enrollment.base"),
                figures: true,
                cell: (row) =>
                  row.contribution_base ? <Amount value={row.contribution_base} /> : "—",
              },
            ]}
          />
        )}
        <Actions>
          <Button icon={Plus} isDisabled={readOnly} onPress={() => setAdding(true)}>
            {say(detail.enrollments.length === 0 ? "enrollments.add_first" : "enrollments.add")}
          </Button>
        </Actions>
      </div>
      {adding && <AddEnrollment detail={detail} onClose={() => setAdding(false)} />}
    </Card>
  );
}
