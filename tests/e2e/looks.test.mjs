// Every screen, empty, full, with what is not known and with an error, in both sizes of window and of
// text, both themes and both languages: nothing clipped, nothing left untranslated, nothing that axe
// finds, every control reached by Tab. With GONGJI_PICTURES=1 in every look, and the pictures are kept
// in target/e2e; otherwise in the two looks that differ most.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AFTER_CREDIT } from "./arrival.mjs";
import { stateBindings, stateFigures, stateMembers, statePlace, TODAY } from "./family.mjs";
import { Hand } from "./hand.mjs";
import { App, temporaryFolder } from "./harness.mjs";
import { dress, inspect, LOOKS, nothing } from "./looks.mjs";
import { ownScreens, stateFigure, writePacks } from "./own.mjs";
import { EMPTY, ERROR, FRESH, FULL, UNKNOWN } from "./screens.mjs";
import { fixedPart, say } from "./texts.mjs";
import { openReadOnly } from "./trouble.mjs";
import { planVisit } from "./visit.mjs";

/** Goes through these screens in every look and says all that is wrong with them. */
async function goThrough(hand, screens) {
  const findings = [];
  let spoken = "zh";
  for (const look of LOOKS) {
    await dress(hand, look, spoken);
    spoken = look.language;
    for (const screen of screens) {
      await screen.open(hand, spoken);
      await inspect(hand, screen, look, findings);
      await screen.close?.(hand, spoken);
    }
  }
  await dress(hand, LOOKS[0], spoken);
  nothing(findings);
  assert.deepEqual(await hand.app.violations(), []);
}

async function inWindow(folder, today, use) {
  const app = await App.start({ folder, today });
  try {
    await use(new Hand(app));
  } catch (failure) {
    await app.screenshot("looks-failed");
    throw failure;
  } finally {
    await app.close();
  }
}

test("the screens before there is a household, and with nobody in it", (t) =>
  inWindow(temporaryFolder(t), TODAY, async (hand) => {
    await goThrough(hand, FRESH);
    await hand.visit("/setup");
    await hand.press(new RegExp(`^\\d ${say("setup.bindings.short")}$`));
    await hand.press(say("setup.finish"));
    await hand.app.says(say("overview.empty"));
    await goThrough(hand, EMPTY);
  }));

test("the screens of a family, what is not known, and what is typed wrong", async (t) => {
  const folder = temporaryFolder(t);
  await inWindow(folder, TODAY, async (hand) => {
    const steps = [statePlace, stateMembers, stateFigures, stateBindings, planVisit, stateFigure];
    for (const step of steps) await step(hand);
  });
  // A month later one credit is due, which the overview asks about.
  await inWindow(folder, AFTER_CREDIT, async (hand) => {
    await hand.app.says(fixedPart("overview.lead"));
    const own = ownScreens(writePacks(folder));
    await goThrough(hand, [...FULL, ...own, ...UNKNOWN, ...ERROR]);
  });
  await openReadOnly(folder, AFTER_CREDIT, (app) => app.screenshot("error-read-only"));
});
