import { ChevronDown } from "lucide-react";
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import type { EstimateView } from "../../api/bindings";
import { Card } from "../../design";
import { useTexts } from "../../i18n";
import { StepList } from "./StepView";

/** 一步一步怎么算的 — every step with its arithmetic and its source. */
export function Steps({ view }: { view: EstimateView }) {
  const { say } = useTexts();
  const { steps, unknown } = view.estimate;
  if (steps.length === 0) return null;
  return (
    <Card>
      <Disclosure className="group">
        <Heading level={2} className="text-lg font-semibold">
          <AriaButton
            slot="trigger"
            className="flex min-h-11 w-full items-center justify-between gap-2 rounded-lg text-left"
          >
            {say("estimate.steps", { n: steps.length })}
            <ChevronDown
              aria-hidden
              className="size-5 shrink-0 text-accent transition-transform group-data-[expanded]:rotate-180"
            />
          </AriaButton>
        </Heading>
        <DisclosurePanel className="group-data-[expanded]:pt-3">
          {unknown.length > 0 && (
            <p className="mb-3 text-quiet">{say("estimate.steps.first_reading")}</p>
          )}
          <StepList steps={steps} />
        </DisclosurePanel>
      </Disclosure>
    </Card>
  );
}
