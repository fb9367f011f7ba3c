import type { Relation, Scenario } from "../../api/bindings";
import { moneyOrNull } from "../../format/money";

/** What may be supposed. */
export const KINDS = ["illness", "stop", "retire", "share"] as const;
export type Kind = (typeof KINDS)[number];

/** 「如果……」 as it is typed; each kind looks at what it needs. */
export type SupposeForm = {
  kind: Kind;
  member: string | null;
  recipient: string | null;
  relation: Relation | null;
  part: "general_outpatient" | "inpatient";
  class: string | null;
  total: string;
  on: string | null;
};

export const EMPTY: SupposeForm = {
  kind: "illness",
  member: null,
  recipient: null,
  relation: null,
  part: "inpatient",
  class: null,
  total: "",
  on: null,
};

/** A scenario as this form makes it: every list is there. */
export type Supposed = Required<Scenario>;

export const NOTHING: Supposed = { spendings: [], stops: [], retirements: [], bindings: [] };

/** How many things are supposed. */
export function sizeOf(scenario: Supposed): number {
  const { spendings, stops, retirements, bindings } = scenario;
  return spendings.length + stops.length + retirements.length + bindings.length;
}

/** What was supposed so far with what the form says; null while the form is not whole. */
export function supposedToo(scenario: Supposed, form: SupposeForm): Supposed | null {
  const { on } = form;
  if (form.member === null || on === null) return null;
  const member = Number(form.member);
  const month = on.slice(0, 7);
  switch (form.kind) {
    case "illness": {
      const total = moneyOrNull(form.total);
      if (total === null) return null;
      const bill = {
        total,
        full_self_pay: "0.00",
        over_limit: "0.00",
        upfront_copay: "0.00",
        not_account_payable: "0.00",
      };
      const { part, class: of } = form;
      const one = { member, on, title: "", part, class: of, bill };
      return { ...scenario, spendings: [...scenario.spendings, one] };
    }
    case "stop":
      return { ...scenario, stops: [...scenario.stops, { member, month }] };
    case "retire": {
      const one = { member, month, insured_months: null, pension: null };
      return { ...scenario, retirements: [...scenario.retirements, one] };
    }
    case "share": {
      if (form.recipient === null || form.relation === null) return null;
      const recipient = Number(form.recipient);
      const one = { donor: member, recipient, relation: form.relation, from: on };
      return { ...scenario, bindings: [...scenario.bindings, one] };
    }
  }
}
