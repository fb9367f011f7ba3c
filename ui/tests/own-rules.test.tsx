import { QueryClientProvider } from "@tanstack/react-query";
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { afterEach, expect, it } from "vitest";
import { newQueryClient } from "../src/api/asks";
import type { Impact, OwnRuleDraft, PolicyBlock, RulesPreview } from "../src/api/bindings";
import { AddPack } from "../src/screens/policy/AddPack";
import { Impacts } from "../src/screens/policy/Impacts";
import { Problems } from "../src/screens/policy/Problems";
import { figuresOf, StateFigure } from "../src/screens/policy/StateFigure";

afterEach(() => {
  cleanup();
  clearMocks();
});

const PREVIEW: RulesPreview = {
  name: "新政策",
  replaces: false,
  files: 2,
  problems: [],
  refused: false,
  blocks: [],
  impacts: [],
  seen: "abc",
};

const BLOCK: PolicyBlock = {
  reference: { file: "f.toml", block: "rate", id: null, from: "2023-01-01" },
  layer: "北京市",
  title: "报销比例",
  facts: [],
  open: [],
  heads: ["适用", "社区", "医院"],
  rows: [
    ["在职", "90%", "70%"],
    ["退休", "90%", "85%"],
  ],
  cells: [
    ["90%", "70%"],
    ["90%", "85%"],
  ],
  stated: [],
  own: false,
  source: null,
  grade: "copy",
  note: null,
  ask: null,
  assumed: false,
  off: false,
};

/** What Rust was asked, in order; it answers what is looked at with this preview. */
function rust(preview: RulesPreview = PREVIEW) {
  const asked: { command: string; args: unknown }[] = [];
  mockIPC((command, args) => {
    asked.push({ command, args });
    return command.endsWith("_preview") ? preview : null;
  });
  return asked;
}

