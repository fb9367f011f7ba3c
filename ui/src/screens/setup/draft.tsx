import { createContext, type ReactNode, useContext, useState } from "react";
import type {
  EmploymentStatus,
  EnrollmentDraft,
  MemberDraft,
  NaiveDate,
  PoolId,
  Scheme,
  SetupBinding,
  SetupDraft,
  Special,
} from "../../api/bindings";
import { readMoney } from "../../format/money";

/** 参保，as typed: amounts and counts are still texts. An empty `pool` means nothing chosen yet. */
export type EnrollmentForm = {
  pool: PoolId;
  scheme: Scheme;
  plan: string;
  status: EmploymentStatus;
  from: NaiveDate | null;
  base: string;
  retiredOn: NaiveDate | null;
  months: string;
  special: Special;
  /** What a retiree alone knows, asked for where the rules of the place need it. */
  pension: string;
  frozenCredit: string;
  employer: string | null;
  /** 至（含）; to the next one where it is left out. */
  until: NaiveDate | null;
  /** 首次参保 */
  first: boolean;
  /** 此前断缴的月份补缴了没有; nothing where it is not said. */
  backPaid: boolean | null;
  backPaidOn: NaiveDate | null;
};

/** 一位家人，as typed. `key` only tells two rows apart. */
export type MemberForm = {
  key: number;
  name: string;
  born: NaiveDate | null;
  enrollment: EnrollmentForm;
  balances: Record<string, string>;
  balancesAsOf: NaiveDate | null;
  cash: string;
  counters: Record<string, string>;
  countersAsOf: NaiveDate | null;
  creditDay: string;
};

/** 首次设置，as typed. */
export type SetupForm = {
  name: string;
  pool: PoolId;
  scheme: Scheme;
  members: MemberForm[];
  bindings: SetupBinding[];
};

export function newEnrollment(pool: PoolId, scheme: Scheme, from: NaiveDate): EnrollmentForm {
  return {
    pool,
    scheme,
    plan: "",
    status: "active",
    from,
    base: "",
    retiredOn: null,
    months: "",
    special: "none",
    pension: "",
    frozenCredit: "",
    employer: null,
    until: null,
    first: false,
    backPaid: null,
    backPaidOn: null,
  };
}

let lastKey = 0;
export function newMember(pool: PoolId, scheme: Scheme, today: NaiveDate): MemberForm {
  lastKey += 1;
  return {
    key: lastKey,
    name: "",
    born: null,
    enrollment: newEnrollment(pool, scheme, `${today.slice(0, 4)}-01-01`),
    balances: {},
    balancesAsOf: today,
    cash: "",
    counters: {},
    countersAsOf: today,
    creditDay: "",
  };
}

/** An amount as typed, for the wire: what is no amount goes as it is and Rust refuses it by name. */
function amount(text: string): string {
  const read = readMoney(text);
  return "value" in read ? read.value : text;
}
function amountOrNone(text: string): string | null {
  return text.trim() === "" ? null : amount(text);
}
function countOrNone(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null;
}
function filled(texts: Record<string, string>): [string, string][] {
  return Object.entries(texts).filter(([, text]) => text.trim() !== "");
}

/** 退休职工 — the only ones of whom a place asks for pension, frozen sum and former employer. */
export const isRetiree = ({ scheme, status }: EnrollmentForm) =>
  scheme === "employee" && status === "retired";

/** The typed enrollment for the wire; none where no place was chosen. */
export function enrollmentDraft(form: EnrollmentForm): EnrollmentDraft | null {
  if (form.pool === "" || form.from === null) return null;
  const employee = form.scheme === "employee";
  const retired = isRetiree(form);
  return {
    pool: form.pool,
    scheme: form.scheme,
    plan: form.plan || (employee ? "with_account" : "resident"),
    status: form.status,
    from: form.from,
    until: form.until,
    contribution_base: employee ? amountOrNone(form.base) : null,
    retired_on: retired ? form.retiredOn : null,
    insured_months: employee ? countOrNone(form.months) : null,
    special: form.special,
    pension: retired ? amountOrNone(form.pension) : null,
    frozen_credit: retired ? amountOrNone(form.frozenCredit) : null,
    employer: retired ? form.employer : null,
    first_enrollment: form.first,
    back_paid: employee ? form.backPaid : null,
    back_paid_on: employee && form.backPaid ? form.backPaidOn : null,
  };
}

/** A typed member for the wire. */
export function memberDraft(form: MemberForm): MemberDraft {
  const balances = filled(form.balances);
  const counters = filled(form.counters);
  return {
    name: form.name.trim(),
    born: form.born,
    enrollment: enrollmentDraft(form.enrollment),
    balances: Object.fromEntries(balances.map(([sub, text]) => [sub, amount(text)])),
    balances_as_of: balances.length > 0 ? form.balancesAsOf : null,
    cash: amountOrNone(form.cash),
    counters: Object.fromEntries(
      counters.map(([id, text]) => [id, /^\d+$/.test(text) ? text : amount(text)]),
    ),
    counters_as_of: counters.length > 0 ? form.countersAsOf : null,
    credit_day: countOrNone(form.creditDay),
  };
}

/** The whole form for the wire. */
export function setupDraft(form: SetupForm, unnamed: string): SetupDraft {
  return {
    name: form.name.trim() || unnamed,
    members: form.members.map(memberDraft),
    bindings: form.bindings,
  };
}

/** The form without one of its members; the bindings of the others keep pointing at them. */
export function withoutMember(form: SetupForm, index: number): SetupForm {
  const moved = (position: number) => (position > index ? position - 1 : position);
  return {
    ...form,
    members: form.members.filter((_, position) => position !== index),
    bindings: form.bindings
      .filter((binding) => binding.donor !== index && binding.recipient !== index)
      .map((binding) => ({
        ...binding,
        donor: moved(binding.donor),
        recipient: moved(binding.recipient),
      })),
  };
}

const EMPTY: SetupForm = { name: "", pool: "", scheme: "employee", members: [], bindings: [] };

type Drafting = {
  form: SetupForm;
  setForm: (change: (before: SetupForm) => SetupForm) => void;
  step: number;
  setStep: (step: number) => void;
  clear: () => void;
};
const DraftContext = createContext<Drafting | null>(null);

/** Keeps what was typed while the window is open, whichever screen is shown. */
export function SetupDraftProvider({ children }: { children: ReactNode }) {
  const [form, setForm] = useState(EMPTY);
  const [step, setStep] = useState(0);
  const clear = () => {
    setForm(EMPTY);
    setStep(0);
  };
  return <DraftContext value={{ form, setForm, step, setStep, clear }}>{children}</DraftContext>;
}

export function useSetupDraft(): Drafting {
  const drafting = useContext(DraftContext);
  if (!drafting) throw new Error("useSetupDraft outside of SetupDraftProvider");
  return drafting;
}
