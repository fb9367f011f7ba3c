import { describe, expect, it } from "vitest";
import { isZero, moneyOrNull, negated, readAmount, readMoney, showYuan } from "../src/format/money";

describe("an amount as typed", () => {
  it.each([
    ["1234.5", "1234.50"],
    ["1,234.5", "1234.50"],
    ["１２３４．５", "1234.50"],
    ["１，２３４．５０元", "1234.50"],
    ["￥ 600", "600.00"],
    ["-3.07", "-3.07"],
    ["007", "7.00"],
    ["0", "0.00"],
    ["5.", "5.00"],
    ["0.10", "0.10"],
    ["1.500", "1.50"],
    ["10000000000", "10000000000.00"],
    ["9999999999.99", "9999999999.99"],
    // A binary float would make 90071992547409.93 of its like; digits stay digits.
    ["9007199254.99", "9007199254.99"],
  ])("%s is read as %s", (typed, wire) => {
    expect(readMoney(typed)).toEqual({ value: wire });
  });

  it.each([
    ["", "not_a_number"],
    ["abc", "not_a_number"],
    ["1,23", "not_a_number"],
    ["1,2345", "not_a_number"],
    ["1.2.3", "not_a_number"],
    [".5", "not_a_number"],
    ["--1", "not_a_number"],
    ["1e3", "not_a_number"],
    ["0.005", "below_one_fen"],
    ["10000000000.01", "too_large"],
    ["99999999999999999999", "too_large"],
  ])("%s is refused as %s", (typed, problem) => {
    expect(readMoney(typed)).toEqual({ problem });
    expect(moneyOrNull(typed)).toBeNull();
  });
});

it("refuses an amount below nothing where none can be", () => {
  expect(readAmount("-3.07")).toEqual({ problem: "negative" });
  expect(readAmount("－400")).toEqual({ problem: "negative" });
  expect(readAmount("-0")).toEqual({ value: "-0.00" });
  expect(readAmount("400")).toEqual({ value: "400.00" });
  expect(readAmount("abc")).toEqual({ problem: "not_a_number" });
});

describe("an amount as shown", () => {
  it.each([
    ["1234567.50", "1,234,567.50"],
    ["600.00", "600.00"],
    ["-86.50", "−86.50"],
    ["0.00", "0.00"],
    ["1000", "1,000"],
  ])("%s is shown as %s", (wire, shown) => {
    expect(showYuan(wire)).toBe(shown);
  });

  it("changes its sign as a text", () => {
    expect(negated("86.50")).toBe("-86.50");
    expect(negated("-86.50")).toBe("86.50");
    expect(negated("0.00")).toBe("0.00");
    expect(isZero("-0.00")).toBe(true);
    expect(isZero("0.01")).toBe(false);
  });
});
