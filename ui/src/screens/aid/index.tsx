import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { HeartHandshake } from "lucide-react";
import { useState } from "react";
import { asks } from "../../api/asks";
import { useReadOnly } from "../../app/status";
import { Button, buttonLook, EmptyState, ErrorNotice, Page, Waiting, Words } from "../../design";
import { useTexts } from "../../i18n";
import { useFamily, useWantedMember } from "../parts/household";
import { byRecipient } from "./groups";
import { KindsOfAid } from "./KindsOfAid";
import { NewBinding } from "./NewBinding";
import { NobodyYet } from "./NobodyYet";
import { RecipientCard } from "./RecipientCard";

/** 共济 — who may pay for whom, whether the rules allow it today, and what else can be done. */
export function AidScreen() {
  const { say } = useTexts();
  const readOnly = useReadOnly();
  const family = useFamily();
  const bindings = useQuery(asks.bindings());
  const wanted = useWantedMember();
  const [adding, setAdding] = useState(false);
  const failed = bindings.error ?? family.error;
  const groups = byRecipient(bindings.data?.bindings ?? [], wanted);
  // Whom nobody pays for yet is said too.
  const others = family.cards
    .filter(({ member }) => groups.length > 0 && member.id !== wanted)
    .filter(({ member }) => !groups.some(({ recipient }) => recipient === member.id))
    .map(({ member }) => member.name);
  const tooFew = family.cards.length < 2;
  const alone =
    groups.length > 0 && !groups.some(({ recipient }) => recipient === wanted)
      ? family.cards.find(({ member }) => member.id === wanted)
      : undefined;
  const add = (
    <Button
      look="primary"
      icon={HeartHandshake}
      isDisabled={readOnly || tooFew}
      onPress={() => setAdding(true)}
    >
      {say("aid.add")}
    </Button>
  );
  if (failed) {
    return (
      <Page title={say("aid.title")}>
        <ErrorNotice error={failed} onRetry={() => void bindings.refetch().then(family.retry)} />
      </Page>
    );
  }
  if (!bindings.data || !family.isReady) {
    return (
      <Page title={say("aid.title")}>
        <Waiting />
      </Page>
    );
  }
  return (
    <Page title={say("aid.title")} lead={say("aid.lead")} actions={groups.length > 0 && add}>
      {groups.length === 0 && (
        <EmptyState
          title={say(tooFew ? "aid.too_few" : "aid.empty")}
          action={
            tooFew ? (
              <Link to="/members" className={buttonLook("primary")}>
                {say("overview.empty.action")}
              </Link>
            ) : (
              add
            )
          }
        >
          {say("aid.empty.means")}
        </EmptyState>
      )}
      {alone && <NobodyYet card={alone} />}
      {groups.map((group) => (
        <RecipientCard key={group.recipient} group={group} />
      ))}
      {others.length > 0 && (
        <p className="text-quiet">
          <Words>{say("aid.others", { names: others.join(say("join.names")) })}</Words>
        </p>
      )}
      <KindsOfAid />
      {adding && (
        <NewBinding
          cards={family.cards}
          existing={bindings.data.bindings}
          recipient={wanted}
          onClose={() => setAdding(false)}
        />
      )}
    </Page>
  );
}
