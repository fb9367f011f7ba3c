import { useEffect } from "react";
import type { Settings } from "../api/bindings";
import { texts } from "../i18n";

/** Puts language, theme and text size onto the document. */
export function useLook(settings: Settings | undefined) {
  useEffect(() => {
    if (!settings) return;
    const root = document.documentElement;
    const language = settings.language === "en" ? "en" : "zh";
    root.lang = language === "en" ? "en" : "zh-CN";
    root.dataset.theme = settings.theme;
    root.dataset.text = String(settings.text_size);
    if (texts.language !== language) void texts.changeLanguage(language);
  }, [settings]);
}
