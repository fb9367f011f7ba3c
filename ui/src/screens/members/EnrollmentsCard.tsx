import { Plus } from "lucide-react";
import { useState } from "react";
import type { Enrollment, EnrollmentGap, MemberDetail } from "../../api/bindings";
import { useReadOnly, useStatus } from "../../app/status";
import { Actions, Button, Card, EmptyState, Words } from "../../design";
import { showDate } from "../../format/dates";
import { showYuan } from "../../format/money";
import { useTexts } from "../../i18n";
import { EnrollmentDialog } from "./EnrollmentDialog";
import { EndEnrollment, RemoveEnrollment } from "./EnrollmentEnd";
import { showSpan, timeLines } from "./enrollment";

type Opened = { what: "add" } | { what: "change" | "end" | "remove"; row: Enrollment } | null;

/** One enrollment in words: when, where, as what; what else is known of it below. */
function Line({ row, place }: { row: Enrollment; place: string }) {
  const { say, language } = useTexts();
  const words = [
    showSpan(row.from, row.until, say, language),
    place,
    say(`scheme.${row.scheme}`),
    ...(row.scheme === "employee" ? [say(`status.${row.status}`)] : []),
  ];
  const more = [
    ...(row.contribution_base
      ? [say("enrollments.base", { amount: showYuan(row.contribution_base) })]
      : []),
    ...(row.first_enrollment ? [say("enrollments.first")] : []),
  ];
  return (
    <span className="min-w-0">
      {words.map((word) => (
        <span key={word} className="mr-2 inline-block">
          {word}
        </span>
      ))}
      {more.length > 0 && (
        <span className="block text-sm text-quiet">
          <Words>{more.join(say("join.facts"))}</Words>
        </span>
      )}
    </span>
  );
}

/** 断缴 — how long, and whether it was paid afterwards. */
function Gap({ gap, next }: { gap: EnrollmentGap; next: Enrollment | undefined }) {
  const { say, language } = useTexts();
  const span = showSpan(gap.from, gap.until, say, language);
  const paid = () => {
    if (!next || next.back_paid === null) return null;
    if (!next.back_paid) return say("enrollments.gap.not_paid");
    return next.back_paid_on
      ? say("enrollments.gap.paid_on", { date: showDate(next.back_paid_on, language) })
      : say("enrollments.gap.paid");
  };
  const length =
    gap.months === 0 ? say("enrollments.gap") : say("enrollments.gap.of", { n: gap.months });
  return (
    <span className="min-w-0 text-quiet">
      <span className="mr-2 inline-block">{span}</span>
      <strong className="mr-2 inline-block font-semibold text-warn">{length}</strong>
      {paid() && <span className="inline-block">{paid()}</span>}
    </span>
  );
}

/** 参保关系 — over time, the earliest first, with the gaps between. */
export function EnrollmentsCard({ detail }: { detail: MemberDetail }) {
  const { say, language } = useTexts();
  const { today } = useStatus();
  const readOnly = useReadOnly();
  const [opened, setOpened] = useState<Opened>(null);
  const close = () => setOpened(null);
  const nameOf = (row: Enrollment) => showSpan(row.from, row.until, say, language);
  const of = (row: Enrollment) => ({
    row,
    name: nameOf(row),
    hasPremiums: row.scheme === "resident" && detail.premiums.length > 0,
  });
  const act = (what: "change" | "end" | "remove", row: Enrollment) => (
    <Button
      look={what === "remove" ? "danger-link" : "link"}
      isDisabled={readOnly}
      aria-label={say(`enrollments.${what}_of`, { name: nameOf(row) })}
      onPress={() => setOpened({ what, row })}
    >
      {say(`enrollments.${what}`)}
    </Button>
  );
  return (
    <Card>
      <div className="grid gap-4">
        {detail.enrollments.length === 0 ? (
          <EmptyState title={say("enrollments.empty")}>{say("enrollments.empty.means")}</EmptyState>
        ) : (
          <ol aria-label={say("enrollments.history")} className="grid">
            {timeLines(detail).map((line) => (
              <li
                key={`${line.kind}${line.from}`}
                className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-b border-line py-2.5 last:border-b-0"
              >
                {line.kind === "gap" ? (
                  <Gap gap={line.gap} next={line.next} />
                ) : (
                  <>
                    <Line row={line.row} place={detail.places[line.row.pool] ?? line.row.pool} />
                    {line.row.from > today ? (
                      <span className="text-sm text-quiet">{say("enrollments.expected")}</span>
                    ) : (
                      <span className="flex flex-wrap gap-x-3">
                        {act("change", line.row)}
                        {line.row.until === null && act("end", line.row)}
                        {act("remove", line.row)}
                      </span>
                    )}
                  </>
                )}
              </li>
            ))}
          </ol>
        )}
        <Actions>
          <Button icon={Plus} isDisabled={readOnly} onPress={() => setOpened({ what: "add" })}>
            {say(detail.enrollments.length === 0 ? "enrollments.add_first" : "enrollments.add")}
          </Button>
        </Actions>
      </div>
      {opened?.what === "add" && <EnrollmentDialog detail={detail} onClose={close} />}
      {opened?.what === "change" && (
        <EnrollmentDialog detail={detail} changed={opened.row} onClose={close} />
      )}
      {opened?.what === "end" && <EndEnrollment {...of(opened.row)} onClose={close} />}
      {opened?.what === "remove" && <RemoveEnrollment {...of(opened.row)} onClose={close} />}
    </Card>
  );
}
