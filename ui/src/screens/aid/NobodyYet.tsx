import type { MemberCard } from "../../api/bindings";
import { Card, Notice, Words } from "../../design";
import { useTexts } from "../../i18n";

/** 还没有人 — the page was opened for somebody for whom nobody's account may pay yet. */
export function NobodyYet({ card }: { card: MemberCard }) {
  const { say } = useTexts();
  const { name } = card.member;
  return (
    <Card title={say("aid.for", { name })}>
      <div className="grid gap-3">
        <p>{say("aid.none_live")}</p>
        <p>
          <Words>{say("aid.nobody.try", { name })}</Words>
        </p>
        {card.enrollment && card.has_rules === false && (
          <Notice tone="warn" title={say("place.unknown", { name: card.place })}>
            <p>
              <Words>{say("aid.nobody.no_rules", { name })}</Words>
            </p>
          </Notice>
        )}
      </div>
    </Card>
  );
}
