// A visit: planned, estimated, printed. The figures are those of the hand lines in
// tests/cases/households/beijing-wuxi.toml.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { NAMES } from "./family.mjs";
import { placeWithoutRules } from "./places.mjs";
import { say } from "./texts.mjs";

export const TITLE = "拿高血压药";
export const HOSPITAL = "医院（社区以外的定点医院）";
/** The same as an English window calls it. */
export const HOSPITAL_IN_ENGLISH = `Hospital ${HOSPITAL}`;

/** 400 yuan in a hospital on the tenth of each month, from 2026-12-10 on. */
export async function planVisit(hand) {
  await hand.go(say("nav.members"));
  await hand.follow(NAMES.daughter);
  await hand.press(say("member.tab.plans"));
  await hand.press(say("plan.add"));
  await hand.type(say("plan.title"), TITLE);
  await hand.choose(say("estimate.class"), HOSPITAL);
  await hand.type(say("plan.total"), "400");
  await hand.day(say("plan.first_on"), "2026-12-10");
  await hand.press(say("plan.usual.monthly"));
  await hand.press(say("form.record"));
  await hand.app.says(TITLE);
}

/** The account falls short on 2027-02-10, by 113.20. */
export async function seeRunOut(hand) {
  await hand.go(say("nav.overview"));
  const card = await hand.part(NAMES.daughter);
  await hand.app.says("2027年2月10日");
  const text = await card.getText();
  assert.match(text, /2027年2月10日/);
  assert.match(text, /113\.20/);
}

/**
 * The father's place has no rules: what follows from rules is not known, not zero. Both screens say so in
 * one sentence with something to do, and in no row of figures.
 */
export async function seeUnknown(hand) {
  const sentence = say("open.no_credit_rule", { name: NAMES.father, place: placeWithoutRules() });
  const card = await textOf(await hand.part(NAMES.father));
  assert.ok(card.includes(sentence), card);
  assert.ok(card.includes("1,520.00"), card);
  noRows(card);
  await hand.visit("/projection?member=2");
  await hand.app.says(sentence);
  const outlook = await textOf(await hand.part(NAMES.father));
  assert.ok(outlook.includes(say("projection.in_the_dark")), outlook);
  noRows(outlook);
  // Asked for somebody else while it is open, the screen goes along.
  await hand.visit("/projection?member=1");
  await hand.part(NAMES.daughter);
}

/** What is read of a part, its lines run together. */
async function textOf(part) {
  const text = await part.getDriver().executeScript("return arguments[0].innerText", part);
  return text.replace(/\s*\n\s*/g, "");
}

function noRows(text) {
  for (const row of ["overview.next_credit", "overview.run_out", "projection.first_cash"])
    assert.ok(!text.includes(say(row)), `“${say(row)}” is there: ${text}`);
  assert.ok(!/(^|[^\d,.])0\.00/.test(text), text);
}

/** The same visit today: the fund pays 280.00, the account 120.00, no cash. */
export async function estimateVisit(hand) {
  await hand.go(say("nav.estimate"));
  await hand.choose(say("estimate.member"), NAMES.daughter);
  await hand.choose(say("estimate.class"), HOSPITAL);
  await hand.type(say("estimate.total"), "400");
  await hand.press(say("estimate.run"));
  await hand.app.says(say("estimate.result"));
  const text = await (await hand.part(say("estimate.result"))).getText();
  assert.match(text, /280\.00/);
  assert.match(text, /120\.00/);
}

/** Less than nothing is no bill: it is refused beside its field, and the old result stays marked. */
export async function refuseNegative(hand) {
  await hand.type(say("estimate.total"), "-400");
  await hand.press(say("estimate.again"));
  await hand.app.says(say("form.problem", { n: 1 }));
  const field = await hand.find("field", say("estimate.total"));
  const words = await field.getText();
  assert.ok(words.includes(say("field.negative")), words);
  await hand.app.says(say("estimate.stale.fix", { name: NAMES.daughter }));
}

/** 1000 yuan: the fund pays 700.00, the account all of its 236.80, and 63.20 is cash. */
async function estimateWithCash(hand) {
  await hand.type(say("estimate.total"), "1000");
  await hand.press(say("estimate.again"));
  await hand.app.says("700.00");
  const text = await (await hand.part(say("estimate.result"))).getText();
  const cash = figureAfter(text, say("estimate.cash"));
  assert.equal(cash, "63.20");
  return cash;
}

/** The first amount that stands after these words. */
function figureAfter(text, words) {
  const [, after] = text.split(words);
  return /\d[\d,]*\.\d\d/.exec(after ?? "")?.[0];
}

/** How many pages the preview shows; none while one of them is not drawn at its height. */
function drawnPages(hand) {
  return hand.driver.executeScript(`
    const pages = [...document.querySelectorAll("[role=dialog] img")];
    return pages.every((page) => page.complete && page.clientHeight > page.clientWidth) && pages.length;
  `);
}

/** The preview shows every page; the PDF on disk is whole and says what the screen says. */
export async function printVisit(hand) {
  const cash = await estimateWithCash(hand);
  await hand.press(say("estimate.preview"));
  const pages = await hand.app.eventually("no page was shown", 60_000, drawnPages.bind(null, hand));
  await hand.app.screenshot("story-preview");
  await hand.press(say("estimate.pdf"));
  await hand.app.says(".pdf");
  const note = await hand.app.shows("[role=dialog] [role=status]");
  const path = /\/\S+\.pdf/.exec(await note.getText())?.[0];
  assert.ok(path !== undefined && existsSync(path), `there is no file ${path}`);
  execFileSync("qpdf", ["--check", path], { stdio: "ignore" });
  const text = execFileSync("pdftotext", [path, "-"], { encoding: "utf8" });
  assert.match(text, /估算，非结算凭证/);
  assert.equal(
    figureAfter(text, say("print.cash_to_bring")),
    cash,
    "the paper and the screen agree",
  );
  assert.equal(text.split("\f").length - 1, pages, "the preview shows every page");
  await hand.press(say("dialog.close"));
  return path;
}

/** A place without rules: nothing is zero, nothing is guessed. */
export async function estimateWithoutRules(hand) {
  // The form is open for the daughter; the address asks for the father.
  await hand.visit("/estimate?member=2");
  await hand.app.says(
    say("estimate.no_rules", { place: "唐山市", part: say("part.general_outpatient") }),
  );
  await hand.type(say("estimate.total"), "400");
  await hand.press(say("estimate.again"));
  await hand.app.says(say("estimate.unknown"));
  const text = await (await hand.part(say("estimate.result"))).getText();
  assert.ok(text.includes(say("unknown")));
}
