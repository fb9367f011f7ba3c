// What stands on the screen, by the keys of the front end's own text files: a sentence may be
// reworded without a change here.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../..", import.meta.url));

function texts(language) {
  const folder = join(project, "ui/src/i18n", language);
  // Where both have a text, the window shows its own.
  const files = [
    join(project, `src-tauri/crates/api/messages/policy.${language}.json`),
    join(project, `src-tauri/crates/api/messages/${language}.json`),
    ...readdirSync(folder).map((name) => join(folder, name)),
  ];
  return Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(file, "utf8"))));
}

const LANGUAGES = { zh: texts("zh"), en: texts("en") };

/** The text of this key, its places filled. */
export function say(key, params = {}, language = "zh") {
  const text = LANGUAGES[language][key];
  if (text === undefined) throw new Error(`there is no text “${key}” in ${language}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => params[name] ?? `{${name}}`);
}

/** The longest stretch of a text that holds whatever its places are filled with. */
export function fixedPart(key, language = "zh") {
  const parts = say(key, {}, language).split(/\{\w+\}/);
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest)).trim();
}
