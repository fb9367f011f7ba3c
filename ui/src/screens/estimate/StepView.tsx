import { useId } from "react";
import type { Step } from "../../api/bindings";
import { Amount, AssumedBadge, Button, GradeBadge, Popup, SourceLine, Words } from "../../design";
import { useTexts } from "../../i18n";
import { isSameRule, smallerOf } from "./steps";

type StepProps = {
  step: Step;
  /** The step before it comes from the same rule: its source and note need not be said twice. */
  sameRule?: boolean;
};

/** 一步 — the clause in words, the arithmetic with its figures, the source, the grade, the note. */
export function StepView({ step, sameRule = false }: StepProps) {
  const { say, tell } = useTexts();
  const { formula, result, source, grade, note, assumed } = step;
  return (
    <div className="grid min-w-0 gap-1">
      <p className="font-medium">
        <Words>{tell(step.what)}</Words>
      </p>
      {(formula !== null || result !== null) && (
        <p className="tabular-nums">
          {formula !== null && <Formula text={formula} />}
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
        <p>
          <SourceLine source={grade === null ? source : { ...source, grade }} />
        </p>
      )}
      {note && !sameRule && (
        <p className="text-sm text-quiet">
          <Words>{say("estimate.step.note", { note })}</Words>
        </p>
      )}
    </div>
  );
}

/** The arithmetic; the smaller of two said in words. */
function Formula({ text }: { text: string }) {
  const { say } = useTexts();
  const smaller = smallerOf(text);
  return (
    <span className="wrap-break-word">
      <Words>
        {smaller ? say("estimate.step.smaller", { a: smaller[0], b: smaller[1] }) : text}
      </Words>
    </span>
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
