// A file that cannot be written, is in use, is newer or is cut off: a sentence, and nothing lost.

import assert from "node:assert/strict";
import {
  chmodSync,
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { NAMES } from "./family.mjs";
import { Hand } from "./hand.mjs";
import { App } from "./harness.mjs";
import { fixedPart, say } from "./texts.mjs";

const ledger = (folder) => join(folder, "ledger");
const file = (folder) => join(ledger(folder), "household.sqlite");

/** Starts the program, looks, and closes it whatever was seen. */
async function looking(start, look) {
  const app = await App.start(start);
  try {
    await look(app);
    assert.deepEqual(await app.violations(), []);
    assert.deepEqual(await app.accessibilityFindings(), []);
  } finally {
    await app.close();
  }
}

/** File and folder without write permission: everything is shown, nothing can be changed. */
export async function openReadOnly(folder, today, look = () => {}) {
  chmodSync(file(folder), 0o400);
  chmodSync(ledger(folder), 0o500);
  try {
    await looking({ folder, today }, async (app) => {
      await app.says(say("read_only.banner"));
      await app.says(say("error.read_only_file"));
      await app.says(NAMES.daughter);
      await new Hand(app).go(say("nav.members"));
      await app.says(NAMES.father);
      await look(app);
    });
  } finally {
    chmodSync(ledger(folder), 0o700);
    chmodSync(file(folder), 0o600);
  }
}

/** A second window on the ledger that another one has open, and once more when that one is closed. */
export async function openTwice(folder, today) {
  const first = await App.start({ folder, today });
  try {
    await looking({ folder, today }, async (app) => {
      await app.says(say("error.busy.title"));
      await app.says(fixedPart("error.busy"));
      await app.screenshot("error-busy");
      await first.close();
      await tryAgain(app, "error.retry");
    });
  } finally {
    await first.close();
  }
}

/** A file of a later version, which is left as it is. */
export async function openNewer(folder, today) {
  await withAltered(folder, setFormat, (app) => showsFault(app, "error.newer"), today);
}

const cut = (path) => truncateSync(path, Math.floor(statSync(path).size / 2) - 100);

/** A file that ends in the middle, and a backup: one press opens the backup, and the bad file stays. */
export async function openFromBackup(folder, today) {
  await looking({ folder, today }, async (app) => {
    const hand = new Hand(app);
    await hand.visit("/settings");
    await hand.press(say("settings.backup"));
    await app.says(say("settings.saved_to"));
  });
  const path = file(folder);
  cut(path);
  const bad = readFileSync(path);
  await looking({ folder, today }, async (app) => {
    await app.says(`gongji-${today}.sqlite`);
    await app.screenshot("error-damaged-backup");
    await tryAgain(app, "error.use_backup");
    const aside = join(ledger(folder), `household.damaged-${today}.sqlite`);
    assert.ok(readFileSync(aside).equals(bad), "the damaged file was not kept");
  });
}

/** A file that ends in the middle. */
export async function openCutOff(folder, today) {
  await withAltered(folder, cut, (app) => showsFault(app, "error.damaged"), today);
}

/** A file that is none of ours. */
export async function openForeign(folder, today) {
  const overwrite = (path) => {
    const handle = openSync(path, "r+");
    writeSync(handle, "this is a shopping list, no ledger at all");
    closeSync(handle);
  };
  await withAltered(folder, overwrite, (app) => showsFault(app, "error.not_ours"), today);
}

/** A press opens what can be opened by now. */
async function tryAgain(app, button) {
  await new Hand(app).press(say(button));
  await app.says(fixedPart("overview.lead"));
  await app.says(NAMES.daughter);
}

async function showsFault(app, code) {
  await app.says(say("error.file.title"));
  await app.says(fixedPart(code));
  await app.screenshot(code.replace(".", "-"));
}

/** SQLite keeps the format's number in the four bytes at 60. */
function setFormat(path) {
  const handle = openSync(path, "r+");
  writeSync(handle, Buffer.from([0, 0, 0, 99]), 0, 4, 60);
  closeSync(handle);
}

/** Looks at the altered file, sees that it was not touched, puts the good one back and tries again. */
async function withAltered(folder, alter, look, today) {
  const path = file(folder);
  const kept = join(folder, "kept.sqlite");
  copyFileSync(path, kept);
  alter(path);
  const altered = readFileSync(path);
  await looking({ folder, today }, async (app) => {
    await look(app);
    // Pressed too early it changes nothing.
    await new Hand(app).press(say("error.open_again"));
    await look(app);
    assert.ok(readFileSync(path).equals(altered), "the file was touched");
    copyFileSync(kept, path);
    await tryAgain(app, "error.open_again");
  });
}
