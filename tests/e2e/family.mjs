// The family of the window test, and how it is typed in on the first run. It is the one of
// tests/cases/households/beijing-wuxi.toml, but for the father's place, which has no rules.

import { placeWithoutRules } from "./places.mjs";
import { fixedPart, say } from "./texts.mjs";

export const TODAY = "2026-11-20";

const DAUGHTER = { name: "王敏", born: "1988-05-20" };
const FATHER = { name: "王建国", born: "1956-03-02" };
const CHILD = { name: "王小满", born: "2017-09-10" };
const FAR = placeWithoutRules();
export const NAMES = { daughter: DAUGHTER.name, father: FATHER.name, child: CHILD.name };

/** First step: the place of most of the family. */
export async function statePlace(hand) {
  await hand.type(say("setup.name"), "王敏一家");
  await hand.search(say("setup.place.pool"), "bj", "北京市");
  await hand.press(say("setup.next"));
}

/** Second step: an employee in 北京, a retired father far away, a child in 北京. */
export async function stateMembers(hand) {
  const who = (n) => say("setup.member.number", { n });
  await hand.press(say("setup.member.first"));
  await person(hand, who(1), DAUGHTER);
  await hand.type(say("enrollment.base"), "9500", DAUGHTER.name);

  await hand.press(say("setup.member.add"));
  await person(hand, who(2), FATHER);
  await hand.search(say("enrollment.pool"), FAR, FAR, FATHER.name);
  await hand.app.says(say("place.unknown", { name: FAR }));
  await hand.pick(say("enrollment.status"), say("status.retired"), FATHER.name);
  await hand.day(say("enrollment.retired_on"), "2016-03-31", FATHER.name);

  await hand.press(say("setup.member.add"));
  await person(hand, who(3), CHILD);
  await hand.pick(say("enrollment.scheme"), say("scheme.resident"), CHILD.name);
  await hand.press(say("setup.next"));
}

async function person(hand, card, { name, born }) {
  await hand.type(say("member.name"), name, card);
  await hand.day(say("member.born"), born, name);
}

/** Third step: balances and the year's figures as of today. */
export async function stateFigures(hand) {
  await hand.type("个人账户（2022 年 9 月起划入，专款专用）", "236.80", DAUGHTER.name);
  await hand.type("门诊起付线已累计", "1800", DAUGHTER.name);
  await hand.type("门诊大额互助资金年度已报销", "1260", DAUGHTER.name);
  await hand.app.says(say("figures.no_rules", { name: FAR }));
  await hand.type(say("figures.one_account"), "1520", FATHER.name);
  await hand.press(say("setup.next"));
}

/** Fourth step: the account in 北京 cannot pay far away, and it can pay for the child. */
export async function stateBindings(hand) {
  const card = say("setup.binding.new");
  await hand.choose(say("binding.donor"), DAUGHTER.name, card);
  await hand.choose(say("binding.recipient"), FATHER.name, card);
  await hand.choose(say("binding.relation"), say("relation.parent"), card);
  await hand.press(say("setup.binding.add"), card);
  await hand.app.says(say("verdict.no"));
  await hand.app.says(say("aid.same_pool_only", { donor_place: "北京市", recipient_place: FAR }));
  await hand.app.says(say("verdict.instead"));
  await hand.app.says("医保钱包");

  await hand.choose(say("binding.recipient"), CHILD.name, card);
  await hand.choose(say("binding.relation"), say("relation.child"), card);
  await hand.press(say("setup.binding.add"), card);
  await hand.app.says(say("verdict.yes"));
  await hand.press(say("setup.finish"));
  await hand.app.says(fixedPart("overview.lead"));
}
