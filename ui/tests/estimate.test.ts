import { describe, expect, it } from "vitest";
import inpatient from "../dev/samples/estimate-inpatient.json";
import outpatient from "../dev/samples/estimate-outpatient.json";
import unknown from "../dev/samples/estimate-unknown.json";
import type { EstimatePrefill, Payers, SettlementEstimate, Step } from "../src/api/bindings";
import {
  classOf,
  draftOf,
  type EstimateForm,
  forMember,
  newForm,
  soFarText,
} from "../src/screens/estimate/form";
import { formulaOf, formulaWords } from "../src/screens/estimate/formula";
import { sharesOf, stretches } from "../src/screens/estimate/shares";
import { isSameRule, stepsOf } from "../src/screens/estimate/steps";

const prefill: EstimatePrefill = {
  has_rules: true,
  asks_contract: true,
  classes: [
    { part: "general_outpatient", id: "community", name: "社区" },
    { part: "general_outpatient", id: "hospital", name: "医院" },
  ],
  counters: [
    {
      id: "paid",
      name: "已付",
      is_count: false,
      value: "1200.00",
      stated_as_of: null,
      recorded_since: 1,
      year_from: "2026-01-01",
    },
    {
      id: "stays",
      name: "住院次数",
      is_count: true,
      value: null,
      stated_as_of: null,
      recorded_since: 0,
      year_from: "2026-01-01",
    },
  ],
  own: {},
  aid: [],
};
const filled = (change: Partial<EstimateForm>): EstimateForm => ({
  ...newForm("1", "2026-03-08"),
  class: "hospital",
  total: "2680",
  ...change,
});
const paths = (form: EstimateForm, known = prefill) => {
  const read = draftOf(form, known);
  return "problems" in read ? read.problems.map(({ path, problem }) => `${path} ${problem}`) : [];
};

describe("the estimate's form", () => {
  it("becomes a draft, in which empty parts of the bill are not", () => {
    expect(draftOf(filled({ fullSelfPay: "１２０元" }), prefill)).toEqual({
      draft: {
        member: 1,
        part: "general_outpatient",
        class: "hospital",
        settled_on: "2026-03-08",
        admitted_on: null,
        contract: false,
        use_account: true,
        bill: {
          total: "2680.00",
          full_self_pay: "120.00",
          not_account_payable: "0.00",
        },
        so_far: {},
      },
    });
  });
  it("tells a part that was left empty from one that is nothing", () => {
    const read = draftOf(filled({ fullSelfPay: "0", overLimit: " ", upfrontCopay: "3" }), prefill);
    expect("draft" in read && read.draft.bill).toEqual({
      total: "2680.00",
      full_self_pay: "0.00",
      upfront_copay: "3.00",
      not_account_payable: "0.00",
    });
  });
  it("names everything that is missing", () => {
    expect(paths(newForm(null, "2026-03-08"))).toEqual([
      "member missing_choice",
      "class missing_choice",
      "bill.total missing",
    ]);
    expect(paths(filled({ settledOn: null }))).toEqual(["settled_on missing"]);
  });
  it("names every amount that cannot be read", () => {
    expect(paths(filled({ total: "12.345", overLimit: "abc" }))).toEqual([
      "bill.total below_one_fen",
      "bill.over_limit not_a_number",
    ]);
  });
  it("sends only the figures so far that were changed here", () => {
    const so_far = (soFar: Record<string, string>) => {
      const read = draftOf(filled({ soFar }), prefill);
      return "draft" in read ? read.draft.so_far : null;
    };
    expect(so_far({})).toEqual({});
    expect(so_far({ paid: "1200.00", stays: "" })).toEqual({});
    expect(so_far({ paid: "1,300", stays: "2" })).toEqual({ paid: "1300.00", stays: "2" });
    expect(paths(filled({ soFar: { stays: "1.5", paid: "x" } }))).toEqual([
      "so_far.paid not_a_number",
      "so_far.stays not_a_count",
    ]);
  });
  it("shows the ledger's figure until another one is typed, and keeps an emptied field empty", () => {
    expect(soFarText(filled({}), "paid", "1200.00")).toBe("1200.00");
    expect(soFarText(filled({ soFar: { paid: "" } }), "paid", "1200.00")).toBe("");
    expect(soFarText(filled({}), "stays", null)).toBe("");
  });
  it("drops a class that the place does not have, and takes the only one", () => {
    expect(classOf(filled({ class: "tertiary" }), prefill)).toBeNull();
    expect(
      classOf(filled({ class: null }), { ...prefill, classes: prefill.classes.slice(0, 1) }),
    ).toBe("community");
    expect(paths(filled({ class: null }), { ...prefill, classes: [] })).toEqual([]);
  });
  it("starts anew for another member, and keeps what was typed for the same one", () => {
    const typed = filled({ soFar: { paid: "1300" } });
    expect(forMember(typed, "1")).toBe(typed);
    expect(forMember(typed, "2")).toMatchObject({
      member: "2",
      class: null,
      soFar: {},
      total: "2680",
    });
  });
  it("sends what the account cannot pay only where the account is to pay", () => {
    const sent = (change: Partial<EstimateForm>) => {
      const read = draftOf(filled({ notAccountPayable: "60", ...change }), prefill);
      return "draft" in read ? read.draft.bill.not_account_payable : null;
    };
    expect(sent({})).toBe("60.00");
    expect(sent({ useAccount: false })).toBe("0.00");
    expect(paths(filled({ notAccountPayable: "x" }))).toEqual([
      "bill.not_account_payable not_a_number",
    ]);
  });
  it("sends a contract only where the rules look at one", () => {
    const sent = (asks_contract: boolean) => {
      const read = draftOf(filled({ contract: true }), { ...prefill, asks_contract });
      return "draft" in read && read.draft.contract;
    };
    expect(sent(true)).toBe(true);
    expect(sent(false)).toBe(false);
  });
  it("sends the day of admission only for a stay", () => {
    const admitted = (part: EstimateForm["part"]) => {
      const read = draftOf(filled({ part, admittedOn: "2026-03-01" }), prefill);
      return "draft" in read ? read.draft.admitted_on : undefined;
    };
    expect(admitted("inpatient")).toBe("2026-03-01");
    expect(admitted("general_outpatient")).toBeNull();
  });
});

