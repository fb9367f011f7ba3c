import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { Table } from "../src/design";

afterEach(cleanup);

const rows = Array.from({ length: 30 }, (_, index) => index + 1);
const table = (first?: number, step?: number) => (
  <Table
    caption="days"
    rows={rows}
    rowKey={(row) => row}
    first={first}
    step={step}
    columns={[{ key: "day", head: "day", cell: (row) => `day ${row}` }]}
  />
);
const bodyRows = () =>
  within(screen.getAllByRole("rowgroup")[1] as HTMLElement).getAllByRole("row");

it("begins with its first rows; a press shows the others and goes on at the first of them", async () => {
  render(table(12));
  expect(bodyRows()).toHaveLength(12);
  await userEvent.setup().click(screen.getByRole("button"));
  expect(bodyRows()).toHaveLength(30);
  expect(screen.queryByRole("button")).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(bodyRows()[12]));
});

it("shows all its rows where no number is given", () => {
  render(table());
  expect(bodyRows()).toHaveLength(30);
  expect(screen.queryByRole("button")).toBeNull();
});

it("shows so many more a press where there may be very many, and tells how many there are", async () => {
  const user = userEvent.setup();
  render(table(8, 10));
  expect(bodyRows()).toHaveLength(8);
  await user.click(screen.getByRole("button", { name: /10/ }));
  expect(bodyRows()).toHaveLength(18);
  await waitFor(() => expect(document.activeElement).toBe(bodyRows()[8]));
  await user.click(screen.getByRole("button", { name: /10/ }));
  // The last two are not worth a press of their own.
  expect(bodyRows()).toHaveLength(30);
  expect(screen.queryByRole("button")).toBeNull();
});
