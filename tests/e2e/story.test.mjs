// One family, two cities, in the real window: recorded, projected, estimated, printed, closed and
// opened again. No step stands for another: each presses what a person presses.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AFTER_CREDIT, answerCredit, creditIsKept } from "./arrival.mjs";
import { NAMES, stateBindings, stateFigures, stateMembers, statePlace, TODAY } from "./family.mjs";
import { Hand } from "./hand.mjs";
import { App, temporaryFolder } from "./harness.mjs";
import { tryPack, writePacks } from "./own.mjs";
import {
  openCutOff,
  openForeign,
  openFromBackup,
  openNewer,
  openReadOnly,
  openTwice,
} from "./trouble.mjs";
import {
  estimateVisit,
  estimateWithoutRules,
  planVisit,
  printVisit,
  refuseNegative,
  seeRunOut,
  seeUnknown,
} from "./visit.mjs";

test("a family in two cities, from the first run to the next month", async (t) => {
  const folder = temporaryFolder(t);

  /** One run of the program, from its start to its end. */
  async function run(today, ...steps) {
    const app = await App.start({ folder, today });
    const hand = new Hand(app);
    try {
      for (const step of steps) await step(hand);
      assert.deepEqual(await app.violations(), []);
    } catch (failure) {
      await app.screenshot("story-failed");
      throw failure;
    } finally {
      await app.close();
    }
  }

  await run(
    TODAY,
    statePlace,
    stateMembers,
    stateFigures,
    stateBindings,
    planVisit,
    seeRunOut,
    seeUnknown,
    estimateVisit,
    refuseNegative,
    printVisit,
    estimateWithoutRules,
  );
  await run(AFTER_CREDIT, answerCredit);
  await openTwice(folder, AFTER_CREDIT);
  await openReadOnly(folder, AFTER_CREDIT);
  await openNewer(folder, AFTER_CREDIT);
  await openCutOff(folder, AFTER_CREDIT);
  await openForeign(folder, AFTER_CREDIT);
  await openFromBackup(folder, AFTER_CREDIT);
  await run(AFTER_CREDIT, creditIsKept, seeEverybody);
  await run(AFTER_CREDIT, (hand) => tryPack(hand, writePacks(folder)));
});

async function seeEverybody(hand) {
  for (const name of Object.values(NAMES)) await hand.part(name);
}
