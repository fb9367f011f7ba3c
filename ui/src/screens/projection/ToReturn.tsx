import type { MemberOutlook } from "../../api/bindings";
import { Amount, More, Table } from "../../design";
import { showMonth } from "../../format/dates";
import { useTexts } from "../../i18n";
import { SourceButton } from "../parts/AdviceList";
import { Figure } from "./Figure";

type Props = { outlook: MemberOutlook; name: string };

/** 停保要退回的钱 — where the year's money comes at once, what of it is not earned yet. */
export function ToReturn({ outlook, name }: Props) {
  const { say, language } = useTexts();
  const { to_return: told } = outlook;
  const next = told[0];
  if (!next) return null;
  return (
    <div className="grid gap-1">
      <p>
        {say("projection.to_return.next", { month: showMonth(next.month, language) })}{" "}
        <Amount value={next.amount} />
      </p>
      <More label={say("projection.to_return")}>
        <p className="mb-2 text-sm text-quiet">{say("projection.to_return.means")}</p>
        <Table
          caption={say("projection.to_return.of", { name })}
          first={12}
          rows={told}
          rowKey={(row) => row.month}
          columns={[
            {
              key: "month",
              head: say("projection.to_return.from"),
              tight: true,
              cell: (row) => showMonth(row.month, language),
            },
            {
              key: "amount",
              head: say("projection.to_return.amount"),
              figures: true,
              cell: (row) => <Figure value={row.amount} />,
            },
            {
              key: "how",
              head: say("credit.how"),
              cell: (row) => (
                <>
                  {row.formula && <span className="text-sm tabular-nums">{row.formula}</span>}{" "}
                  {row.sources.slice(0, 1).map((source) => (
                    <SourceButton key={source.title} source={source} />
                  ))}
                </>
              ),
            },
          ]}
        />
      </More>
    </div>
  );
}
