import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import { buttonLook, EmptyState, ErrorNotice, Page, Waiting } from "../../design";
import { useTexts } from "../../i18n";
import { useFamily, useFollowing, useWantedMember } from "../parts/household";
import { EstimateFields } from "./EstimateFields";
import { type Asked, type EstimateForm, forMember, newForm } from "./form";
import { Result } from "./Result";

// What was typed stays while other screens are looked at; a form belongs to one ledger file.
const kept = new Map<string, EstimateForm>();

function useForm(): [EstimateForm, (form: EstimateForm) => void] {
  const { file, today } = useStatus();
  const wanted = useWantedMember();
  const [form, setForm] = useState(() => {
    const before = kept.get(file) ?? newForm(null, today);
    return wanted === null ? before : forMember(before, String(wanted));
  });
  useFollowing((id) => setForm((before) => forMember(before, String(id))));
  useEffect(() => {
    kept.set(file, form);
  }, [file, form]);
  return [form, setForm];
}

/** 估算 — a bill in, who pays what out, and why. */
export function EstimateScreen() {
  const { say } = useTexts();
  const family = useFamily();
  const [form, setForm] = useForm();
  const [shown, setShown] = useState<Asked | null>(null);
  const [isOld, setOld] = useState(false);
  const result = useRef<HTMLDivElement>(null);
  const estimate = useMutation({
    mutationFn: (asked: Asked) => gongji.estimate(asked.draft),
    networkMode: "always",
    onSuccess: (_, asked) => {
      setShown(asked);
      requestAnimationFrame(() => {
        result.current?.focus({ preventScroll: true });
        result.current?.scrollIntoView({ block: "start" });
      });
    },
  });
  if (family.error) {
    return (
      <Page title={say("estimate.title")}>
        <ErrorNotice error={family.error} onRetry={family.retry} />
      </Page>
    );
  }
  if (!family.isReady) {
    return (
      <Page title={say("estimate.title")}>
        <Waiting />
      </Page>
    );
  }
  const known = family.cards.some(({ member }) => String(member.id) === form.member);
  const only = family.cards.length === 1 ? String(family.cards[0]?.member.id) : null;
  const whole = known ? form : { ...form, member: only };
  return (
    <Page title={say("estimate.title")} lead={say("estimate.lead")}>
      {family.cards.length === 0 ? (
        <EmptyState
          title={say("overview.empty")}
          action={
            <Link to="/members" className={buttonLook("primary")}>
              {say("overview.empty.action")}
            </Link>
          }
        >
          {say("estimate.empty.means")}
        </EmptyState>
      ) : (
        <EstimateFields
          cards={family.cards}
          form={whole}
          onChange={setForm}
          error={estimate.error}
          isPending={estimate.isPending}
          onSubmit={estimate.mutate}
          shown={estimate.data ? shown : null}
          shownName={estimate.data?.member_name ?? ""}
          onStale={setOld}
        />
      )}
      {estimate.data && shown && (
        // Takes the focus when the answer arrives, so that it is read out.
        <div ref={result} tabIndex={-1} className="scroll-mt-4 outline-none">
          <Result view={estimate.data} asked={shown} isOld={isOld} />
        </div>
      )}
    </Page>
  );
}
