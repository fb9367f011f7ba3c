import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(join(import.meta.dirname, "../src/design/tokens.css"), "utf8");
const tokens = new Map(
  [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }] as const,
  ),
);

/** Relative luminance of WCAG 2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, other: string): number {
  const [a = 0, b = 0] = [luminance(one), luminance(other)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}

const GROUNDS = ["paper", "surface", "sunken", "accent-soft", "good-soft", "warn-soft", "bad-soft"];
/** Text on ground, as the components use them: 4.5 to 1. */
const TEXT: [string, string][] = [
  ...GROUNDS.map((ground): [string, string] => ["ink", ground]),
  ...GROUNDS.map((ground): [string, string] => ["quiet", ground]),
  ...["paper", "surface", "sunken", "accent-soft"].map((ground): [string, string] => [
    "accent",
    ground,
  ]),
  ["on-accent", "accent"],
  ["on-accent", "accent-deep"],
  ["good", "surface"],
  ["good", "good-soft"],
  ["warn", "surface"],
  ["warn", "warn-soft"],
  ["bad", "surface"],
  ["bad", "paper"],
  ["bad", "bad-soft"],
  ["paper", "ink"],
];
/** Edges of fields and the focus ring: 3 to 1. */
const SHAPES: [string, string][] = [
  ["edge", "surface"],
  ["edge", "paper"],
  ["focus", "surface"],
  ["focus", "paper"],
];

describe.each(["light", "dark"] as const)("the %s theme", (theme) => {
  const ratio = ([front, ground]: [string, string]) => {
    const [a, b] = [tokens.get(front), tokens.get(ground)];
    if (!a || !b) throw new Error(`no token ${front} or ${ground}`);
    return contrast(a[theme], b[theme]);
  };
  it.each(TEXT)("%s can be read on %s", (front, ground) => {
    expect(ratio([front, ground])).toBeGreaterThanOrEqual(4.5);
  });
  it.each(SHAPES)("%s stands out from %s", (front, ground) => {
    expect(ratio([front, ground])).toBeGreaterThanOrEqual(3);
  });
});
