import type { AdviceOption, Amount as AmountOf, OptionKind, SourceRef } from "../../api/bindings";
import { Amount, GradeBadge, Popup, SourceLine, Words } from "../../design";
import { Button } from "../../design/Button";
import { showDays } from "../../format/dates";
import { isZero } from "../../format/money";
import { useTexts } from "../../i18n";

/** Whether it is known to cover something. */
const covers = (amount: AmountOf) =>
  typeof amount !== "string" || (amount !== "unknown" && !isZero(amount));

/** How much of the need it covers; nothing where that is nothing or not known. */
function Covers({ amount }: { amount: AmountOf }) {
  const { say } = useTexts();
  if (!covers(amount)) return null;
  if (typeof amount === "string") {
    return (
      <span>
        {say("advice.amount")} <Amount value={amount} />
      </span>
    );
  }
  // From nothing to so much: so much at the most.
  const atMost = isZero(amount.min);
  return (
    <span>
      {say(atMost ? "advice.amount.at_most" : "advice.amount")}{" "}
      <Amount value={atMost ? amount.max : amount} />
    </span>
  );
}

/** 一种办法 — the sentence, how much, when, on what condition, from which source. */
export function AdviceItem({ option }: { option: AdviceOption }) {
  const { tell, language } = useTexts();
  const { earliest, latest, condition, how, source, grade } = option;
  const from = earliest ?? latest;
  return (
    <div className="min-w-0">
      <p>
        <Words>{tell(option.what)}</Words>
      </p>
      {condition && (
        <p>
          <Words>{tell(condition)}</Words>
        </p>
      )}
      <p className="text-quiet">
        <Covers amount={option.amount} />
        {from && (
          <>
            {covers(option.amount) && " · "}
            <Words>{showDays(from, latest ?? from, language)}</Words>
          </>
        )}{" "}
        {source ? <SourceButton source={source} /> : grade && <GradeBadge grade={grade} />}
      </p>
      {how && (
        <p className="text-sm text-quiet tabular-nums">
          <Words>{tell(how)}</Words>
        </p>
      )}
    </div>
  );
}

/** 出处 — behind a word at the end of the line. */
export function SourceButton({ source }: { source: SourceRef }) {
  const { say } = useTexts();
  return (
    <Popup
      label={say("source.heading")}
      trigger={<Button look="link">{say("source.heading")}</Button>}
    >
      {() => <SourceLine source={source} />}
    </Popup>
  );
}

/** What is good to know, and nothing to do. */
const NOT_A_DEED: OptionKind[] = [
  "pool_still_pays",
  "second_layer_near",
  "claim_later",
  "relief",
  "not_known",
];

/** 办法 — in order, the first one first; then what is good to know. */
export function AdviceList({ options }: { options: AdviceOption[] }) {
  const { say } = useTexts();
  const deeds = options.filter(({ kind }) => !NOT_A_DEED.includes(kind));
  const notes = options.filter(({ kind }) => NOT_A_DEED.includes(kind));
  return (
    <div className="grid gap-3">
      {deeds.length > 0 && (
        <ol className="grid gap-2.5">
          {deeds.map((option, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the order is the meaning, and a kind may come twice
            <li key={index} className="flex gap-3">
              <span
                aria-hidden
                className="mt-0.5 flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft text-sm font-semibold text-accent"
              >
                {index + 1}
              </span>
              <AdviceItem option={option} />
            </li>
          ))}
        </ol>
      )}
      {notes.length > 0 && (
        <div>
          {deeds.length > 0 && <p className="mb-1 font-medium">{say("advice.also")}</p>}
          <ul className="grid gap-2">
            {notes.map((option, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a kind may come twice
              <li key={index}>
                <AdviceItem option={option} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
