import { QueryClientProvider } from "@tanstack/react-query";
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { afterEach, expect, it } from "vitest";
import { newQueryClient } from "../src/api/asks";
import type { EstimateDraft, SettlementRow, SlipReport, Status } from "../src/api/bindings";
import { StatusContext } from "../src/app/status";
import { SlipCheck } from "../src/screens/estimate/SlipCheck";
import { SettlementsCard } from "../src/screens/members/SettlementsCard";
import { EMPTY_SLIP, slipOf } from "../src/screens/parts/slipForm";

afterEach(() => {
  cleanup();
  clearMocks();
});

const DRAFT: EstimateDraft = {
  member: 1,
  part: "general_outpatient",
  class: "hospital",
  settled_on: "2026-03-01",
  admitted_on: null,
  contract: false,
  use_account: true,
  bill: { total: "1000.00", not_account_payable: "0.00" },
  so_far: {},
};

const REPORT: SlipReport = {
  member_name: "王敏",
  place: "北京市",
  class_name: "医院",
  report: {
    lines: [
      { line: "total", estimated: "1000.00", slip: "1000.00", difference: "0.00" },
      { line: "pool_paid", estimated: "700.00", slip: "900.00", difference: "200.00" },
      { line: "cash_paid", estimated: "unknown", slip: "100.00", difference: null },
      { line: "hospital_paid", estimated: null, slip: "0.00", difference: null },
    ],
    contradictions: [],
    agrees: false,
    explanations: [
      {
        changes: [
          { code: "explain.class", params: { class_name: "社区卫生服务中心" } },
          { code: "explain.deductible_used", params: { amount: "1200.00" } },
        ],
        agreeing: ["total", "pool_paid"],
        compared: 3,
        whole: true,
      },
    ],
    not_compared: ["cash_paid"],
    ask: null,
  },
  contradictions: [],
  posted: [{ payer: "own_account", name: "王敏", amount: "100.00" }],
  notes: [],
  input_hash: "abc",
};

const STATUS = { today: "2026-03-08", read_only: null } as unknown as Status;

const ROW: SettlementRow = {
  id: 4,
  on: "2026-03-01",
  part: "general_outpatient",
  class_name: "医院",
  slip: null,
  total: "1000.00",
  fund_paid: "700.00",
  accounts_paid: "300.00",
  cash_paid: "0.00",
  differing: null,
  difference: null,
  refunds: [],
};

/** What Rust was asked, in order. */
function rust(rows: SettlementRow[] = []) {
  const asked: { command: string; args: unknown }[] = [];
  mockIPC((command, args) => {
    asked.push({ command, args });
    if (command === "slip_compare") return REPORT;
    if (command === "settlements") return rows;
    if (command === "slip_report_save") return { path: "/tmp/a.pdf", folder: "/tmp" };
    return STATUS;
  });
  return asked;
}

function Window({ children }: { children: ReactNode }) {
  return (
    <QueryClientProvider client={newQueryClient()}>
      <StatusContext value={STATUS}>{children}</StatusContext>
    </QueryClientProvider>
  );
}

it("sends what was typed, leaves empty what is empty, and wants the total", () => {
  expect(slipOf(EMPTY_SLIP)).toEqual({ problems: [{ path: "slip.total", problem: "missing" }] });
  const typed = { total: "1,000", pool_paid: " ", cash_paid: "-1", fund_paid: "x" };
  expect(slipOf({ ...EMPTY_SLIP, lines: typed })).toEqual({
    problems: [
      { path: "slip.fund_paid", problem: "not_a_number" },
      { path: "slip.cash_paid", problem: "negative" },
    ],
  });
  const lines = { total: "１０００", pool_paid: "900", serious_illness_paid: "" };
  expect(slipOf({ number: " ", hospital: " 某医院 ", lines })).toEqual({
    slip: { total: "1000.00", pool_paid: "900.00", hospital: "某医院" },
  });
});

