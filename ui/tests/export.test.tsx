import { QueryClientProvider } from "@tanstack/react-query";
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { act, cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { newQueryClient } from "../src/api/asks";
import { dropOldToast, Toasts, toast } from "../src/design";
import { ExportDialog } from "../src/screens/settings/ExportDialog";

afterEach(() => {
  cleanup();
  clearMocks();
});

it("asks what the file is for, writes it, and shows the way there", async () => {
  const asked: [string, unknown][] = [];
  mockIPC((command, args) => {
    asked.push([command, args]);
    return { path: "/家/exports/gongji-2026-03-08.ics", folder: "/家/exports" };
  });
  const saved: string[] = [];
  render(
    <QueryClientProvider client={newQueryClient()}>
      <ExportDialog onClose={() => {}} onSaved={({ path }) => saved.push(path)} />
      <Toasts />
    </QueryClientProvider>,
  );
  const user = userEvent.setup();
  expect(screen.getAllByRole("radio")).toHaveLength(6);
  await user.click(screen.getByRole("radio", { name: /放进日历/ }));
  await user.click(screen.getByRole("button", { name: "存成文件" }));
  expect(asked[0]).toEqual(["export_file", { format: "ics" }]);
  expect(await screen.findByRole("button", { name: "在文件夹里显示", hidden: true })).toBeTruthy();
  expect(saved).toEqual(["/家/exports/gongji-2026-03-08.ics"]);
});

it("takes away what was said of a screen when another one is shown, and not what was just said", async () => {
  render(<Toasts />);
  act(() => toast("记下了"));
  act(() => dropOldToast());
  expect(screen.getByText("记下了")).toBeTruthy();
  const now = Date.now();
  const later = () => now + 1500;
  const clock = Date.now;
  Date.now = later;
  act(() => dropOldToast());
  Date.now = clock;
  expect(screen.queryByText("记下了")).toBeNull();
});
