import type { Message, Step } from "../../api/bindings";
import { showYuan } from "../../format/money";

type Tell = (message: Message) => string;

/** The two sides of `name(a, b)`; nothing where the text is another one. */
function sidesOf(text: string, name: string): [string, string] | null {
  if (!text.startsWith(`${name}(`) || !text.endsWith(")")) return null;
  const inner = text.slice(name.length + 1, -1);
  let depth = 0;
  const commas: number[] = [];
  for (const [at, letter] of [...inner].entries()) {
    if (letter === "(") depth += 1;
    else if (letter === ")") depth -= 1;
    else if (letter === "," && depth === 0) commas.push(at);
    if (depth < 0) return null;
  }
  const [comma] = commas;
  if (depth !== 0 || comma === undefined || commas.length > 1) return null;
  return [inner.slice(0, comma).trim(), inner.slice(comma + 1).trim()];
}

function inWords(text: string, tell: Tell, isInside: boolean): string {
  const brackets = (said: string) => {
    if (!isInside) return said;
    return tell({ code: "formula.inner", params: { formula: said } });
  };
  for (const [name, code] of [
    ["min", "formula.smaller"],
    ["max", "formula.larger"],
  ] as const) {
    const sides = sidesOf(text, name);
    if (sides) {
      const [a, b] = sides.map((side) => inWords(side, tell, true)) as [string, string];
      return brackets(tell({ code, params: { a, b } }));
    }
  }
  const said = text.replace(/\d+\.\d{2}/g, showYuan);
  return said.includes(" ") ? brackets(said) : said;
}

/** The arithmetic as people write it: no function names, thousands set apart. */
export function formulaWords(text: string, tell: Tell): string {
  // A wide bracket brings its own space.
  return inWords(text.trim(), tell, false).replaceAll(" （", "（").replaceAll("） ", "）");
}

/** The arithmetic of a step in words; nothing where there is none to show. */
export function formulaOf({ formula, what }: Step, tell: Tell): string | null {
  // Where the sentence says the sum, nothing is left to say.
  if (formula === null || what.params.counted !== undefined) return null;
  if (what.code !== "step.scope") return formulaWords(formula, tell);
  // What is nothing need not be taken off.
  const left = formula.replaceAll(" − 0.00", "");
  return left.includes(" − ") ? formulaWords(left, tell) : null;
}
