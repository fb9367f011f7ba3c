import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { asApiError, ERROR_BEHAVIOUR } from "../src/api/errors";
import { ZH } from "../src/i18n/texts";

it("has a row and a title for every code that Rust knows", () => {
  const rust = readFileSync(
    join(import.meta.dirname, "../../src-tauri/crates/api/src/error.rs"),
    "utf8",
  );
  const body = /pub enum ErrorCode \{([\s\S]*?)\n\}/.exec(rust)?.[1] ?? "";
  const codes = [...body.matchAll(/^\s{4}([A-Z]\w+),$/gm)].map(([, name = ""]) =>
    name.replace(/(?<!^)([A-Z])/g, "_$1").toLowerCase(),
  );
  expect(codes.length).toBeGreaterThan(3);
  expect(Object.keys(ERROR_BEHAVIOUR).sort()).toEqual(codes.sort());
  for (const code of codes) expect(`error.${code}.title` in ZH, code).toBe(true);
});

it("passes Rust's errors on and makes an internal one of anything else", () => {
  const refused = {
    code: "input",
    field: "members.0.name",
    message: { code: "x", params: {} },
    hint: null,
  };
  expect(asApiError(refused)).toBe(refused);
  expect(asApiError("invalid args `draft`").code).toBe("internal");
  expect(asApiError(new Error("boom")).message.params).toEqual({ detail: "boom" });
  expect(asApiError({ code: "nonsense", message: {} }).code).toBe("internal");
  expect(asApiError(null).code).toBe("internal");
});
