import type { MemberCard } from "../../api/bindings";
import { type FieldBasics, SelectField } from "../../design";
import { useTexts } from "../../i18n";

type Props = FieldBasics & {
  cards: MemberCard[];
  value: string | null;
  onChange: (id: string) => void;
  /** A first choice that is no member, such as 「全家」. */
  first?: { id: string; name: string };
};

/** 成员 — chosen by name, with the place of insurance beside it, since two may share a name. */
export function MemberField({ cards, first, value, onChange, ...basics }: Props) {
  const { say } = useTexts();
  const people = cards.map(({ member, place, enrollment }) => ({
    id: String(member.id),
    name: member.name,
    note: enrollment
      ? `${place} · ${say(`scheme.${enrollment.scheme}`)}`
      : say("overview.not_enrolled"),
  }));
  return (
    <SelectField
      {...basics}
      placeholder={say("field.optional_choice")}
      value={value}
      onChange={onChange}
      options={first ? [first, ...people] : people}
    />
  );
}
