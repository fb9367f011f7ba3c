import type { Amount as AmountOf, MemberId, MonthRow, Projection } from "../../api/bindings";
import { Amount, Button, type Column, Popup, Table, Words } from "../../design";
import { showDate, showMonth, showMonthName } from "../../format/dates";
import { useTexts } from "../../i18n";
import { useFamily } from "../parts/household";
import { ByYear } from "./ByYear";
import { Carried, Legend } from "./Carried";
import { Figure } from "./Figure";
import { type DarkTime, eventsOf, isNothing, lightAndDark, monthsOf } from "./rows";
import { isLong, sumOf, yearsOf } from "./years";

type Props = { projection: Projection; member: MemberId; name: string };

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

/** Months of which nothing is known, in one line a stretch. */
function Dark({ times, name }: { times: DarkTime[]; name: string }) {
  const { say, language } = useTexts();
  return (
    <ul className="grid gap-1">
      {times.map(({ member, from, until }) => {
        const first = showMonth(from, language);
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

/** 按月 — one row a month of one member; over many years one row a year, which opens. */
export function MonthTable({ projection, member, name }: Props) {
  const { say } = useTexts();
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
  if (rows.length === 0) return <Dark times={dark} name={name} />;
  const columns: Column<MonthRow>[] = [
    {
      key: "month",
      head: say("projection.month"),
      tight: true,
      cell: (row) => (
        <>
          {row.assumed && <Carried />} <OfMonth projection={projection} row={row} />
        </>
      ),
    },
    ...shown.map((key) => ({
      key,
      head: say(`projection.month.${key}`),
      figures: true,
      cell: (row: MonthRow) => figure(key, row[key]),
    })),
  ];
  const years = yearsOf(rows, ({ month }) => month);
  const months = (of: MonthRow[]) => (
    <Table
      caption={say("projection.by_month.of", { name })}
      first={FIRST}
      columns={columns}
      rows={of}
      rowKey={(row) => row.month}
    />
  );
  return (
    <>
      {dark.length > 0 && (
        <div className="mb-3">
          <Dark times={dark} name={name} />
        </div>
      )}
      <Legend hasCarried={rows.some((row) => row.assumed)} />
      {isLong(years) ? (
        <ByYear years={years} level={4} about={({ rows: of }) => <AboutYear rows={of} />}>
          {({ rows: of }) => months(of)}
        </ByYear>
      ) : (
        months(rows)
      )}
    </>
  );
}

/** 这个月的几笔 — behind the name of the month. */
function OfMonth({ projection, row }: { projection: Projection; row: MonthRow }) {
  const { say, language } = useTexts();
  const month = showMonth(row.month, language);
  const title = say("projection.of_month", { month });
  return (
    <Popup
      label={title}
      trigger={
        <Button look="link" aria-label={title}>
          {month}
        </Button>
      }
    >
      {() => <Moves projection={projection} row={row} />}
    </Popup>
  );
}

/** What moves the account in the month, or asks for cash. */
function Moves({ projection, row }: { projection: Projection; row: MonthRow }) {
  const { say, tell, language } = useTexts();
  const { nameOf } = useFamily();
  const found = eventsOf(projection, row.member).filter(
    ({ event, change }) =>
      event.on.startsWith(row.month) && (event.split !== null || !isNothing(change)),
  );
  if (found.length === 0) return <p>{say("projection.of_month.none")}</p>;
  return (
    <ul className="grid gap-3">
      {found.map(({ event, change, forOther }, at) => {
        const [name, what] = [nameOf(event.member), tell(event.what)];
        const cash = forOther ? undefined : event.split?.cash_paid;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two bills may be alike, and the list never changes
          <li key={at} className="flex items-baseline justify-between gap-4">
            <span>
              <span className="text-quiet">{showDate(event.on, language)}</span>{" "}
              <Words>{forOther ? say("projection.for_other", { name, what }) : what}</Words>
            </span>
            <span className="shrink-0 text-right">
              {!isNothing(change) && <Amount value={change} signed />}
              {cash !== undefined && !isNothing(cash) && (
                <span className="block font-semibold text-bad">
                  {say("projection.cash")} <Amount value={cash} />
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** What is said of a year that is not open. */
function AboutYear({ rows }: { rows: MonthRow[] }) {
  const { say, language } = useTexts();
  const { closing, lowest, cash, unknown } = sumOf(rows);
  return (
    <>
      <span className="min-w-44">
        {say("projection.year.closing")} <Amount value={closing} />
      </span>
      {lowest && (
        <span className="min-w-60">
          <Words>
            {say("projection.year.lowest", { month: showMonthName(lowest.month, language) })}
          </Words>{" "}
          <Amount value={lowest.amount} />
        </span>
      )}
      {cash > 0 && (
        <span className="font-semibold text-bad">
          <Words>{say("projection.year.cash", { n: cash })}</Words>
        </span>
      )}
      {unknown > 0 && (
        <span className="text-warn">
          <Words>{say("projection.year.unknown", { n: unknown })}</Words>
        </span>
      )}
    </>
  );
}
