import type { Payer, Step, StepName } from "../../api/bindings";

/** A figure of the result that can be opened to its steps. */
export type Figure =
  | { line: keyof typeof BY_LINE }
  | { fund: Payer }
  | { own: true }
  | { donor: string }
  | { cash: true };

// Which steps of the pipeline make which line of the slip.
const BY_LINE = {
  in_scope: ["scope"],
  not_paid: ["gate"],
  account_segment: ["account_first"],
  deductible: ["deductible"],
  coinsurance: ["bands", "round"],
  over_cap: ["cost_caps", "fund_caps"],
  fund_paid: ["bands", "fund_caps", "round", "layers", "cash_layers"],
  patient_paid: ["scope", "deductible", "cost_caps", "bands", "fund_caps", "round", "layers"],
} satisfies Record<string, StepName[]>;

const POOLED: StepName[] = ["bands", "fund_caps", "round"];

/** The steps that a figure comes from, in the order of the law. */
export function stepsOf(figure: Figure, steps: Step[]): Step[] {
  const payer = (code: string) => (step: Step) => step.name === "payers" && step.what.code === code;
  if ("line" in figure) {
    const names: StepName[] = BY_LINE[figure.line];
    return steps.filter((step) => names.includes(step.name));
  }
  if ("fund" in figure) {
    return steps.filter((step) =>
      figure.fund === "pool"
        ? POOLED.includes(step.name)
        : step.what.params.fund === figure.fund ||
          (figure.fund === "retiree_supplement" && step.what.code === "step.embedded"),
    );
  }
  if ("own" in figure) return steps.filter(payer("step.own_account"));
  if ("donor" in figure) {
    return steps.filter(
      (step) => payer("step.mutual_aid")(step) && step.what.params.name === figure.donor,
    );
  }
  return steps.filter((step) => step.name === "payers" || step.name === "cash_layers");
}

/** Whether a step comes from the very rule of the one before it. */
export function isSameRule(step: Step, before: Step | undefined): boolean {
  return (
    step.rule !== null &&
    step.note === before?.note &&
    JSON.stringify(step.rule) === JSON.stringify(before?.rule)
  );
}
