import type { DayOfWeek, Recurrence, Repeat, RepeatDay, RepeatUnit } from "../../api/bindings";

export const UNITS: RepeatUnit[] = ["days", "weeks", "months", "years"];

export const WEEKDAYS: DayOfWeek[] = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
];

/** Which of its weekdays in a month; the last one is -1. */
export const PLACES = ["1", "2", "3", "4", "5", "-1"] as const;

export const ENDS = ["never", "times", "until"] as const;

/** 多久一次 as it is typed: what is not asked for at the moment is kept, in case it is asked again. */
export type RepeatForm = {
  kind: "once" | "rule" | RepeatUnit;
  every: string;
  weekdays: DayOfWeek[];
  /** `same`, `last`, `weekday`, or a number */
  on: string;
  nth: string;
  weekday: DayOfWeek;
  ends: (typeof ENDS)[number];
  times: string;
  until: string | null;
  /** What a file said and the form has no fields for. */
  rule: Recurrence | null;
};

const BEGINNING: RepeatForm = {
  kind: "once",
  every: "1",
  weekdays: [],
  on: "same",
  nth: "1",
  weekday: "monday",
  ends: "never",
  times: "",
  until: null,
  rule: null,
};

function typedDay(on: RepeatDay): Partial<RepeatForm> {
  switch (on.kind) {
    case "number":
      return { on: String(on.day) };
    case "weekday":
      return { on: "weekday", nth: String(on.nth), weekday: on.weekday };
    default:
      return { on: on.kind };
  }
}

/** The fields that show a plan's repetition. */
export function typedRepeat(repeat: Repeat | undefined): RepeatForm {
  if (!repeat || repeat.kind === "once") return BEGINNING;
  if (repeat.kind === "rule") return { ...BEGINNING, kind: "rule", rule: repeat.rule };
  const { every, unit, weekdays, on, ends } = repeat;
  return {
    ...BEGINNING,
    kind: unit,
    every: String(every),
    weekdays,
    ...typedDay(on),
    ends: ends.kind,
    times: ends.kind === "times" ? String(ends.times) : "",
    until: ends.kind === "until" ? ends.day : null,
  };
}

export const isCount = (text: string) => /^\d{1,5}$/.test(text);

function dayMeant({ on, nth, weekday }: RepeatForm): RepeatDay {
  if (on === "weekday") return { kind: "weekday", nth: Number(nth), weekday };
  if (on === "last" || on === "same") return { kind: on };
  return { kind: "number", day: Number(on) };
}

/** What the fields say; nothing while one of them still lacks something. */
export function repeatMeant(form: RepeatForm): Repeat | null {
  if (form.kind === "once") return { kind: "once" };
  if (form.kind === "rule") return form.rule === null ? null : { kind: "rule", rule: form.rule };
  if (!isCount(form.every)) return null;
  const shared = {
    kind: "every" as const,
    every: Number(form.every),
    unit: form.kind,
    weekdays: form.kind === "weeks" ? WEEKDAYS.filter((day) => form.weekdays.includes(day)) : [],
    on: form.kind === "months" ? dayMeant(form) : { kind: "same" as const },
  };
  switch (form.ends) {
    case "never":
      return { ...shared, ends: { kind: "never" } };
    case "times":
      return isCount(form.times)
        ? { ...shared, ends: { kind: "times", times: Number(form.times) } }
        : null;
    case "until":
      return form.until === null ? null : { ...shared, ends: { kind: "until", day: form.until } };
  }
}

/** What is usual, at one press. */
export const USUAL = {
  once: { kind: "once" },
  every_28_days: { kind: "days", every: "28" },
  three_a_week: { kind: "weeks", every: "1", weekdays: ["monday", "wednesday", "friday"] },
  monthly: { kind: "months", every: "1", on: "same" },
  quarterly: { kind: "months", every: "3", on: "same" },
  yearly: { kind: "years", every: "1" },
} satisfies Record<string, Partial<RepeatForm>>;

/** Whether the fields say just this usual one. */
export function isUsualNow(form: RepeatForm, name: keyof typeof USUAL): boolean {
  const meant = JSON.stringify(repeatMeant(form));
  return meant !== "null" && meant === JSON.stringify(repeatMeant({ ...form, ...USUAL[name] }));
}
