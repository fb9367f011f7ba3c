import { describe, expect, it } from "vitest";
import type { Amount, MonthRow, ProjectedEvent, Projection } from "../src/api/bindings";
import {
  eventsOf,
  isInTheDark,
  isNothing,
  lightAndDark,
  minus,
  monthsOf,
} from "../src/screens/projection/rows";

const event = (part: Partial<ProjectedEvent>): ProjectedEvent => ({
  earliest: "2026-03-10",
  on: "2026-03-10",
  member: 1,
  kind: "credit",
  what: { code: "x", params: {} },
  change: "100.00",
  balance: "200.00",
  split: null,
  plan: null,
  premium: null,
  for_month: null,
  gross: null,
  withheld: null,
  formula: null,
  ground: "rule",
  sources: [],
  assumed: false,
  only: null,
  ...part,
  parts: [],
  steps: [],
});

function projection(events: ProjectedEvent[], balance: Amount = "100.00"): Projection {
  return {
    from: "2026-03-08",
    until: "2026-03-18",
    events,
    months: [],
    members: [1, 2].map((member) => ({
      member,
      account: member,
      balance,
      next_credit: null,
      lowest_before_credit: null,
      lowest: null,
      run_out: null,
      first_cash: null,
      cash: "0.00",
      cash_of: [],
      cash_peak: null,
      to_return: [],
    })),
    cash: [],
    cash_peak: null,
    shared: [],
    forks: [],
    unknown: [],
    policy: { blocks: [], hash: "", weakest: null },
  };
}

const helped = event({
  kind: "spending",
  change: "-100.00",
  balance: "0.00",
  split: {
    total: "150.00",
    fund_paid: "0.00",
    own_account_paid: "100.00",
    mutual_aid_paid: "50.00",
    aid: [
      { donor: 2, paid: { min: "20.00", max: "50.00" }, balance: { min: "50.00", max: "80.00" } },
    ],
    cash_paid: "0.00",
  },
});

describe("events of a member", () => {
  it("are all events where nobody is chosen", () => {
    expect(eventsOf(projection([helped, event({ member: 2 })]), null)).toHaveLength(2);
  });
  it("take in what the member's account pays for somebody else", () => {
    expect(eventsOf(projection([helped]), 2)).toEqual([
      {
        event: helped,
        runsOut: false,
        change: { min: "-50.00", max: "-20.00" },
        balance: { min: "50.00", max: "80.00" },
        forOther: true,
      },
    ]);
    expect(eventsOf(projection([helped]), 3)).toEqual([]);
  });
  it("say of the bill that the account runs out, in no row of its own", () => {
    const bill = event({ kind: "spending", plan: 7 });
    const found = eventsOf(projection([event({}), bill, { ...bill, kind: "run_out" }]), 1);
    expect(found.map(({ event, runsOut }) => [event.kind, runsOut])).toEqual([
      ["credit", false],
      ["spending", true],
    ]);
  });
});

it("nothing can be said of an account without a credit or a level that is known", () => {
  const [outlook] = projection([]).members;
  if (!outlook) throw new Error("no outlook");
  const low = (amount: Amount) => ({ on: "2026-03-09", amount, because: null });
  expect(isInTheDark(outlook)).toBe(true);
  expect(isInTheDark({ ...outlook, lowest: low("unknown") })).toBe(true);
  expect(isInTheDark({ ...outlook, lowest: low("1.00") })).toBe(false);
  expect(isInTheDark({ ...outlook, account: null })).toBe(false);
});

it("turns an amount round without reckoning", () => {
  expect(minus("12.00")).toBe("-12.00");
  expect(minus("unknown")).toBe("unknown");
  expect(isNothing("0.00")).toBe(true);
  expect(isNothing("unknown")).toBe(false);
  expect(isNothing({ min: "0.00", max: "1.00" })).toBe(false);
});

describe("the months", () => {
  const month = (member: number, part: Partial<MonthRow> = {}): MonthRow => ({
    month: "2026-03",
    member,
    opening: "0.00",
    credited: "0.00",
    own_paid: "0.00",
    aid_given: "0.00",
    aid_taken: "0.00",
    cash_paid: "0.00",
    closing: "0.00",
    lowest: "0.00",
    assumed: false,
    ...part,
  });
  const months = (rows: MonthRow[], member: number | null) =>
    monthsOf({ ...projection([]), months: rows }, member).map((row) => row.member);

  it("leave out somebody without an account as long as nothing is paid for them", () => {
    expect(months([month(1), month(9)], null)).toEqual([1]);
    expect(months([month(1), month(9, { cash_paid: "20.00" })], null)).toEqual([1, 9]);
    expect(months([month(1), month(9, { aid_taken: "unknown" })], null)).toEqual([1, 9]);
  });
  it("of which nothing is known stand in one line a member", () => {
    const open = { closing: "unknown", lowest: "unknown", credited: "unknown" } as const;
    const rows = [
      month(1, { month: "2026-03" }),
      month(2, { month: "2026-03", opening: "20.00", ...open }),
      month(1, { month: "2026-04" }),
      month(2, { month: "2026-04", ...open }),
      month(2, { month: "2026-05", ...open, cash_paid: "20.00" }),
      month(2, { month: "2026-06", ...open }),
    ];
    const { light, dark } = lightAndDark(rows);
    expect(light.map((row) => [row.member, row.month])).toEqual([
      [1, "2026-03"],
      [1, "2026-04"],
      [2, "2026-05"],
    ]);
    expect(dark).toEqual([
      { member: 2, from: "2026-03", until: "2026-04" },
      { member: 2, from: "2026-06", until: "2026-06" },
    ]);
  });
  it("are those of one member where one is chosen", () => {
    expect(months([month(1), month(2)], 1)).toEqual([1]);
    expect(months([month(9)], 9)).toEqual([]);
  });
});
