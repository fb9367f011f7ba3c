import { type CalendarDate, parseDate } from "@internationalized/date";

export type Language = "zh" | "en";

/** The locale that React Aria and Intl use for a language. */
export const LOCALE: Record<Language, string> = { zh: "zh-CN", en: "en-GB" };

/** "2026-03-05" as a calendar day; nothing where it is none. */
export function dayOf(text: string | null | undefined): CalendarDate | null {
  if (!text) return null;
  try {
    return parseDate(text);
  } catch {
    return null;
  }
}

/** Midday UTC of a day: formatting it in UTC never slips to a neighbour. */
function instant(year: number, month: number, day: number): Date {
  return new Date(Date.UTC(year, month - 1, day, 12));
}

/** 2026年3月5日 / 5 Mar 2026. */
export function showDate(text: string, language: Language): string {
  const day = dayOf(text);
  if (!day) return text;
  if (language === "zh") return `${day.year}年${day.month}月${day.day}日`;
  return new Intl.DateTimeFormat(LOCALE.en, {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(instant(day.year, day.month, day.day));
}

/** 2026年3月 / Mar 2026. */
export function showMonth(text: string, language: Language): string {
  const [, year = "", month = ""] = /^(\d{4})-(\d{2})$/.exec(text) ?? [];
  if (!year) return text;
  if (language === "zh") return `${Number(year)}年${Number(month)}月`;
  return new Intl.DateTimeFormat(LOCALE.en, {
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(instant(Number(year), Number(month), 1));
}

/** The month alone: 3月 / Mar. */
export function showMonthName(text: string, language: Language): string {
  const [, year = "", month = ""] = /^(\d{4})-(\d{2})$/.exec(text) ?? [];
  if (!year) return text;
  if (language === "zh") return `${Number(month)}月`;
  return new Intl.DateTimeFormat(LOCALE.en, { month: "short", timeZone: "UTC" }).format(
    instant(Number(year), Number(month), 1),
  );
}

/** A day, or "from ～ to" where it lies between two days, the month said once where it is the same. */
export function showDays(earliest: string, latest: string, language: Language): string {
  if (earliest === latest) return showDate(earliest, language);
  const [first, last] = [dayOf(earliest), dayOf(latest)];
  if (first && last && earliest.slice(0, 7) === latest.slice(0, 7)) {
    return language === "zh"
      ? `${showDate(earliest, language)}～${last.day}日`
      : `${first.day}–${showDate(latest, language)}`;
  }
  const joint = language === "zh" ? " ～ " : " – ";
  return `${showDate(earliest, language)}${joint}${showDate(latest, language)}`;
}

/** "22:00-06:00": the hours from one to the other, which may be of the next day. */
export function showHours(text: string, language: Language): string {
  const [from = "", until = ""] = text.split("-");
  if (language === "en") return `${from}–${until}`;
  return from > until ? `晚上${from}到第二天${until}` : `${from}到${until}`;
}

/** The earlier of two days in the wire form, which sorts as text. */
export function earlier(one: string, other: string): string {
  return [one, other].sort()[0] ?? one;
}

/** The number of a day, counted from 1970; nothing where it is none. Quick, for many at a time. */
function numberOf(text: string): number | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return year ? Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000 : null;
}

/** How many days lie between two days; negative where `to` comes first. */
export function daysBetween(from: string, to: string): number {
  const [a, b] = [numberOf(from), numberOf(to)];
  return a === null || b === null ? 0 : b - a;
}
