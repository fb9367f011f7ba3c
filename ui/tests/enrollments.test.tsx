import { QueryClientProvider } from "@tanstack/react-query";
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { newQueryClient } from "../src/api/asks";
import type { Enrollment, MemberDetail, Status } from "../src/api/bindings";
import { StatusContext } from "../src/app/status";
import { EnrollmentsCard } from "../src/screens/members/EnrollmentsCard";
import { fitting, formOf, hasEarlier, timeLines } from "../src/screens/members/enrollment";
import { enrollmentDraft } from "../src/screens/setup/draft";

afterEach(() => {
  cleanup();
  clearMocks();
});

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
  today: "2026-03-08",
};

function enrolled(id: number, from: string, until: string | null): Enrollment {
  return {
    id,
    member: 1,
    from,
    until,
    pool: "320200",
    scheme: "employee",
    plan: "with_account",
    status: "active",
    contribution_base: "9000.00",
    retired_on: null,
    insured_months: null,
    special: "none",
    pension: null,
    frozen_credit: null,
    employer: null,
    first_enrollment: id === 1,
    back_paid: id === 2 ? true : null,
    back_paid_on: id === 2 ? "2023-01-10" : null,
  };
}

/** Four months are missing between the two, and were paid afterwards; the second one has no end. */
const DETAIL: MemberDetail = {
  member: { id: 1, name: "王敏", born: null, note: "" },
  enrollments: [enrolled(1, "2020-03-01", "2022-07-31"), enrolled(2, "2022-12-15", null)],
  gaps: [{ from: "2022-08-01", until: "2022-12-14", months: 4, before: 2 }],
  places: { "320200": "无锡" },
  accounts: [],
  counters: [],
  credit_day: null,
  plans: [],
  premiums: [],
  premium_year: 2026,
  paid_for: [],
};

function show(detail = DETAIL) {
  const sent: { command: string; args: Record<string, unknown> }[] = [];
  mockIPC((command, args) => {
    sent.push({ command, args: args as Record<string, unknown> });
    if (command === "enrollment_remove") {
      const message = { code: "error.enrollment_settled", params: { n: "2" } };
      const hint = { code: "hint.enrollment_change", params: {} };
      throw { code: "input", field: "id", message, hint };
    }
    return command === "places" || command === "place_form" ? null : STATUS;
  });
  render(
    <QueryClientProvider client={newQueryClient()}>
      <StatusContext value={STATUS}>
        <EnrollmentsCard detail={detail} />
      </StatusContext>
    </QueryClientProvider>,
  );
  return sent;
}

it("tells the history line by line, with the gap and its months", () => {
  show();
  const lines = within(screen.getByRole("list")).getAllByRole("listitem");
  expect(lines.map((line) => line.textContent)).toEqual([
    "2020年3月至2022年7月无锡职工医保在职缴费基数 9,000.00 元，首次参保修改去掉",
    "2022年8月至2022年12月14日断缴 4 个月后来补缴了（2023年1月10日）",
    "2022年12月15日起无锡职工医保在职缴费基数 9,000.00 元修改结束去掉",
  ]);
});

it("offers what is only expected to nobody", () => {
  show({ ...DETAIL, enrollments: [enrolled(3, "2030-01-01", null)], gaps: [] });
  const line = within(screen.getByRole("list")).getByRole("listitem");
  expect(line.textContent).toContain("预计的");
  expect(within(line).queryAllByRole("button")).toEqual([]);
});

it("changes an enrollment as it is, from the same day", async () => {
  const sent = show();
  await userEvent.click(screen.getByRole("button", { name: "修改：2022年12月15日起" }));
  const dialog = screen.getByRole("dialog");
  // What has an earlier one before it is asked about the gap, not whether it is the first.
  expect(within(dialog).queryByText("以前从没参加过这种医保（首次参保）")).toBeNull();
  await userEvent.click(within(dialog).getByRole("radio", { name: "没有补缴" }));
  await userEvent.click(within(dialog).getByRole("button", { name: "记下" }));
  const save = sent.find(({ command }) => command === "enrollment_save");
  expect(save?.args).toMatchObject({
    id: 2,
    draft: {
      from: "2022-12-15",
      until: null,
      contribution_base: "9000.00",
      first_enrollment: false,
      back_paid: false,
      back_paid_on: null,
    },
  });
});

it("ends one on a day, today unless another one is chosen", async () => {
  const sent = show();
  await userEvent.click(screen.getByRole("button", { name: "结束：2022年12月15日起" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "结束" }));
  const end = sent.find(({ command }) => command === "enrollment_end");
  expect(end?.args).toEqual({ id: 2, until: "2026-03-08" });
});

it("says what becomes of the premiums that are planned, of a resident alone", async () => {
  const row = { ...enrolled(2, "2022-12-15", null), scheme: "resident" as const };
  const plan = { id: 1, member: 1, paid_by: null, relation: null, from_year: 2027 };
  const planned = { plan: { ...plan, until_year: null, pay_on: null, amount: null } };
  const premiums = [{ ...planned, payer: null, next: null }];
  for (const [enrollments, said] of [
    [[row], true],
    [[enrolled(2, "2022-12-15", null)], false],
  ] as const) {
    show({ ...DETAIL, enrollments: [...enrollments], premiums });
    for (const button of ["结束：2022年12月15日起", "去掉：2022年12月15日起"]) {
      await userEvent.click(screen.getByRole("button", { name: button }));
      const dialog = screen.getByRole("dialog");
      expect(dialog.textContent?.includes("还有居民医保的缴费计划")).toBe(said);
      await userEvent.click(within(dialog).getByRole("button", { name: "取消" }));
    }
    cleanup();
  }
});

it("says why one stays", async () => {
  show();
  await userEvent.click(screen.getByRole("button", { name: "去掉：2020年3月至2022年7月" }));
  const dialog = screen.getByRole("dialog");
  await userEvent.click(within(dialog).getByRole("button", { name: "去掉" }));
  const notice = await within(dialog).findByText("有一处填得不对");
  expect(notice.parentElement?.textContent).toContain("这段时间里记了 2 次结算");
  expect(notice.parentElement?.textContent).toContain("用「修改」改它");
});

it("orders enrollments and gaps by their first day", () => {
  const turned = { ...DETAIL, enrollments: [...DETAIL.enrollments].reverse() };
  const days = timeLines(turned).map(({ kind, from }) => `${kind} ${from}`);
  expect(days).toEqual(["enrollment 2020-03-01", "gap 2022-08-01", "enrollment 2022-12-15"]);
});

it.each([
  ["2020-03-01", undefined, false],
  ["2020-03-02", undefined, true],
  ["2020-03-02", 1, false],
  ["2022-12-15", 2, true],
  [null, undefined, false],
])("knows whether something was before %s (but %s)", (from, id, expected) => {
  expect(hasEarlier(DETAIL, from, id)).toBe(expected);
});

it("sends only what was asked at that place of the history", () => {
  const form = { ...formOf(enrolled(2, "2022-12-15", null)), first: true };
  expect(enrollmentDraft(fitting(form, true))).toMatchObject({
    first_enrollment: false,
    back_paid: true,
    back_paid_on: "2023-01-10",
  });
  expect(enrollmentDraft(fitting(form, false))).toMatchObject({
    first_enrollment: true,
    back_paid: null,
    back_paid_on: null,
  });
});
