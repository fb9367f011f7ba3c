// The window as a person has it: the built program on a data folder of its own, steered from
// outside through WebKitWebDriver. Nothing in here knows a screen.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../..", import.meta.url));
const results = join(project, "target/e2e");
const packages = createRequire(join(project, "ui/package.json"));
const { Builder, Capabilities, error } = packages("selenium-webdriver");
export const { By, Key } = packages("selenium-webdriver");
// What is only just being drawn, or drawn anew.
const REDRAWN = [
  error.NoSuchElementError,
  error.StaleElementReferenceError,
  error.ElementNotInteractableError,
];

/** How long anything on the screen may take to appear. */
export const PATIENCE = 20_000;

/** A folder for one test's household, gone when the test is over. */
export function temporaryFolder(test) {
  const folder = mkdtempSync(join(tmpdir(), "gongji-"));
  test.after(() => remove(folder));
  return folder;
}

/** The web process may still write its caches for a moment after the window is gone. */
async function remove(folder) {
  for (let tries = 1; ; tries += 1) {
    try {
      return rmSync(folder, { recursive: true, force: true });
    } catch (failure) {
      if (tries === 50) throw failure;
      await sleep(100);
    }
  }
}

/** The open window. */
export class App {
  #server;
  #closed = false;

  constructor(driver, server, folder) {
    this.driver = driver;
    this.#server = server;
    this.folder = folder;
  }

  /**
   * Starts the program on the ledger below `folder`, on the day `today`, and waits for its page.
   * The same folder once more is the same household on the next start.
   */
  static async start({ folder, today, width = 1280, height = 900 }) {
    mkdirSync(results, { recursive: true });
    const port = await freePort();
    const log = openSync(join(results, "window.log"), "a");
    const server = spawn("WebKitWebDriver", [`--port=${port}`], {
      env: surroundings(folder, today),
      stdio: ["ignore", log, log],
    });
    let app = null;
    try {
      await answering(port, server);
      const driver = await new Builder()
        .usingServer(`http://127.0.0.1:${port}`)
        .withCapabilities(capabilities())
        .build();
      app = new App(driver, server, folder);
      await app.size(width, height);
      await app.shows("h1");
      return app;
    } catch (failure) {
      await app?.screenshot("start-failed").catch(() => {});
      await (app === null ? end(server) : app.close());
      throw failure;
    }
  }

  /** Closes the window and the driver, and waits until the program has let go of its files. */
  async close() {
    if (this.#closed) return;
    this.#closed = true;
    const programs = childrenOf(this.#server);
    try {
      await this.driver.quit();
    } finally {
      // The driver answers before it has ended the program; without the driver nobody would.
      for (const program of programs) await gone(program);
      await end(this.#server);
    }
  }

  /** Gives the page inside the window exactly this size. */
  async size(width, height) {
    const window = this.driver.manage().window();
    await window.setRect({ width, height });
    const [inner, outer] = await this.driver.executeScript(
      "return [[innerWidth, innerHeight], [outerWidth, outerHeight]]",
    );
    if (inner[0] !== width || inner[1] !== height) {
      await window.setRect({
        width: width + outer[0] - inner[0],
        height: height + outer[1] - inner[1],
      });
    }
  }

  /** The first element of this CSS selector, once it can be seen. */
  shows(selector, patience = PATIENCE) {
    return this.eventually(`nothing was seen at “${selector}”`, patience, async () => {
      const found = await this.driver.findElement(By.css(selector));
      return (await found.isDisplayed()) && found;
    });
  }

  /** Waits until the page says this somewhere. */
  says(words, patience = PATIENCE) {
    const heard = async () => (await this.text()).includes(words);
    return this.eventually(`the page never said “${words}”`, patience, heard);
  }

  /** Asks again until the answer is one; an element that is drawn anew meanwhile is no answer. */
  eventually(complaint, patience, ask) {
    const answer = () =>
      ask().catch((failure) => {
        if (REDRAWN.some((kind) => failure instanceof kind)) return false;
        throw failure;
      });
    return this.driver.wait(answer, patience, complaint);
  }

  /** All that can be read on the page. */
  text() {
    return this.driver.executeScript("return document.body.innerText");
  }

  /** Keeps the page as target/e2e/<name>.png. */
  async screenshot(name) {
    const picture = await this.driver.takeScreenshot();
    writeFileSync(join(results, `${name}.png`), picture, "base64");
  }

  /** Every breach of the content security policy since the page's first byte. */
  async violations() {
    const kept = await this.driver.executeScript("return window.__violations ?? null");
    if (kept === null) throw new Error("nobody kept the violations: is this a debug build?");
    return kept;
  }

  /**
   * What axe finds on the page as it stands, one line a finding. Left out is the place where React
   * Aria keeps for seconds what was read out, with names of fields that are gone by then.
   */
  async accessibilityFindings() {
    await this.driver.executeScript(readFileSync(packages.resolve("axe-core/axe.min.js"), "utf8"));
    const { violations } = await this.driver.executeAsyncScript(
      "const done = arguments[arguments.length - 1]; axe.run({ exclude: [['[data-live-announcer]']] }, { resultTypes: ['violations'] }).then(done);",
    );
    return violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`),
    );
  }
}

/** What the program sees of the machine: a home of its own, no session bus of somebody else's. */
function surroundings(folder, today) {
  const { DBUS_SESSION_BUS_ADDRESS: _, ...inherited } = process.env;
  return {
    ...inherited,
    LANG: "C.UTF-8",
    XDG_CACHE_HOME: join(folder, "cache"),
    XDG_CONFIG_HOME: join(folder, "config"),
    XDG_DATA_HOME: join(folder, "share"),
    GONGJI_DATA_DIR: join(folder, "ledger"),
    GONGJI_TODAY: today,
    TAURI_WEBVIEW_AUTOMATION: "true",
    // WebKitGTK's driver never finishes a screenshot under the renderer that the program chooses for
    // machines without a GPU. A choice that is already made stands, so it is made here.
    WEBKIT_DISABLE_DMABUF_RENDERER: "0",
  };
}

function capabilities() {
  const binary = resolve(process.env.GONGJI_APP ?? join(project, "target/debug/gongji-app"));
  return new Capabilities({
    browserName: "wry",
    "webkitgtk:browserOptions": { binary, args: [] },
  });
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

/** Waits until the driver takes requests. */
async function answering(port, server) {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/status`).catch(() => null);
    if (answer?.ok) return;
    if (server.exitCode !== null) throw new Error("WebKitWebDriver ended at once");
    if (Date.now() > deadline) throw new Error("WebKitWebDriver does not answer");
    await sleep(50);
  }
}

/** The processes that the driver started: the program it steers. */
function childrenOf({ pid }) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
  return children.trim().split(" ").filter(Boolean);
}

/** Waits until the program has ended; one that a failed test left hanging is ended. */
async function gone(pid) {
  const deadline = Date.now() + 5_000;
  while (isRunning(pid)) {
    if (Date.now() > deadline) kill(pid);
    await sleep(20);
  }
}

function kill(pid) {
  try {
    process.kill(Number(pid), "SIGKILL");
  } catch {
    // It has ended by itself just now.
  }
}

/** One that has ended and was not yet asked for its result counts as ended. */
function isRunning(pid) {
  try {
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}

async function end(server) {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill();
  await once(server, "exit");
}
