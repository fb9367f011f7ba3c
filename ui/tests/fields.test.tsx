import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, it } from "vitest";
import type { Amount as AmountOf } from "../src/api/bindings";
import { Amount, Dialog, ErrorSummary, MoneyField, Table, TextField } from "../src/design";
import { texts } from "../src/i18n";

afterEach(async () => {
  cleanup();
  await texts.changeLanguage("zh");
});

function Money() {
  const [value, setValue] = useState("");
  return (
    <>
      <MoneyField label="余额" value={value} onChange={setValue} />
      <output>{value}</output>
    </>
  );
}

it("tidies an amount when the field is left, and leaves what is no amount as it was typed", async () => {
  const user = userEvent.setup();
  render(<Money />);
  const field = screen.getByLabelText("余额");
  await user.type(field, "１，２３４．５");
  await user.tab();
  expect(screen.getByRole("status").textContent).toBe("1234.50");
  await user.clear(field);
  await user.type(field, "12x");
  await user.tab();
  expect(screen.getByRole("status").textContent).toBe("12x");
});

it("ties hint and problem to the field", () => {
  render(<TextField label="姓名" hint="写全名" problem="要填" value="" onChange={() => {}} />);
  const field = screen.getByLabelText("姓名");
  const described = (field.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .map((id) => document.getElementById(id)?.textContent);
  expect(described).toEqual(expect.arrayContaining(["写全名", "要填"]));
  expect(field.getAttribute("aria-invalid")).toBe("true");
});

it.each<[AmountOf, string, string]>([
  ["1234.50", "1,234.50元", "1,234.50yuan"],
  [{ min: "34.20", max: "614.20" }, "34.20 ～ 614.20元", "34.20 – 614.20yuan"],
  ["unknown", "不知道", "not known"],
])("shows %o exactly, as a range, or as not known", async (value, zh, en) => {
  const { container } = render(<Amount value={value} />);
  expect(container.textContent).toBe(zh);
  cleanup();
  await texts.changeLanguage("en");
  expect(render(<Amount value={value} />).container.textContent).toBe(en);
});

it("leads from each problem to its field and names it", async () => {
  const user = userEvent.setup();
  render(
    <>
      <ErrorSummary problems={[{ path: "bill.total", text: "这一项要填", bare: true }]} />
      <TextField label="总额" path="bill.total" value="" onChange={() => {}} />
    </>,
  );
  await user.click(await screen.findByRole("button", { name: "总额：这一项要填" }));
  expect(document.activeElement).toBe(screen.getByLabelText("总额"));
});

function Opened({ isDirty }: { isDirty: boolean }) {
  const [open, setOpen] = useState(true);
  return (
    <Dialog title="记一笔" isOpen={open} isDirty={isDirty} onClose={() => setOpen(false)}>
      <button type="button">x</button>
    </Dialog>
  );
}

it("asks before it throws away what was typed", async () => {
  const user = userEvent.setup();
  const { rerender } = render(<Opened isDirty />);
  await user.keyboard("{Escape}");
  expect(screen.getByRole("alert").textContent).toContain("填了一半");
  await user.click(screen.getByRole("button", { name: "接着填" }));
  expect(screen.queryByRole("alert")).toBeNull();
  rerender(<Opened isDirty={false} />);
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("dialog")).toBeNull();
});

it("is a real table: every row is named by its first cell, and each value knows its column", () => {
  render(
    <Table
      caption="流水"
      rows={[{ on: "3月1日", amount: "1.00" }]}
      rowKey={(row) => row.on}
      columns={[
        { key: "on", head: "日期", cell: (row) => row.on },
        {
          key: "amount",
          head: "金额",
          figures: true,
          cell: (row) => <Amount value={row.amount} />,
        },
      ]}
    />,
  );
  expect(screen.getByRole("table", { name: "流水" })).toBeTruthy();
  expect(screen.getByRole("rowheader").textContent).toBe("3月1日");
  expect(screen.getByRole("cell").getAttribute("data-head")).toBe("金额");
});

it("shows a problem that is found while somebody types without taking the focus from them", async () => {
  const user = userEvent.setup();
  function Form() {
    const [value, setValue] = useState("400");
    const problems = /^\d+$/.test(value) ? [] : [{ path: "bill.total", text: "要写成数" }];
    return (
      <>
        <TextField label="总额" path="bill.total" value={value} onChange={setValue} />
        <ErrorSummary problems={problems} />
      </>
    );
  }
  render(<Form />);
  const field = screen.getByLabelText("总额");
  await user.clear(field);
  expect(screen.getByRole("alert")).toBeTruthy();
  await user.type(field, "-5");
  expect(document.activeElement).toBe(field);
  expect((field as HTMLInputElement).value).toBe("-5");
});
