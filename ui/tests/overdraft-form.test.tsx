import { QueryClientProvider } from "@tanstack/react-query";
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { newQueryClient } from "../src/api/asks";
import type { AccountView, OverdraftDraft } from "../src/api/bindings";
import { OverdraftForm } from "../src/screens/members/OverdraftForm";

afterEach(() => {
  cleanup();
  clearMocks();
});

/** What Rust was told. */
function show(overdraft: AccountView["overdraft"]) {
  const sent: (OverdraftDraft | null)[] = [];
  mockIPC((command, args) => {
    if (command === "overdraft_state") sent.push((args as { said: OverdraftDraft | null }).said);
    return null;
  });
  render(
    <QueryClientProvider client={newQueryClient()}>
      <OverdraftForm account={{ id: 7, overdraft } as AccountView} onClose={() => undefined} />
    </QueryClientProvider>,
  );
  return sent;
}

const SAID = { limit: "300.00", source: "窗口", stated_on: "2026-03-01" };

it("is made good by credits unless somebody says otherwise", async () => {
  const user = userEvent.setup();
  const sent = show(null);
  expect(screen.getByRole("status").textContent).toContain("不用另付现金");
  await user.type(screen.getByRole("textbox", { name: /最多能透支多少/ }), "300");
  await user.type(screen.getByRole("textbox", { name: /谁说的/ }), "窗口");
  await user.click(screen.getByRole("button", { name: "记下" }));
  expect(sent).toEqual([{ limit: "300.00", source: "窗口", repay_within: null }]);
});

it("asks for one to twelve months where it is paid in cash, and says what the forecast does", async () => {
  const user = userEvent.setup();
  const sent = show(SAID);
  await user.click(screen.getByRole("radio", { name: /要付现金/ }));
  const months = screen.getByRole("textbox", { name: /最迟几个月补上/ });
  for (const wrong of ["0", "13", "1.5", ""]) {
    await user.clear(months);
    if (wrong) await user.type(months, wrong);
    await user.click(screen.getByRole("button", { name: "记下" }));
    expect(sent).toEqual([]);
    expect(screen.queryByText(/满 .* 个月还差的/)).toBeNull();
  }
  await user.clear(months);
  await user.type(months, "3");
  expect(screen.getByRole("status").textContent).toContain("满 3 个月还差的，算作那天要付的现金");
  await user.click(screen.getByRole("button", { name: "记下" }));
  expect(sent).toEqual([{ limit: "300.00", source: "窗口", repay_within: 3 }]);
});

it("begins with what was said", () => {
  show({ ...SAID, repay_within: 6 });
  const cash = screen.getByRole("radio", { name: /要付现金/ }) as HTMLInputElement;
  expect(cash.checked).toBe(true);
  const months = screen.getByRole("textbox", { name: /最迟几个月补上/ }) as HTMLInputElement;
  expect(months.value).toBe("6");
});