it("compares the slip line by line, says 如果, and records and prints what was compared", async () => {
  const user = userEvent.setup();
  const asked = rust();
  render(<SlipCheck draft={DRAFT} />, { wrapper: Window });
  await user.click(screen.getByRole("button", { name: "填结算单" }));
  await user.click(screen.getByRole("button", { name: "核对一下" }));
  expect(asked).toEqual([]);
  await user.type(screen.getByLabelText(/^医疗费总额/), "1000");
  await user.type(screen.getByLabelText(/^统筹基金支付/), "900");
  await user.click(screen.getByRole("button", { name: "核对一下" }));
  const report = await screen.findByRole("region", { name: "核对结果" });
  const slip = { total: "1000.00", pool_paid: "900.00" };
  expect(asked[0]).toEqual({ command: "slip_compare", args: { draft: DRAFT, slip } });
  const rows = within(report)
    .getAllByRole("row")
    .map((row) => row.textContent);
  expect(rows[1]).toContain("一致");
  expect(rows[2]).toContain("+200.00");
  expect(rows[3]).toContain("比不了");
  expect(rows[4]).toContain("不估算");
  const said = report.textContent?.replaceAll("⁠", "");
  expect(said).toContain(
    "如果按「社区卫生服务中心」算，而且起付线今年已经用了 1,200.00 元，就和结算单一致",
  );
  expect(said).toContain("王敏的医保账户");
  await user.click(screen.getByRole("button", { name: "打印核对单" }));
  await screen.findByText("/tmp/a.pdf");
  await user.click(screen.getByRole("button", { name: "记下这张结算单" }));
  await screen.findByRole("button", { name: "已记下这张结算单" });
  const args = { draft: DRAFT, slip };
  expect(asked.find(({ command }) => command === "slip_report_save")?.args).toEqual(args);
  expect(asked.find(({ command }) => command === "settlement_record")?.args).toEqual(args);
});

it("shows no report of a slip that was changed since", async () => {
  const user = userEvent.setup();
  rust();
  render(<SlipCheck draft={DRAFT} />, { wrapper: Window });
  await user.click(screen.getByRole("button", { name: "填结算单" }));
  await user.type(screen.getByLabelText(/^医疗费总额/), "1000");
  await user.click(screen.getByRole("button", { name: "核对一下" }));
  await screen.findByRole("region", { name: "核对结果" });
  await user.type(screen.getByLabelText(/^现金支付/), "5");
  expect(screen.queryByRole("region", { name: "核对结果" })).toBeNull();
  screen.getByText(/再核对一次」/);
});

it("lists settlements with who paid and how the slip stands, and adds a slip later", async () => {
  const user = userEvent.setup();
  const slip = { total: "1000.00", hospital: "某医院" };
  const asked = rust([
    ROW,
    { ...ROW, id: 3, slip, differing: 0, difference: "0.00" },
    { ...ROW, id: 2, slip, differing: 2, difference: "-12.30" },
    { ...ROW, id: 1, refunds: [{ id: 9, on: "2026-03-05", amount: "40.00" }] },
  ]);
  render(<SettlementsCard member={1} />, { wrapper: Window });
  const table = await screen.findByRole("table");
  const rows = within(table)
    .getAllByRole("row")
    .map((row) => row.textContent);
  expect(rows[1]).toContain("还没有结算单");
  expect(rows[2]).toContain("某医院");
  expect(rows[2]).toContain("和估算一致");
  expect(rows[3]).toContain("2 行不一样");
  expect(rows[3]).toMatch(/自己少付.*12\.30/);
  expect(rows[4]).toMatch(/2026年3月5日退回账户.*40\.00/);
  expect(rows[1]).not.toContain("退回账户");
  const [add, ...others] = within(table).getAllByRole("button", { name: /^补录/ });
  expect(others).toHaveLength(1);
  if (add) await user.click(add);
  await user.type(screen.getByLabelText(/^医疗费总额/), "999");
  await user.click(screen.getByRole("button", { name: "记下" }));
  await screen.findByRole("table");
  const added = asked.find(({ command }) => command === "slip_add");
  expect(added?.args).toEqual({ settlement: 4, slip: { total: "999.00" } });
});
