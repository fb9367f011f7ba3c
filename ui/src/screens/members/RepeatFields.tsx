import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { asks } from "../../api/asks";
import type { DayOfWeek } from "../../api/bindings";
import {
  Button,
  CheckField,
  CountField,
  DateField,
  Fields,
  SelectField,
  Words,
} from "../../design";
import { showDate } from "../../format/dates";
import { type Say, useTexts } from "../../i18n";
import {
  ENDS,
  isUsualNow,
  PLACES,
  type RepeatForm,
  repeatMeant,
  UNITS,
  USUAL,
  WEEKDAYS,
} from "./repeat";

type Props = {
  form: RepeatForm;
  firstOn: string | null;
  /** What is wrong at a field. */
  at: (path: string) => string | null;
  onChange: (change: Partial<RepeatForm>) => void;
};

const isUsual = (name: string): name is keyof typeof USUAL => name in USUAL;

/** The days of a month that can be chosen: as on the first day, by number, the last, by weekday. */
function daysOfMonth(say: Say) {
  const numbers = Array.from({ length: 31 }, (_, index) => String(index + 1));
  return [
    { id: "same", name: say("plan.on.same") },
    { id: "last", name: say("plan.on.last") },
    { id: "weekday", name: say("plan.on.weekday") },
    ...numbers.map((n) => ({ id: n, name: say("plan.on.number", { n }) })),
  ];
}

/** 多久一次 — read from left to right it is a sentence; below it the days that it means. */
export function RepeatFields({ form, firstOn, at, onChange }: Props) {
  const { say } = useTexts();
  const heading = useId();
  const placeholder = say("field.optional_choice");
  const kinds = ["once" as const, ...UNITS, ...(form.rule === null ? [] : ["rule" as const])];
  const recurs = form.kind !== "once" && form.kind !== "rule";
  return (
    <section aria-labelledby={heading} className="grid gap-3">
      <h3 id={heading} className="font-medium">
        {say("plan.recurrence")}
      </h3>
      <div className="flex flex-wrap gap-2">
        {Object.keys(USUAL)
          .filter(isUsual)
          .map((name) => {
            const isOn = isUsualNow(form, name);
            return (
              <Button
                key={name}
                look={isOn ? "chosen" : "plain"}
                aria-pressed={isOn}
                onPress={() => onChange(USUAL[name])}
              >
                {say(`plan.usual.${name}`)}
              </Button>
            );
          })}
      </div>
      <Fields>
        <SelectField
          label={say("plan.unit")}
          path="repeat"
          problem={at("repeat")}
          placeholder={placeholder}
          value={form.kind}
          onChange={(kind) => onChange({ kind: kind as RepeatForm["kind"] })}
          options={kinds.map((id) => ({ id, name: say(`plan.unit.${id}`) }))}
        />
        {recurs && (
          <CountField
            label={say(`plan.every.${form.kind as (typeof UNITS)[number]}`)}
            isRequired
            path="repeat.every"
            problem={at("repeat.every")}
            value={form.every}
            onChange={(every) => onChange({ every })}
          />
        )}
        {form.kind === "months" && (
          <SelectField
            label={say("plan.on")}
            placeholder={placeholder}
            value={form.on}
            onChange={(on) => onChange({ on })}
            options={daysOfMonth(say)}
          />
        )}
        {form.kind === "months" && form.on === "weekday" && (
          <>
            <SelectField
              label={say("plan.nth")}
              placeholder={placeholder}
              value={form.nth}
              onChange={(nth) => onChange({ nth })}
              options={PLACES.map((id) => ({ id, name: say(`plan.nth.${id}`) }))}
            />
            <SelectField
              label={say("plan.weekday")}
              placeholder={placeholder}
              value={form.weekday}
              onChange={(weekday) => onChange({ weekday: weekday as DayOfWeek })}
              options={WEEKDAYS.map((id) => ({ id, name: say(`plan.weekday.${id}`) }))}
            />
          </>
        )}
      </Fields>
      {form.kind === "weeks" && <Weekdays form={form} onChange={onChange} />}
      {recurs && (
        <Fields>
          <SelectField
            label={say("plan.ends")}
            path="repeat.ends"
            problem={form.ends === "never" ? at("repeat.ends") : null}
            placeholder={placeholder}
            value={form.ends}
            onChange={(ends) => onChange({ ends: ends as RepeatForm["ends"] })}
            options={ENDS.map((id) => ({ id, name: say(`plan.ends.${id}`) }))}
          />
          {form.ends === "times" && (
            <CountField
              label={say("plan.times")}
              isRequired
              path="repeat.ends"
              problem={at("repeat.ends")}
              value={form.times}
              onChange={(times) => onChange({ times })}
            />
          )}
          {form.ends === "until" && (
            <DateField
              label={say("plan.until")}
              isRequired
              path="repeat.ends"
              problem={at("repeat.ends")}
              value={form.until}
              onChange={(until) => onChange({ until })}
            />
          )}
        </Fields>
      )}
      <Meaning form={form} firstOn={firstOn} />
    </section>
  );
}

function Weekdays({ form, onChange }: Pick<Props, "form" | "onChange">) {
  const { say } = useTexts();
  const change = (day: DayOfWeek, isOn: boolean) => {
    const others = form.weekdays.filter((one) => one !== day);
    onChange({ weekdays: isOn ? [...others, day] : others });
  };
  return (
    <fieldset className="grid gap-1">
      <legend className="font-medium">{say("plan.weekdays")}</legend>
      <div className="flex flex-wrap gap-x-5">
        {WEEKDAYS.map((day) => (
          <CheckField
            key={day}
            label={say(`plan.weekday.${day}`)}
            isSelected={form.weekdays.includes(day)}
            onChange={(isOn) => change(day, isOn)}
          />
        ))}
      </div>
      <p className="text-sm text-quiet">{say("plan.weekdays.hint")}</p>
    </fieldset>
  );
}

/** The sentence and the next days, both from Rust. */
function Meaning({ form, firstOn }: Pick<Props, "form" | "firstOn">) {
  const { say, tell, language } = useTexts();
  const { data, error } = useQuery(asks.planDays(firstOn, repeatMeant(form), language));
  const days = data?.days.map((day) => showDate(day, language)).join(say("plan.days.join"));
  return (
    <div role="status" className="min-h-12 text-quiet">
      {error && <Words>{tell(error.message)}</Words>}
      {!error && data && (
        <>
          <p>
            <Words>{data.often}</Words>
          </p>
          <p>
            <Words>
              {days
                ? say(data.goes_on ? "plan.days.and_on" : "plan.days.all", { days })
                : say("plan.days.none_left")}
            </Words>
          </p>
        </>
      )}
    </div>
  );
}
