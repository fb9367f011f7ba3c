import { QueryClientProvider } from "@tanstack/react-query";
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { newQueryClient } from "../src/api/asks";
import type { Addend, SourceRef } from "../src/api/bindings";
import { MadeOf } from "../src/screens/parts/Addends";

afterEach(() => {
  cleanup();
  clearMocks();
});

const SOURCE: SourceRef = {
  title: "办法",
  number: null,
  issuer: null,
  article: "第八条",
  published: null,
  url: null,
  checked_on: null,
  grade: "official",
};

const PILLS: Addend = {
  what: { code: "project.spending", params: { title: "降压药", part: "general_outpatient" } },
  member: 7,
  first: "2026-03-20",
  last: "2026-05-20",
  times: 3,
  sum: "257.40",
  formula: null,
  ground: "rule",
  sources: [SOURCE],
  only: null,
};

const TOOTH: Addend = {
  ...PILLS,
  what: {
    code: "project.spending_no_rule",
    params: { title: "拔牙", part: "general_outpatient", place: "某市" },
  },
  first: "2026-04-02",
  last: "2026-04-02",
  times: 1,
  sum: { min: "0.00", max: "300.00" },
  ground: "no_rule",
  sources: [],
};

async function opened(of: Addend[]) {
  mockIPC((command) => {
    if (command !== "overview") throw new Error(command);
    return { cards: [{ member: { id: 7, name: "王敏" } }] };
  });
  render(
    <QueryClientProvider client={newQueryClient()}>
      <MadeOf of={of} title="现金" />
    </QueryClientProvider>,
  );
  await userEvent.click(screen.getByRole("button", { name: "现金：怎么来的" }));
  const dialog = await screen.findByRole("dialog", { name: "现金：怎么来的" });
  await within(dialog).findAllByText(/王敏/);
  return dialog;
}

it("tells of each what it comes to, when and how often, and every source once", async () => {
  const dialog = await opened([
    PILLS,
    { ...PILLS, first: "2026-06-20", last: "2026-06-20", times: 1 },
    TOOTH,
  ]);
  const lines = within(dialog)
    .getAllByRole("listitem")
    .map((line) => line.textContent ?? "");
  expect(lines).toHaveLength(3);
  expect(lines[0]).toContain("王敏：降压药");
  expect(lines[0]).toContain("257.40");
  expect(lines[0]).toContain("2026年3月20日到2026年5月20日，3 次");
  expect(lines[1]).not.toContain("次");
  expect(lines[2]).toContain("300.00");
  const text = dialog.textContent ?? "";
  expect(text.split("第八条")).toHaveLength(2);
  expect(text).toContain("还没有收进来的规则");
});

it("shows nothing to press where there is nothing to tell", () => {
  const { container } = render(<MadeOf of={[]} title="现金" />);
  expect(container.textContent).toBe("");
});
