import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { asks } from "../../api/asks";
import { buttonLook, EmptyState, ErrorNotice, Page, Waiting } from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { MemberCardView } from "./MemberCardView";

/** 总览 — what is on each account, when money comes, when it runs out, and what to do then. */
export function OverviewScreen() {
  const { say, language } = useTexts();
  const overview = useQuery(asks.overview());
  const cards = overview.data?.cards ?? [];
  return (
    <Page
      title={say("nav.overview")}
      lead={
        overview.data && say("overview.lead", { date: showDate(overview.data.today, language) })
      }
    >
      {overview.error ? (
        <ErrorNotice error={overview.error} onRetry={() => void overview.refetch()} />
      ) : !overview.data ? (
        <Waiting />
      ) : cards.length === 0 ? (
        <EmptyState
          title={say("overview.empty")}
          action={
            <Link to="/members" className={buttonLook("primary")}>
              {say("overview.empty.action")}
            </Link>
          }
        >
          {say("overview.empty.means")}
        </EmptyState>
      ) : (
        <div className="columns-[26rem] gap-5">
          {cards.map((card) => (
            <div key={card.member.id} className="break-inside-avoid pb-5">
              <MemberCardView card={card} />
            </div>
          ))}
        </div>
      )}
    </Page>
  );
}
