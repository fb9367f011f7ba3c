import type { BindingRow, MemberId } from "../../api/bindings";

/** Everybody who may pay for one member: those in force in the order of registration, then the ended. */
export type Group = {
  recipient: MemberId;
  name: string;
  live: BindingRow[];
  ended: BindingRow[];
};

/** The bindings by the one who is paid for; `first` comes first. */
export function byRecipient(rows: BindingRow[], first: MemberId | null): Group[] {
  const groups = new Map<MemberId, Group>();
  for (const row of rows) {
    const { recipient, ended_on } = row.binding;
    const group = groups.get(recipient) ?? {
      recipient,
      name: row.recipient_name,
      live: [],
      ended: [],
    };
    (ended_on === null ? group.live : group.ended).push(row);
    groups.set(recipient, group);
  }
  const all = [...groups.values()];
  for (const group of all) group.live.sort((a, b) => a.binding.rank - b.binding.rank);
  return [
    ...all.filter((group) => group.recipient === first),
    ...all.filter((group) => group.recipient !== first),
  ];
}
