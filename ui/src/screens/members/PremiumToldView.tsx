import type { PremiumTold } from "../../api/bindings";
import {
  Amount,
  AssumedBadge,
  Facts,
  GradeBadge,
  Notice,
  SourceLine,
  Unknown,
  Words,
} from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { OpenList } from "../parts/OpenList";

const TONE = { yes: "info", no: "bad", unknown: "warn" } as const;

/** 一个年度的缴费 — how much, until when, whether that account may pay, and by which rules. */
export function PremiumToldView({ told }: { told: PremiumTold }) {
  const { say, tell, language } = useTexts();
  const span = (window: { from: string; until: string } | null) =>
    window &&
    say("premium.span", {
      from: showDate(window.from, language),
      until: showDate(window.until, language),
    });
  const window = span(told.window);
  const extension = span(told.extension);
  return (
    <div role="status" className="grid gap-3">
      <Facts
        rows={[
          {
            name: say("premium.amount_of", { year: told.year }),
            value: (
              <>
                <Amount value={told.amount} /> {told.assumed && <AssumedBadge />}
                {told.stated && <GradeBadge grade="stated" />}
              </>
            ),
          },
          { name: say("premium.window"), value: window ?? <Unknown /> },
          ...(extension ? [{ name: say("premium.extension"), value: extension }] : []),
          ...(told.wait_after
            ? [
                {
                  name: say("premium.late"),
                  value: say("premium.wait", { months: told.wait_after }),
                },
              ]
            : []),
          {
            name: say("premium.planned_on"),
            value: told.on ? showDate(told.on, language) : <Unknown />,
          },
        ]}
      />
      {told.on === null && (
        <Notice tone="warn">
          <Words>{say("premium.no_day")}</Words>
        </Notice>
      )}
      {told.source && <SourceLine source={told.source} />}
      {told.payer && (
        <Notice
          tone={TONE[told.payer.allowed]}
          title={say(`premium.verdict.${told.payer.allowed}`)}
        >
          <p>
            <Words>{tell(told.payer.reason)}</Words>
          </p>
          {told.payer.source && <SourceLine source={told.payer.source} />}
        </Notice>
      )}
      <OpenList items={told.unknown} />
    </div>
  );
}
