import { expect, it } from "vitest";
import type { BindingRow } from "../src/api/bindings";
import { byRecipient } from "../src/screens/aid/groups";

const row = (
  id: number,
  recipient: number,
  rank: number,
  ended: string | null = null,
): BindingRow => ({
  binding: {
    id,
    donor: 9,
    recipient,
    relation: "child",
    bound_on: "2025-01-01",
    ended_on: ended,
    rank,
  },
  donor_name: `d${id}`,
  recipient_name: `r${recipient}`,
  donor_balance: "unknown",
  verdict: {
    allowed: "yes",
    reason: { code: "x", params: {} },
    source: null,
    instead: null,
    order: null,
  },
});
const ids = (rows: BindingRow[]) => rows.map(({ binding }) => binding.id);

it("puts donors in their order of registration, the ended ones apart", () => {
  const [group] = byRecipient([row(1, 3, 2), row(2, 3, 1), row(3, 3, 1, "2025-06-01")], null);
  expect(group?.name).toBe("r3");
  expect(ids(group?.live ?? [])).toEqual([2, 1]);
  expect(ids(group?.ended ?? [])).toEqual([3]);
});

it("keeps the order of the recipients but for the one that was asked for", () => {
  const rows = [row(1, 3, 1), row(2, 5, 1), row(3, 7, 1)];
  expect(byRecipient(rows, null).map((group) => group.recipient)).toEqual([3, 5, 7]);
  expect(byRecipient(rows, 7).map((group) => group.recipient)).toEqual([7, 3, 5]);
});
