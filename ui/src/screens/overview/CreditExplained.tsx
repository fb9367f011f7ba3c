import type { NextCredit } from "../../api/bindings";
import { Amount, AssumedBadge, Facts, SourceLine, Words } from "../../design";
import { showMonth } from "../../format/dates";
import { useTexts } from "../../i18n";

/** 划入怎么算的 — gross, what is withheld, the formula, where the day comes from, the sources. */
export function CreditExplained({ credit }: { credit: NextCredit }) {
  const { say, language } = useTexts();
  return (
    <>
      <Facts
        rows={[
          { name: say("credit.for_month"), value: showMonth(credit.for_month, language) },
          { name: say("credit.gross"), value: <Amount value={credit.gross} /> },
          ...(credit.formula
            ? [{ name: say("credit.formula"), value: <code>{credit.formula}</code> }]
            : []),
          { name: say("credit.held_back"), value: <Amount value={credit.withheld} /> },
          { name: say("overview.net"), value: <Amount value={credit.net} /> },
          { name: say("credit.day"), value: say(`credit.day.${credit.day}`) },
        ]}
      />
      {credit.learned && (
        <p className="text-sm">
          <Words>{say("credit.learned_sum")}</Words>
        </p>
      )}
      {credit.assumed && !credit.learned && (
        <p className="text-sm">
          <AssumedBadge /> {say("assumed.means")}
        </p>
      )}
      {credit.sources.map((source) => (
        <SourceLine key={`${source.title}${source.article}`} source={source} />
      ))}
    </>
  );
}
