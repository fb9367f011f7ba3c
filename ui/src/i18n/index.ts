import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Message } from "../api/bindings";
import type { Language } from "../format/dates";
import { EN, type TextKey, ZH } from "./texts";
import { inWords } from "./words";

// The sentences that Rust sends as code and parameters. The folder may still be empty.
const RUST = import.meta.glob<Record<string, string>>(
  "../../../src-tauri/crates/api/messages/{zh,en}.json",
  { eager: true, import: "default" },
);
function rustTexts(language: Language): Record<string, string> {
  const file = Object.keys(RUST).find((path) => path.endsWith(`/${language}.json`));
  return (file && RUST[file]) || {};
}

export const texts = i18next.createInstance();
void texts.use(initReactI18next).init({
  lng: "zh",
  fallbackLng: "zh",
  resources: {
    zh: { translation: { ...rustTexts("zh"), ...ZH } },
    en: { translation: { ...rustTexts("en"), ...EN } },
  },
  keySeparator: false,
  nsSeparator: false,
  interpolation: { prefix: "{", suffix: "}", escapeValue: false },
  initAsync: false,
});

/** A text of the window by its key. */
export type Say = (key: TextKey, params?: Record<string, string | number>) => string;

/** The texts of the chosen language: `say` for our own, `tell` for a message from Rust. */
export function useTexts(): { say: Say; tell: (message: Message) => string; language: Language } {
  const { t, i18n } = useTranslation(undefined, { i18n: texts });
  const say: Say = (key, params) => t(key, params ?? {});
  const language: Language = i18n.language === "en" ? "en" : "zh";
  const lookup = (key: string) => (i18n.exists(key) ? t(key) : null);
  const tell = (message: Message) =>
    i18n.exists(message.code)
      ? t(message.code, inWords(message.params, language, lookup))
      : say("message.without_text", { code: message.code });
  return { say, tell, language };
}
