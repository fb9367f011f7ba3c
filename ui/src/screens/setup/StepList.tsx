import { Check } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import { classes } from "../../design/classes";
import { useTexts } from "../../i18n";
import { STEPS } from "./problems";

type StepListProps = {
  current: number;
  /** Of which steps something is filled in. */
  done: boolean[];
  onGo: (step: number) => void;
};

/** Where one is; every step can be opened at any time. */
export function StepList({ current, done, onGo }: StepListProps) {
  const { say } = useTexts();
  return (
    <nav aria-label={say("setup.steps")}>
      <ol className="grid grid-cols-2 gap-2 @[36rem]:flex @[36rem]:flex-wrap">
        {STEPS.map((name, index) => {
          const here = index === current;
          return (
            <li key={name} className="grid">
              <AriaButton
                aria-current={here ? "step" : undefined}
                onPress={() => onGo(index)}
                className={classes(
                  "flex min-h-11 items-center gap-2 rounded-full border px-3 py-1 text-left",
                  here
                    ? "border-accent bg-accent-soft font-semibold text-accent"
                    : "border-line bg-surface",
                )}
              >
                <span
                  aria-hidden
                  className={classes(
                    "flex size-6 shrink-0 items-center justify-center rounded-full text-sm",
                    here ? "bg-accent text-on-accent" : "bg-sunken",
                  )}
                >
                  {index + 1}
                </span>
                {say(`setup.${name}.short`)}
                {done[index] && !here && (
                  <>
                    <Check aria-hidden className="size-4 shrink-0 text-good" />
                    <span className="sr-only">{say("setup.step.filled")}</span>
                  </>
                )}
              </AriaButton>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
