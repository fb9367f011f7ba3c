import { Plus } from "lucide-react";
import type { BalanceCheck, BalanceReason } from "../../api/bindings";
import { useReadOnly } from "../../app/status";
import { Amount, Button, SourceLine, Words } from "../../design";
import { showDate } from "../../format/dates";
import { isNegative, isZero } from "../../format/money";
import { useTexts } from "../../i18n";

type WhyDifferentProps = {
  check: BalanceCheck;
  name: string;
  onRecord: (reason: BalanceReason) => void;
};

/** 差在哪里 — what may be behind the difference, with the entry that would mend it. */
export function WhyDifferent({ check, name, onRecord }: WhyDifferentProps) {
  const { say, tell, language } = useTexts();
  const readOnly = useReadOnly();
  const explained = check.explained;
  if (!explained) return null;
  const { reasons, together, left } = explained;
  return (
    <section className="mt-4 grid gap-3">
      <h4 className="font-semibold">
        <Words>{say("why.title", { name, day: showDate(check.as_of, language) })}</Words>
      </h4>
      {reasons.length > 0 && (
        <p className="text-quiet">
          <Words>{say(together > 0 ? "why.together" : "why.maybe")}</Words>
        </p>
      )}
      <ul className="grid gap-3">
        {reasons.map((reason) => (
          <li
            key={`${reason.what.code}${reason.on}${reason.for_month}`}
            className="grid gap-1 border-line border-l-4 pl-3"
          >
            <span className="flex flex-wrap items-baseline justify-between gap-x-4">
              <Words>{tell(reason.what)}</Words>
              <strong>
                <Amount value={reason.amount} signed />
              </strong>
            </span>
            {reason.formula && <code className="text-quiet text-sm">{reason.formula}</code>}
            {reason.sources.map((source) => (
              <SourceLine key={`${source.title}${source.article}`} source={source} />
            ))}
            {reason.kind && (
              <span>
                <Button
                  look="link"
                  icon={Plus}
                  isDisabled={readOnly}
                  onPress={() => onRecord(reason)}
                >
                  {say("why.record")}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {!isZero(left) && (
        <p>
          <Words>{say(isNegative(left) ? "why.left_out" : "why.left_in")}</Words>
        </p>
      )}
    </section>
  );
}
