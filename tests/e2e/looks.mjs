// How the window can look, and what is seen of each screen: a picture, nothing clipped, nothing that
// axe finds, every control reached by Tab.

import assert from "node:assert/strict";
import { Key } from "./harness.mjs";
import { say } from "./texts.mjs";

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 1024, height: 700 };

/** Both sizes, both sizes of text, both themes, both languages. */
const ALL = [
  { ...WIDE, text: 100, theme: "light", language: "zh", thorough: true },
  { ...WIDE, text: 200, theme: "light", language: "zh" },
  { ...NARROW, text: 100, theme: "dark", language: "zh" },
  { ...NARROW, text: 200, theme: "light", language: "zh" },
  { ...WIDE, text: 100, theme: "light", language: "en" },
  { ...NARROW, text: 200, theme: "dark", language: "en", thorough: true },
];

/** Whether pictures were asked for: then every look is gone through, otherwise the thorough ones. */
const PICTURES = process.env.GONGJI_PICTURES === "1";

export const LOOKS = PICTURES ? ALL : ALL.filter(({ thorough }) => thorough);

/** What a look is called in the names of the pictures. */
export const nameOf = ({ width, text, theme, language }) => `${width}-${text}-${theme}-${language}`;

/** Puts the window into this look, through the screen of settings as it speaks now. */
export async function dress(hand, look, spoken) {
  const { width, height, text, theme, language } = look;
  await hand.app.size(width, height);
  await hand.visit("/settings");
  const answer = (key, value, words) =>
    hand.pick(say(`settings.${key}`, {}, words), say(`settings.${key}.${value}`, {}, words));
  await answer("text_size", text, spoken);
  await is(hand, "data-text", String(text));
  await answer("theme", theme, spoken);
  await is(hand, "data-theme", theme);
  await answer("language", language, spoken);
  await is(hand, "lang", language === "zh" ? "zh-CN" : "en");
}

function is(hand, attribute, value) {
  const there = async () =>
    (await hand.driver.executeScript(
      "return document.documentElement.getAttribute(arguments[0])",
      attribute,
    )) === value;
  return hand.app.eventually(`${attribute} never became ${value}`, 20_000, there);
}

/** What scrolls: the page, or the dialog above it. */
const SCROLLED = `
let box = document.querySelector("[role=dialog]");
while (box !== null && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement;
box ??= document.querySelector("[data-scroller]") ?? document.scrollingElement;
`;

/** Waits until what stands there is painted. */
const PAINTED =
  "const [done] = arguments; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));";

/** Keeps the page from top to bottom as pictures, one a screenful, so many at most. */
export async function picture(hand, name, most) {
  const { driver, app } = hand;
  const screenfuls = await driver.executeScript(
    `${SCROLLED} box.scrollTo(0, 0); return Math.ceil(box.scrollHeight / innerHeight)`,
  );
  for (let at = 0; at < Math.min(screenfuls, most); at += 1) {
    await driver.executeScript(`${SCROLLED} box.scrollTo(0, arguments[0] * innerHeight)`, at);
    await driver.executeAsyncScript(PAINTED);
    await app.screenshot(at === 0 ? name : `${name}.${at + 1}`);
  }
}

/** What is cut off, or makes the page scroll sideways; one line a finding. */
export function clipped(hand) {
  return hand.driver.executeScript(`
    const found = [];
    const root = document.documentElement;
    const pen = document.createElement("canvas").getContext("2d");
    const page = document.querySelector("[data-scroller]") ?? root;
    if (root.scrollWidth > innerWidth) found.push("the window is " + root.scrollWidth + " wide in " + innerWidth);
    if (root.scrollHeight > innerHeight) found.push("the window itself scrolls: " + root.scrollHeight + " in " + innerHeight);
    if (page.scrollWidth > page.clientWidth) found.push("the page is " + page.scrollWidth + " wide in " + page.clientWidth);
    for (const one of document.body.querySelectorAll("*")) {
      const look = getComputedStyle(one);
      const hides = /hidden|clip/.test(look.overflowX);
      const tiny = one.clientWidth < 4 || one.clientHeight < 4;
      if (hides && !tiny && one.scrollWidth > one.clientWidth + 1) {
        found.push("cut off: " + one.tagName + " “" + one.innerText.slice(0, 40) + "”");
      }
      if (one.placeholder && one.value === "") {
        pen.font = look.font;
        const room = one.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight);
        if (pen.measureText(one.placeholder).width > room + 1) found.push("cut off: “" + one.placeholder + "”");
      }
      const box = one.getBoundingClientRect();
      const leaf = one.childElementCount === 0 && one.textContent.trim() !== "";
      const scrolled = one.closest("[role=listbox]");
      if (leaf && !scrolled && box.width > 4 && box.right > innerWidth + 1) {
        found.push("beyond the edge: " + one.tagName + " “" + one.textContent.slice(0, 40) + "”");
      }
    }
    return found;
  `);
}

