// An expected credit that arrived: one press records it, one takes it back.

import { NAMES } from "./family.mjs";
import { fixedPart, say } from "./texts.mjs";

/** The day after 2026-12-05, by which the money of November must have come. */
export const AFTER_CREDIT = "2026-12-06";

const BEFORE = "236.80";
const AFTER = "426.80";

/** 「到账了」: 236.80 + 190.00, and back again. */
export async function answerCredit(hand) {
  await hand.go(say("nav.overview"));
  await balanceIs(hand, BEFORE);
  await hand.press(say("due.came"), NAMES.daughter);
  await hand.app.says(say("due.recorded"));
  await balanceIs(hand, AFTER);
  await hand.press(new RegExp(`^${fixedPart("undo.named")}`));
  await balanceIs(hand, BEFORE);
  await hand.press(new RegExp(`^${fixedPart("redo.named")}`));
  await balanceIs(hand, AFTER);
}

/** The account was credited and stays so. */
export const creditIsKept = (hand) => balanceIs(hand, AFTER);

function balanceIs(hand, amount) {
  return hand.app.eventually(`the balance never was ${amount}`, 20_000, async () => {
    const text = await (await hand.part(NAMES.daughter)).getText();
    return text.includes(amount);
  });
}
