import type { Amount as AmountOf, MemberId, MonthRow, Projection } from "../../api/bindings";
import { type Column, Table, Words } from "../../design";
import { showMonth } from "../../format/dates";
import { useTexts } from "../../i18n";
import { Carried, Legend } from "./Carried";
import { Figure } from "./Figure";
import { type DarkTime, isNothing, lightAndDark, monthsOf } from "./rows";

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

/** Months of which nothing is known, in one line a member. */
function Dark({ times, nameOf }: { times: DarkTime[]; nameOf: Props["nameOf"] }) {
  const { say, language } = useTexts();
  return (
    <ul className="grid gap-1">
      {times.map(({ member, from, until }) => {
        const [name, first] = [nameOf(member), showMonth(from, language)];
        return (
          <li key={`${member}-${from}`}>
            <Words>
              {from === until
                ? say("projection.month.dark_one", { name, month: first })
                : say("projection.month.dark", {
                    name,
                    from: first,
                    until: showMonth(until, language),
                  })}
            </Words>
          </li>
        );
      })}
    </ul>
  );
}

/** 按月 — one row a month and member. */
export function MonthTable({ projection, member, nameOf }: Props) {
  const { say, language } = useTexts();
  const all = monthsOf(projection, member);
  const { light: rows, dark } = lightAndDark(all);
  // A movement that never happens needs no column.
  const shown = FIGURES.filter(
    (key) => LEVELS.includes(key) || rows.some((row) => !isNothing(row[key])),
  );
  const figure = (key: string, amount: AmountOf) => {
    if (isNothing(amount) && !LEVELS.includes(key)) return "—";
    if (key !== "cash_paid") return <Figure value={amount} />;
    return (
      <strong className="font-semibold text-bad">
        <Figure value={amount} />
      </strong>
    );
  };
  if (all.length === 0) return <p className="text-quiet">{say("projection.no_months")}</p>;
  if (rows.length === 0) return <Dark times={dark} nameOf={nameOf} />;
  const columns: Column<MonthRow>[] = [
    {
      key: "month",
      head: say("projection.month"),
      tight: true,
      cell: (row) => (
        <>
          {row.assumed && <Carried />} {showMonth(row.month, language)}
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
    <>
      {dark.length > 0 && (
        <div className="mb-3">
          <Dark times={dark} nameOf={nameOf} />
        </div>
      )}
      <Legend hasCarried={rows.some((row) => row.assumed)} />
      <Table
        caption={say("projection.by_month.unit")}
        first={FIRST}
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.month}-${row.member}`}
      />
    </>
  );
}
