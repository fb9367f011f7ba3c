import { useId } from "react";
import type { Step } from "../../api/bindings";
import { Amount, AssumedBadge, Button, GradeBadge, Popup, SourceLine } from "../../design";
import { useTexts } from "../../i18n";

/** 一步 — the clause in words, the arithmetic with its figures, the source, the grade, the note. */
export function StepView({ step }: { step: Step }) {
  const { say, tell } = useTexts();
  const { formula, result, source, grade, note, assumed } = step;
  return (
    <div className="grid min-w-0 gap-1">
      <p className="font-medium">{tell(step.what)}</p>
      {(formula !== null || result !== null) && (
        <p className="tabular-nums">
          {formula !== null && <span className="break-words">{formula}</span>}
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
      {source && (
        <p>
          <SourceLine source={grade === null ? source : { ...source, grade }} />
        </p>
      )}
      {note && <p className="text-sm text-quiet">{say("estimate.step.note", { note })}</p>}
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
          <StepView step={step} />
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
