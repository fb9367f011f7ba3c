import type { EventSplit, MemberId, ProjectedEvent, Projection } from "../../api/bindings";
import {
  Amount,
  AssumedBadge,
  Button,
  type Column,
  Facts,
  Popup,
  SourceLine,
  Table,
  Words,
} from "../../design";
import { showDays } from "../../format/dates";
import { useTexts } from "../../i18n";
import { Figure } from "./Figure";
import { eventsOf, isNothing } from "./rows";

type Props = { projection: Projection; member: MemberId | null; nameOf: (id: MemberId) => string };

/** So many rows are seen at once; a year of one member is seldom longer. */
const FIRST = 24;

/** 按事 — what is expected on which day, what it does to the account, who pays. */
export function EventTable({ projection, member, nameOf }: Props) {
  const { say, tell, language } = useTexts();
  const rows = eventsOf(projection, member).map((row, index) => ({ ...row, index }));
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
      cell: ({ event, forOther }) => (
        <div className="min-w-36">
          {member === null && event.what.params.name === undefined && (
            <span className="font-medium">{nameOf(event.member)} </span>
          )}
          <Words>
            {forOther
              ? say("projection.for_other", { name: nameOf(event.member), what: tell(event.what) })
              : tell(event.what)}
          </Words>{" "}
          {event.assumed && <AssumedBadge />}
          <HowSo event={event} />
        </div>
      ),
    },
    {
      key: "change",
      head: say("projection.change"),
      figures: true,
      cell: ({ change, event }) => (
        <>
          {isNothing(change) ? "—" : <Figure value={change} signed />}
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
    {
      key: "paid",
      head: say("projection.paid_by"),
      cell: ({ event }) => event.split && <Split split={event.split} nameOf={nameOf} />,
    },
  ];
  return (
    <Table
      caption={say("projection.by_event.unit")}
      showCaption
      first={FIRST}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.index}
      rowLook={({ event }) =>
        event.kind === "run_out"
          ? "bg-bad-soft font-medium"
          : event.kind === "year_end" && "bg-sunken"
      }
    />
  );
}

/** The arithmetic of a credit, and where it comes from. */
function HowSo({ event }: { event: ProjectedEvent }) {
  const { say } = useTexts();
  const { formula, gross, withheld, sources } = event;
  if (formula === null && sources.length === 0) return null;
  return (
    <span className="block">
      <Popup label={say("credit.how")} trigger={<Button look="link">{say("credit.how")}</Button>}>
        {() => (
          <>
            <Facts
              rows={[
                ...(formula ? [{ name: say("credit.formula"), value: formula }] : []),
                ...(gross ? [{ name: say("credit.gross"), value: <Amount value={gross} /> }] : []),
                ...(withheld && !isNothing(withheld)
                  ? [{ name: say("credit.held_back"), value: <Amount value={withheld} /> }]
                  : []),
              ]}
            />
            {event.assumed && (
              <p className="text-sm">
                <AssumedBadge /> {say("assumed.means")}
              </p>
            )}
            {sources.map((source) => (
              <SourceLine key={`${source.title}${source.article}`} source={source} />
            ))}
          </>
        )}
      </Popup>
    </span>
  );
}

/** 谁付 — only those who pay something. */
function Split({ split, nameOf }: { split: EventSplit; nameOf: (id: MemberId) => string }) {
  const { say } = useTexts();
  const shares = [
    { name: say("projection.fund"), amount: split.fund_paid },
    { name: say("projection.own"), amount: split.own_account_paid },
    ...split.aid.map(({ donor, paid }) => ({
      name: say("projection.donor", { name: nameOf(donor) }),
      amount: paid,
    })),
    { name: say("projection.cash"), amount: split.cash_paid },
  ];
  return (
    <ul className="min-w-28 text-sm">
      {shares
        .filter(({ amount }) => !isNothing(amount))
        .map(({ name, amount }) => (
          <li key={name}>
            {name}{" "}
            <span className="whitespace-nowrap">
              <Amount value={amount} bare />
            </span>
          </li>
        ))}
    </ul>
  );
}
