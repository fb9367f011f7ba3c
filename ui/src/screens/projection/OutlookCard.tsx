import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { LowPoint, MemberCard, MemberOutlook, Projection } from "../../api/bindings";
import { Amount, AssumedBadge, buttonLook, Card, Facts, Unknown, Words } from "../../design";
import { showDate, showDays, showMonth } from "../../format/dates";
import { useTexts } from "../../i18n";
import { MadeOf } from "../parts/Addends";
import { BalanceView } from "./BalanceView";
import { MonthTable } from "./MonthTable";
import { isInTheDark, isNothing } from "./rows";
import { ToReturn } from "./ToReturn";

type Props = {
  projection: Projection;
  outlook: MemberOutlook;
  card: MemberCard | undefined;
  name: string;
};

/** 一位成员的结论 — next credit, lowest point, when it runs short, how much cash is needed. */
export function OutlookCard({ projection, outlook, card, name }: Props) {
  const { say } = useTexts();
  const hasPlans = projection.events.some(
    ({ kind, member }) => kind === "spending" && member === outlook.member,
  );
  const cashRows = useCashRows(outlook, projection.until);
  if (outlook.account === null) {
    return (
      <Card title={name} level={3}>
        <p className="text-quiet">
          {say(card?.has_account === false ? "overview.no_account" : "overview.account_not_set")}
        </p>
        {hasPlans && (
          <div className="mt-3 grid gap-4">
            <Facts rows={cashRows} />
            <MonthTable projection={projection} member={outlook.member} name={name} />
          </div>
        )}
      </Card>
    );
  }
  return (
    <Card title={name} level={3} aside={<span className="text-sm text-quiet">{card?.place}</span>}>
      <div className="grid gap-4">
        {isInTheDark(outlook) ? (
          <InTheDark outlook={outlook} />
        ) : (
          <>
            <Outlook
              projection={projection}
              outlook={outlook}
              card={card}
              cashRows={hasPlans ? cashRows : []}
            />
            <ToReturn outlook={outlook} name={name} />
            <BalanceView projection={projection} outlook={outlook} name={name} />
          </>
        )}
      </div>
    </Card>
  );
}

/** What is there today, and one way to more. */
function InTheDark({ outlook }: { outlook: MemberOutlook }) {
  const { say } = useTexts();
  return (
    <>
      <Facts
        rows={[{ name: say("overview.balance"), value: <Amount value={outlook.balance} /> }]}
      />
      <p>{say("projection.in_the_dark")}</p>
      <p>
        <Link
          to="/members/$id"
          params={{ id: String(outlook.member) }}
          className={buttonLook("plain", true)}
        >
          {say("projection.to_account")}
        </Link>
      </p>
    </>
  );
}

type OutlookProps = Omit<Props, "name"> & { cashRows: ReturnType<typeof useCashRows> };

function Outlook({ projection, outlook, card, cashRows }: OutlookProps) {
  const { say } = useTexts();
  const { next_credit: next, lowest_before_credit: before, lowest } = outlook;
  // Without rules or without a balance nobody can say that the money lasts.
  const isOpen = card?.has_rules === false || lowest === null || lowest.amount === "unknown";
  return (
    <Facts
      rows={[
        { name: say("overview.balance"), value: <Amount value={outlook.balance} /> },
        { name: say("overview.next_credit"), value: next ? <Next next={next} /> : <Unknown /> },
        { name: say("overview.lowest"), value: before ? <Level low={before} /> : <Unknown /> },
        { name: say("projection.lowest"), value: lowest ? <Level low={lowest} /> : <Unknown /> },
        {
          name: say("overview.run_out"),
          value: <RunsOut outlook={outlook} until={projection.until} isOpen={isOpen} />,
        },
        ...cashRows,
      ]}
    />
  );
}

/** An amount and its day: beside one another, or the day below. */
function Pair({ children }: { children: ReactNode }) {
  return <span className="flex flex-wrap items-baseline gap-x-3">{children}</span>;
}

function Next({ next }: { next: NonNullable<MemberOutlook["next_credit"]> }) {
  const { say, language } = useTexts();
  return (
    <Pair>
      <Amount value={next.net} signed />
      <span className="text-quiet">
        <Words>
          {next.earliest && next.latest
            ? showDays(next.earliest, next.latest, language)
            : say("overview.day_unknown")}
        </Words>
      </span>
      {next.assumed && <AssumedBadge />}
    </Pair>
  );
}

function Level({ low }: { low: LowPoint }) {
  const { tell, language } = useTexts();
  return (
    <Pair>
      <Amount value={low.amount} />
      {low.amount !== "unknown" && (
        <span className="text-quiet">
          <Words>{showDate(low.on, language)}</Words>
          {low.because && (
            <>
              {" · "}
              <Words>{tell(low.because.what)}</Words>
            </>
          )}
        </span>
      )}
    </Pair>
  );
}

type RunsOutProps = { outlook: MemberOutlook; until: string; isOpen: boolean };

function RunsOut({ outlook, until, isOpen }: RunsOutProps) {
  const { say, language } = useTexts();
  const { run_out: out } = outlook;
  if (!out) {
    return isOpen ? (
      <Unknown />
    ) : (
      <Words>{say("projection.lasts", { date: showDate(until, language) })}</Words>
    );
  }
  return (
    <Pair>
      <span className="font-semibold text-bad">
        <Words>
          {out.latest
            ? showDays(out.earliest, out.latest, language)
            : say("projection.from_day", { date: showDate(out.earliest, language) })}
        </Words>
      </span>
      <span>
        {say("overview.short")} <Amount value={out.short} />
      </span>
      {out.latest === null && (
        <span className="w-full text-sm text-quiet">{say("overview.maybe_never")}</span>
      )}
    </Pair>
  );
}

/** 现金 — when first, and how much in all. */
function useCashRows(outlook: MemberOutlook, until: string) {
  const { say, language } = useTexts();
  const { cash, cash_of: of, cash_peak: peak, first_cash: first } = outlook;
  const title = say("projection.cash_in_all", { date: showDate(until, language) });
  const inAll = {
    name: title,
    value: (
      <Pair>
        <Amount value={cash} />
        <MadeOf of={of} title={title} />
      </Pair>
    ),
  };
  if (isNothing(cash)) {
    return [{ ...inAll, value: <Words>{say("projection.no_cash")}</Words> }];
  }
  const most = {
    name: say("projection.cash_peak"),
    value: peak && (
      <Pair>
        <Amount value={peak.cash} />
        {peak.cash !== "unknown" && (
          <span className="text-quiet">
            <Words>{showMonth(peak.month, language)}</Words>
          </span>
        )}
        <MadeOf of={peak.of} title={say("projection.cash_peak")} />
      </Pair>
    ),
  };
  return [
    ...(first ? [{ name: say("projection.first_cash"), value: <Level low={first} /> }] : []),
    ...(peak ? [most] : []),
    inAll,
  ];
}
