import { describe, expect, it } from "vitest";
import { pieces, unbroken } from "../src/format/whole";

const whole = (text: string) =>
  pieces(text)
    .filter((piece) => piece.whole)
    .map((piece) => piece.text);

describe("what a line's end must not cut", () => {
  it.each([
    ["记到2026年12月5日", ["2026年12月5日"]],
    ["2026年3月的划入", ["2026年3月"]],
    ["个人账户（2022 年 9 月起划入）", ["2022 年 9 月", "起划入）"]],
    ["2027年1月1日 ～ 2027年1月5日", ["2027年1月1日 ～", "2027年1月5日"]],
    ["1 Jan 2027 – 5 Sept 2027", ["1 Jan 2027 –", "5 Sept 2027"]],
    ["2027年1月1日～5日", ["2027年1月1日～5日"]],
    ["1–5 Jan 2027", ["1–5 Jan 2027"]],
    ["起付线：1,800 元 → 1,000 元", ["1,800 元", "→ 1,000 元"]],
    ["在职 · 医院：70% → 72%", ["70%", "→ 72%"]],
    ["credit for Nov 2026", ["Nov 2026"]],
    ["导出-2026-12-05.json", ["2026-12-05"]],
    ["总共1,200.00元，报 85%", ["1,200.00元", "85%"]],
    ["400.00 yuan in all", ["400.00 yuan"]],
    ["差 −93.20 元", ["−93.20 元"]],
    ["先预划 6 个月", ["6 个月"]],
    ["每天最多 3 笔", ["3 笔"]],
    ["Employee insurance (职工医保)", ["(职工医保)"]],
    ["没有什么", []],
    ["上面点「记一条共济」，再选用谁的账户", ["「记一条共济」", "谁的账户"]],
    ["王建国在唐山市参保", ["唐山市"]],
    ["the pooling fund 统筹基金 pays", ["统筹基金"]],
    // The end stays together: no line of one character, none of one short word.
    ["加上家人和医保账户，就知道用完怎么办。", ["怎么办。"]],
    ["等到账再付，最多差 93.20 元。", ["93.20 元。"]],
    ["Enter the members first: that decides whose rules apply.", ["rules apply."]],
    ["What exceeds it is covered by the supplementary insurance", []],
  ])("%s", (text, expected) => {
    expect(whole(text)).toEqual(expected);
  });
  it("loses nothing of the sentence", () => {
    const text = "从2026年1月1日算起，已付 1,800.00 元。";
    expect(
      pieces(text)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
  });
});

it("holds a month in a name together by its spaces alone", () => {
  const name = "个人账户（2022 年 9 月起划入）";
  expect(unbroken(name)).toBe("个人账户（2022\u00a0年\u00a09\u00a0月起划入）");
  expect(unbroken(name).replaceAll("\u00a0", " ")).toBe(name);
  expect(unbroken("缴费基数 9,000.00 元")).toBe("缴费基数 9,000.00 元");
});
