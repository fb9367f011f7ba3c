import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronRight, UserPlus } from "lucide-react";
import { useState } from "react";
import { asks } from "../../api/asks";
import type { MemberCard } from "../../api/bindings";
import { useReadOnly } from "../../app/status";
import { Amount, Button, EmptyState, ErrorNotice, Page, Waiting } from "../../design";
import { useTexts } from "../../i18n";
import { WhoWhere } from "../parts/WhoWhere";
import { AddMember } from "./AddMember";

function MemberLine({ card }: { card: MemberCard }) {
  const { say } = useTexts();
  const { member } = card;
  return (
    <li>
      <Link
        to="/members/$id"
        params={{ id: String(member.id) }}
        className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 rounded-xl border border-line bg-surface px-5 py-4 text-ink no-underline hover:border-accent"
      >
        <span className="min-w-0">
          <span className="block text-lg font-semibold">{member.name}</span>
          <span className="text-quiet">
            <WhoWhere card={card} />
          </span>
        </span>
        <span className="ml-auto flex items-center gap-3">
          {card.account !== null ? (
            <span className="text-right">
              <span className="block text-sm text-quiet">{say("overview.balance")}</span>
              <span className="text-xl font-semibold">
                <Amount value={card.balance} />
              </span>
            </span>
          ) : (
            card.has_account === false && (
              <span className="text-quiet">{say("members.no_account")}</span>
            )
          )}
          <ChevronRight aria-hidden className="size-5 shrink-0 text-quiet" />
        </span>
      </Link>
    </li>
  );
}

/** 成员与账户 */
export function MembersScreen() {
  const { say } = useTexts();
  const readOnly = useReadOnly();
  const overview = useQuery(asks.overview());
  const [adding, setAdding] = useState(false);
  const add = (
    <Button look="primary" icon={UserPlus} isDisabled={readOnly} onPress={() => setAdding(true)}>
      {say("members.add")}
    </Button>
  );
  const cards = overview.data?.cards ?? [];
  return (
    <Page
      title={say("nav.members")}
      lead={cards.length > 0 && say("members.lead")}
      actions={cards.length > 0 && add}
    >
      {overview.error ? (
        <ErrorNotice error={overview.error} onRetry={() => void overview.refetch()} />
      ) : !overview.data ? (
        <Waiting />
      ) : cards.length === 0 ? (
        <EmptyState title={say("overview.empty")} action={add}>
          {say("setup.members.empty.means")}
        </EmptyState>
      ) : (
        <ul className="grid gap-3">
          {cards.map((card) => (
            <MemberLine key={card.member.id} card={card} />
          ))}
        </ul>
      )}
      {adding && <AddMember onClose={() => setAdding(false)} />}
    </Page>
  );
}
