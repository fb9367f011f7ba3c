import { QueryClientProvider } from "@tanstack/react-query";
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { newQueryClient } from "../src/api/asks";
import type {
  MemberCard,
  MemberDetail,
  PremiumDraft,
  PremiumTold,
  PremiumView,
  Status,
} from "../src/api/bindings";
import { StatusContext } from "../src/app/status";
import { PremiumsCard } from "../src/screens/members/PremiumsCard";
import {
  ALWAYS,
  CASH,
  firstYears,
  lastYears,
  premiumMeant,
  premiumStart,
} from "../src/screens/members/premium";

afterEach(() => {
  cleanup();
  clearMocks();
});

const DETAIL: MemberDetail = {
  member: { id: 3, name: "王小明", born: "2018-03-01", note: "" },
  enrollments: [],
  gaps: [],
  places: {},
  accounts: [],
  counters: [],
  credit_day: null,
  plans: [],
  premiums: [],
  premium_year: 2027,
  paid_for: [],
};

const STATUS: Status = {
  file: "",
  folder: "",
  print_folder: "",
  read_only: null,
  household: "王家",
  demo: false,
  undo: null,
  redo: null,
  settings: { language: "zh", theme: "light", text_size: 100, with_claimed: false },
  version: "0.1.0",
  policy_hash: "",
  today: "2026-11-08",
};

const TOLD: PremiumTold = {
  year: 2027,
  amount: "435.00",
  on: "2027-02-28",
  window: { from: "2026-11-30", until: "2027-02-28" },
  extension: null,
  wait_after: 3,
  assumed: false,
  source: null,
  grade: null,
  unknown: [],
  payer: null,
};

const PLANNED: PremiumView = {
  plan: {
    id: 5,
    member: 3,
    paid_by: 1,
    relation: "child",
    from_year: 2027,
    until_year: 2030,
    pay_on: "2026-12-01",
  },
  payer: "王敏",
  next: TOLD,
};

/** 王敏有账户，王小明没有。 */
const CARDS = [
  { member: { id: 1, name: "王敏", born: null, note: "" }, account: 10 },
  { member: { id: 3, name: "王小明", born: null, note: "" }, account: null },
] as unknown as MemberCard[];

/** What Rust was sent; it answers with what the rules say. */
function rust(told = TOLD) {
  const sent: { command: string; args: Record<string, unknown> }[] = [];
  mockIPC((command, args) => {
    sent.push({ command, args: args as Record<string, unknown> });
    if (command === "overview") return { today: STATUS.today, cards: CARDS };
    if (command === "premium_look") return told;
    return null;
  });
  return sent;
}

function show(detail: MemberDetail) {
  render(
    <StatusContext value={STATUS}>
      <QueryClientProvider client={newQueryClient()}>
        <PremiumsCard detail={detail} />
      </QueryClientProvider>
    </StatusContext>,
  );
}

it("means what was planned, and begins with the next year to pay", () => {
  const changed = PLANNED.plan;
  const { id: _, ...draft } = changed;
  expect(premiumMeant(premiumStart(DETAIL, changed, STATUS.today), DETAIL)).toEqual(draft);
  const start = premiumStart(DETAIL, undefined, STATUS.today);
  expect([start.payer, start.fromYear, start.untilYear]).toEqual([CASH, "2027", ALWAYS]);
  expect(premiumMeant({ ...start, payer: "1" }, DETAIL)).toBeNull();
  expect(premiumMeant({ ...start, payer: "3" }, DETAIL)?.relation).toBeNull();
  expect(premiumMeant({ ...start, when: "own_day" }, DETAIL)).toBeNull();
  expect(firstYears({ ...start, fromYear: "2024" }, STATUS.today)).toEqual([
    "2024",
    "2026",
    "2027",
    "2028",
  ]);
  expect(lastYears(start)[0]).toBe("2027");
});

it("shows nothing of somebody who pays no such premium", () => {
  rust();
  show({ ...DETAIL, premium_year: null });
  expect(document.body.textContent).toBe("");
});

it("says what the rules say, asks who the payer is, and sends the plan", async () => {
  const user = userEvent.setup();
  const sent = rust();
  show(DETAIL);
  await user.click(screen.getByRole("button", { name: "计划缴费" }));
  const said = await screen.findByRole("status");
  expect(said.textContent).toContain("435.00");
  expect(said.textContent).toContain("2026年11月30日到2027年2月28日");
  await user.click(screen.getByRole("button", { name: /谁来付/ }));
  await user.click(await screen.findByRole("option", { name: "王敏的医保账户" }));
  await user.click(screen.getByRole("button", { name: "记下" }));
  expect(sent.some(({ command }) => command === "premium_add")).toBe(false);
  // The field itself; the summary of what is missing leads to it by the same name.
  const [relation] = screen.getAllByRole("button", { name: /王小明是王敏的什么人/ });
  await user.click(relation as HTMLElement);
  await user.click(await screen.findByRole("option", { name: "子女" }));
  await user.click(screen.getByRole("button", { name: "记下" }));
  const draft = sent.find(({ command }) => command === "premium_add")?.args.draft;
  expect(draft as PremiumDraft).toEqual({
    member: 3,
    paid_by: 1,
    relation: "child",
    from_year: 2027,
    until_year: null,
    pay_on: null,
  });
});

it("says so where no day is known", async () => {
  const user = userEvent.setup();
  rust({ ...TOLD, amount: "unknown", on: null, window: null });
  show(DETAIL);
  await user.click(screen.getByRole("button", { name: "计划缴费" }));
  const said = await screen.findByRole("status");
  expect(said.textContent).toContain("不知道");
  expect(said.textContent).toContain("请自己定一天");
});

it("lists a plan with its next year, and removes it by name", async () => {
  const user = userEvent.setup();
  const sent = rust();
  show({ ...DETAIL, premiums: [PLANNED] });
  const row = screen.getAllByRole("row").at(-1) as HTMLElement;
  expect(row.textContent).toContain("2027 年到 2030 年");
  expect(row.textContent).toContain("王敏的医保账户");
  expect(row.textContent).toContain("435.00");
  await user.click(within(row).getByRole("button", { name: "去掉王小明从 2027 年起的缴费计划" }));
  expect(sent.find(({ command }) => command === "premium_remove")?.args).toEqual({ id: 5 });
});
