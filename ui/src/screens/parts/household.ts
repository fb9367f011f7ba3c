import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { asks } from "../../api/asks";
import type { MemberCard, MemberId } from "../../api/bindings";

/** The household as the screens need it: every member with place and account, and their names. */
export function useFamily() {
  const { data, error, refetch } = useQuery(asks.overview());
  const cards: MemberCard[] = data?.cards ?? [];
  const nameOf = (id: MemberId) => cards.find((card) => card.member.id === id)?.member.name ?? "";
  return { cards, nameOf, isReady: data !== undefined, error, retry: () => void refetch() };
}

/** The member that the address asks for, as `?member=2`. */
export function useWantedMember(): MemberId | null {
  const id = Number.parseInt(String(useSearch({ strict: false }).member), 10);
  return id > 0 ? id : null;
}

/** Goes along when the address asks for another member while the screen is already open. */
export function useFollowing(follow: (wanted: MemberId) => void): void {
  const wanted = useWantedMember();
  const [followed, setFollowed] = useState(wanted);
  if (wanted === followed) return;
  setFollowed(wanted);
  if (wanted !== null) follow(wanted);
}
