import type {
  Amount as AmountOf,
  Comparison,
  Difference,
  MemberId,
  ProjectionAnswer,
} from "../../api/bindings";
import { Amount, Table, Words } from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { OpenList } from "../parts/OpenList";

type Props = {
  answer: ProjectionAnswer;
  comparison: Comparison;
  nameOf: (id: MemberId) => string;
};

/** 比一比 — each member as planned and as supposed, and what is new that nobody knows. */
export function Compared({ answer, comparison, nameOf }: Props) {
  const { say, language } = useTexts();
  const known = new Set(answer.projection.unknown.map(({ key }) => key));
  const day = (date: string | null) => (date ? showDate(date, language) : "—");
  const pair = (before: AmountOf, then: AmountOf) => (
    <span className="flex flex-wrap justify-end gap-x-1">
      <Amount value={before} /> → <Amount value={then} />
    </span>
  );
  return (
    <div className="grid gap-3">
      <p className="font-medium">
        <Words>
          {say("projection.if.span", {
            from: showDate(answer.projected_from, language),
            until: showDate(answer.projection.until, language),
          })}
        </Words>
      </p>
      <Table
        caption={say("projection.if.table")}
        showCaption
        rows={comparison.differences}
        rowKey={(row) => row.member}
        columns={[
          {
            key: "name",
            head: say("projection.if.who"),
            cell: (row: Difference) => nameOf(row.member),
          },
          {
            key: "run_out",
            head: say("overview.run_out"),
            cell: (row) => `${day(row.run_out)} → ${day(row.run_out_then)}`,
          },
          {
            key: "cash",
            head: say("projection.if.cash"),
            figures: true,
            cell: (row) => pair(row.cash, row.cash_then),
          },
          {
            key: "cash_more",
            head: say("projection.if.cash_more"),
            figures: true,
            cell: (row) => <Amount value={row.cash_more} signed />,
          },
          {
            key: "lowest",
            head: say("projection.if.lowest"),
            figures: true,
            cell: (row) => pair(row.lowest, row.lowest_then),
          },
          {
            key: "closing",
            head: say("projection.if.closing"),
            figures: true,
            cell: (row) => pair(row.closing, row.closing_then),
          },
        ]}
      />
      <p>
        {say("projection.if.family")} <Amount value={comparison.cash_more} signed />
      </p>
      <OpenList items={comparison.projection.unknown.filter(({ key }) => !known.has(key))} ofWhom />
    </div>
  );
}
