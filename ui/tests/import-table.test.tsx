import { QueryClientProvider } from "@tanstack/react-query";
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { newQueryClient } from "../src/api/asks";
import type { ApiError, Status, TablePreview } from "../src/api/bindings";
import { StatusContext } from "../src/app/status";
import { Toasts } from "../src/design";
import { texts } from "../src/i18n";
import { ImportTable } from "../src/screens/settings/ImportTable";

afterEach(async () => {
  cleanup();
  clearMocks();
  await texts.changeLanguage("zh");
});

const STATUS = { folder: "/家" } as Status;
const PREVIEW: TablePreview = {
  entries: 3,
  duplicates: 2,
  duplicate_lines: [2, 5],
  faults: 0,
  fault_lines: [],
  doubts: 0,
  doubt_lines: [],
  seen: "abc",
};

/** What Rust was asked, in order; each question is answered with the next answer of its command. */
function open(answers: Record<string, unknown[]>) {
  const asked: { command: string; args: unknown }[] = [];
  mockIPC((command, args) => {
    if (command === "status") return STATUS;
    asked.push({ command, args });
    const answer = answers[command]?.shift();
    if (answer instanceof Error) throw answer.cause;
    return answer ?? null;
  });
  let closed = 0;
  render(
    <QueryClientProvider client={newQueryClient()}>
      <StatusContext value={STATUS}>
        <ImportTable onClose={() => closed++} />
      </StatusContext>
      <Toasts />
    </QueryClientProvider>,
  );
  return { asked, closed: () => closed };
}

const field = () => screen.getByLabelText(/文件在哪里/) as HTMLInputElement;
const go = () => screen.queryByRole("button", { name: /^记下这/ });

it("records a table only after it was looked at, and as it was looked at", async () => {
  const user = userEvent.setup();
  const { asked, closed } = open({
    table_preview: [PREVIEW, { ...PREVIEW, seen: "def" }],
    table_import: [STATUS],
  });
  expect(go()).toBeNull();
  await user.type(field(), "/tmp/a.csv");
  await user.click(screen.getByRole("button", { name: "看看会怎样" }));
  await screen.findByText("会记下 3 笔");
  screen.getByText("2 笔已经记过，不会再记");
  screen.getByText(/行号：2、5/);
  // Another path has not been looked at.
  await user.type(field(), "x");
  expect(go()).toBeNull();
  await user.click(screen.getByRole("button", { name: "看看会怎样" }));
  await screen.findByText("会记下 3 笔");
  await user.click(screen.getByRole("button", { name: "记下这 3 笔" }));
  await screen.findByText("已记下 3 笔，记错了可以撤销");
  expect(asked.at(-1)).toEqual({
    command: "table_import",
    args: { path: "/tmp/a.csvx", seen: "def" },
  });
  expect(closed()).toBe(1);
});

it("tells every line that cannot be recorded, with what to do, and can look again", async () => {
  const user = userEvent.setup();
  const what = { code: "error.credited_already", params: { month: "2025-02" } };
  const hint = { code: "hint.credited_already", params: {} };
  const bad = { code: "import.bad_day", params: { found: "3 月" } };
  const faulty = {
    ...PREVIEW,
    entries: 0,
    duplicates: 0,
    duplicate_lines: [],
    faults: 300,
    fault_lines: [
      { line: 4, what, hint },
      { line: 9, what: bad, hint: null },
    ],
  };
  open({ table_preview: [faulty, PREVIEW] });
  await user.type(field(), "/tmp/a.csv");
  await user.click(screen.getByRole("button", { name: "看看会怎样" }));
  const dialog = within(screen.getByRole("dialog"));
  await dialog.findByText(/300 处/);
  const told = dialog.getByRole("status").textContent ?? "";
  for (const part of ["300 处", "第 4 行", "划入已经记过了", "更正", "第 9 行", "3 月", "298 处"]) {
    expect(told).toContain(part);
  }
  expect(go()).toBeNull();
  await user.click(screen.getByRole("button", { name: "再看一次" }));
  await screen.findByText("会记下 3 笔");
  expect(go()).not.toBeNull();
});

it("has nothing to record where everything is recorded already", async () => {
  const user = userEvent.setup();
  open({ table_preview: [{ ...PREVIEW, entries: 0 }] });
  await user.type(field(), "/tmp/a.csv");
  await user.click(screen.getByRole("button", { name: "看看会怎样" }));
  await screen.findByText(/每一笔都已经记过/);
  expect(go()).toBeNull();
});

it("says at the field what is wrong with the file", async () => {
  const user = userEvent.setup();
  const wrong: ApiError = {
    code: "file",
    field: "path",
    message: { code: "error.cannot_read", params: { path: "/tmp/a.csv", why: "not_found" } },
    hint: null,
  };
  open({ table_preview: [new Error("wrong", { cause: wrong })] });
  await user.type(field(), "/tmp/a.csv");
  await user.click(screen.getByRole("button", { name: "看看会怎样" }));
  await waitFor(() => {
    const told = screen.getByRole("dialog").textContent;
    expect(told).toContain("读不了 /tmp/a.csv：没有这个文件或文件夹");
  });
});

it("takes the file that the system's window gives, and looks at it, in both languages", async () => {
  const user = userEvent.setup();
  await texts.changeLanguage("en");
  const { asked } = open({
    "plugin:dialog|open": [null, "D:/entries.csv"],
    table_preview: [PREVIEW],
  });
  const choose = screen.getByRole("button", { name: "Choose a file…" });
  await user.click(choose);
  await user.click(choose);
  await screen.findByText("Entries that would be recorded: 3");
  expect(asked.at(-1)).toEqual({ command: "table_preview", args: { path: "D:/entries.csv" } });
  screen.getByRole("button", { name: "Record these entries (3)" });
});

it("tells what is doubtful and records it all the same", async () => {
  const user = userEvent.setup();
  const what = { code: "error.over_balance", params: { most: "500.00" } };
  const doubt = { line: 4, what, hint: { code: "hint.over_balance", params: {} } };
  const { asked } = open({
    table_preview: [{ ...PREVIEW, doubts: 3, doubt_lines: [doubt] }],
    table_import: [STATUS],
  });
  await user.type(field(), "/家/甲.csv");
  await user.click(screen.getByRole("button", { name: "看看会怎样" }));
  const dialog = screen.getByRole("dialog");
  await waitFor(() => expect(dialog.textContent).toContain("有 3 处可以记，但值得看看"));
  expect(dialog.textContent).toContain("第 4 行：账户里的钱不够：最多 500.00 元");
  expect(dialog.textContent).toContain("还有 2 处没有列出来");
  await user.click(go() as HTMLElement);
  await waitFor(() => expect(asked.at(-1)?.command).toBe("table_import"));
});
