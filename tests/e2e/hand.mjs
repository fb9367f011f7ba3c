// What a hand does in the window: it presses, types and chooses, and finds everything by the words
// that stand on it. While a dialog is open it reaches nothing behind it.

import { By, Key, PATIENCE } from "./harness.mjs";

/** Runs in the page: the visible thing of this kind that is called so, inside the part so headed. */
const FIND = `
const [kind, name, part] = arguments;
const words = (of) => (of?.innerText ?? "").replace(/\\s+/g, " ").trim();
const seen = (one) => one.getClientRects().length > 0;
const all = (selector, within) => [...within.querySelectorAll(selector)].filter(seen);
const labelled = (one) => one.getAttribute("aria-label") ?? words(one);
const called = (one) => (name instanceof Object ? new RegExp(name.pattern).test(labelled(one)) : labelled(one) === name);
const open = all("[role=dialog], [role=listbox]", document).at(-1);
const part_of = () => {
  const within = open?.getAttribute("role") === "dialog" ? open : document.body;
  if (part === null) return within;
  const heading = all("h2, h3, h4", within).find((one) => words(one) === part);
  return heading?.closest("section") ?? null;
};
const field = (within) => {
  const label = all("label, span", within).find(
    (one) => words(one.firstChild instanceof Text ? { innerText: one.firstChild.data } : null) === name && one.closest("[data-rac]"),
  );
  return label?.parentElement ?? null;
};
const FINDS = {
  button: () => all("button, a[href], [role=tab]", part_of()).find(called),
  link: () => all("a[href]", part_of()).find((one) => one.innerText.trim().split("\\n")[0].trim() === name),
  part: () => part_of() === document.body ? null : part_of(),
  option: () => all("[role=option]", open ?? document).find((one) => (one.innerText.trim().split("\\n")[0] ?? "").trim() === name),
  check: () => all("label", part_of()).find((one) => one.querySelector("input[type=checkbox]") && words(one).startsWith(name)),
  field: () => field(part_of()),
};
return part_of() === null ? null : (FINDS[kind]() ?? null);
`;

/** Brings it to the middle and waits, a second at most, until nothing pushes it away any more. */
const STAND_STILL = `
const [one, done] = arguments;
let frames = 60;
const look = (before) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const { top } = one.getBoundingClientRect();
  frames -= 2;
  if (top === before || frames <= 0 || !one.isConnected) done(); else look(top);
}));
one.scrollIntoView({ block: "center" });
look(null);
`;

/** Waits until what has changed is drawn. */
const DRAWN = `
const [done] = arguments;
setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
`;

export class Hand {
  constructor(app) {
    this.app = app;
    this.driver = app.driver;
  }

  /** The thing of this kind and name, once it is there. */
  find(kind, name, part = null) {
    const where = part === null ? "" : ` in “${part}”`;
    return this.app.eventually(`there is no ${kind} “${name}”${where}`, PATIENCE, () =>
      this.driver.executeScript(FIND, kind, name, part),
    );
  }

  /** Presses a button, a link or a tab, once it can be pressed; the name or a pattern of it. */
  press(name, part = null) {
    const wanted = name instanceof RegExp ? { pattern: name.source } : name;
    return this.app.eventually(`“${name}” could not be pressed`, PATIENCE, async () => {
      const found = await this.driver.executeScript(FIND, "button", wanted, part);
      if (found === null || !(await found.isEnabled())) return false;
      await this.#click(found);
      return true;
    });
  }

  /** Types into a field, in place of what stood there. */
  async type(label, text, part = null) {
    const field = await this.find("field", label, part);
    const input = await field.findElement(By.css("input, textarea"));
    await this.#click(input);
    await this.#write(input, text);
    await input.sendKeys(Key.TAB);
  }

  /** Chooses from a list that opens; one that a scrolling page closed again is opened again. */
  async choose(label, option, part = null) {
    const field = await this.find("field", label, part);
    const opener = await field.findElement(By.css("button"));
    await this.app.eventually(`“${label}” offered no “${option}”`, PATIENCE, async () => {
      const found = await this.driver.executeScript(FIND, "option", option, null);
      if (found === null) {
        if ((await this.driver.findElements(By.css("[role=listbox]"))).length === 0)
          await this.#click(opener);
        return false;
      }
      // Of a long list only a part is seen.
      await this.driver.executeScript('arguments[0].scrollIntoView({ block: "nearest" })', found);
      await found.click();
      return true;
    });
    await this.#closed();
  }

  /** Finds in a long list by typing a part of the name. */
  async search(label, typed, option, part = null) {
    const field = await this.find("field", label, part);
    const input = await field.findElement(By.css("input"));
    await this.#click(input);
    await this.#write(input, typed);
    await this.#click(await this.find("option", option));
    await this.#closed();
  }

  /** Picks one of the answers that stand below a question. */
  async pick(label, answer, part = null) {
    const field = await this.find("field", label, part);
    for (const one of await field.findElements(By.css("label"))) {
      const [name] = (await one.getText()).trim().split("\n");
      if (name.trim() === answer) return this.#click(one);
    }
    throw new Error(`“${label}” has no answer “${answer}”`);
  }

  /** Ticks a box, or takes the tick away. */
  async tick(label, part = null) {
    await this.#click(await this.find("check", label, part));
  }

  /** Types a day, part by part, as `2026-11-20`. */
  async day(label, iso, part = null) {
    const field = await this.find("field", label, part);
    const [year, month, day] = iso.split("-");
    for (const [type, digits] of Object.entries({ year, month, day })) {
      const segment = await field.findElement(By.css(`[role=spinbutton][data-type=${type}]`));
      await this.#click(segment);
      await segment.sendKeys(digits);
    }
  }

  /** Follows a link whose first line is this. */
  async follow(name) {
    await this.#click(await this.find("link", name));
  }

  /** The part of the page under this heading. */
  part(heading) {
    return this.find("part", heading, heading);
  }

  /** Opens a screen from the menu. */
  async go(screen) {
    await this.press(screen);
    const there = async () =>
      (await this.driver.executeScript("return document.querySelector('h1')?.innerText")) ===
      screen;
    await this.app.eventually(`“${screen}” did not open`, PATIENCE, there);
  }

  /** Opens a screen by its address. */
  async visit(address) {
    await this.driver.executeScript("location.hash = arguments[0]", `#${address}`);
    const [path] = address.split("?");
    const there = () =>
      this.driver.executeScript(
        "return location.hash.split('?')[0] === '#' + arguments[0] && document.querySelector('main h1') !== null",
        path,
      );
    await this.app.eventually(`“${address}” did not open`, PATIENCE, there);
    // The same screen for somebody else: what is typed next must not come before it is drawn.
    await this.driver.executeAsyncScript(DRAWN);
  }

  /** Writes in place of what stands there. */
  async #write(input, text) {
    await input.sendKeys(Key.chord(Key.CONTROL, "a"));
    if (/^[ -~]*$/.test(text)) await input.sendKeys(text);
    // The driver has no keys for Chinese characters; an input method inserts them as well.
    else
      await this.driver.executeScript(
        `document.execCommand("insertText", false, arguments[0])`,
        text,
      );
  }

  async #click(element) {
    await this.driver.executeAsyncScript(STAND_STILL, element);
    await element.click();
  }

  /** Waits until no list is open any more. */
  #closed() {
    const gone = async () =>
      (await this.driver.findElements(By.css("[role=listbox]"))).length === 0;
    return this.app.eventually("the list did not close", PATIENCE, gone);
  }
}
