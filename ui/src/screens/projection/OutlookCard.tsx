import type { ReactNode } from "react";
import type { LowPoint, MemberCard, MemberOutlook, Projection } from "../../api/bindings";
import { Amount, AssumedBadge, Card, Facts, Unknown, Words } from "../../design";
import { showDate, showDays } from "../../format/dates";
import { useTexts } from "../../i18n";
import { BalanceLine } from "./BalanceLine";

type Props = {
  projection: Projection;
  outlook: MemberOutlook;
  card: MemberCard | undefined;
  name: string;
};

/** 一位成员的结论 — next credit, lowest point, when it runs short, when cash is first needed. */
export function OutlookCard({ projection, outlook, card, name }: Props) {
  const { say, language } = useTexts();
  const until = showDate(projection.until, language);
  if (outlook.account === null) {
    return (
      <Card title={name} level={3}>
        <p className="text-quiet">
          {say(card?.has_account === false ? "overview.no_account" : "overview.account_not_set")}
        </p>
        {outlook.first_cash && (
          <p className="mt-2">
            <FirstCash point={outlook.first_cash} />
          </p>
        )}
      </Card>
    );
  }
  const { next_credit: next, lowest_before_credit: before, lowest, run_out: out } = outlook;
  // Without rules or without a balance nobody can say that the money lasts.
  const notKnown = card?.has_rules === false || lowest === null || lowest.amount === "unknown";
  const point = (low: LowPoint): ReactNode => (
    <>
      <Amount value={low.amount} />
      {low.amount !== "unknown" && (
        <span className="text-quiet">
          {" "}
          · <Words>{showDate(low.on, language)}</Words>
        </span>
      )}
    </>
  );
  return (
    <Card title={name} level={3} aside={<span className="text-sm text-quiet">{card?.place}</span>}>
      <div className="grid gap-4">
        <Facts
          rows={[
            { name: say("projection.balance"), value: <Amount value={outlook.balance} /> },
            {
              name: say("projection.next_credit"),
              value: next ? (
                <>
                  <Amount value={next.net} signed />
                  <span className="text-quiet">
                    {" · "}
                    <Words>
                      {next.earliest && next.latest
                        ? showDays(next.earliest, next.latest, language)
                        : say("overview.day_unknown")}
                    </Words>
                  </span>{" "}
                  {next.assumed && <AssumedBadge />}
                </>
              ) : (
                <Unknown />
              ),
            },
            { name: say("projection.lowest_before"), value: before ? point(before) : <Unknown /> },
            { name: say("projection.lowest"), value: lowest ? point(lowest) : <Unknown /> },
            {
              name: say("projection.run_out"),
              value: out ? (
                <>
                  <span className="font-semibold text-bad">
                    <Words>
                      {out.latest
                        ? showDays(out.earliest, out.latest, language)
                        : say("projection.from_day", { date: showDate(out.earliest, language) })}
                    </Words>
                  </span>{" "}
                  {say("overview.short")} <Amount value={out.short} />
                  {out.latest === null && (
                    <span className="block text-sm text-quiet">{say("overview.maybe_never")}</span>
                  )}
                </>
              ) : notKnown ? (
                <Unknown />
              ) : (
                say("projection.lasts", { date: until })
              ),
            },
            {
              name: say("projection.first_cash"),
              value: outlook.first_cash ? (
                <FirstCash point={outlook.first_cash} />
              ) : notKnown ? (
                <Unknown />
              ) : (
                say("projection.no_cash", { date: until })
              ),
            },
          ]}
        />
        <BalanceLine projection={projection} member={outlook.member} name={name} />
      </div>
    </Card>
  );
}

function FirstCash({ point }: { point: LowPoint }) {
  const { say, language } = useTexts();
  return (
    <>
      <Words>{showDate(point.on, language)}</Words> {say("projection.cash_of")}{" "}
      <Amount value={point.amount} />
    </>
  );
}
