// Which places have rules: one folder a place, whose name begins with the place's number.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const policies = fileURLToPath(new URL("../../policies", import.meta.url));

/** The first city on the list that has no rules yet. */
export function placeWithoutRules() {
  const folders = readdirSync(policies);
  const list = readFileSync(join(policies, "pools.toml"), "utf8");
  for (const [, id, name] of list.matchAll(/^id\s*=\s*"(\w+)"\nname\s*=\s*"([^"]+市)"/gm))
    if (!folders.some((folder) => folder.startsWith(`${id}-`))) return name;
  throw new Error("every city has rules: the window test needs one without");
}
