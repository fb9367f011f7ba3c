import { describe, expect, it } from "vitest";
import { inWords } from "../src/i18n/words";

const TEXTS: Record<string, string> = {
  "part.inpatient": "住院",
  "relation.child": "子女",
  unknown: "不知道",
};
const lookup = (key: string) => TEXTS[key] ?? null;
const words = (params: Record<string, string>) => inWords(params, "zh", lookup);

describe("parameters of a message from Rust", () => {
  it("are put into the language where they are words of the domain", () => {
    expect(words({ part: "inpatient", relation: "child" })).toEqual({
      part: "住院",
      relation: "子女",
    });
  });
  it("stay as they are where the word belongs to another parameter", () => {
    expect(words({ name: "inpatient" })).toEqual({ name: "inpatient" });
  });
  it("show days, months and amounts as people write them", () => {
    expect(
      words({ day: "2026-03-08", month: "2026-04", each: "2000.00", sum: "-12345.60" }),
    ).toEqual({
      day: "2026年3月8日",
      month: "2026年4月",
      each: "2,000.00",
      sum: "−12,345.60",
    });
    expect(inWords({ day: "2026-03-08" }, "en", lookup)).toEqual({ day: "8 Mar 2026" });
  });
  it("say of hours whether they reach into the next day", () => {
    const hours = { night: "22:00-06:00", day: "09:00-17:00" };
    expect(words(hours)).toEqual({ night: "晚上22:00到第二天06:00", day: "09:00到17:00" });
    expect(inWords(hours, "en", lookup)).toEqual({ night: "22:00–06:00", day: "09:00–17:00" });
  });
  it("name places and counters in English, and keep what stands on papers", () => {
    const english = (key: string) =>
      ({
        "word.op_deductible": "Outpatient deductible so far",
        "part.inpatient": "Hospital care",
      })[key] ?? null;
    expect(
      inWords(
        {
          place: "北京市",
          donor_place: "甲地",
          name: "门诊起付线已累计",
          counter: "op_deductible",
        },
        "en",
        english,
      ),
    ).toEqual({
      place: "Beijing (北京市)",
      donor_place: "甲地",
      name: "Outpatient deductible so far (门诊起付线已累计)",
      counter: "op_deductible",
    });
    expect(inWords({ part: "inpatient" }, "en", english)).toEqual({ part: "hospital care" });
  });
  it("say 不知道 for what is unknown, and leave numbers and names alone", () => {
    expect(words({ times: "unknown", nth: "2", title: "复诊" })).toEqual({
      times: "不知道",
      nth: "2",
      title: "复诊",
    });
  });
});