describe("the bar of who pays what", () => {
  const bar = (estimate: unknown, total: string) => {
    const payers = (estimate as SettlementEstimate).payers as Payers;
    return stretches(total, sharesOf(payers)).map(
      ({ of, width }) => [of === "open" ? "open" : of.kind, Math.round(width)] as const,
    );
  };
  it("covers the whole bill where everything is exact", () => {
    const parts = bar(inpatient, "46800.00");
    expect(parts).toEqual([
      ["fund", 876],
      ["own", 9],
      ["family", 27],
      ["cash", 87],
    ]);
  });
  it("draws what is certain, and what is open at the end", () => {
    expect(bar(outpatient, "2680.00")).toEqual([
      ["fund", 425],
      ["own", 162],
      ["family", 97],
      ["cash", 245],
      ["open", 71],
    ]);
  });
  it("is open throughout where nothing is known, and absent for an empty bill", () => {
    expect(bar(unknown, "46800.00")).toEqual([["open", 1000]]);
    expect(bar(unknown, "0.00")).toEqual([]);
  });
});

describe("the steps behind a figure", () => {
  const steps = (inpatient as unknown as SettlementEstimate).steps;
  const codes = (figure: Parameters<typeof stepsOf>[0]) =>
    stepsOf(figure, steps).map((step) => step.what.code);
  it("are those of its line", () => {
    expect(codes({ line: "deductible" })).toEqual(["step.deductible_nth"]);
    expect(codes({ line: "in_scope" })).toEqual(["step.scope"]);
    expect(codes({ line: "account_segment" })).toEqual([]);
  });
  it("are those of the payer", () => {
    expect(codes({ own: true })).toEqual(["step.own_account"]);
    expect(codes({ donor: "张敏" })).toEqual(["step.mutual_aid"]);
    expect(codes({ donor: "somebody else" })).toEqual([]);
    expect(codes({ cash: true })).toEqual(["step.own_account", "step.mutual_aid", "step.cash"]);
    expect(codes({ fund: "retiree_supplement" })).toEqual(["step.embedded"]);
    expect(codes({ fund: "serious_illness" })).toEqual(["step.layer_yearly"]);
  });
});

it("knows when two steps come from one rule", () => {
  const [scope, deductible, band, next] = (inpatient as unknown as SettlementEstimate).steps;
  if (!scope || !deductible || !band || !next) throw new Error("the sample has too few steps");
  expect(isSameRule(next, band)).toBe(true);
  expect(isSameRule(band, deductible)).toBe(false);
  expect(isSameRule(scope, undefined)).toBe(false);
});

describe("a formula in words", () => {
  const TEXTS: Record<string, string> = {
    "formula.smaller": "{a} 和 {b} 里取小的",
    "formula.larger": "{a} 和 {b} 里取大的",
    "formula.inner": "（{formula}）",
  };
  const tell = ({ code, params }: { code: string; params: Record<string, string> }) =>
    (TEXTS[code] ?? code).replace(/\{(\w+)\}/g, (_, name) => params[name] ?? "");
  it.each([
    ["1900.00 × 70%", "1,900.00 × 70%"],
    ["min(280.00, 1120.00)", "280.00 和 1,120.00 里取小的"],
    ["min(400.00, 1800.00 − 1800.00)", "400.00 和（1,800.00 − 1,800.00）里取小的"],
    [
      "min(900.00, max(1000.00 × 8%, 50.00))",
      "900.00 和（（1,000.00 × 8%）和 50.00 里取大的）里取小的",
    ],
    ["min(1.00, 2.00", "min(1.00, 2.00"],
    ["min(1.00, 2.00, 3.00)", "min(1.00, 2.00, 3.00)"],
  ])("%s", (formula, said) => expect(formulaWords(formula, tell)).toBe(said));
  it("takes nothing off where there is nothing, and no sum twice", () => {
    const step = (code: string, formula: string, params = {}) =>
      formulaOf({ what: { code, params }, formula } as unknown as Step, tell);
    expect(step("step.scope", "400.00 − 0.00 − 0.00 − 0.00")).toBeNull();
    expect(step("step.scope", "1400.00 − 20.00 − 0.00 − 0.00")).toBe("1,400.00 − 20.00");
    expect(step("step.layer_counted", "120.00", { counted: "120.00" })).toBeNull();
  });
});
