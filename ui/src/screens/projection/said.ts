import type { MemberId } from "../../api/bindings";
import { type Language, showDate, showMonth } from "../../format/dates";
import { showYuan } from "../../format/money";
import type { Say } from "../../i18n";
import type { Supposed } from "./suppose";

/** What is supposed, a sentence each. */
export function saidOf(
  scenario: Supposed,
  nameOf: (id: MemberId) => string,
  { say, language }: { say: Say; language: Language },
): string[] {
  return [
    ...scenario.spendings.map(({ member, on, part, bill }) =>
      say("projection.if.said.illness", {
        name: nameOf(member),
        date: showDate(on, language),
        part: say(`part.${part}`),
        amount: showYuan(bill.total),
      }),
    ),
    ...scenario.stops.map(({ member, month }) =>
      say("projection.if.said.stop", { name: nameOf(member), month: showMonth(month, language) }),
    ),
    ...scenario.retirements.map(({ member, month }) =>
      say("projection.if.said.retire", { name: nameOf(member), month: showMonth(month, language) }),
    ),
    ...scenario.bindings.map(({ donor, recipient, from }) =>
      say("projection.if.said.share", {
        donor: nameOf(donor),
        recipient: nameOf(recipient),
        date: showDate(from, language),
      }),
    ),
  ];
}
