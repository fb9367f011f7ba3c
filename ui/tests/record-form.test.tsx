import { QueryClientProvider } from "@tanstack/react-query";
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it } from "vitest";
import { newQueryClient } from "../src/api/asks";
import type {
  AccountView,
  EntryRow,
  MemberDetail,
  Movement,
  MovementDraft,
  MovementView,
  Status,
} from "../src/api/bindings";
import { StatusContext } from "../src/app/status";
import { BeginEarlier } from "../src/screens/members/BeginEarlier";
import { Entries } from "../src/screens/members/Entries";
import { EntryForm } from "../src/screens/members/EntryForm";
import {
  CHOICES,
  type RecordForm as Form,
  movementMeant,
  recordStart,
} from "../src/screens/members/movement";
import { RecordForm } from "../src/screens/members/RecordForm";
import { mayReturn, ReturnTransfer } from "../src/screens/members/ReturnTransfer";

afterEach(() => {
  cleanup();
  clearMocks();
});

const ACCOUNT: AccountView = {
  id: 3,
  kind: "insurance",
  name: "北京市",
  subs: [
    { sub: "passbook", name: "医保存折", balance: "100.00", withdrawable: true },
    { sub: "book", name: "个人账户", balance: "500.00", withdrawable: false },
  ],
  balance: "600.00",
  checks: [],
  overdraft: null,
  last_credited: null,
  opened_on: "2026-01-01",
};

const CASH: AccountView = {
  ...ACCOUNT,
  id: 4,
  kind: "cash",
  name: "现金",
  subs: [{ sub: null, name: "现金", balance: "1000.00", withdrawable: true }],
};

const DETAIL: MemberDetail = {
  member: { id: 1, name: "妈妈", born: null, note: "" },
  enrollments: [],
  gaps: [],
  places: {},
  accounts: [ACCOUNT, CASH],
  counters: [],
  credit_day: null,
  plans: [],
  premiums: [],
  premium_year: null,
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
  today: "2026-11-22",
};

const card = (id: number, name: string, account: number | null) => ({
  member: { id, name, born: null, note: "" },
  enrollment: null,
  place: "",
  account,
});

const change = (member: string, account: number, sub: string, amount: string) => ({
  member,
  account,
  account_name: "北京市",
  sub,
  sub_name: "个人账户",
  before: "500.00",
  amount,
  after: "500.00",
});

const VIEW: MovementView = {
  changes: [change("妈妈", 3, "book", "-60.00")],
  counters: [],
  refused: null,
  notes: [],
  source: null,
  grade: null,
  open: [],
};

const REFUSED: MovementView = {
  ...VIEW,
  changes: [],
  refused: {
    code: "forbidden",
    field: "amount",
    message: { code: "transfer.each", params: { each: "2000.00" } },
    hint: { code: "hint.by_rule", params: { title: "个人医保钱包使用说明" } },
  },
};

const sent: { command: string; args: Record<string, unknown> }[] = [];
let view = VIEW;

beforeEach(() => {
  sent.length = 0;
  view = VIEW;
  mockIPC((command, args) => {
    sent.push({ command, args: args as Record<string, unknown> });
    if (command === "overview")
      return { today: STATUS.today, cards: [card(1, "妈妈", 3), card(2, "儿子", 5)] };
    if (command === "settlements") return [{ id: 7, on: "2026-11-18", total: "2000.00" }];
    if (command === "places") return [];
    if (command === "movement_preview") return view;
    if (command === "entries") return { rows: [ROW], total: 1 };
    return null;
  });
});

const ROW: EntryRow = {
  id: 9,
  on: "2026-11-18",
  for_month: null,
  kind: "spending",
  memo: "",
  sub: "book",
  amount: "-500.00",
  balance: "0.00",
  was: null,
  was_on: null,
  settlement: 7,
  for_member: null,
  for_whom: null,
  others: [
    { member: "儿子", same_member: false, name: "北京市", amount: "-100.00", in_wallet: false },
  ],
};

function open(account = ACCOUNT) {
  render(
    <StatusContext value={STATUS}>
      <QueryClientProvider client={newQueryClient()}>
        <RecordForm account={account} detail={DETAIL} onClose={() => {}} />
      </QueryClientProvider>
    </StatusContext>,
  );
  return userEvent.setup();
}

/** Chooses in the list of a field, by the native list behind it. */
async function choose(path: string, value: string) {
  const list = await waitFor(() => {
    const found = document.querySelector(`[data-field="${path}"] option[value="${value}"]`);
    if (!found) throw new Error(`no ${value} in ${path}`);
    return found.closest("select") as HTMLSelectElement;
  });
  fireEvent.change(list, { target: { value } });
}

/** Types into a field, all at once. */
function type(label: RegExp, value: string) {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
}

/** What the preview says, once it says it. */
async function said(text: string) {
  await waitFor(() => expect(document.querySelector("[role=status]")?.textContent).toContain(text));
}

