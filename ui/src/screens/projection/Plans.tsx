import { useQuery } from "@tanstack/react-query";
import { asks } from "../../api/asks";
import type { MemberId } from "../../api/bindings";
import { Card, ErrorNotice, Waiting } from "../../design";
import { useTexts } from "../../i18n";
import { PlansCard } from "../members/PlansCard";

/** 计划支出 of the member that is looked at. */
export function Plans({ member }: { member: MemberId | null }) {
  const { say } = useTexts();
  if (member === null) {
    return (
      <Card title={say("projection.plans")}>
        <p className="text-quiet">{say("projection.plans.choose")}</p>
      </Card>
    );
  }
  return <PlansOf member={member} />;
}

function PlansOf({ member }: { member: MemberId }) {
  const detail = useQuery(asks.memberDetail(member));
  if (detail.error) {
    return <ErrorNotice error={detail.error} onRetry={() => void detail.refetch()} />;
  }
  return detail.data ? <PlansCard detail={detail.data} /> : <Waiting />;
}
