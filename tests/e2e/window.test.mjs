// The real window: it opens, shows its first screen, and nothing in it is out of order.

import assert from "node:assert/strict";
import { test } from "node:test";
import { App, temporaryFolder } from "./harness.mjs";

const TODAY = "2026-03-02";

test("the window opens on an empty ledger and shows its first screen", async (t) => {
  const app = await App.start({ folder: temporaryFolder(t), today: TODAY });
  try {
    await app.screenshot("first-screen");
    assert.deepEqual(await app.violations(), []);
    assert.deepEqual(await app.accessibilityFindings(), []);
  } finally {
    await app.close();
  }
});

test("the page reaches nothing outside, and a breach of the policy does not go unseen", async (t) => {
  const app = await App.start({ folder: temporaryFolder(t), today: TODAY });
  try {
    const reached = await app.driver.executeAsyncScript(
      "const done = arguments[arguments.length - 1]; fetch('http://127.0.0.1:9/').then(() => done('reached'), () => done('refused'));",
    );
    assert.equal(reached, "refused");
    const [breach, ...others] = await app.violations();
    assert.match(breach, /^connect-src http:\/\/127\.0\.0\.1:9/);
    assert.deepEqual(others, []);
  } finally {
    await app.close();
  }
});
