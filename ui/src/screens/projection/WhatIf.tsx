import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asks } from "../../api/asks";
import type { MemberCard, MemberId, Relation } from "../../api/bindings";
import { useStatus } from "../../app/status";
import {
  Actions,
  Button,
  Card,
  DateField,
  ErrorNotice,
  Fields,
  MoneyField,
  RadioField,
  SelectField,
  Waiting,
  Words,
} from "../../design";
import { useTexts } from "../../i18n";
import { missing, missingChoice, moneyProblem, useProblems } from "../members/forms";
import { MemberField } from "../parts/MemberField";
import { RELATIONS } from "../parts/Verdict";
import { Compared } from "./Compared";
import { saidOf } from "./said";
import {
  EMPTY,
  KINDS,
  NOTHING,
  type Supposed,
  type SupposeForm,
  sizeOf,
  supposedToo,
} from "./suppose";

type Props = { months: number; cards: MemberCard[]; nameOf: (id: MemberId) => string };

/** 如果…… — one or several things that might be, and how the forecast would differ. Nothing is kept. */
export function WhatIf({ months, cards, nameOf }: Props) {
  const texts = useTexts();
  const { say } = texts;
  const [scenario, setScenario] = useState<Supposed>(NOTHING);
  const [form, setForm] = useState<SupposeForm>(EMPTY);
  const isAsked = sizeOf(scenario) > 0;
  const answer = useQuery({
    ...asks.projection({ months, mode: "scenario", scenario }),
    enabled: isAsked,
  });
  return (
    <Card title={say("projection.if")}>
      <div className="grid gap-4">
        <p className="text-quiet">{say("projection.if.means")}</p>
        <Suppose
          form={form}
          cards={cards}
          onChange={(change) => setForm({ ...form, ...change })}
          onDone={(whole) => {
            const more = supposedToo(scenario, whole);
            if (!more) return;
            setScenario(more);
            setForm({ ...EMPTY, kind: whole.kind });
          }}
        />
        {isAsked && (
          <div>
            <ul className="list-disc pl-5">
              {saidOf(scenario, nameOf, texts).map((text) => (
                <li key={text}>
                  <Words>{text}</Words>
                </li>
              ))}
            </ul>
            <Actions>
              <Button onPress={() => setScenario(NOTHING)}>{say("projection.if.clear")}</Button>
            </Actions>
          </div>
        )}
        {isAsked && answer.error && <ErrorNotice error={answer.error} />}
        {isAsked && answer.isPending && <Waiting />}
        {isAsked && answer.data?.comparison && (
          <Compared answer={answer.data} comparison={answer.data.comparison} nameOf={nameOf} />
        )}
      </div>
    </Card>
  );
}

type SupposeProps = {
  form: SupposeForm;
  cards: MemberCard[];
  onChange: (change: Partial<SupposeForm>) => void;
  onDone: (form: SupposeForm) => void;
};

function Suppose({ form, cards, onChange, onDone }: SupposeProps) {
  const { say, language } = useTexts();
  const { today } = useStatus();
  const { kind } = form;
  const enrollment = cards.find(({ member }) => String(member.id) === form.member)?.enrollment;
  const place = useQuery(
    asks.placeForm(enrollment?.pool ?? "", enrollment?.scheme ?? "employee", today, language),
  ).data;
  const classes = (place?.classes ?? []).filter(({ part }) => part === form.part);
  const isIllness = kind === "illness";
  const { at, submit } = useProblems(
    [
      ...missingChoice(form.member, "member", say),
      ...(kind === "share" ? missingChoice(form.recipient, "recipient", say) : []),
      ...(kind === "share" ? missingChoice(form.relation, "relation", say) : []),
      ...(isIllness && classes.length > 0 ? missingChoice(form.class, "class", say) : []),
      ...(isIllness ? moneyProblem(form.total, "total", say) : []),
      ...missing(form.on, "on", say),
    ],
    null,
  );
  return (
    <>
      <RadioField
        label={say("projection.if.kind")}
        value={kind}
        onChange={(kind) => onChange({ kind })}
        options={KINDS.map((id) => ({ id, name: say(`projection.if.${id}`) }))}
        even
      />
      <Fields>
        <MemberField
          label={say(kind === "share" ? "projection.if.donor" : "projection.if.who")}
          isRequired
          path="member"
          problem={at("member")}
          cards={cards}
          value={form.member}
          onChange={(member) => onChange({ member, class: null })}
        />
        {kind === "share" && (
          <>
            <MemberField
              label={say("projection.if.recipient")}
              isRequired
              path="recipient"
              problem={at("recipient")}
              cards={cards}
              value={form.recipient}
              onChange={(recipient) => onChange({ recipient })}
            />
            <SelectField
              label={say("projection.if.relation")}
              isRequired
              path="relation"
              problem={at("relation")}
              placeholder={say("field.optional_choice")}
              value={form.relation}
              onChange={(relation) => onChange({ relation: relation as Relation })}
              options={RELATIONS.map((id) => ({ id, name: say(`relation.${id}`) }))}
            />
          </>
        )}
        {isIllness && (
          <SelectField
            label={say("estimate.part")}
            path="part"
            placeholder={say("field.optional_choice")}
            value={form.part}
            onChange={(part) => onChange({ part: part as SupposeForm["part"], class: null })}
            options={(["inpatient", "general_outpatient"] as const).map((id) => ({
              id,
              name: say(`part.${id}`),
            }))}
          />
        )}
        {isIllness && classes.length > 0 && (
          <SelectField
            label={say("estimate.class")}
            isRequired
            path="class"
            problem={at("class")}
            placeholder={say("field.optional_choice")}
            value={form.class}
            onChange={(id) => onChange({ class: id })}
            options={classes.map(({ id, name }) => ({ id, name }))}
          />
        )}
        {isIllness && (
          <MoneyField
            label={say("projection.if.total")}
            hint={say("plan.total.hint")}
            isRequired
            path="total"
            problem={at("total")}
            value={form.total}
            onChange={(total) => onChange({ total })}
          />
        )}
        <DateField
          label={say(`projection.if.${kind}.on`)}
          isRequired
          path="on"
          problem={at("on")}
          value={form.on}
          onChange={(on) => onChange({ on })}
        />
      </Fields>
      <Actions>
        <Button look="primary" onPress={() => submit(() => onDone(form))}>
          {say("projection.if.add")}
        </Button>
      </Actions>
    </>
  );
}
