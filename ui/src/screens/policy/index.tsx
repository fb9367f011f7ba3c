import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asks } from "../../api/asks";
import type { MemberCard, NaiveDate, PoolId, Scheme } from "../../api/bindings";
import { useStatus } from "../../app/status";
import {
  Card,
  DateField,
  EmptyState,
  ErrorNotice,
  Fields,
  Page,
  RadioField,
  Tabs,
  Waiting,
} from "../../design";
import { useTexts } from "../../i18n";
import { useFamily, useFollowing, useWantedMember } from "../parts/household";
import { MemberField } from "../parts/MemberField";
import { PlaceField } from "../parts/PlaceField";
import { OwnRules } from "./OwnRules";
import { PolicyParts } from "./PolicyParts";

const ELSEWHERE = "elsewhere";

/** Whose rules are looked at: a member's, or those of any place. */
type Asked = { who: string; pool: PoolId; scheme: Scheme; on: NaiveDate | null };

/** The member's own place and scheme, where they are insured anywhere. */
function placeOf(card: MemberCard | undefined): Pick<Asked, "pool" | "scheme"> {
  return {
    pool: card?.enrollment?.pool ?? "",
    scheme: card?.enrollment?.scheme ?? "employee",
  };
}

/** 政策 — what applies to a member, or in any place, on a day, and from which source. */
export function PolicyScreen() {
  const { say } = useTexts();
  const family = useFamily();
  const { today } = useStatus();
  const wanted = useWantedMember();
  const [asked, setAsked] = useState<Asked>({
    who: wanted === null ? "" : String(wanted),
    pool: "",
    scheme: "employee",
    on: today,
  });
  const set = (change: Partial<Asked>) => setAsked((before) => ({ ...before, ...change }));
  useFollowing((id) => set({ who: String(id) }));
  if (family.error) {
    return (
      <Page title={say("policy.title")}>
        <ErrorNotice error={family.error} onRetry={family.retry} />
      </Page>
    );
  }
  if (!family.isReady) {
    return (
      <Page title={say("policy.title")}>
        <Waiting />
      </Page>
    );
  }
  const insured = family.cards.find((card) => card.enrollment !== null) ?? family.cards[0];
  const who = asked.who || (insured ? String(insured.member.id) : ELSEWHERE);
  const elsewhere = who === ELSEWHERE;
  const card = family.cards.find(({ member }) => String(member.id) === who);
  const { pool, scheme } = elsewhere ? asked : placeOf(card);
  const rules = (
    <>
      <Card>
        <Fields>
          {family.cards.length > 0 && (
            <MemberField
              label={say("policy.who")}
              cards={family.cards}
              first={{ id: ELSEWHERE, name: say("policy.elsewhere") }}
              value={who}
              onChange={(id) => set({ who: id })}
            />
          )}
          {elsewhere && (
            <>
              <PlaceField
                label={say("enrollment.pool")}
                value={asked.pool}
                onChange={(id) => set({ who: ELSEWHERE, pool: id })}
              />
              <RadioField
                label={say("enrollment.scheme")}
                value={asked.scheme}
                onChange={(id) => set({ scheme: id })}
                options={[
                  { id: "employee", name: say("scheme.employee") },
                  { id: "resident", name: say("scheme.resident") },
                ]}
              />
            </>
          )}
          <DateField
            label={say("policy.on")}
            hint={say("policy.on.hint")}
            value={asked.on}
            onChange={(on) => set({ on })}
          />
        </Fields>
      </Card>
      {pool === "" ? (
        <EmptyState title={say(elsewhere ? "policy.choose_place" : "overview.not_enrolled")}>
          {!elsewhere && say("policy.not_enrolled.means")}
        </EmptyState>
      ) : (
        asked.on !== null && <Rules pool={pool} scheme={scheme} on={asked.on} />
      )}
    </>
  );
  return (
    <Page title={say("policy.title")} lead={say("policy.lead")}>
      <Tabs
        label={say("policy.title")}
        tabs={[
          { id: "rules", name: say("policy.tab.rules"), content: rules },
          { id: "own", name: say("policy.tab.own"), content: <OwnRules /> },
        ]}
      />
    </Page>
  );
}

function Rules({ pool, scheme, on }: { pool: PoolId; scheme: Scheme; on: NaiveDate }) {
  const { language } = useTexts();
  const policy = useQuery(asks.policy(pool, scheme, on, language));
  if (policy.error) {
    return <ErrorNotice error={policy.error} onRetry={() => void policy.refetch()} />;
  }
  return policy.data ? <PolicyParts key={pool + scheme} view={policy.data} /> : <Waiting />;
}
