import type { PaidForRow } from "../../api/bindings";
import { Amount, Card, Table } from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";

/** 家人的账户付的 — the other side of what stands on a relative's account. */
export function PaidForCard({ rows }: { rows: PaidForRow[] }) {
  const { say, language } = useTexts();
  if (rows.length === 0) return null;
  return (
    <Card title={say("paid_for.title")}>
      <Table
        caption={say("paid_for.title")}
        rows={rows.map((row, place) => ({ ...row, place }))}
        rowKey={(row) => `${row.id}/${row.place}`}
        columns={[
          {
            key: "on",
            head: say("entries.on"),
            tight: true,
            cell: (row) => showDate(row.on, language),
          },
          { key: "kind", head: say("entries.what"), cell: (row) => say(`entry.${row.kind}`) },
          {
            key: "by",
            head: say("paid_for.by"),
            cell: (row) => say("paid_for.account", { name: row.by }),
          },
          {
            key: "amount",
            head: say("entries.amount"),
            figures: true,
            cell: (row) => <Amount value={row.amount} signed />,
          },
        ]}
      />
    </Card>
  );
}
