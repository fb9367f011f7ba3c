import PLACES from "../../../src-tauri/crates/api/messages/places.en.json";

// What a line's end must not cut in two: days and months, amounts and counts with their unit, what
// stands in 「」, names of places, and in English the Chinese words. The first end of a range keeps its
// 「～」, so that no line begins with it; what an arrow leads to has the arrow before it.
const DAY = String.raw`\d{4} ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日(?:～\d{1,2}日)?)?|(?:(?:\d{1,2}–)?\d{1,2} )?[A-Z][a-z]{2,3} \d{4}`;
const ISO_DAY = String.raw`\d{4}-\d{2}(?:-\d{2})?`;
const COUNT = String.raw`[+−-]?\d[\d,]*(?:\.\d+)? ?(?:元|yuan\b|%|个月|周岁|次|笔|项|步|天|日|月)`;
const TERM = String.raw`\([\p{Script=Han}、]{1,8}\)`;
const QUOTED = "「[^「」]{1,8}」";
const PLACE = Object.keys(PLACES)
  .filter((name) => name.length <= 6)
  .join("|");
const WHOLE = `(?:→ )?(?:${DAY}|${ISO_DAY}|${COUNT}|${TERM}|${QUOTED}|${PLACE})(?: [～–])?`;
const IN_CHINESE = new RegExp(WHOLE, "gu");
// A Chinese word among Latin letters stays in one piece with its bracket.
const IN_LATIN = new RegExp(`${WHOLE}|\\(?[\\p{Script=Han}、]{2,8}\\)?`, "gu");

const HAN = /\p{Script=Han}/u;
/** How many characters of a Chinese sentence its last line has at least. */
const LAST = 4;
/** A text so short has no second line worth caring about. */
const SHORT = { han: 12, latin: 36 };
/** Two words longer than this together might not fit into a narrow column. */
const TWO_WORDS = 18;

export type Piece = { text: string; whole: boolean };

function cut(text: string, rule: RegExp): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(rule)) {
    if (match.index > at) found.push({ text: text.slice(at, match.index), whole: false });
    found.push({ text: match[0], whole: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push({ text: text.slice(at), whole: false });
  return found;
}

/** Where the end begins that stays together: no line of one character, none of one short word. */
function endOf(text: string, isLatin: boolean): number {
  if (isLatin) {
    if (text.length < SHORT.latin) return text.length;
    const words = /\S+ \S+$/.exec(text);
    return words && !HAN.test(words[0]) && words[0].length <= TWO_WORDS ? words.index : text.length;
  }
  return text.length < SHORT.han ? text.length : text.length - LAST;
}

/** A sentence in pieces: those that stay on one line, and what stands between them. */
export function pieces(text: string): Piece[] {
  const isLatin = /[A-Za-z]{3} /.test(text);
  const found = cut(text, isLatin ? IN_LATIN : IN_CHINESE);
  const isPlain = isLatin || HAN.test(text.slice(-LAST));
  const end = isPlain ? endOf(text, isLatin) : text.length;
  if (end === text.length) return found;
  const kept: Piece[] = [];
  let at = 0;
  let tail = "";
  for (const piece of found) {
    const next = at + piece.text.length;
    if (next <= end) kept.push(piece);
    // A piece that reaches into the end comes with it where it is whole, else it is divided there.
    else if (piece.whole || at >= end) tail += piece.text;
    else {
      kept.push({ text: piece.text.slice(0, end - at), whole: false });
      tail += piece.text.slice(end - at);
    }
    at = next;
  }
  return [...kept, { text: tail, whole: true }];
}

/** A name that stays one text, so that it is found by its words: its spaces hold a month in it together. */
export function unbroken(name: string): string {
  return name.replace(/(\d{4}) 年 (\d{1,2}) 月/g, "$1\u00a0年\u00a0$2\u00a0月");
}
