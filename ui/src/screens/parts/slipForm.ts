import type { Slip, SlipLine } from "../../api/bindings";
import { type MoneyProblem, readAmount } from "../../format/money";

/** The lines that most slips have, in their order. */
export const USUAL: SlipLine[] = [
  "total",
  "full_self_pay",
  "over_limit",
  "upfront_copay",
  "in_scope",
  "deductible_paid",
  "pool_paid",
  "fund_paid",
  "patient_paid",
  "accounts_paid",
  "mutual_aid_paid",
  "cash_paid",
];

/** The lines of few slips: asked for behind 「更多」. */
export const RARE: SlipLine[] = [
  "large_expense_subsidy_paid",
  "serious_illness_paid",
  "retiree_supplement_paid",
  "civil_servant_subsidy_paid",
  "employer_supplement_paid",
  "medical_assistance_paid",
  "other_fund_paid",
  "hospital_paid",
];

/** 结算单 — as typed; what is empty stays empty. */
export type SlipForm = {
  number: string;
  hospital: string;
  lines: Partial<Record<SlipLine, string>>;
};

export const EMPTY_SLIP: SlipForm = { number: "", hospital: "", lines: {} };

/** The name that Rust has for a line's field. */
export const slipPath = (line: SlipLine) => `slip.${line}`;

export type SlipProblem = { path: string; problem: "missing" | MoneyProblem };

/** The slip as Rust takes it, or every problem that keeps it from being sent. */
export function slipOf(form: SlipForm): { slip: Slip } | { problems: SlipProblem[] } {
  const problems: SlipProblem[] = [];
  const amounts: Partial<Record<SlipLine, string>> = {};
  for (const line of [...USUAL, ...RARE]) {
    const text = form.lines[line]?.trim() ?? "";
    if (text === "") continue;
    const read = readAmount(text);
    if ("value" in read) amounts[line] = read.value;
    else problems.push({ path: slipPath(line), problem: read.problem });
  }
  if ((form.lines.total?.trim() ?? "") === "") {
    problems.unshift({ path: slipPath("total"), problem: "missing" });
  }
  if (problems.length > 0 || amounts.total === undefined) return { problems };
  const number = form.number.trim();
  const hospital = form.hospital.trim();
  return {
    slip: {
      ...amounts,
      total: amounts.total,
      ...(number ? { number } : {}),
      ...(hospital ? { hospital } : {}),
    },
  };
}