/** Days, months, and amounts with their unit that a line's end cuts in two. */
export function broken(hand) {
  return hand.driver.executeScript(`
    const whole = /\\d{4} ?年 ?\\d{1,2} ?月(?: ?\\d{1,2} ?日)?|\\d{1,2} [A-Z][a-z]{2,3} \\d{4}|\\d{4}-\\d\\d-\\d\\d|[−+]?\\d[\\d,]*\\.\\d\\d(?: ?(?:元|yuan))?/g;
    const found = [];
    const blocks = [...document.body.querySelectorAll("*")].filter((one) =>
      !/^inline/.test(getComputedStyle(one).display) && one.getClientRects().length > 0 && one.closest(".sr-only, svg") === null);
    for (const block of blocks) {
      // The texts of the block itself, run together: an amount and its unit are two of them.
      const walk = document.createTreeWalker(block, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
        node.nodeType === Node.TEXT_NODE ? NodeFilter.FILTER_ACCEPT
        : /^inline$/.test(getComputedStyle(node).display) ? NodeFilter.FILTER_SKIP : NodeFilter.FILTER_REJECT);
      const texts = [];
      while (walk.nextNode()) texts.push(walk.currentNode);
      const line = texts.map(({ data }) => data).join("");
      const placed = (at) => {
        for (const text of texts) { if (at <= text.length) return [text, at]; at -= text.length; }
      };
      for (const match of line.matchAll(whole)) {
        const range = document.createRange();
        range.setStart(...placed(match.index));
        range.setEnd(...placed(match.index + match[0].length));
        const boxes = [...range.getClientRects()].filter(({ width }) => width > 0.5);
        if (boxes.some((box) => box.top >= boxes[0].bottom - 2)) found.push("“" + match[0] + "”");
      }
    }
    return found;
  `);
}

/** Text codes that nobody has put into words. */
export async function untranslated(hand, language) {
  const words = await hand.app.text();
  const mark = say("message.without_text", { code: "" }, language).slice(0, 8);
  return words
    .split("\n")
    .filter(
      (line) =>
        line.includes(mark) ||
        (/\b[a-z]+(_[a-z]+)*\.[a-z_]+\b/.test(line) &&
          !/[/@]|\.(json|pdf|sqlite|gov|cn|com)/.test(line)),
    );
}

const FOCUSABLE = `
const controls = [...document.querySelectorAll(
  "a[href], button, input, select, textarea, summary, [tabindex], [role=spinbutton]",
)].filter((one) => one.tabIndex >= 0 && !one.disabled && one.getClientRects().length > 0
  && getComputedStyle(one).visibility !== "hidden" && one.closest("[inert], [aria-hidden=true]") === null
  // A list scrolled out of sight is reached by its own keys; of a group of answers one takes the focus.
  && !(one.type === "radio" && !one.checked && one.closest("[role=radiogroup]")?.querySelector("input:checked")));
`;

/** Controls that Tab does not reach, one line each. */
export async function unreached(hand) {
  const { driver } = hand;
  const count = await driver.executeScript(
    `${FOCUSABLE} window.__reached = new Set(); document.activeElement?.blur(); scrollTo(0, 0); return controls.length;`,
  );
  for (let presses = 0; presses < count + 12; presses += 1) {
    await driver.actions().sendKeys(Key.TAB).perform();
    await driver.executeScript("window.__reached.add(document.activeElement)");
  }
  return driver.executeScript(
    `${FOCUSABLE} return controls.filter((one) => !window.__reached.has(one)).map((one) =>
      one.tagName + " “" + (one.getAttribute("aria-label") ?? one.innerText ?? "").trim().slice(0, 40) + "”");`,
  );
}

/** Looks at the page as it stands; everything found is collected, so that one run shows it all. */
export async function inspect(hand, { name, screenfuls = 3 }, look, findings) {
  await settled(hand);
  if (PICTURES) await picture(hand, `${name}-${nameOf(look)}`, screenfuls);
  const add = (what, found) =>
    findings.push(...found.map((one) => `${name} ${nameOf(look)}: ${what}: ${one}`));
  add("clipped", await clipped(hand));
  add("cut by the end of a line", await broken(hand));
  add("untranslated", await untranslated(hand, look.language));
  if (!look.thorough) return;
  add("axe", await hand.app.accessibilityFindings());
  add("not reached by Tab", await unreached(hand));
}

/** Nothing is being fetched, nothing moves any more, and that is what is painted. */
async function settled(hand) {
  await hand.app.eventually("the page never settled", 20_000, () =>
    hand.driver.executeScript(
      `
      const waiting = [...document.querySelectorAll("[role=status]")].some((one) => arguments[0].includes(one.innerText.trim()));
      return !waiting && document.getAnimations().every((one) => one.playState !== "running");
    `,
      [say("waiting"), say("waiting", {}, "en")],
    ),
  );
  await hand.driver.executeAsyncScript(PAINTED);
}

/** Fails with everything that was found. */
export function nothing(findings) {
  assert.deepEqual(findings, []);
}
