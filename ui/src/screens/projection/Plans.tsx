import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asks } from "../../api/asks";
import type { MemberCard, MemberId } from "../../api/bindings";
import { Card, ErrorNotice, Fields, Waiting } from "../../design";
import { useTexts } from "../../i18n";
import { PlansCard } from "../members/PlansCard";
import { PremiumsCard } from "../members/PremiumsCard";
import { MemberField } from "../parts/MemberField";

/** 计划支出 of the member that is looked at; of the whole family, of the one that is chosen here. */
export function Plans({ member, cards }: { member: MemberId | null; cards: MemberCard[] }) {
  const { say } = useTexts();
  const [chosen, setChosen] = useState<string | null>(null);
  if (member !== null) return <PlansOf member={member} />;
  const known = cards.some((card) => String(card.member.id) === chosen);
  return (
    <>
      <Card title={say("projection.plans")}>
        <Fields>
          <MemberField
            label={say("projection.plans.choose")}
            cards={cards}
            value={known ? chosen : null}
            onChange={setChosen}
          />
        </Fields>
      </Card>
      {known && <PlansOf member={Number(chosen)} />}
    </>
  );
}

function PlansOf({ member }: { member: MemberId }) {
  const { say } = useTexts();
  const detail = useQuery(asks.memberDetail(member));
  if (detail.error) {
    return <ErrorNotice error={detail.error} onRetry={() => void detail.refetch()} />;
  }
  return detail.data ? (
    <>
      <PlansCard key={member} detail={detail.data} title={say("projection.plans")} />
      <PremiumsCard key={`premiums-${member}`} detail={detail.data} />
    </>
  ) : (
    <Waiting />
  );
}
