import { useQuery } from "@tanstack/react-query";
import { Calculator } from "lucide-react";
import { useEffect, useState } from "react";
import { asks } from "../../api/asks";
import type { ApiError, CounterNow, EstimatePrefill, MemberCard, Part } from "../../api/bindings";
import { useStatus } from "../../app/status";
import {
  Actions,
  Button,
  Card,
  DateField,
  ErrorNotice,
  ErrorSummary,
  Fields,
  MoneyField,
  Notice,
  RadioField,
  SelectField,
  Waiting,
  Words,
} from "../../design";
import { type Say, useTexts } from "../../i18n";
import type { TextKey } from "../../i18n/texts";
import { useProblems } from "../members/forms";
import { MemberField } from "../parts/MemberField";
import { type Asked, BILL_PARTS, classOf, draftOf, type EstimateForm, forMember } from "./form";
import { MoneyAtHand } from "./MoneyAtHand";
import { MoreOfVisit } from "./MoreOfVisit";
import { SoFarFields } from "./SoFarFields";

const PARTS: Part[] = ["general_outpatient", "pharmacy", "inpatient", "chronic_outpatient"];

type Props = {
  cards: MemberCard[];
  form: EstimateForm;
  onChange: (form: EstimateForm) => void;
  error: ApiError | null;
  isPending: boolean;
  onSubmit: (asked: Asked) => void;
  /** What was asked for the result that stands below; nothing before the first one. */
  shown: Asked | null;
  /** Whose result that is. */
  shownName: string;
  /** Says whether the result still answers what the form asks. */
  onStale: (isOld: boolean) => void;
};

/** The ledger's figures for this member, benefit and day. */
function usePrefill(form: EstimateForm) {
  const { today } = useStatus();
  return useQuery({
    ...asks.estimatePrefill(Number(form.member), form.part, form.settledOn ?? today),
    enabled: form.member !== null && form.settledOn !== null,
    placeholderData: (before: EstimatePrefill | undefined) => before,
  });
}

const NAMES: Record<string, TextKey> = {
  member: "estimate.member",
  settled_on: "estimate.settled_on",
  admitted_on: "estimate.admitted_on",
  class: "estimate.class",
  part: "estimate.part",
  "bill.total": "estimate.total",
  "bill.full_self_pay": "estimate.full_self_pay",
  "bill.over_limit": "estimate.over_limit",
  "bill.upfront_copay": "estimate.upfront_copay",
  "bill.not_account_payable": "estimate.not_account_payable",
};

/** What the field of a path is called in the form. */
function fieldName(path: string | null, counters: CounterNow[], say: Say): string | null {
  if (path === null) return null;
  const key = NAMES[path];
  return key
    ? say(key)
    : (counters.find((counter) => path === `so_far.${counter.id}`)?.name ?? null);
}

