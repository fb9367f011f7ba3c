import { useQuery } from "@tanstack/react-query";
import { asks } from "../../api/asks";
import type { EmploymentStatus, PlaceForm, Special } from "../../api/bindings";
import { useStatus } from "../../app/status";
import {
  CountField,
  DateField,
  type FieldProblem,
  Fields,
  MoneyField,
  More,
  RadioField,
  SelectField,
} from "../../design";
import { showYuan } from "../../format/money";
import { type Say, useTexts } from "../../i18n";
import { type EnrollmentForm, isRetiree } from "../setup/draft";
import { problemAt } from "../setup/problems";
import { GapFields } from "./GapFields";
import { PlaceField } from "./PlaceField";
import { RetireeFields } from "./RetireeFields";

const STATUSES: EmploymentStatus[] = ["active", "retired", "suspended", "in_arrears", "ended"];
const SPECIALS: Special[] = ["none", "hardship", "founding_era"];

/** The fields behind 「更多」. */
const IN_MORE =
  /(^|\.)(from|insured_months|special|status|pension|frozen_credit|employer|first_enrollment|back_paid|back_paid_on)$/;

type Props = {
  form: EnrollmentForm;
  onChange: (form: EnrollmentForm) => void;
  /** What stands before a field's name in Rust's errors, such as `members.0.enrollment.`. */
  at: string;
  problems: FieldProblem[];
  /** Of somebody whose history is on record: the days come first, and gaps are asked about. */
  history?: { hasEarlier: boolean };
};

function baseHint(place: PlaceForm | undefined, say: Say): string {
  const { floor, cap } = place?.base ?? {};
  return floor && cap
    ? say("enrollment.base.hint_range", { floor: showYuan(floor), cap: showYuan(cap) })
    : say("enrollment.base.hint");
}

/** 参保 — the fields of one enrollment; what a place offers comes from its rules. */
export function EnrollmentFields({ form, onChange, at, problems, history }: Props) {
  const { say, language } = useTexts();
  const { today } = useStatus();
  const place = useQuery(asks.placeForm(form.pool, form.scheme, today, language));
  const set = (change: Partial<EnrollmentForm>) => onChange({ ...form, ...change });
  const problem = (field: string) => problemAt(problems, `${at}${field}`);
  const plans = place.data?.plans ?? [];
  const employee = form.scheme === "employee";
  const begins = (
    <DateField
      label={say("enrollment.from")}
      hint={history ? undefined : say("enrollment.from.hint")}
      isRequired={history !== undefined}
      path={`${at}from`}
      problem={problem("from")}
      value={form.from}
      onChange={(from) => set({ from })}
    />
  );
  const gaps = (
    <GapFields
      hasEarlier={history?.hasEarlier ?? false}
      form={form}
      onChange={onChange}
      at={at}
      problems={problems}
    />
  );
  return (
    <div className="grid gap-4">
      <Fields>
        {history && (
          <>
            {begins}
            <DateField
              label={say("enrollment.until")}
              hint={say("enrollment.until.hint")}
              path={`${at}until`}
              problem={problem("until")}
              value={form.until}
              onChange={(until) => set({ until })}
            />
          </>
        )}
        <PlaceField
          label={say("enrollment.pool")}
          path={`${at}pool`}
          problem={problem("pool")}
          value={form.pool}
          onChange={(pool) => set({ pool, plan: "" })}
        />
        <RadioField
          label={say("enrollment.scheme")}
          path={`${at}scheme`}
          problem={problem("scheme")}
          value={form.scheme}
          onChange={(scheme) => set({ scheme, plan: "" })}
          options={[
            { id: "employee", name: say("scheme.employee") },
            { id: "resident", name: say("scheme.resident") },
          ]}
        />
        {employee && (
          <RadioField
            label={say("enrollment.status")}
            path={`${at}status`}
            problem={problem("status")}
            value={form.status === "retired" ? "retired" : "active"}
            onChange={(status) => set({ status })}
            options={[
              { id: "active", name: say("status.active") },
              { id: "retired", name: say("status.retired") },
            ]}
          />
        )}
        {plans.length > 1 && (
          <SelectField
            label={say("enrollment.plan")}
            path={`${at}plan`}
            problem={problem("plan")}
            placeholder={say("field.optional_choice")}
            value={form.plan || (plans[0]?.id ?? null)}
            onChange={(plan) => set({ plan })}
            options={plans.map((plan) => ({
              id: plan.id,
              name: plan.name,
              note: plan.has_account === false ? say("enrollment.plan.no_account") : undefined,
            }))}
          />
        )}
        {employee && form.status !== "retired" && (
          <MoneyField
            label={say("enrollment.base")}
            hint={baseHint(place.data, say)}
            path={`${at}contribution_base`}
            problem={problem("contribution_base")}
            value={form.base}
            onChange={(base) => set({ base })}
          />
        )}
        {employee && form.status === "retired" && (
          <DateField
            label={say("enrollment.retired_on")}
            hint={say("enrollment.retired_on.hint")}
            path={`${at}retired_on`}
            problem={problem("retired_on")}
            value={form.retiredOn}
            onChange={(retiredOn) => set({ retiredOn })}
          />
        )}
        {history && gaps}
      </Fields>
      <More
        label={say("enrollment.more")}
        opens={problems.some(({ path }) => path !== null && IN_MORE.test(path))}
      >
        <Fields>
          {!history && begins}
          {employee && (
            <CountField
              label={say("enrollment.months")}
              hint={say("enrollment.months.hint")}
              path={`${at}insured_months`}
              problem={problem("insured_months")}
              value={form.months}
              onChange={(months) => set({ months })}
            />
          )}
          <SelectField
            label={say("enrollment.status.all")}
            placeholder={say("field.optional_choice")}
            value={form.status}
            onChange={(status) => set({ status: status as EmploymentStatus })}
            options={STATUSES.map((id) => ({ id, name: say(`status.${id}`) }))}
          />
          <SelectField
            label={say("enrollment.special")}
            path={`${at}special`}
            problem={problem("special")}
            placeholder={say("field.optional_choice")}
            value={form.special}
            onChange={(special) => set({ special: special as Special })}
            options={SPECIALS.map((id) => ({ id, name: say(`special.${id}`) }))}
          />
          {!history && gaps}
          {place.data && isRetiree(form) && (
            <RetireeFields
              asked={place.data.of_retirees}
              form={form}
              onChange={onChange}
              at={at}
              problems={problems}
            />
          )}
        </Fields>
      </More>
    </div>
  );
}
