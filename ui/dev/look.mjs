// Looks at the built screens: screenshots, axe, CSP violations, console errors, sideways scrolling.
//   npm run build:double && node dev/look.mjs [--out DIR] [--dist DIR] [--only TEXT] [--quick]
// One line a view on standard output; anything found makes it end with 1.
import { createReadStream, existsSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = fileURLToPath(new URL("..", import.meta.url));
const option = (name) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const out = option("--out") ?? "/tmp/gongji-look";
const only = option("--only");
const quick = process.argv.includes("--quick");
mkdirSync(out, { recursive: true });

const csp = JSON.parse(readFileSync(join(here, "../src-tauri/tauri.conf.json"), "utf8")).app
  .security.csp;
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css" };
const dist = option("--dist") ?? join(here, "dist-double");
const server = createServer((request, response) => {
  const path = new URL(request.url ?? "/", "http://x").pathname;
  const file = join(dist, path === "/" ? "index.html" : path);
  if (path === "/favicon.ico") {
    response.writeHead(204).end();
    return;
  }
  if (!file.startsWith(dist) || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    "content-type": types[extname(file)] ?? "application/octet-stream",
    "content-security-policy": csp,
  });
  createReadStream(file).pipe(response);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const base = `http://127.0.0.1:${server.address().port}/`;
const axe = readFileSync(join(here, "node_modules/axe-core/axe.min.js"), "utf8");

/** Screens, and what is clicked before the picture is taken. */
const { screens } = await import("./screens.mjs");

const frames = [
  { name: "1280", width: 1280, height: 900, text: 100, theme: "light", lang: "zh" },
  { name: "1024-dark-en", width: 1024, height: 700, text: 100, theme: "dark", lang: "en" },
  { name: "1280-200", width: 1280, height: 900, text: 200, theme: "light", lang: "zh" },
  { name: "1024-200-en", width: 1024, height: 700, text: 200, theme: "light", lang: "en" },
];

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
/** What can be used by mouse but is never reached by Tab (one of a group of radios or tabs is enough). */
async function unreached(page) {
  await page.evaluate(() => {
    document.activeElement?.blur();
    window.scrollTo(0, 0);
  });
  let reached = 0;
  let rounds = 0;
  // Tab begins where the focus last was, so it goes round twice past the end of the page.
  for (let pressed = 0; pressed < 400 && rounds < 2; pressed += 1) {
    await page.keyboard.press("Tab");
    const somewhere = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return false;
      at.dataset.reached = "yes";
      return true;
    });
    if (somewhere) reached += 1;
    else rounds += 1;
  }
  const left = await page.evaluate(() =>
    [
      ...document.querySelectorAll(
        "button, a[href], input, textarea, [role=spinbutton], [tabindex='0']",
      ),
    ]
      .filter(
        (one) =>
          !one.disabled && one.tabIndex >= 0 && one.checkVisibility?.() && !one.dataset.reached,
      )
      .filter((one) => !one.closest("[role=radiogroup], [role=tablist], [aria-hidden=true]"))
      .map((one) => `not reached by Tab: ${one.outerHTML.slice(0, 120)}`),
  );
  return reached > 5 ? left : [...left, `Tab reached only ${reached} things`];
}

let bad = 0;
for (const screen of screens) {
  if (only && !screen.name.includes(only)) continue;
  for (const frame of quick ? frames.slice(0, 1) : frames) {
    if (screen.narrow && frame.text < 200) continue;
    const context = await browser.newContext({
      viewport: { width: frame.width, height: frame.height },
      bypassCSP: false,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(4000);
    const found = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) found.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => found.push(`error: ${error.message}`));
    await page.addInitScript(() => {
      window.cspFound = [];
      document.addEventListener("securitypolicyviolation", (event) =>
        window.cspFound.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
      );
    });
    const query = `?sample=${screen.sample ?? "full"}&lang=${frame.lang}&theme=${frame.theme}&text=${frame.text}${screen.query ?? ""}`;
    await page.goto(`${base}${query}#${screen.path}`);
    await page.waitForSelector("h1");
    await page.waitForTimeout(250);
    try {
      await screen.before?.(page, frame);
    } catch (error) {
      found.push(`steps: ${error.message.split("\n").slice(0, 14).join(" / ")}`);
    }
    await page.waitForTimeout(150);
    const name = `${screen.name}-${frame.name}`;
    // The page scrolls in a row of its own: for the picture the window is made as high as it is.
    const high = await page.evaluate(
      () => document.querySelector("[data-scroller]")?.scrollHeight ?? 0,
    );
    if (!screen.window && high > frame.height)
      await page.setViewportSize({ width: frame.width, height: high });
    await page.screenshot({
      timeout: 30000,
      path: join(out, `${name}.png`),
      fullPage: !screen.window,
    });
    const wide = await page.evaluate(() => {
      const box = document.querySelector("[data-scroller]") ?? document.documentElement;
      return box.scrollWidth - box.clientWidth;
    });
    if (wide > 0) found.push(`scrolls sideways by ${wide}px`);
    found.push(...(await page.evaluate(() => window.cspFound)).map((text) => `csp: ${text}`));
    // Evaluated in the page's own world by the debugger, so the CSP stays on for everything else.
    const session = await context.newCDPSession(page);
    await session.send("Runtime.evaluate", { expression: axe });
    // A modal dialog or an open list hides the rest of the page from screen readers: only it is judged.
    const within = await page.evaluate(
      () =>
        ["[role=listbox]", "[role=dialog]"].find((one) => document.querySelector(one)) ?? "body",
    );
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
      expression: `axe.run(${within === "body" ? "document" : `"${within}"`}, { resultTypes: ["violations"] }).then((r) => JSON.stringify(r.violations.map((v) => v.id + " [" + v.impact + "] " + v.nodes.slice(0, 3).map((n) => n.target.join(" ") + " :: " + n.any.concat(n.all).map((a) => a.message).join("; ")).join(" | "))))`,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) found.push(`axe did not run: ${exceptionDetails.exception?.description}`);
    else found.push(...JSON.parse(result.value).map((text) => `axe: ${text}`));
    if (frame === frames[0] && !screen.window) found.push(...(await unreached(page)));
    console.log(
      `${found.length ? "✗" : "✓"} ${name}${found.map((text) => `\n    ${text}`).join("")}`,
    );
    bad += found.length;
    await context.close();
  }
}
await browser.close();
server.close();
process.exitCode = bad ? 1 : 0;
