// What the family adds to the rules itself: a figure it knows better, and a folder of policy files.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { NAMES } from "./family.mjs";
import { say } from "./texts.mjs";
import { HOSPITAL } from "./visit.mjs";

const BEIJING = "110000-beijing/employee/general-outpatient.toml";
const shipped = fileURLToPath(new URL(`../../policies/${BEIJING}`, import.meta.url));

/** Begins a word as the screens do. */
const heading = (key, words) => {
  const text = say(key, {}, words);
  return text[0].toUpperCase() + text.slice(1);
};

/** Writes two packs below a folder: one with other shares for 北京, one with errors. */
export function writePacks(folder) {
  const text = readFileSync(shipped, "utf8");
  const write = (name, changed) => {
    const file = join(folder, name, BEIJING);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, changed);
    return join(folder, name);
  };
  return {
    good: write("北京新规", text.replaceAll('"70%"', '"72%"')),
    bad: write("写错的", text.replace("edges_on", "edge_on").replace('"1800.00"', '"很多"')),
  };
}

/** Opens the form for the deductible of the daughter's place, and fills it in. */
async function fillIn(hand, figure, words) {
  await hand.visit("/policy?member=1");
  await hand.press(say("policy.tab.rules", {}, words));
  await hand.press(say("own.state_of", { title: heading("title.deductible", words) }, words));
  await hand.choose(say("own.cell", {}, words), heading("word.active", words));
  await hand.type(say("own.figure", {}, words), figure);
  await hand.type(say("own.source", {}, words), "12393");
}

async function look(hand, words) {
  await hand.press(say("preview.look", {}, words));
  await hand.app.shows(`section[aria-label="${say("preview.title", {}, words)}"]`);
}

async function openPack(hand, path, words) {
  await hand.visit("/policy?member=1");
  await hand.press(say("policy.tab.own", {}, words));
  await hand.press(say("pack.add", {}, words));
  await hand.type(say("pack.path", {}, words), path);
  await look(hand, words);
}

async function discard(hand, words) {
  await hand.press(say("dialog.close", {}, words));
  await hand.press(say("dialog.discard", {}, words));
}

/** The deductible is 1,000 and not 1,800, since the year began; it is looked at, and kept. */
export async function stateFigure(hand) {
  await fillIn(hand, "1,000", "zh");
  await hand.day(say("own.from"), "2026-01-01");
  await look(hand, "zh");
  await hand.press(say("form.record"));
  await hand.app.says(say("own.saved"));
}

/** The pack is looked at, added, and counts; taken out, it counts no more. */
export async function tryPack(hand, packs) {
  const paid = async () => {
    await hand.visit("/estimate?member=1");
    await hand.choose(say("estimate.class"), HOSPITAL);
    await hand.type(say("estimate.total"), "400");
    await hand.press(new RegExp(`^(${say("estimate.run")}|${say("estimate.again")})$`));
    await hand.app.says(say("estimate.result"));
    return hand.app.text();
  };
  assert.match(await paid(), /280\.00/);
  await openPack(hand, packs.good, "zh");
  await hand.app.says("70% → 72%");
  await hand.press(say("pack.go"));
  await hand.app.says(say("pack.added", { name: "北京新规" }));
  assert.match(await paid(), /288\.00/);
  await hand.visit("/policy?member=1");
  await hand.press(say("policy.tab.own"));
  await hand.press(say("own.remove_of", { what: "北京新规" }));
  await hand.app.eventually("the pack was not removed", 20_000, async () => {
    return !(await hand.app.text()).includes(say("own.remove_of", { what: "北京新规" }));
  });
  assert.match(await paid(), /280\.00/);
}

/** The screens of what is added, for every look. */
export const ownScreens = (packs) => [
  {
    name: "full-policy-own",
    open: async (hand, words) => {
      await hand.visit("/policy?member=1");
      await hand.press(say("policy.tab.own", {}, words));
      await hand.app.says("12393");
    },
  },
  {
    name: "full-policy-state",
    open: async (hand, words) => {
      await fillIn(hand, "1,200", words);
      await look(hand, words);
    },
    close: discard,
    screenfuls: 5,
  },
  {
    name: "full-pack-preview",
    open: async (hand, words) => {
      await openPack(hand, packs.good, words);
      await hand.app.says(NAMES.daughter);
    },
    close: discard,
    screenfuls: 5,
  },
  {
    name: "error-pack",
    open: (hand, words) => openPack(hand, packs.bad, words),
    close: discard,
    screenfuls: 4,
  },
  {
    name: "error-state",
    open: async (hand, words) => {
      await fillIn(hand, "abc", words);
      await hand.press(say("preview.look", {}, words));
      await hand.app.shows("[role=alert]");
    },
    close: discard,
  },
];
