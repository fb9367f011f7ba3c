import { QueryClientProvider } from "@tanstack/react-query";
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, it } from "vitest";
import { newQueryClient } from "../src/api/asks";
import type {
  MemberCard,
  Projection,
  ProjectionAnswer,
  ProjectionMode,
  Status,
} from "../src/api/bindings";
import { StatusContext } from "../src/app/status";
import { ModeField } from "../src/screens/projection";
import { Compared } from "../src/screens/projection/Compared";
import { EMPTY, NOTHING, sizeOf, supposedToo } from "../src/screens/projection/suppose";
import { Usual } from "../src/screens/projection/Usual";
import { WhatIf } from "../src/screens/projection/WhatIf";

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

const PROJECTION: Projection = {
  from: "2026-03-08",
  until: "2027-03-08",
  events: [],
  months: [],
  members: [],
  cash: [],
  cash_peak: null,
  shared: [],
  forks: [],
  unknown: [],
  policy: { blocks: [], hash: "", weakest: null },
};

const CARD = {
  member: { id: 1, name: "王敏", born: null, note: "" },
  enrollment: null,
  place: "",
} as unknown as MemberCard;

const ANSWER: ProjectionAnswer = {
  mode: "scenario",
  actual_until: "2026-03-05",
  projected_from: "2026-03-09",
  projection: PROJECTION,
  habits: [],
  comparison: {
    projection: PROJECTION,
    differences: [
      {
        member: 1,
        run_out: null,
        run_out_then: "2026-09-01",
        cash: "0.00",
        cash_then: "120.00",
        cash_more: "120.00",
        lowest: "300.00",
        lowest_then: "0.00",
        lowest_more: "-300.00",
        closing: "500.00",
        closing_then: "0.00",
      },
    ],
    cash_more: "120.00",
  },
};

const nameOf = () => "王敏";
const said = () => document.body.textContent ?? "";

it("the switch offers three ways and says which is chosen", async () => {
  const chosen: ProjectionMode[] = [];
  function Switch() {
    const [mode, setMode] = useState<ProjectionMode>("scheduled");
    chosen.push(mode);
    return <ModeField value={mode} onChange={setMode} />;
  }
  render(<Switch />);
  const names = screen.getAllByRole("radio").map((radio) => radio.closest("label")?.textContent);
  expect(names).toEqual(["只算计划的", "加上平时的花费", "如果……"]);
  await userEvent.click(screen.getByRole("radio", { name: "加上平时的花费" }));
  expect(chosen.at(-1)).toBe("habits");
});

it("usual spending says what is missing, or what a month takes", () => {
  const habit = { member: 1, months: [], missing: 4, usual: null };
  const empty = { habit, months: [], short_in: null, closing: "unknown", cash: "unknown" } as const;
  const { rerender } = render(<Usual habits={[{ ...empty, months: [] }]} nameOf={nameOf} />);
  expect(said()).toContain("还差 4 个月");
  const known = {
    ...empty,
    habit: { ...habit, missing: 0, usual: "35.00" },
    months: [],
    short_in: "2026-09",
    closing: "0.00",
    cash: "12.00",
  };
  rerender(<Usual habits={[known]} nameOf={nameOf} />);
  expect(said()).toContain("35.00");
  expect(said()).toContain("2026年9月");
});

it("supposes one thing after the other, and nothing of a form that is not whole", () => {
  expect(supposedToo(NOTHING, EMPTY)).toBeNull();
  const stop = { ...EMPTY, kind: "stop" as const, member: "1", on: "2026-09-15" };
  const first = supposedToo(NOTHING, stop);
  expect(first?.stops).toEqual([{ member: 1, month: "2026-09" }]);
  if (!first) throw new Error("nothing supposed");
  const share = { ...stop, kind: "share" as const, recipient: "2" };
  expect(supposedToo(first, share)).toBeNull();
  const both = supposedToo(first, { ...share, relation: "spouse" as const });
  expect(both?.bindings).toEqual([
    { donor: 1, recipient: 2, relation: "spouse", from: "2026-09-15" },
  ]);
  expect(both && sizeOf(both)).toBe(2);
  const illness = { ...stop, kind: "illness" as const, total: "30000" };
  expect(supposedToo(NOTHING, illness)?.spendings[0]?.bill.total).toBe("30000.00");
});

it("shows both sides and where the forecast begins", () => {
  const { comparison } = ANSWER;
  if (!comparison) throw new Error("no comparison");
  render(<Compared answer={ANSWER} comparison={comparison} nameOf={nameOf} />);
  for (const text of [
    "2026年3月9日起",
    "— → 2026年9月1日",
    "+120.00",
    "300.00",
    "全家的现金多备",
  ]) {
    expect(said()).toContain(text);
  }
});

it("asks Rust for nothing while the form is not whole", async () => {
  const sent: Record<string, unknown>[] = [];
  mockIPC((command, args) => {
    if (command !== "projection") return { classes: [] };
    sent.push((args as { ask: Record<string, unknown> }).ask);
    return ANSWER;
  });
  render(
    <StatusContext value={STATUS}>
      <QueryClientProvider client={newQueryClient()}>
        <WhatIf months={12} cards={[CARD]} nameOf={nameOf} />
      </QueryClientProvider>
    </StatusContext>,
  );
  expect(sent).toEqual([]);
  await userEvent.click(screen.getByRole("radio", { name: "停缴" }));
  await userEvent.click(screen.getByRole("button", { name: "加上，算一算" }));
  expect(sent, "a form that is not whole asks nothing").toEqual([]);
});
