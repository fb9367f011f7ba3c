import type { AdviceOption, SourceRef } from "../../api/bindings";
import { Amount, GradeBadge, Popup, SourceLine, Words } from "../../design";
import { Button } from "../../design/Button";
import { showDays } from "../../format/dates";
import { useTexts } from "../../i18n";

/** 一种办法 — the sentence, how much, when, on what condition, from which source. */
export function AdviceItem({ option }: { option: AdviceOption }) {
  const { say, tell, language } = useTexts();
  const { earliest, latest, condition, source, grade } = option;
  const from = earliest ?? latest;
  return (
    <div className="min-w-0">
      <p>
        <Words>{tell(option.what)}</Words>
      </p>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-quiet">
        {option.amount !== "unknown" && option.amount !== "0.00" && (
          <span>
            {say("advice.amount")} <Amount value={option.amount} />
          </span>
        )}
        {from && (
          <span>
            {say("advice.when")} <Words>{showDays(from, latest ?? from, language)}</Words>
          </span>
        )}
      </div>
      {(condition || source || grade) && (
        <p className="text-quiet">
          {condition && <Words>{tell(condition)}</Words>}{" "}
          {source ? <SourceButton source={source} /> : grade && <GradeBadge grade={grade} />}
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

/** 办法 — in order, the first one first. */
export function AdviceList({ options }: { options: AdviceOption[] }) {
  return (
    <ol className="grid gap-2.5">
      {options.map((option, index) => (
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
  );
}
