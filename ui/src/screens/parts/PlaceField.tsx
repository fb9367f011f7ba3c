import { useQuery } from "@tanstack/react-query";
import { asks } from "../../api/asks";
import type { PoolId } from "../../api/bindings";
import { ErrorNotice, type FieldBasics, Notice, SearchField } from "../../design";
import { useTexts } from "../../i18n";

type PlaceFieldProps = FieldBasics & { value: PoolId; onChange: (pool: PoolId) => void };

/** 参保地 — every place can be chosen; one without rules says so at once. */
export function PlaceField({ value, onChange, ...basics }: PlaceFieldProps) {
  const { say } = useTexts();
  const places = useQuery(asks.places());
  const chosen = places.data?.find((place) => place.pool === value);
  if (places.error)
    return <ErrorNotice error={places.error} onRetry={() => void places.refetch()} />;
  return (
    <div className="grid content-start gap-2">
      {/* Mounted anew when the list arrives, so that the chosen name is shown. */}
      <SearchField
        key={places.data ? "ready" : "waiting"}
        {...basics}
        value={value || null}
        onChange={onChange}
        placeholder={say("place.search")}
        empty={say("place.none")}
        options={(places.data ?? []).map((place) => ({
          id: place.pool,
          name: place.name,
          also: place.province,
          note: say(place.has_rules ? "place.with_rules" : "place.without_rules", {
            province: place.province,
          }),
        }))}
      />
      {chosen && !chosen.has_rules && (
        <Notice tone="warn" title={say("place.unknown", { name: chosen.name })}>
          {say("place.unknown.means")}
        </Notice>
      )}
    </div>
  );
}
