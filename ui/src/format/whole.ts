// What a line's end must not cut in two: days and months, amounts and counts with their unit, and in
// English the Chinese word of a counter in its brackets. The first end of a range keeps its 「～」, so that no line begins with it.
const WHOLE =
  /(?:\d{4} ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)?|(?:\d{1,2} )?[A-Z][a-z]{2,3} \d{4}|\d{4}-\d{2}(?:-\d{2})?|[+−-]?\d[\d,]*(?:\.\d+)? ?(?:元|yuan\b|%|个月|周岁|次|笔|项|步|天|日|月)|\([\p{Script=Han}、]{1,8}\))(?: [～–])?/gu;

export type Piece = { text: string; whole: boolean };

/** A sentence in pieces: those that stay on one line, and what stands between them. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(WHOLE)) {
    if (match.index > at) found.push({ text: text.slice(at, match.index), whole: false });
    found.push({ text: match[0], whole: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push({ text: text.slice(at), whole: false });
  return found;
}
