import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asks, useWrite } from "../../api/asks";
import type { MemberDetail, PlannedPremium, PremiumDraft, Relation } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import {
  DateField,
  Fields,
  MoneyField,
  Notice,
  RadioField,
  SelectField,
  toast,
  Words,
} from "../../design";
import { useTexts } from "../../i18n";
import { useFamily } from "../parts/household";
import { FormDialog, useProblems } from "./forms";
import { RELATIONS } from "./movement";
import { PremiumToldView } from "./PremiumToldView";
import {
  ALWAYS,
  CASH,
  firstYears,
  isRelative,
  lastYears,
  payersOf,
  premiumMeant,
  premiumProblems,
  premiumStart,
  withFirstYear,
} from "./premium";

type Props = {
  detail: MemberDetail;
  /** The plan that is changed; none where one is added. */
  changed?: PlannedPremium;
  onClose: () => void;
};

/** 计划缴居民医保费 */
export function PremiumForm({ detail, changed, onClose }: Props) {
  const { say } = useTexts();
  const { today } = useStatus();
  const { cards, nameOf } = useFamily();
  const [start] = useState(() => premiumStart(detail, changed, today));
  const [form, setForm] = useState<ReturnType<typeof premiumStart>>(start);
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const name = detail.member.name;
  const draft = premiumMeant(form, detail);
  const told = useQuery(asks.premiumLook(draft));

  const write = useWrite(
    (meant: PremiumDraft) =>
      changed ? gongji.premiumSave(changed.id, meant) : gongji.premiumAdd(meant),
    () => {
      toast(say(changed ? "plan.changed" : "plan.added"));
      onClose();
    },
  );
  const { problems, at, submit } = useProblems(premiumProblems(form, detail, say), write.error);
  const last = lastYears(form, detail, changed);
  // What is typed stands by for the years of which the rules say nothing.
  const unused =
    draft?.amount != null && told.data && !told.data.stated && told.data.amount !== "unknown";
  const year = (id: string) => ({ id, name: say("premium.year_of", { year: id }) });
  return (
    <FormDialog
      title={say(changed ? "premium.change_of" : "premium.add_of", { name })}
      isDirty={form !== start}
      wide
      write={write}
      problems={problems}
      onSubmit={() => submit(() => draft && write.mutate(draft))}
      onClose={onClose}
    >
      <Fields>
        <SelectField
          label={say("premium.paid_by")}
          path="paid_by"
          problem={at("paid_by")}
          placeholder={say("field.optional_choice")}
          value={form.payer}
          onChange={(payer) => set({ payer: payer ?? CASH })}
          options={[
            { id: CASH, name: say("premium.cash") },
            ...payersOf(cards, form.payer).map((card) => ({
              id: String(card.member.id),
              name: say("premium.account_of", { name: card.member.name }),
            })),
          ]}
        />
        {isRelative(form, detail) && (
          <SelectField
            label={say("premium.relation", { name, payer: nameOf(Number(form.payer)) })}
            isRequired
            path="relation"
            problem={at("relation")}
            placeholder={say("field.optional_choice")}
            value={form.relation}
            onChange={(relation) => set({ relation: relation as Relation })}
            options={RELATIONS.map((id) => ({ id, name: say(`relation.${id}`) }))}
          />
        )}
        <SelectField
          label={say("premium.from_year")}
          path="from_year"
          problem={at("from_year") ?? at("member")}
          placeholder={say("field.optional_choice")}
          value={form.fromYear}
          onChange={(fromYear) => setForm(withFirstYear(form, fromYear, detail, changed))}
          options={firstYears(start, detail, changed, today).map(year)}
        />
        <SelectField
          label={say("premium.until_year")}
          path="until_year"
          problem={at("until_year")}
          placeholder={say("field.optional_choice")}
          value={form.untilYear}
          onChange={(untilYear) => set({ untilYear: untilYear ?? ALWAYS })}
          options={[
            ...(last.mayGoOn ? [{ id: ALWAYS, name: say("premium.always") }] : []),
            ...last.years.map(year),
          ]}
        />
      </Fields>
      <RadioField
        label={say("premium.when")}
        value={form.when}
        onChange={(when) => set({ when })}
        options={[
          { id: "last_day", name: say("premium.when.last_day") },
          { id: "own_day", name: say("premium.when.own_day") },
        ]}
      />
      {form.when === "own_day" && (
        <Fields>
          <DateField
            label={say("premium.pay_on", { year: form.fromYear })}
            hint={say("premium.pay_on.hint")}
            isRequired
            path="pay_on"
            problem={at("pay_on")}
            value={form.payOn}
            onChange={(payOn) => set({ payOn })}
          />
        </Fields>
      )}
      <Fields>
        <MoneyField
          label={say("premium.stated")}
          hint={say("premium.stated.hint")}
          path="amount"
          problem={at("amount")}
          value={form.amount}
          onChange={(amount) => set({ amount })}
        />
      </Fields>
      {unused && (
        <Notice tone="info">
          <Words>{say("premium.stated.unused", { year: form.fromYear })}</Words>
        </Notice>
      )}
      {told.data && <PremiumToldView told={told.data} />}
    </FormDialog>
  );
}
