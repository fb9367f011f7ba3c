import { type Language, showDate, showHours, showMonth } from "../format/dates";
import { showYuan } from "../format/money";

/** Looks up the text of a key; nothing where there is none. */
export type Lookup = (key: string) => string | null;

/**
 * Puts the parameters of a message from Rust into the language: words of the domain (`part=inpatient`
 * has the text `part.inpatient`), days, months and amounts. Names and plain numbers stay as they are.
 */
export function inWords(
  params: Record<string, string>,
  language: Language,
  lookup: Lookup,
): Record<string, string> {
  const word = (name: string, value: string) => {
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return showDate(value, language);
    if (/^\d{4}-\d{2}$/.test(value)) return showMonth(value, language);
    if (/^\d{2}:\d{2}-\d{2}:\d{2}$/.test(value)) return showHours(value, language);
    if (/^-?\d+\.\d{2}$/.test(value)) return showYuan(value);
    return lookup(`${name}.${value}`) ?? (value === "unknown" ? lookup("unknown") : null) ?? value;
  };
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, word(name, value)]),
  );
}
