import type { CreditGap, GapCause } from "../../api/bindings";
import { Amount, More, Words } from "../../design";
import { showMonth } from "../../format/dates";
import { useTexts } from "../../i18n";
import { SourceButton } from "./AdviceList";

function Cause({ cause }: { cause: GapCause }) {
  const { say, tell } = useTexts();
  return (
    <>
      <p className="font-medium">
        <Words>{tell(cause.what)}</Words>
      </p>
      {cause.evidence.length > 0 && (
        <ul>
          {cause.evidence.map((said) => (
            <li key={said.code}>
              <Words>{tell(said)}</Words>
            </li>
          ))}
        </ul>
      )}
      <p>
        <Words>{say("gap.do", { action: tell(cause.action) })}</Words>{" "}
        {cause.source && <SourceButton source={cause.source} />}
      </p>
    </>
  );
}

/** 可能的原因 — of a credit that did not come, or came with another sum; the likeliest first. */
export function Causes({ causes, question }: { causes: GapCause[]; question: string }) {
  const { say } = useTexts();
  return (
    <More label={question} small>
      {causes.length === 0 ? (
        <p className="text-sm">
          <Words>{say("gap.none")}</Words>
        </p>
      ) : (
        <ol className="grid gap-2 text-sm" aria-label={say("gap.title")}>
          {causes.map((cause) => (
            <li key={cause.kind}>
              <Cause cause={cause} />
            </li>
          ))}
        </ol>
      )}
    </More>
  );
}

/** 到的数和规定的不一样 */
export function OtherSums({ gaps }: { gaps: CreditGap[] }) {
  const { say, language } = useTexts();
  return (
    <ul className="grid gap-2">
      {gaps.map((gap) => (
        <li
          key={`${gap.account}${gap.month}`}
          className="rounded-lg border border-line bg-sunken p-3"
        >
          <p className="font-medium">
            <Words>{say("gap.other_sum", { month: showMonth(gap.month, language) })}</Words>
          </p>
          <p className="mb-1 text-sm">
            {say("gap.came")} <Amount value={gap.came ?? "unknown"} />
            {" · "}
            {say("gap.expected")} <Amount value={gap.expected} />
          </p>
          <Causes causes={gap.causes} question={say("gap.why_sum")} />
        </li>
      ))}
    </ul>
  );
}
