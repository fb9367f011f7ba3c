import { useQuery } from "@tanstack/react-query";
import { HeartHandshake } from "lucide-react";
import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { BindingDraft, BindingRow, MemberCard, MemberId, Relation } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import {
  Actions,
  Button,
  DateField,
  Dialog,
  ErrorNotice,
  Fields,
  SelectField,
  toast,
  Words,
} from "../../design";
import { useTexts } from "../../i18n";
import { RELATIONS } from "../parts/Verdict";
import { VerdictLine } from "./VerdictLine";

type Form = {
  donor: string | null;
  recipient: string | null;
  relation: Relation | null;
  boundOn: string | null;
};

/** The complete form as Rust takes it; nothing while something is missing. */
function draftOf({ donor, recipient, relation, boundOn }: Form): BindingDraft | null {
  if (donor === null || recipient === null || relation === null || boundOn === null) return null;
  return { donor: Number(donor), recipient: Number(recipient), relation, bound_on: boundOn };
}

type Props = {
  cards: MemberCard[];
  existing: BindingRow[];
  recipient: MemberId | null;
  onClose: () => void;
};

/** 记一条共济 — the rules answer while the form is filled in. */
export function NewBinding({ cards, existing, recipient, onClose }: Props) {
  const { say } = useTexts();
  const { today } = useStatus();
  const [form, setForm] = useState<Form>({
    donor: null,
    recipient: recipient === null ? null : String(recipient),
    relation: null,
    boundOn: today,
  });
  const [tried, setTried] = useState(false);
  const set = (change: Partial<Form>) => setForm((before) => ({ ...before, ...change }));
  const draft = draftOf(form);
  const check = useQuery({
    queryKey: ["binding_check", draft],
    queryFn: () => gongji.bindingCheck(draft as BindingDraft),
    enabled: draft !== null,
  });
  const add = useWrite(gongji.bindingAdd, () => {
    toast(say("aid.added"));
    onClose();
  });
  const twice = existing.some(
    ({ binding }) =>
      binding.ended_on === null &&
      String(binding.donor) === form.donor &&
      String(binding.recipient) === form.recipient,
  );
  const unchosen = (value: string | null) =>
    tried && value === null ? say("field.missing_choice") : null;
  const people = cards.map(({ member, place, enrollment }) => ({
    id: String(member.id),
    name: member.name,
    note: enrollment ? `${place} · ${say(`scheme.${enrollment.scheme}`)}` : undefined,
  }));
  const refused = check.data?.allowed === "no";
  const nameOf = (id: string | null) => people.find((one) => one.id === id)?.name;
  const [holder, patient] = [nameOf(form.donor), nameOf(form.recipient)];
  // By their names it need not be worked out who is whose.
  const relationOf =
    holder && patient
      ? say("aid.add.relation.of", { donor: holder, recipient: patient })
      : say("aid.add.relation");
  const submit = () => {
    setTried(true);
    if (draft && !twice && !refused) add.mutate(draft);
  };
  return (
    <Dialog
      title={say("aid.add")}
      isOpen
      onClose={onClose}
      isDirty={form.donor !== null || form.relation !== null}
    >
      <p className="text-quiet">
        <Words>{say("aid.add.lead")}</Words>
      </p>
      <Fields>
        <SelectField
          label={say("aid.add.donor")}
          path="donor"
          isRequired
          placeholder={say("field.optional_choice")}
          value={form.donor}
          onChange={(donor) => set({ donor })}
          options={people}
          problem={unchosen(form.donor)}
        />
        <SelectField
          label={say("aid.add.recipient")}
          path="recipient"
          isRequired
          placeholder={say("field.optional_choice")}
          value={form.recipient}
          onChange={(id) => set({ recipient: id })}
          options={people}
          problem={unchosen(form.recipient) ?? (twice ? say("binding.twice") : null)}
        />
        <SelectField
          label={relationOf}
          path="relation"
          isRequired
          placeholder={say("field.optional_choice")}
          value={form.relation}
          onChange={(id) => set({ relation: id as Relation })}
          options={RELATIONS.map((id) => ({ id, name: say(`relation.${id}`) }))}
          problem={unchosen(form.relation)}
        />
        <DateField
          label={say("binding.bound_on")}
          path="bound_on"
          isRequired
          value={form.boundOn}
          onChange={(boundOn) => set({ boundOn })}
          problem={tried && form.boundOn === null ? say("field.missing") : null}
        />
      </Fields>
      <div aria-live="polite">
        {check.error ? (
          <ErrorNotice error={check.error} />
        ) : check.data && !twice ? (
          <div className="rounded-lg border border-line bg-paper p-3">
            <VerdictLine verdict={check.data} asked="then" />
          </div>
        ) : (
          <p className="text-sm text-quiet">{say("aid.check.waits")}</p>
        )}
        {refused && !twice && (
          <p className="mt-2">
            <Words>{say("aid.add.refused")}</Words>
          </p>
        )}
      </div>
      {add.error && <ErrorNotice error={add.error} />}
      <Actions>
        {!refused && (
          <Button
            look="primary"
            icon={HeartHandshake}
            isPending={add.isPending}
            isDisabled={twice}
            onPress={submit}
          >
            {say(check.data?.allowed === "unknown" ? "aid.add.anyway" : "aid.add.confirm")}
          </Button>
        )}
        <Button onPress={onClose}>{say("dialog.cancel")}</Button>
      </Actions>
    </Dialog>
  );
}
