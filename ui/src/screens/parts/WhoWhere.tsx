import type { MemberCard } from "../../api/bindings";
import { useTexts } from "../../i18n";

/** 参保地 · 险种 · 在职或退休 — the last only where the scheme tells them apart. */
export function WhoWhere({ card }: { card: MemberCard }) {
  const { say } = useTexts();
  const { enrollment } = card;
  if (!enrollment) return <>{say("overview.not_enrolled")}</>;
  const parts = [card.place, say(`scheme.${enrollment.scheme}`)];
  if (enrollment.scheme === "employee") parts.push(say(`status.${enrollment.status}`));
  return <>{parts.join(" · ")}</>;
}
