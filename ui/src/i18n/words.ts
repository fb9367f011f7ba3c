import PLACES from "../../../src-tauri/crates/api/messages/places.en.json";
import { type Language, showDate, showHours, showMonth } from "../format/dates";
import { showYuan } from "../format/money";

/** A place in English: how it is called, and its own name. */
function placeName(name: string): string {
  const english = (PLACES as Record<string, string>)[name];
  return english ? `${english} (${name})` : name;
}

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
    if (language === "en") {
      // What a place calls its own keeps its name, behind what it is.
      const kind = /^(?:counter_)?name$/.test(name) && lookup(`word.${params.counter}`);
      if (kind) return `${kind} (${value})`;
      if (/^(?:\w+_)?place$/.test(name)) return placeName(value);
    }
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return showDate(value, language);
    if (/^\d{4}-\d{2}$/.test(value)) return showMonth(value, language);
    if (/^\d{2}:\d{2}-\d{2}:\d{2}$/.test(value)) return showHours(value, language);
    if (/^-?\d+\.\d{2}$/.test(value)) return showYuan(value);
    const known = lookup(`${name}.${value}`);
    // A kind of care stands inside the sentence.
    if (known && name === "part" && language === "en")
      return known[0]?.toLowerCase() + known.slice(1);
    return known ?? (value === "unknown" ? lookup("unknown") : null) ?? value;
  };
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, word(name, value)]),
  );
}
