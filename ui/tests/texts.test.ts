import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EN, ZH } from "../src/i18n/texts";

const src = join(import.meta.dirname, "../src");
const HAN = /\p{Script=Han}/u;

function filesOf(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name));
}

function jsonOf(language: string): Record<string, Record<string, string>> {
  const folder = join(src, "i18n", language);
  return Object.fromEntries(
    readdirSync(folder).map((name) => [
      name.replace(".json", ""),
      JSON.parse(readFileSync(join(folder, name), "utf8")),
    ]),
  );
}

const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const withoutComments = (code: string) =>
  code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");

/** The folder of Rust's sentences, once it is there. */
function rustTexts(language: string): Record<string, string> {
  const file = join(src, `../../src-tauri/crates/api/messages/${language}.json`);
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}

describe("the texts of both languages", () => {
  it("have the same keys, file by file", () => {
    const [zh, en] = [jsonOf("zh"), jsonOf("en")];
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    for (const name of Object.keys(zh)) {
      expect(Object.keys(en[name] ?? {}), name).toEqual(Object.keys(zh[name] ?? {}));
    }
  });

  it("have no key in two files", () => {
    const all = Object.values(jsonOf("zh")).flatMap((file) => Object.keys(file));
    expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([]);
    expect(all.length).toBe(Object.keys(ZH).length);
  });

  it("have the same places to fill in", () => {
    for (const [key, text] of Object.entries(ZH)) {
      expect(places(EN[key as keyof typeof ZH]), key).toEqual(places(text));
    }
  });

  it("are never empty in Chinese, and never say {count}, which i18next keeps for plurals", () => {
    for (const [key, text] of Object.entries(ZH)) {
      expect(text.trim(), key).not.toBe("");
      expect(text, key).not.toContain("{count}");
    }
  });

  it("share with Rust only the words of the wire, which paper and window put differently", () => {
    const [zh, en] = [rustTexts("zh"), rustTexts("en")];
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    for (const [key, text] of Object.entries(zh)) {
      if (!/^(grade|part|relation|scheme|special|status)\./.test(key)) {
        expect(key in ZH, key).toBe(false);
      }
      expect(places(en[key] ?? ""), key).toEqual(places(text));
    }
  });
});

describe("the code", () => {
  it("holds no Chinese outside of comments: every text stands in the text files", () => {
    // The boundary characters of the pinyin table, the marks of typed amounts and of days are data.
    const data = /format\/(pinyin|money|dates|whole)\.ts$/;
    const found = filesOf(src, /\.tsx?$/)
      .filter((file) => !data.test(file.replaceAll("\\", "/")))
      .filter((file) => HAN.test(withoutComments(readFileSync(file, "utf8"))));
    expect(found).toEqual([]);
  });

  it("uses every key of the text files", () => {
    const code = filesOf(src, /\.tsx?$/)
      .map((file) => readFileSync(file, "utf8"))
      .join("\n");
    // Keys put together from words of the wire: say(`part.${part}`).
    const families = [...code.matchAll(/`([a-z_.]+\.)\$\{/g)].map((found) => found[1] ?? "");
    const unused = Object.keys(ZH).filter(
      (key) => !code.includes(`"${key}"`) && !families.some((family) => key.startsWith(family)),
    );
    expect(unused).toEqual([]);
  });
});
