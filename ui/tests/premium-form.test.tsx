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
  withFirstYear,
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
  stated: false,
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
    amount: "400.00",
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
  const older = { ...start, fromYear: "2024" };
  const offered = ["2024", "2027", "2028", "2029"];
  expect(firstYears(older, DETAIL, undefined, STATUS.today)).toEqual(offered);
  expect(lastYears(start, DETAIL, undefined).years[0]).toBe("2027");
});

it("offers no year that another plan pays", () => {
  const detail = { ...DETAIL, premiums: [PLANNED] };
  // 2027 to 2030 are planned; what begins before them ends before them.
  const start = premiumStart(detail, undefined, STATUS.today);
  expect([start.fromYear, start.untilYear]).toEqual(["2031", ALWAYS]);
  const first = firstYears(start, detail, undefined, STATUS.today);
  expect(first).toEqual(["2031", "2032", "2033"]);
  const earlier = { ...detail, premium_year: 2026 };
  const before = premiumStart(earlier, undefined, STATUS.today);
  expect([before.fromYear, before.untilYear]).toEqual(["2026", "2026"]);
  expect(firstYears(before, earlier, undefined, STATUS.today)).toEqual(["2026", "2031", "2032"]);
  expect(lastYears(before, earlier, undefined)).toEqual({ years: ["2026"], mayGoOn: false });
  const later = withFirstYear(before, "2031", earlier, undefined);
  expect(later.untilYear).toBe(ALWAYS);
  expect(withFirstYear(later, "2026", earlier, undefined).untilYear).toBe("2026");
  // The plan that is changed is not in its own way.
  const changed = premiumStart(detail, PLANNED.plan, STATUS.today);
  expect(firstYears(changed, detail, PLANNED.plan, STATUS.today)).toEqual(["2027", "2028", "2029"]);
  expect(lastYears(changed, detail, PLANNED.plan).mayGoOn).toBe(true);
});

it("has nothing to add where every year is planned", () => {
  rust();
  const plan = { ...PLANNED.plan, until_year: null };
  show({ ...DETAIL, premiums: [{ ...PLANNED, plan }] });
  expect(screen.queryByRole("button", { name: "计划缴费" })).toBeNull();
  expect(document.body.textContent).toContain("往后每一年都已经有缴费计划了");
});

it("sends the household's own sum, and says so where the rules decide", async () => {
  const user = userEvent.setup();
  const sent = rust();
  show(DETAIL);
  await user.click(screen.getByRole("button", { name: "计划缴费" }));
  await user.type(screen.getByRole("textbox", { name: /每年缴多少/ }), "412.5");
  expect(await screen.findByText(/规则已经写明，这一年用不上/)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "记下" }));
  const draft = sent.find(({ command }) => command === "premium_add")?.args.draft;
  expect((draft as PremiumDraft).amount).toBe("412.50");
});

it("asks nothing about a sum that is none", () => {
  const start = premiumStart(DETAIL, undefined, STATUS.today);
  for (const amount of ["", "-3", "四百", "1.001"])
    expect(premiumMeant({ ...start, amount }, DETAIL)?.amount).toBeNull();
  expect(premiumMeant({ ...start, amount: "４００" }, DETAIL)?.amount).toBe("400.00");
});

it("marks the household's own sum where the rules have none", async () => {
  const user = userEvent.setup();
  rust({ ...TOLD, amount: "412.50", stated: true });
  show(DETAIL);
  await user.click(screen.getByRole("button", { name: "计划缴费" }));
  await user.type(screen.getByRole("textbox", { name: /每年缴多少/ }), "412.5");
  const said = await screen.findByRole("status");
  expect(within(said).getByText("本人填写")).toBeTruthy();
  expect(screen.queryByText(/这一年用不上/)).toBeNull();
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
    amount: null,
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
