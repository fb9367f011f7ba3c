import type { MemberId, Projection } from "../../api/bindings";
import { Amount, Card, Facts, Words } from "../../design";
import { showDate, showMonth } from "../../format/dates";
import { useTexts } from "../../i18n";
import { MadeOf } from "../parts/Addends";
import { isNothing } from "./rows";

type Props = { projection: Projection; nameOf: (id: MemberId) => string };

/** 全家一起看 — the month that asks for most cash, what it comes to, and whose money goes to whom. */
export function Together({ projection, nameOf }: Props) {
  const { say, language } = useTexts();
  const { cash_peak: peak, cash, shared, until } = projection;
  const last = cash.at(-1);
  const given = shared.filter(({ paid }) => !isNothing(paid));
  if (!peak && given.length === 0) return null;
  const date = showDate(until, language);
  const cashRows =
    peak && last
      ? [
          {
            name: say("projection.cash_peak"),
            value: (
              <span className="flex flex-wrap items-baseline gap-x-3">
                <Amount value={peak.cash} />
                <span className="text-quiet">
                  <Words>{showMonth(peak.month, language)}</Words>
                </span>
                <MadeOf of={peak.of} title={say("projection.cash_peak")} />
              </span>
            ),
          },
          { name: say("projection.cash_until_peak"), value: <Amount value={peak.so_far} /> },
          {
            name: say("projection.cash_in_all", { date }),
            value: <Amount value={last.so_far} />,
          },
        ]
      : [];
  return (
    <Card title={say("projection.together")}>
      <Facts
        rows={[
          ...cashRows,
          ...given.map(({ donor, recipient, paid, of }) => {
            const name = say("projection.shared", {
              donor: nameOf(donor),
              recipient: nameOf(recipient),
            });
            return {
              name,
              value: (
                <span className="flex flex-wrap items-baseline gap-x-3">
                  <Amount value={paid} />
                  <MadeOf of={of} title={name} />
                </span>
              ),
            };
          }),
        ]}
      />
    </Card>
  );
}
