import { expect, it } from "vitest";
import { initials } from "../src/format/pinyin";

it.each([
  ["北京", "bj"],
  ["广州", "gz"],
  ["无锡", "wx"],
  ["厦门", "xm"],
  ["重庆", "cq"],
  ["鄂尔多斯", "eeds"],
  ["阿坝", "ab"],
  ["遵义", "zy"],
  ["陕西省本级 X2", "sxsbj x2"],
])("%s is found by %s", (name, letters) => {
  expect(initials(name)).toBe(letters);
});