const asked = () => {
  const last = sent.filter(({ command }) => command === "movement_preview").at(-1);
  return (last?.args.draft as MovementDraft | undefined)?.movement;
};
const recorded = () => {
  const call = sent.find(({ command }) => command === "movement_record");
  return call?.args.draft as MovementDraft | undefined;
};

it("shows what will change before it is saved, and saves just that", async () => {
  const user = open();
  await choose("kind", "withdraw");
  type(/多少钱/, "60");
  await said("妈妈 · 北京市 · 个人账户");
  const meant: Movement = { what: "withdraw", from: 3, sub: "passbook", amount: "60.00" };
  expect(asked()).toEqual(meant);
  expect(recorded()).toBeUndefined();
  await user.click(screen.getByText("记下"));
  expect(recorded()).toEqual({ on: "2026-11-22", memo: "", movement: meant });
});

it("says why a gift is refused, and by which rule", async () => {
  view = REFUSED;
  open();
  await choose("kind", "give");
  await choose("to", "2");
  await choose("relation", "child");
  type(/多少钱/, "2000.01");
  await said("每笔最多 2,000.00 元");
  await said("个人医保钱包使用说明");
  expect(asked()).toEqual({
    what: "give",
    from: 3,
    sub: "book",
    to: 2,
    relation: "child",
    way: "wallet",
    amount: "2000.01",
    at: null,
  });
});

it("asks for what lacks", async () => {
  const user = open();
  await choose("kind", "premium");
  await user.click(screen.getByText("记下"));
  expect(recorded()).toBeUndefined();
  expect(screen.getByLabelText(/多少钱/).getAttribute("aria-invalid")).toBe("true");
});

it("takes a refund slip account by account", async () => {
  const user = open();
  await choose("kind", "refund");
  await choose("settlement", "7");
  expect(asked()).toEqual({ what: "refund", settlement: 7, back: { how: "whole" } });
  await user.click(screen.getByText("照退费单，各退多少"));
  await screen.findByLabelText(/妈妈 · 北京市 · 个人账户/);
  type(/妈妈 · 北京市 · 个人账户/, "25");
  expect(asked()).toEqual({
    what: "refund",
    settlement: 7,
    back: { how: "stated", legs: [{ account: 3, sub: "book", amount: "25.00" }] },
  });
});

it("asks from which credit something was withheld, the latest one first", async () => {
  open({ ...ACCOUNT, last_credited: "2026-09" });
  await choose("kind", "other");
  await choose("kind", "withheld");
  type(/多少钱/, "3");
  const withheld = (month: string | null): Movement => ({
    what: "plain",
    account: 3,
    sub: "book",
    kind: "withheld",
    for_month: month,
    amount: "-3.00",
    for_member: null,
  });
  await waitFor(() => expect(asked()).toEqual(withheld("2026-09")));
  await choose("for_month", "2026-08");
  await waitFor(() => expect(asked()).toEqual(withheld("2026-08")));
  await choose("for_month", "none");
  await waitFor(() => expect(asked()).toEqual(withheld(null)));
});

it.each([
  ["2026-10", "2026-10"],
  [null, null],
])("keeps the month %s of what is corrected", async (month, sentMonth) => {
  const row: EntryRow = { ...ROW, kind: "withheld", for_month: month, settlement: null };
  render(
    <StatusContext value={STATUS}>
      <QueryClientProvider client={newQueryClient()}>
        <EntryForm account={ACCOUNT} owner={1} corrected={row} onClose={() => {}} />
      </QueryClientProvider>
    </StatusContext>,
  );
  await userEvent.click(screen.getByText("记下"));
  const call = sent.find(({ command }) => command === "entry_correct");
  expect(call?.args.draft).toMatchObject({ kind: "withheld", for_month: sentMonth });
});

it("asks whom spending was for, the owner unless another one is chosen", async () => {
  view = {
    ...VIEW,
    notes: [{ code: "movement.not_bound", params: { donor: "妈妈", recipient: "儿子" } }],
  };
  const user = open();
  type(/多少钱/, "80");
  const spent = (whom: number): Movement => ({
    what: "plain",
    account: 3,
    sub: "book",
    kind: "spending",
    for_month: null,
    amount: "-80.00",
    for_member: whom,
  });
  await waitFor(() => expect(asked()).toEqual(spent(1)));
  await choose("for_member", "2");
  await waitFor(() => expect(asked()).toEqual(spent(2)));
  // What the record has no binding for is said, and kept from nobody.
  await said("账上没有妈妈的账户给儿子用的共济绑定");
  await user.click(screen.getByText("记下"));
  expect(recorded()?.movement).toEqual(spent(2));
});

