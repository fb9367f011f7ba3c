import type { Amount as AmountOf, MemberId, MonthRow, Projection } from "../../api/bindings";
import { AssumedBadge, type Column, Table } from "../../design";
import { showMonth } from "../../format/dates";
import { useTexts } from "../../i18n";
import { Figure } from "./Figure";
import { isNothing, monthsOf } from "./rows";

type Props = { projection: Projection; member: MemberId | null; nameOf: (id: MemberId) => string };

const FIGURES = [
  "opening",
  "credited",
  "own_paid",
  "aid_given",
  "aid_taken",
  "cash_paid",
  "closing",
  "lowest",
] as const satisfies (keyof MonthRow)[];

/** Levels are always shown, movements only where there are any. */
const LEVELS: string[] = ["opening", "closing", "lowest"];

/** So many rows are seen at once: a year of one member. */
const FIRST = 12;

/** 按月 — one row a month and member. */
export function MonthTable({ projection, member, nameOf }: Props) {
  const { say, language } = useTexts();
  const rows = monthsOf(projection, member);
  // A movement that never happens needs no column.
  const shown = FIGURES.filter(
    (key) => LEVELS.includes(key) || rows.some((row) => !isNothing(row[key])),
  );
  const figure = (key: string, amount: AmountOf) =>
    isNothing(amount) && !LEVELS.includes(key) ? "—" : <Figure value={amount} />;
  if (rows.length === 0) return <p className="text-quiet">{say("projection.no_months")}</p>;
  const columns: Column<MonthRow>[] = [
    {
      key: "month",
      head: say("projection.month"),
      tight: true,
      cell: (row) => (
        <>
          {showMonth(row.month, language)}
          {row.assumed && (
            <span className="block">
              <AssumedBadge />
            </span>
          )}
        </>
      ),
    },
    ...(member === null
      ? [
          {
            key: "who",
            head: say("projection.who"),
            tight: true,
            cell: (row: MonthRow) => nameOf(row.member),
          },
        ]
      : []),
    ...shown.map((key) => ({
      key,
      head: say(`projection.month.${key}`),
      figures: true,
      cell: (row: MonthRow) => figure(key, row[key]),
    })),
  ];
  return (
    <Table
      caption={say("projection.by_month.unit")}
      showCaption
      first={FIRST}
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.month}-${row.member}`}
    />
  );
}
