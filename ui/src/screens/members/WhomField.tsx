import { useTexts } from "../../i18n";
import { useFamily } from "../parts/household";
import { MemberField } from "../parts/MemberField";

type Props = {
  /** Whose account it is; listed first. */
  owner: number;
  value: string;
  problem: string | null;
  onChange: (whom: string) => void;
};

/** 替谁付的 — of what an account paid: the owner, or a relative. */
export function WhomField({ owner, value, problem, onChange }: Props) {
  const { say } = useTexts();
  const { cards } = useFamily();
  if (cards.length < 2) return null;
  const own = cards.filter(({ member }) => member.id === owner);
  const others = cards.filter(({ member }) => member.id !== owner);
  return (
    <MemberField
      label={say("entries.whom")}
      path="for_member"
      problem={problem}
      cards={[...own, ...others]}
      value={value}
      onChange={onChange}
    />
  );
}
