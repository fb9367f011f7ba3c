import { useMutation } from "@tanstack/react-query";
import { HeartHandshake, Trash2 } from "lucide-react";
import { useState } from "react";
import type { AidVerdict, ApiError, Relation, SetupBinding } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import {
  Actions,
  Button,
  Card,
  DateField,
  EmptyState,
  ErrorNotice,
  Fields,
  SelectField,
  Words,
} from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { RELATIONS, Verdict } from "../parts/Verdict";
import { setupDraft, useSetupDraft } from "./draft";
import { typingProblems } from "./problems";

/** 第四步 — who lets whom pay from the own account; what the rules forbid is refused at once. */
export function BindingsStep({ onMembers }: { onMembers: () => void }) {
  const { say, language } = useTexts();
  const { form, setForm } = useSetupDraft();
  const nameOf = (index: number) =>
    form.members[index]?.name.trim() || say("setup.member.number", { n: index + 1 });
  if (form.members.length < 2) {
    return (
      <EmptyState
        title={say("setup.bindings.few")}
        action={<Button onPress={onMembers}>{say("setup.to_members")}</Button>}
      >
        {say("setup.bindings.few.means")}
      </EmptyState>
    );
  }
  return (
    <>
      <p className="text-quiet">{say("setup.bindings.lead")}</p>
      {form.bindings.length > 0 && (
        <ul className="grid gap-2">
          {form.bindings.map((binding, index) => (
            <li
              key={`${binding.donor}-${binding.recipient}`}
              className="flex flex-wrap items-center justify-between gap-2 rounded-lg border border-line bg-surface px-4 py-2"
            >
              <span>
                <Words>
                  {say("setup.binding.line", {
                    donor: nameOf(binding.donor),
                    recipient: nameOf(binding.recipient),
                    relation: say(`relation.${binding.relation}`),
                    date: showDate(binding.bound_on, language),
                  })}
                </Words>
              </span>
              <Button
                small
                look="quiet"
                icon={Trash2}
                onPress={() =>
                  setForm((before) => ({
                    ...before,
                    bindings: before.bindings.filter((_, position) => position !== index),
                  }))
                }
              >
                {say("setup.binding.remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <NewBinding nameOf={nameOf} />
    </>
  );
}

function NewBinding({ nameOf }: { nameOf: (index: number) => string }) {
  const { say } = useTexts();
  const { form, setForm } = useSetupDraft();
  const { today } = useStatus();
  const [donor, setDonor] = useState<string | null>(null);
  const [recipient, setRecipient] = useState<string | null>(null);
  const [relation, setRelation] = useState<Relation | null>(null);
  const [boundOn, setBoundOn] = useState<string | null>(today);
  const [tried, setTried] = useState(false);
  const unchosen = (value: unknown) =>
    tried && value === null ? say("field.missing_choice") : null;
  const unsent = typingProblems(form, say);
  const twice = form.bindings.some(
    (one) => one.donor === Number(donor) && one.recipient === Number(recipient),
  );
  const same = donor !== null && donor === recipient;

  const check = useMutation<AidVerdict, ApiError, SetupBinding>({
    mutationFn: (binding) =>
      gongji.setupBindingCheck(setupDraft(form, say("setup.unnamed")), binding),
    onSuccess: (verdict, binding) => {
      if (verdict.allowed === "no") return;
      setForm((before) => ({ ...before, bindings: [...before.bindings, binding] }));
      setRecipient(null);
      setRelation(null);
      setTried(false);
    },
  });
  const add = () => {
    setTried(true);
    if (donor === null || recipient === null || !relation || !boundOn || same || twice) return;
    check.mutate({
      donor: Number(donor),
      recipient: Number(recipient),
      relation,
      bound_on: boundOn,
    });
  };
  const people = form.members.map((_, index) => ({ id: String(index), name: nameOf(index) }));
  const clash = tried && same ? say("binding.same") : tried && twice ? say("binding.twice") : null;
  return (
    <Card level={3} title={say("setup.binding.new")}>
      <div className="grid gap-4">
        <Fields>
          <SelectField
            label={say("binding.donor")}
            hint={say("binding.donor.hint")}
            placeholder={say("field.optional_choice")}
            value={donor}
            onChange={setDonor}
            options={people}
            problem={unchosen(donor)}
          />
          <SelectField
            label={say("binding.recipient")}
            hint={say("binding.recipient.hint")}
            placeholder={say("field.optional_choice")}
            value={recipient}
            onChange={setRecipient}
            options={people}
            problem={unchosen(recipient) ?? clash}
          />
          <SelectField
            label={say("binding.relation")}
            hint={say("binding.relation.hint")}
            placeholder={say("field.optional_choice")}
            value={relation}
            onChange={(id) => setRelation(id as Relation)}
            options={RELATIONS.map((id) => ({ id, name: say(`relation.${id}`) }))}
            problem={unchosen(relation)}
          />
          <DateField
            label={say("binding.bound_on")}
            value={boundOn}
            onChange={setBoundOn}
            problem={tried && boundOn === null ? say("field.missing") : null}
          />
        </Fields>
        <Actions>
          <Button
            icon={HeartHandshake}
            isPending={check.isPending}
            isDisabled={unsent.length > 0}
            onPress={add}
          >
            {say("setup.binding.add")}
          </Button>
        </Actions>
        {unsent.length > 0 && <p className="text-sm text-bad">{say("setup.binding.mend_first")}</p>}
        {check.error && <ErrorNotice error={check.error} />}
        {check.data && <Verdict verdict={check.data} />}
      </div>
    </Card>
  );
}
