import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const ui = join(import.meta.dirname, "..");
const page = readFileSync(join(ui, "index.html"), "utf8");

it("has no inline script and no inline style in its page", () => {
  expect(page).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)/);
});

it("still carries the id by which React Aria decides not to inject a <style>", () => {
  const press = readFileSync(
    join(ui, "node_modules/react-aria/dist/private/interactions/usePress.mjs"),
    "utf8",
  );
  const id = /STYLE_ID = '([^']+)'/.exec(press)?.[1];
  expect(id).toBeTruthy();
  expect(page).toContain(`id="${id}"`);
});
