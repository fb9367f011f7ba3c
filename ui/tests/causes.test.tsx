import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import type { GapCause } from "../src/api/bindings";
import { Causes, OtherSums } from "../src/screens/parts/Causes";

afterEach(cleanup);

const CAUSES: GapCause[] = [
  {
    kind: "paid_late",
    what: { code: "gap.paid_late", params: { month: "2026-02" } },
    evidence: [
      { code: "gap.late.days", params: { day: "2026-03-05", n: "3" } },
      { code: "gap.late.before", params: { times: "2", n: "7" } },
    ],
    action: { code: "gap.do.ask_employer", params: {} },
    source: {
      title: "北京市基本医疗保险规定",
      number: null,
      issuer: null,
      published: null,
      url: null,
      article: null,
      grade: "official",
      checked_on: null,
      effective_from: null,
    } as unknown as GapCause["source"],
  },
  {
    kind: "stopped",
    what: { code: "gap.stopped", params: { name: "王敏" } },
    evidence: [],
    action: { code: "gap.do.ask", params: {} },
    source: null,
  },
];

it("tells the causes in their order, each with what speaks for it and what to do", async () => {
  render(<Causes causes={CAUSES} question="为什么没有到？" />);
  await userEvent.setup().click(screen.getByRole("button", { name: "为什么没有到？" }));
  const list = screen.getByRole("list", { name: "可能的原因" });
  const [late, stopped] = Array.from(list.children) as HTMLElement[];
  expect(late?.textContent).toContain("2026年2月的医保费，单位可能交得晚，或者还没交");
  expect(within(late as HTMLElement).getAllByRole("listitem")).toHaveLength(2);
  expect(late?.textContent).toContain("怎么办：问单位人事");
  expect(within(late as HTMLElement).getByRole("button", { name: "出处" })).toBeTruthy();
  expect(stopped?.textContent).toContain("王敏可能停保了或欠了费");
  expect(within(stopped as HTMLElement).queryByRole("button")).toBeNull();
});

it("says so where nothing is seen, and whom to ask", async () => {
  render(<Causes causes={[]} question="为什么没有到？" />);
  await userEvent.setup().click(screen.getByRole("button"));
  expect(screen.getByText(/12393/)).toBeTruthy();
});

it("shows what came beside what was expected", () => {
  render(
    <OtherSums
      gaps={[
        {
          member: 1,
          account: 1,
          sub: "book",
          month: "2026-02",
          due: "2026-03-05",
          expected: "200.00",
          came: "160.00",
          causes: [],
        },
      ]}
    />,
  );
  const text = document.body.textContent ?? "";
  expect(text).toContain("2026年2月划入的钱和规定算的不一样");
  expect(text.indexOf("160.00")).toBeLessThan(text.indexOf("200.00"));
});
