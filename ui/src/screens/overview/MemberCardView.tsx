import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { asks } from "../../api/asks";
import type { MemberCard } from "../../api/bindings";
import {
  Actions,
  Amount,
  Button,
  buttonLook,
  Card,
  Facts,
  Popup,
  Unknown,
  Words,
} from "../../design";
import { showDate, showDays } from "../../format/dates";
import { useTexts } from "../../i18n";
import { AdviceList } from "../parts/AdviceList";
import { OtherSums } from "../parts/Causes";
import { OpenList } from "../parts/OpenList";
import { WhoWhere } from "../parts/WhoWhere";
import { CreditExplained } from "./CreditExplained";
import { DueCredits } from "./DueCredits";

/** 没有个人账户 — and whose account pays instead, where one does today. */
function NoAccount({ card }: { card: MemberCard }) {
  const { say } = useTexts();
  const rows = useQuery(asks.bindings()).data?.bindings ?? [];
  const usable = rows.filter(
    ({ binding, verdict }) =>
      binding.recipient === card.member.id && !binding.ended_on && verdict.allowed === "yes",
  );
  return (
    <div className="rounded-lg bg-sunken p-3">
      <p>
        <Words>
          {say(usable.length > 0 ? "overview.no_account.helped" : "overview.no_account")}
        </Words>
      </p>
      {usable.length > 0 && (
        <ul className="mt-1">
          {usable.map(({ binding, donor_name, donor_balance }) => (
            <li key={binding.id}>
              {say("aid.uses", { donor: donor_name })} · <Amount value={donor_balance} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Balance({ card }: { card: MemberCard }) {
  const { say, language } = useTexts();
  if (card.account === null && card.has_account === false) return <NoAccount card={card} />;
  if (card.account === null) {
    return <p className="rounded-lg bg-sunken p-3">{say("overview.account_not_set")}</p>;
  }
  return (
    <div>
      <p className="text-quiet">{say("overview.balance")}</p>
      <p>
        <Amount value={card.balance} big />
      </p>
      {card.as_of && (
        <p className="text-sm text-quiet">
          <Words>{say("overview.as_of", { date: showDate(card.as_of, language) })}</Words>
        </p>
      )}
      {card.subs.length > 1 && (
        <ul className="mt-1 text-sm text-quiet">
          {card.subs.map((sub) => (
            <li key={sub.sub ?? ""} className="flex items-baseline gap-x-4">
              <span className="min-w-0 grow">
                <Words>{sub.name}</Words>
                {sub.withdrawable && ` · ${say("account.withdrawable")}`}
              </span>
              <span className="shrink-0">
                <Amount value={sub.balance} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function NextCreditLine({ card }: { card: MemberCard }) {
  const { say, language } = useTexts();
  const credit = card.next_credit;
  if (!credit) return <Unknown />;
  const from = credit.earliest ?? credit.latest;
  return (
    <span>
      <Words>
        {from ? showDays(from, credit.latest ?? from, language) : say("overview.day_unknown")}
      </Words>
      <span className="flex flex-wrap items-center gap-x-3">
        <span>
          {say("overview.net")} <Amount value={credit.net} signed />
        </span>
        <Popup label={say("credit.how")} trigger={<Button look="link">{say("credit.how")}</Button>}>
          {() => <CreditExplained credit={credit} />}
        </Popup>
      </span>
    </span>
  );
}

function RunOutLine({ card }: { card: MemberCard }) {
  const { say, language } = useTexts();
  const { run_out } = card;
  if (!run_out) {
    if (!card.has_rules || card.balance === "unknown") return <Unknown />;
    return (
      <Words>{say("overview.lasts", { date: showDate(card.projected_until, language) })}</Words>
    );
  }
  return (
    <span>
      <strong className="font-semibold text-bad">
        <Words>
          {run_out.latest
            ? showDays(run_out.earliest, run_out.latest, language)
            : say("projection.from_day", { date: showDate(run_out.earliest, language) })}
        </Words>
      </strong>
      <span className="block text-sm text-quiet">
        {say("overview.short")} <Amount value={run_out.short} />
        {run_out.latest === null && <> · {say("overview.maybe_never")}</>}
      </span>
    </span>
  );
}

function Outlook({ card }: { card: MemberCard }) {
  const { say, language } = useTexts();
  const low = card.lowest_before_credit;
  return (
    <Facts
      rows={[
        { name: say("overview.next_credit"), value: <NextCreditLine card={card} /> },
        {
          name: say("overview.lowest"),
          value: low ? (
            <span>
              <Amount value={low.amount} />
              {low.amount !== "unknown" && (
                <span className="block text-sm text-quiet">
                  <Words>{showDate(low.on, language)}</Words>
                </span>
              )}
            </span>
          ) : (
            <Unknown />
          ),
        },
        { name: say("overview.run_out"), value: <RunOutLine card={card} /> },
      ]}
    />
  );
}

/** Nothing can be said of what is to come: no rules, or no credit and no level that is known. */
const isDark = (card: MemberCard) =>
  card.next_credit === null &&
  card.run_out === null &&
  (!card.has_rules || (card.lowest_before_credit?.amount ?? "unknown") === "unknown");

/** 成员卡 */
export function MemberCardView({ card }: { card: MemberCard }) {
  const { say } = useTexts();
  // One thing to do instead of a row of 「不知道」.
  const dark = isDark(card) && card.unknown.length > 0;
  return (
    <Card
      title={card.member.name}
      aside={
        <span className="text-quiet">
          <WhoWhere card={card} />
        </span>
      }
    >
      <div className="grid gap-4">
        <Balance card={card} />
        {card.due.length > 0 && <DueCredits due={card.due} />}
        {card.other_sums.length > 0 && <OtherSums gaps={card.other_sums} />}
        {card.account !== null && !dark && <Outlook card={card} />}
        {card.advice.length > 0 && (
          <div className="border-t border-line pt-3">
            <h3 className="mb-2 font-semibold">
              {say(card.run_out ? "overview.what_then" : "overview.what_if_empty")}
            </h3>
            <AdviceList options={card.advice} />
          </div>
        )}
        <OpenList items={card.unknown} />
        <Actions>
          <Link
            to="/estimate"
            search={{ member: card.member.id }}
            className={buttonLook("plain", true)}
          >
            {say("overview.estimate")}
          </Link>
          <Link
            to="/members/$id"
            params={{ id: String(card.member.id) }}
            className={buttonLook("quiet", true)}
          >
            {say("overview.details")}
            <ChevronRight aria-hidden className="size-[1.15em] shrink-0" />
          </Link>
        </Actions>
      </div>
    </Card>
  );
}
