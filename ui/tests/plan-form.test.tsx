import { QueryClientProvider } from "@tanstack/react-query";
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { newQueryClient } from "../src/api/asks";
import type { MemberDetail, PlanDraft, PlanView, Repeat, Status } from "../src/api/bindings";
import { StatusContext } from "../src/app/status";
import { PlanForm } from "../src/screens/members/PlanForm";
import { repeatMeant, typedRepeat } from "../src/screens/members/repeat";

afterEach(() => {
  cleanup();
  clearMocks();
});

const DETAIL: MemberDetail = {
  member: { id: 1, name: "王敏", born: null, note: "" },
  enrollments: [],
  gaps: [],
  places: {},
  accounts: [],
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
  today: "2026-03-08",
};

const RULE: PlanView = {
  plan: {
    id: 7,
    member: 1,
    title: "复查",
    part: "general_outpatient",
    class: null,
    bill: {
      total: "300.00",
      full_self_pay: "0.00",
      over_limit: "0.00",
      upfront_copay: "0.00",
      not_account_payable: "0.00",
    },
    first_on: "2026-03-10",
    recurrence: "FREQ=MONTHLY;BYMONTHDAY=1,15",
    urgent: false,
  },
  often: "每月1日、15日",
  repeat: { kind: "rule", rule: "FREQ=MONTHLY;BYMONTHDAY=1,15" },
};

/** What Rust was sent; it answers with the sentence and two days. */
function rust() {
  const sent: { command: string; args: Record<string, unknown> }[] = [];
  mockIPC((command, args) => {
    sent.push({ command, args: args as Record<string, unknown> });
    if (command === "plan_days")
      return { often: "答的话", days: ["2026-03-10", "2026-04-10"], goes_on: true };
    return null;
  });
  return sent;
}

function open(changed?: PlanView) {
  render(
    <StatusContext value={STATUS}>
      <QueryClientProvider client={newQueryClient()}>
        <PlanForm detail={DETAIL} changed={changed} onClose={() => {}} />
      </QueryClientProvider>
    </StatusContext>,
  );
}

it("shows every form of repetition and means the same by it", () => {
  const every = {
    kind: "every" as const,
    every: 1,
    weekdays: [],
    ends: { kind: "never" as const },
  };
  const same = { kind: "same" as const };
  const forms: Repeat[] = [
    { kind: "once" },
    { kind: "rule", rule: "FREQ=MONTHLY;BYMONTHDAY=1,15" },
    { ...every, every: 28, unit: "days", on: same },
    { ...every, unit: "weeks", on: same, weekdays: ["monday", "friday"] },
    { ...every, unit: "months", on: { kind: "last" } },
    { ...every, unit: "months", on: { kind: "number", day: 31 } },
    { ...every, unit: "months", on: { kind: "weekday", nth: -1, weekday: "friday" } },
    { ...every, unit: "years", on: same, ends: { kind: "times", times: 5 } },
    { ...every, unit: "years", on: same, ends: { kind: "until", day: "2030-01-01" } },
  ];
  for (const repeat of forms) expect(repeatMeant(typedRepeat(repeat))).toEqual(repeat);
});

it("means nothing while a number or a day is still to come", () => {
  const monthly = { ...typedRepeat(undefined), kind: "months" as const };
  expect(repeatMeant({ ...monthly, every: "" })).toBeNull();
  expect(repeatMeant({ ...monthly, every: "一" })).toBeNull();
  expect(repeatMeant({ ...monthly, ends: "times" })).toBeNull();
  expect(repeatMeant({ ...monthly, ends: "until" })).toBeNull();
});

it("fills in what is usual, says what Rust makes of it, and sends that", async () => {
  const user = userEvent.setup();
  const sent = rust();
  open();
  await user.click(screen.getByRole("button", { name: "每周一、三、五去" }));
  const day = (name: string) => screen.getByRole("checkbox", { name }) as HTMLInputElement;
  expect([day("周一").checked, day("周二").checked, day("周五").checked]).toEqual([
    true,
    false,
    true,
  ]);
  await user.click(day("周二"));
  const said = (await screen.findByText(/答的话/)).closest("[role=status]");
  expect(said?.textContent).toContain("接下来：2026年3月10日、2026年4月10日");
  const repeat: Repeat = {
    kind: "every",
    every: 1,
    unit: "weeks",
    weekdays: ["monday", "tuesday", "wednesday", "friday"],
    on: { kind: "same" },
    ends: { kind: "never" },
  };
  expect(sent.filter(({ command }) => command === "plan_days").at(-1)?.args).toEqual({
    firstOn: "2026-03-08",
    repeat,
  });
  await user.type(screen.getByLabelText(/给这项计划起个名/), "透析");
  await user.type(screen.getByLabelText(/每次的费用总额/), "400");
  await user.click(screen.getByRole("button", { name: "记下" }));
  const draft = sent.find(({ command }) => command === "plan_add")?.args.draft as PlanDraft;
  expect([draft.title, draft.first_on, draft.repeat]).toEqual(["透析", "2026-03-08", repeat]);
});

it("keeps a rule that it has no fields for, until something else is chosen", async () => {
  const user = userEvent.setup();
  const sent = rust();
  open(RULE);
  await screen.findByText(/答的话/);
  const saved = () => {
    const call = sent.filter(({ command }) => command === "plan_save").at(-1);
    return (call?.args.draft as PlanDraft | undefined)?.repeat;
  };
  await user.click(screen.getByRole("button", { name: "记下" }));
  expect(saved()).toEqual(RULE.repeat);
  await user.click(screen.getByRole("button", { name: "每季度去" }));
  await user.click(screen.getByRole("button", { name: "记下" }));
  expect(saved()).toEqual({
    kind: "every",
    every: 3,
    unit: "months",
    weekdays: [],
    on: { kind: "same" },
    ends: { kind: "never" },
  });
});

it("asks for the number that is missing", async () => {
  const user = userEvent.setup();
  const sent = rust();
  open(RULE);
  await user.click(screen.getByRole("button", { name: "每 28 天去" }));
  await user.clear(screen.getByLabelText(/每几天一次/));
  await user.click(screen.getByRole("button", { name: "记下" }));
  expect(sent.some(({ command }) => command === "plan_save")).toBe(false);
  expect(screen.getByLabelText(/每几天一次/).getAttribute("aria-invalid")).toBe("true");
});