it("corrects whom spending was for", async () => {
  const row: EntryRow = { ...ROW, settlement: null, for_member: 2, for_whom: "儿子" };
  render(
    <StatusContext value={STATUS}>
      <QueryClientProvider client={newQueryClient()}>
        <EntryForm account={ACCOUNT} owner={1} corrected={row} onClose={() => {}} />
      </QueryClientProvider>
    </StatusContext>,
  );
  await choose("for_member", "1");
  await userEvent.click(screen.getByText("记下"));
  const call = sent.find(({ command }) => command === "entry_correct");
  expect(call?.args.draft).toMatchObject({ kind: "spending", for_member: 1 });
});

it("begins an account earlier with what was in each of its parts", async () => {
  const user = userEvent.setup();
  render(
    <StatusContext value={STATUS}>
      <QueryClientProvider client={newQueryClient()}>
        <BeginEarlier account={ACCOUNT} onClose={() => {}} />
      </QueryClientProvider>
    </StatusContext>,
  );
  expect(screen.getByRole("dialog").textContent).toContain("这个账户从2026年1月1日记起");
  await user.click(screen.getByText("记下"));
  expect(sent.find(({ command }) => command === "account_begin")).toBeUndefined();
  type(/那天的余额：医保存折/, "0");
  type(/那天的余额：个人账户/, "120");
  await user.click(screen.getByText("记下"));
  expect(sent.find(({ command }) => command === "account_begin")?.args.draft).toEqual({
    account: 3,
    on: "2025-01-01",
    balances: [
      { sub: "passbook", amount: "0.00" },
      { sub: "book", amount: "120.00" },
    ],
  });
});

const GIFT: EntryRow = {
  ...ROW,
  kind: "transfer",
  settlement: null,
  others: [
    { member: "爸爸", same_member: false, name: "福州市", amount: "500.00", in_wallet: true },
  ],
};

it("lets a transfer come back only where it went into a wallet", () => {
  const side = GIFT.others[0] as EntryRow["others"][number];
  expect(mayReturn(GIFT)).toBe(true);
  for (const row of [
    { ...GIFT, others: [{ ...side, in_wallet: false }] },
    { ...GIFT, others: [] },
    { ...GIFT, amount: "500.00", others: [{ ...side, amount: "-500.00" }] },
    ROW,
  ])
    expect(mayReturn(row)).toBe(false);
});

it("takes back a transfer that was not accepted", async () => {
  const user = userEvent.setup();
  render(
    <StatusContext value={STATUS}>
      <QueryClientProvider client={newQueryClient()}>
        <ReturnTransfer row={GIFT} onClose={() => {}} />
      </QueryClientProvider>
    </StatusContext>,
  );
  await said("妈妈 · 北京市 · 个人账户");
  await user.click(screen.getByText("记下"));
  expect(recorded()).toEqual({
    on: "2026-11-22",
    memo: "",
    movement: { what: "returned", entry: 9 },
  });
});

it("offers for cash only what happens to cash", async () => {
  const user = open(CASH);
  screen.getByRole("button", { name: /什么事/ }).focus();
  await user.keyboard("{Enter}");
  const names = (await screen.findAllByRole("option")).map((option) => option.textContent);
  expect(names).toEqual(["看病买药", "其他"]);
});

it("means one movement by every choice that is filled in, and nothing before", () => {
  const start = recordStart(ACCOUNT, "2026-11-22", DETAIL);
  const filled: Partial<Form> = {
    amount: "10",
    to: "2",
    relation: "child",
    settlement: "7",
    pool: "440100",
    heir: "5",
    other: "roll_over",
    into: "book",
  };
  for (const choice of CHOICES) {
    const meant = movementMeant({ ...start, ...filled, choice }, ACCOUNT, DETAIL);
    const plain = choice === "spending" || choice === "credit";
    const what = plain ? "plain" : choice === "other" ? "roll_over" : choice;
    expect(meant?.what, choice).toBe(what);
    const before = movementMeant({ ...start, choice }, ACCOUNT, DETAIL);
    expect(before?.what ?? null, choice).toBe(choice === "close" ? "close" : null);
  }
  const signed = (other: Form["other"], direction: Form["direction"]) => {
    const form: Form = { ...start, choice: "other", amount: "10", other, direction };
    const meant = movementMeant(form, ACCOUNT, DETAIL);
    return meant?.what === "plain" ? meant.amount : null;
  };
  expect(signed("interest", "out")).toBe("10.00");
  expect(signed("take_back", "in")).toBe("-10.00");
  expect(signed("clearing", "out")).toBe("-10.00");
  expect(signed("clearing", "in")).toBe("10.00");
});

it("tells an entry from the side of the account that is looked at", async () => {
  render(
    <StatusContext value={STATUS}>
      <QueryClientProvider client={newQueryClient()}>
        <Entries account={ACCOUNT} onCorrect={() => {}} onReturn={() => {}} />
      </QueryClientProvider>
    </StatusContext>,
  );
  const side = await screen.findByText(/儿子的账户付了/);
  expect(side.closest("td")?.textContent).toContain("100.00");
});
