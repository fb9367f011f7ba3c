import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { asks } from "../../api/asks";
import type {
  EventSplit,
  MemberId,
  PlanItemId,
  ProjectedEvent,
  Projection,
} from "../../api/bindings";
import {
  Amount,
  AssumedBadge,
  Button,
  type Column,
  ErrorNotice,
  Facts,
  Popup,
  SourceLine,
  Table,
  Unknown,
  Waiting,
  Words,
} from "../../design";
import { classes } from "../../design/classes";
import { showDays } from "../../format/dates";
import { useTexts } from "../../i18n";
import { StepList } from "../estimate/StepView";
import { GroundLine } from "../parts/Addends";
import { ByYear } from "./ByYear";
import { Carried, Legend } from "./Carried";
import { Figure } from "./Figure";
import { eventsOf, isNothing } from "./rows";
import { isLong, yearsOf } from "./years";

type Props = { projection: Projection; member: MemberId | null; nameOf: (id: MemberId) => string };

/** So many rows are seen at once, a year of one member is seldom longer; and so many more a press. */
const FIRST = 24;
const STEP = 50;

/** 按事 — what is expected on which day, what it does to the account, who pays; over many years year by year. */
export function EventTable({ projection, member, nameOf }: Props) {
  const { say, tell, language } = useTexts();
  const rows = useMemo(
    () => eventsOf(projection, member).map((row, index) => ({ ...row, index })),
    [projection, member],
  );
  const noAccount = new Set(
    projection.members.filter((one) => one.account === null).map((one) => one.member),
  );
  const columns: Column<(typeof rows)[number]>[] = [
    {
      key: "day",
      head: say("projection.day"),
      cell: ({ event }) => showDays(event.earliest, event.on, language),
    },
    {
      key: "what",
      head: say("projection.what"),
      cell: ({ event, forOther, runsOut }) => {
        const [name, what] = [nameOf(event.member), tell(event.what)];
        const isNameless = member === null && event.what.params.name === undefined;
        return (
          <div className="min-w-32">
            <Words>
              {forOther
                ? say("projection.for_other", { name, what })
                : isNameless
                  ? say("projection.of_whom", { name, what })
                  : what}
            </Words>
            {runsOut && (
              <span className="block font-semibold text-bad">{say("projection.runs_out")}</span>
            )}
            {event.only && (
              <span className="block text-sm text-quiet">
                <Words>{say("projection.only", { which: tell(event.only) })}</Words>
              </span>
            )}
            <HowSo event={event} />
          </div>
        );
      },
    },
    {
      key: "change",
      head: say("projection.change"),
      figures: true,
      cell: ({ change, event }) => (
        <>
          {isNothing(change) ? (
            "—"
          ) : event.assumed ? (
            <Carried>
              <Figure value={change} signed />
            </Carried>
          ) : (
            <Figure value={change} signed />
          )}
          {event.kind === "overdue_credit" && (
            <span className="block text-sm text-quiet">{say("projection.not_counted")}</span>
          )}
        </>
      ),
    },
    {
      key: "balance",
      head: say("projection.after"),
      figures: true,
      cell: ({ balance, event, forOther }) =>
        !forOther && noAccount.has(event.member) ? "—" : <Figure value={balance} />,
    },
  ];
  // Where nothing is paid, nobody need be named.
  if (rows.some(({ event }) => event.split)) {
    columns.push({
      key: "paid",
      head: say("projection.paid_by"),
      cell: ({ event }) => event.split && <Split split={event.split} nameOf={nameOf} />,
    });
  }
  const years = yearsOf(rows, ({ event }) => event.on);
  const table = (of: typeof rows) => (
    <Table
      caption={say("projection.by_event.unit")}
      first={FIRST}
      step={STEP}
      columns={columns}
      rows={of}
      rowKey={(row) => row.index}
      rowLook={({ event, runsOut }) =>
        runsOut ? "bg-bad-soft" : event.kind === "year_end" && "bg-sunken"
      }
    />
  );
  return (
    <>
      <Legend hasCarried={rows.some(({ event }) => event.assumed)} />
      {isLong(years) ? (
        <ByYear
          years={years}
          level={3}
          about={({ rows: of }) => <span>{say("projection.year.events", { n: of.length })}</span>}
        >
          {({ rows: of }) => table(of)}
        </ByYear>
      ) : (
        table(rows)
      )}
    </>
  );
}

/** The arithmetic of a credit, and where it comes from. */
function HowSo({ event }: { event: ProjectedEvent }) {
  const { say } = useTexts();
  const { formula, gross, withheld, sources } = event;
  const facts = [
    ...(formula ? [{ name: say("credit.formula"), value: formula }] : []),
    ...(gross ? [{ name: say("credit.gross"), value: <Amount value={gross} /> }] : []),
    ...(withheld && !isNothing(withheld)
      ? [{ name: say("credit.held_back"), value: <Amount value={withheld} /> }]
      : []),
  ];
  return (
    <span className="block">
      <Popup label={say("credit.how")} trigger={<Button look="link">{say("credit.how")}</Button>}>
        {() => (
          <>
            {facts.length > 0 && <Facts rows={facts} />}
            {event.assumed && (
              <p className="text-sm">
                <AssumedBadge /> {say("assumed.means")}
              </p>
            )}
            <GroundLine ground={event.ground} />
            {event.kind === "spending" && event.plan !== null ? (
              <BillSteps plan={event.plan} event={event} />
            ) : (
              sources.map((source) => (
                <SourceLine key={`${source.title}${source.article}`} source={source} />
              ))
            )}
          </>
        )}
      </Popup>
    </span>
  );
}

/** 一步一步怎么结的 — asked for when somebody looks. */
function BillSteps({ plan, event }: { plan: PlanItemId; event: ProjectedEvent }) {
  const { say } = useTexts();
  const found = useQuery(asks.plannedSteps(plan, event.on));
  if (found.error) return <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Waiting />;
  return (
    <>
      {typeof event.split?.cash_paid === "object" && (
        <p className="text-sm text-quiet">{say("projection.steps.dearest")}</p>
      )}
      <StepList steps={found.data} />
    </>
  );
}

/** 谁付 — only those who pay something. */
function Split({ split, nameOf }: { split: EventSplit; nameOf: (id: MemberId) => string }) {
  const { say } = useTexts();
  const shares = [
    { name: say("projection.fund"), amount: split.fund_paid, isCash: false },
    { name: say("projection.own"), amount: split.own_account_paid, isCash: false },
    ...split.aid.map(({ donor, paid }) => ({
      name: say("aid.uses", { donor: nameOf(donor) }),
      amount: paid,
      isCash: false,
    })),
    { name: say("projection.cash"), amount: split.cash_paid, isCash: true },
  ].filter(({ amount }) => !isNothing(amount));
  if (shares.every(({ amount }) => amount === "unknown")) return <Unknown />;
  return (
    // In the narrow form the amounts stand at the edge where all the others stand.
    <dl className="grid min-w-36 grid-cols-[auto_auto] justify-start gap-x-3 text-sm [[data-narrow]_&]:w-full [[data-narrow]_&]:justify-between">
      {shares.map(({ name, amount, isCash }) => (
        <div key={name} className={classes("contents", isCash && "font-semibold text-bad")}>
          <dt>{name}</dt>
          <dd className="min-w-[4.6em] text-right">
            <Amount value={amount} bare />
          </dd>
        </div>
      ))}
    </dl>
  );
}
