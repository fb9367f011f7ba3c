// One family, two cities, in the real window: recorded, estimated, projected, printed, closed and
// opened again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stateBindings, stateFigures, stateMembers, statePlace, TODAY } from "./family.mjs";
import { Hand } from "./hand.mjs";
import { App, temporaryFolder } from "./harness.mjs";

test("a family", async (t) => {
  const folder = temporaryFolder(t);
  const app = await App.start({ folder, today: TODAY });
  const hand = new Hand(app);
  try {
    await t.test("place", () => statePlace(hand));
    await t.test("members", () => stateMembers(hand));
    await t.test("figures", () => stateFigures(hand));
    await t.test("bindings", () => stateBindings(hand));
    assert.deepEqual(await app.violations(), []);
  } finally {
    await app.screenshot("story-last");
    console.log(await app.text());
    await app.close();
  }
});
