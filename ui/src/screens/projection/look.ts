import { type RefObject, useLayoutEffect, useState } from "react";
import { type Look, TOKENS } from "./option";

/** Reads from the page what a picture cannot take over by itself: letters, width and colours. */
function lookOf(element: HTMLElement): Look {
  const style = getComputedStyle(element);
  // A token may be one colour by day and another by night: only a colour that is used is settled.
  const probe = element.ownerDocument.createElement("span");
  element.append(probe);
  const colours = Object.fromEntries(
    TOKENS.map((token) => {
      probe.style.color = `var(--${token})`;
      return [token, getComputedStyle(probe).color];
    }),
  ) as Look["colours"];
  probe.remove();
  return {
    width: element.clientWidth || 640,
    letter: Number.parseFloat(style.fontSize) || 17,
    family: style.fontFamily,
    colours,
  };
}

/** The look of a box, anew whenever its width, the text size or the theme changes. */
export function useLook(box: RefObject<HTMLElement | null>): Look | null {
  const [look, setLook] = useState<Look | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const now = lookOf(element);
      setLook((before) => (JSON.stringify(before) === JSON.stringify(now) ? before : now));
    };
    measure();
    const page = new MutationObserver(measure);
    page.observe(document.documentElement, { attributes: true });
    const night = matchMedia("(prefers-color-scheme: dark)");
    night.addEventListener("change", measure);
    const size = typeof ResizeObserver === "undefined" ? null : new ResizeObserver(measure);
    size?.observe(element);
    return () => {
      page.disconnect();
      night.removeEventListener("change", measure);
      size?.disconnect();
    };
  }, [box]);
  return look;
}
