import { useMemo, useRef } from "react";
import type { MemberOutlook, Projection } from "../../api/bindings";
import { Tabs, Words } from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { ChartKey } from "./ChartKey";
import { type BalanceChart, chartOf } from "./chart";
import { Drawing } from "./Drawing";
import { useLook } from "./look";
import { MonthTable } from "./MonthTable";
import { frameOf, optionOf } from "./option";
import { dayAfter } from "./summary";
import { wordsOf } from "./words";

type Props = { projection: Projection; outlook: MemberOutlook; name: string };

/** 余额的走势 — as a picture or as a table, as one likes; only the table where there is nothing to draw. */
export function BalanceView(props: Props) {
  const { say } = useTexts();
  const { projection, outlook, name } = props;
  const chart = useMemo(() => chartOf(projection, outlook.member), [projection, outlook.member]);
  const table = <MonthTable projection={projection} member={outlook.member} name={name} />;
  if (!chart) return table;
  return (
    <Tabs
      label={say("projection.view", { name })}
      tabs={[
        {
          id: "chart",
          name: say("projection.view.chart"),
          content: <Picture {...props} chart={chart} />,
        },
        { id: "table", name: say("projection.view.table"), content: table },
      ]}
    />
  );
}

function Picture({ projection, outlook, name, chart }: Props & { chart: BalanceChart }) {
  const { say, language } = useTexts();
  const box = useRef<HTMLDivElement>(null);
  const look = useLook(box);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `say` is made anew each time and changes with the language alone
  const drawing = useMemo(() => {
    if (!look) return null;
    const words = wordsOf(projection, outlook, chart, name, say, language);
    return {
      // Made when it is drawn, which is not before it comes near.
      option: () => optionOf(chart, projection, look, words),
      summary: words.summary,
      at: words.at,
      width: look.width,
      height: frameOf(chart, look, words).height,
    };
  }, [projection, outlook, chart, name, language, look]);
  return (
    <figure>
      <p className="mb-2">
        <Words>
          {say("projection.chart.span", {
            actual: showDate(projection.from, language),
            from: showDate(dayAfter(projection.from), language),
          })}
        </Words>
      </p>
      <div ref={box} className="overflow-clip rounded-lg border border-line bg-paper">
        {drawing && <Drawing {...drawing} />}
      </div>
      <figcaption>
        <ChartKey chart={chart} />
      </figcaption>
    </figure>
  );
}
