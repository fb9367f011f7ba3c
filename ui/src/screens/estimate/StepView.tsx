import { useId } from "react";
import type { Step } from "../../api/bindings";
import {
  Amount,
  AssumedBadge,
  Button,
  GradeBadge,
  More,
  Popup,
  SourceLine,
  Words,
} from "../../design";
import { useTexts } from "../../i18n";
import { formulaOf } from "./formula";
import { isSameRule } from "./steps";

type StepProps = {
  step: Step;
  /** The step before it comes from the same rule: its source and note need not be said twice. */
  sameRule?: boolean;
};

/** 一步 — the clause in words, the arithmetic with its figures, the source, the grade, the note. */
export function StepView({ step, sameRule = false }: StepProps) {
  const { say, tell } = useTexts();
  const { result, source, grade, note, assumed } = step;
  const formula = formulaOf(step, tell);
  return (
    <div className="grid min-w-0 gap-1">
      <p className="font-medium">
        <Words>{tell(step.what)}</Words>
      </p>
      {(formula !== null || result !== null) && (
        <p className="tabular-nums">
          {formula !== null && (
            <span className="wrap-break-word">
              <Words>{formula}</Words>
            </span>
          )}
          {formula !== null && result !== null && " = "}
          {result !== null && <Amount value={result} />}
        </p>
      )}
      {(assumed || (grade !== null && source === null)) && (
        <p className="text-sm">
          {grade !== null && source === null && <GradeBadge grade={grade} />}{" "}
          {assumed && (
            <>
              <AssumedBadge /> {say("assumed.means")}
            </>
          )}
        </p>
      )}
      {sameRule && <p className="text-sm text-quiet">{say("estimate.step.same_rule")}</p>}
      {source && !sameRule && (
        <SourceLine source={grade === null ? source : { ...source, grade }} />
      )}
      {note && !sameRule && (
        <More label={say("notes.editors")} small>
          <p className="text-sm text-quiet">
            <Words>{note}</Words>
          </p>
        </More>
      )}
    </div>
  );
}

/** 步骤 — numbered, in the order of the law. */
export function StepList({ steps }: { steps: Step[] }) {
  const id = useId();
  return (
    <ol className="grid gap-4">
      {steps.map((step, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is the meaning, and a step may come twice
          key={`${id}-${index}`}
          className="grid grid-cols-[2rem_1fr]"
        >
          <span aria-hidden className="font-semibold text-accent">
            {index + 1}
          </span>
          <StepView step={step} sameRule={isSameRule(step, steps[index - 1])} />
        </li>
      ))}
    </ol>
  );
}

type WhyProps = { of: string; steps: Step[] };

/** 「怎么来的」 — opens an amount to the steps it comes from; nothing where it was simply typed in. */
export function Why({ of, steps }: WhyProps) {
  const { say } = useTexts();
  if (steps.length === 0) return null;
  return (
    <Popup
      label={say("estimate.why.of", { name: of })}
      trigger={
        <Button look="link" aria-label={say("estimate.why.of", { name: of })}>
          {say("estimate.why")}
        </Button>
      }
    >
      {() => (
        <>
          <p className="font-semibold">{of}</p>
          <StepList steps={steps} />
        </>
      )}
    </Popup>
  );
}