function Window({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={newQueryClient()}>{children}</QueryClientProvider>;
}

it("names every figure of a block by row and head, and by the row alone where there is one column", () => {
  expect(figuresOf(BLOCK).map(({ id, name, now }) => [id, name, now])).toEqual([
    ["0.0", "在职 · 社区", "90%"],
    ["0.1", "在职 · 医院", "70%"],
    ["1.0", "退休 · 社区", "90%"],
    ["1.1", "退休 · 医院", "85%"],
  ]);
  const one = { heads: ["适用", "数"], rows: [["所有人", "1,800.00 元"]], cells: [["1800.00"]] };
  expect(figuresOf({ ...BLOCK, ...one })).toEqual([
    { id: "0.0", name: "所有人", now: "1,800.00 元" },
  ]);
});

it("adds a pack only after it was looked at, and as it was looked at", async () => {
  const user = userEvent.setup();
  const asked = rust();
  render(<AddPack onClose={() => {}} />, { wrapper: Window });
  expect(screen.queryByRole("button", { name: "加进来" })).toBeNull();
  await user.type(screen.getByLabelText(/文件夹或文件/), "/tmp/a");
  await user.click(screen.getByRole("button", { name: "看看会变什么" }));
  await screen.findByText("政策包「新政策」，2 个文件");
  // Another path has not been looked at.
  await user.type(screen.getByLabelText(/文件夹或文件/), "b");
  expect(screen.queryByRole("button", { name: "加进来" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "看看会变什么" }));
  await user.click(await screen.findByRole("button", { name: "加进来" }));
  expect(asked.map(({ command }) => command)).toEqual(["pack_preview", "pack_preview", "pack_add"]);
  expect(asked[2]?.args).toEqual({ path: "/tmp/ab", seen: "abc" });
});

it("does not add a pack with errors, and tells all of them", async () => {
  const user = userEvent.setup();
  const problem = { file: "a.toml", line: 3, excerpt: "edge_on = 1", error: true };
  const problems = ["不认识的键", "缺少出处"].map((sentence) => ({ ...problem, sentence }));
  rust({ ...PREVIEW, refused: true, problems });
  render(<AddPack onClose={() => {}} />, { wrapper: Window });
  await user.type(screen.getByLabelText(/文件夹或文件/), "/tmp/a");
  await user.click(screen.getByRole("button", { name: "看看会变什么" }));
  await screen.findByText("缺少出处");
  screen.getByText("不认识的键");
  const add = screen.getByRole("button", { name: "加进来" }) as HTMLButtonElement;
  expect(add.disabled).toBe(true);
});

it("takes the folder that the system's window gives, and nothing where it gives none", async () => {
  const user = userEvent.setup();
  const answers = [null, "D:/packs"];
  mockIPC((command) => (command === "plugin:dialog|open" ? answers.shift() : PREVIEW));
  render(<AddPack onClose={() => {}} />, { wrapper: Window });
  const field = screen.getByLabelText(/文件夹或文件/) as HTMLInputElement;
  await user.click(screen.getByRole("button", { name: "选文件夹" }));
  expect(field.value).toBe("");
  await user.click(screen.getByRole("button", { name: "选文件夹" }));
  await screen.findByText("政策包「新政策」，2 个文件");
  expect(field.value).toBe("D:/packs");
});

it("keeps a stated figure only as it was looked at", async () => {
  const user = userEvent.setup();
  const asked = rust();
  const one = { heads: ["适用", "数"], rows: [["所有人", "70%"]], cells: [["70%"]] };
  render(
    <StateFigure
      block={{ ...BLOCK, ...one }}
      whose={{ pool: "110000", scheme: "employee" }}
      onClose={() => {}}
    />,
    { wrapper: Window },
  );
  await user.click(screen.getByRole("button", { name: "看看会变什么" }));
  expect(asked).toEqual([]);
  await user.type(screen.getByLabelText(/^准数/), "75");
  await user.type(screen.getByLabelText(/从哪里知道的/), "12393");
  await user.click(screen.getByRole("button", { name: "看看会变什么" }));
  await screen.findByRole("region", { name: "会变什么" });
  await user.type(screen.getByLabelText(/^准数/), "%");
  expect(screen.queryByRole("region", { name: "会变什么" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "看看会变什么" }));
  await user.click(await screen.findByRole("button", { name: "记下" }));
  const draft: OwnRuleDraft = {
    pool: "110000",
    scheme: "employee",
    block: BLOCK.reference,
    row: 0,
    column: 0,
    figure: "75%",
    from: "2023-01-01",
    until: null,
    source: "12393",
  };
  expect(asked.at(-1)).toEqual({ command: "own_rule_save", args: { draft } });
});

it("says whose and which figure changes, from what to what, and by how much", () => {
  const impact: Impact = {
    kind: "recorded",
    member: "王敏",
    on: "2026-11-20",
    what: "general_outpatient",
    figure: "fund",
    before: "700.00",
    after: "750.00",
    by: "50.00",
  };
  const credit: Impact = {
    ...impact,
    kind: "expected",
    figure: "credit",
    what: "2026-12",
    after: "unknown",
    by: null,
  };
  render(<Impacts impacts={[impact, credit]} />);
  const [, first, second] = screen.getAllByRole("row");
  for (const words of ["王敏 · 普通门诊", "记下的结算", "基金支付", "750.00", "+50.00"]) {
    expect(first?.textContent).toContain(words);
  }
  for (const words of ["2026年12月", "划入到账", "不知道"]) {
    expect(second?.textContent).toContain(words);
  }
  screen.getByText(/记下的结算不会改/);
});

it("shows file, line and what stands there beside what is wrong", () => {
  const problem = {
    file: "110000-beijing/employee/inpatient.toml",
    line: 12,
    excerpt: "  edge_on = 1",
    sentence: "不认识的键「edge_on」。",
    error: false,
  };
  render(<Problems problems={[problem]} title="留意" />);
  const item = screen.getByRole("listitem");
  for (const words of [problem.file, "第 12 行", "edge_on = 1", problem.sentence, "提醒"]) {
    within(item).getByText((_, one) => one?.textContent?.includes(words) ?? false, {
      selector: "p",
    });
  }
});
