import type { HabitOutlook, HabitRow, MemberId } from "../../api/bindings";
import { Amount, Card, Facts, More, Table, Words } from "../../design";
import { showMonth } from "../../format/dates";
import { useTexts } from "../../i18n";
import { Figure } from "./Figure";

type Props = { habits: HabitOutlook[]; nameOf: (id: MemberId) => string };

const FIGURES = ["planned", "more", "cash", "closing"] as const;

/** 加上平时的花费 — a line of its own a member, never mixed with what is planned. */
export function Usual({ habits, nameOf }: Props) {
  const { say } = useTexts();
  return (
    <Card title={say("projection.usual")}>
      <div className="grid gap-4">
        <p className="text-quiet">{say("projection.usual.means")}</p>
        {habits.map((outlook) => (
          <section key={outlook.habit.member}>
            <h3 className="mb-1 font-semibold">{nameOf(outlook.habit.member)}</h3>
            <UsualOf outlook={outlook} name={nameOf(outlook.habit.member)} />
          </section>
        ))}
      </div>
    </Card>
  );
}

function UsualOf({ outlook, name }: { outlook: HabitOutlook; name: string }) {
  const { say, language } = useTexts();
  const { habit, months, short_in: short } = outlook;
  if (habit.usual === null) {
    return (
      <p>
        <Words>
          {say("projection.usual.missing", {
            has: String(habit.months.length),
            missing: String(habit.missing),
          })}
        </Words>
      </p>
    );
  }
  return (
    <div className="grid gap-2">
      <Facts
        rows={[
          {
            name: say("projection.usual.month", { n: String(habit.months.length) }),
            value: <Amount value={habit.usual} />,
          },
          {
            name: say("projection.usual.short"),
            value: short ? showMonth(short, language) : say("projection.usual.lasts"),
          },
          { name: say("projection.usual.cash"), value: <Amount value={outlook.cash} /> },
          { name: say("projection.usual.closing"), value: <Amount value={outlook.closing} /> },
        ]}
      />
      <More label={say("projection.usual.by_month")}>
        <Table
          caption={say("projection.usual.of", { name })}
          first={12}
          rows={months}
          rowKey={(row) => row.month}
          columns={[
            {
              key: "month",
              head: say("projection.month"),
              tight: true,
              cell: (row) => showMonth(row.month, language),
            },
            ...FIGURES.map((key) => ({
              key,
              head: say(`projection.usual.${key}`),
              figures: true,
              cell: (row: HabitRow) => <Figure value={row[key]} />,
            })),
          ]}
        />
      </More>
    </div>
  );
}