/** 估算表单 */
export function EstimateFields(props: Props) {
  const { cards, form, onChange } = props;
  const { say } = useTexts();
  const set = (change: Partial<EstimateForm>) => onChange({ ...form, ...change });
  const prefill = usePrefill(form);
  // Opened for somebody, the form waits for the ledger's figures, so that nothing is pushed away.
  const [opening, setOpening] = useState(true);
  if (opening && !prefill.isLoading) setOpening(false);
  const read = draftOf(form, prefill.data);
  const typing =
    "problems" in read
      ? read.problems.map(({ path, problem }) => ({ path, text: say(`field.${problem}`) }))
      : [];
  const { problems, at, submit } = useProblems(typing, props.error, [
    form.tried,
    (tried) => set({ tried }),
  ]);
  const stale =
    props.shown !== null &&
    (!("draft" in read) || JSON.stringify(read) !== JSON.stringify(props.shown));
  const { onStale } = props;
  useEffect(() => onStale(stale), [onStale, stale]);
  const counters = prefill.data?.counters ?? [];
  // In the list of problems each is named by its field; at the field its name stands above.
  const named = problems.map(({ path, text }) => {
    const label = fieldName(path, counters, say);
    return { path, text: label ? say("estimate.problem", { label, text }) : text };
  });
  const atField = props.error?.code === "input" && props.error.field !== null;
  const card = cards.find(({ member }) => String(member.id) === form.member);
  const waits = prefill.data === undefined && prefill.error === null;
  if (opening) return <Waiting />;
  return (
    <>
      <Card title={say("estimate.visit")}>
        <div className="grid gap-4">
          <Fields>
            <MemberField
              label={say("estimate.member")}
              path="member"
              isRequired
              cards={cards}
              value={form.member}
              problem={at("member")}
              onChange={(member) => onChange(forMember(form, member))}
            />
            <DateField
              label={say(
                form.part === "inpatient" ? "estimate.discharged_on" : "estimate.settled_on",
              )}
              path="settled_on"
              isRequired
              value={form.settledOn}
              problem={at("settled_on")}
              onChange={(settledOn) => set({ settledOn })}
            />
            {form.part === "inpatient" && (
              <DateField
                label={say("estimate.admitted_on")}
                hint={say("estimate.admitted_on.hint")}
                path="admitted_on"
                value={form.admittedOn}
                problem={at("admitted_on")}
                onChange={(admittedOn) => set({ admittedOn })}
              />
            )}
          </Fields>
          <RadioField
            label={say("estimate.part")}
            path="part"
            value={form.part}
            problem={at("part")}
            onChange={(part) => set({ part, class: null, soFar: {} })}
            options={PARTS.map((id) => ({ id, name: say(`part.${id}`) }))}
          />
          {prefill.error && <ErrorNotice error={prefill.error} />}
          {prefill.data && !prefill.data.has_rules && (
            <Notice
              tone="warn"
              title={say("estimate.no_rules", {
                place: card?.place ?? "",
                part: say(`part.${form.part}`),
              })}
            >
              {say("estimate.no_rules.means")}
            </Notice>
          )}
          {(waits ? form.part !== "pharmacy" : (prefill.data?.classes.length ?? 0) > 0) && (
            <Fields>
              <SelectField
                label={say("estimate.class")}
                hint={say("estimate.class.hint")}
                path="class"
                isRequired
                isDisabled={waits}
                placeholder={say(waits ? "estimate.class.waits" : "field.optional_choice")}
                value={classOf(form, prefill.data)}
                problem={at("class")}
                onChange={(id) => set({ class: id })}
                options={prefill.data?.classes ?? []}
              />
            </Fields>
          )}
        </div>
      </Card>
      <Card title={say("estimate.bill")}>
        <div className="grid gap-4">
          <p className="text-quiet">
            <Words>{say("estimate.bill.lead")}</Words>
          </p>
          <Fields>
            <MoneyField
              label={say("estimate.total")}
              hint={say("estimate.total.hint")}
              path="bill.total"
              isRequired
              value={form.total}
              problem={at("bill.total") ?? at("bill")}
              onChange={(total) => set({ total })}
            />
          </Fields>
          <Fields>
            {BILL_PARTS.map(({ key, path, text }) => (
              <MoneyField
                key={key}
                label={say(`estimate.${text}`)}
                hint={say(`estimate.${text}.hint`)}
                path={path}
                value={form[key]}
                problem={at(path)}
                onChange={(value) => set({ [key]: value })}
              />
            ))}
          </Fields>
          <MoreOfVisit
            form={form}
            asksContract={prefill.data?.asks_contract === true}
            at={at}
            onChange={onChange}
          />
        </div>
      </Card>
      {waits && (
        <>
          <Card title={say("estimate.so_far")}>
            <p className="text-quiet">{say("estimate.so_far.waits")}</p>
          </Card>
          <Card title={say("estimate.at_hand")}>
            <p className="text-quiet">{say("estimate.at_hand.waits")}</p>
          </Card>
        </>
      )}
      {counters.length > 0 && (
        <SoFarFields form={form} counters={counters} onChange={onChange} at={at} />
      )}
      {prefill.data && card && (
        <MoneyAtHand
          card={card}
          prefill={prefill.data}
          useAccount={form.useAccount}
          onChange={(useAccount) => set({ useAccount })}
        />
      )}
      <ErrorSummary problems={named} />
      {props.error && !atField && <ErrorNotice error={props.error} />}
      <Actions>
        <Button
          look="primary"
          icon={Calculator}
          isPending={props.isPending}
          onPress={() => submit(() => "draft" in read && props.onSubmit(read))}
        >
          {say(props.shown ? "estimate.again" : "estimate.run")}
        </Button>
        {stale && (
          <p role="status" className="font-medium text-warn">
            <Words>
              {problems.length > 0
                ? say("estimate.stale.fix", { name: props.shownName })
                : say("estimate.stale")}
            </Words>
          </p>
        )}
      </Actions>
    </>
  );
}
