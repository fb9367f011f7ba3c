import type { LineDifference, Message, Posted, SlipLine, SlipReport } from "../../api/bindings";
import { Amount, Card, Facts, Notice, Table, Words } from "../../design";
import { isZero } from "../../format/money";
import { type Say, useTexts } from "../../i18n";
import type { TextKey } from "../../i18n/texts";
import { type Told, told } from "./reasons";

function useNames() {
  const { tell, language } = useTexts();
  const one = (line: SlipLine) => tell({ code: `slip_line.${line}`, params: {} });
  return { one, all: (lines: SlipLine[]) => lines.map(one).join(language === "en" ? ", " : "、") };
}

function Difference({ row }: { row: LineDifference }) {
  const { say } = useTexts();
  if (row.difference === null) {
    return row.estimated === null ? null : (
      <span className="text-quiet">{say("slip.not_compared")}</span>
    );
  }
  return isZero(row.difference) ? (
    <span className="text-good">{say("slip.same")}</span>
  ) : (
    <strong className="text-bad">
      <Amount value={row.difference} signed />
    </strong>
  );
}

function Lines({ rows }: { rows: LineDifference[] }) {
  const { say } = useTexts();
  const names = useNames();
  return (
    <Table
      caption={say("slip.report")}
      rows={rows}
      rowKey={(row) => row.line}
      columns={[
        { key: "line", head: say("slip.line"), cell: (row) => names.one(row.line) },
        {
          key: "ours",
          head: say("slip.ours"),
          figures: true,
          cell: (row) =>
            row.estimated === null ? (
              <span className="text-quiet">{say("slip.not_estimated")}</span>
            ) : (
              <Amount value={row.estimated} />
            ),
        },
        {
          key: "slip",
          head: say("slip.slip"),
          figures: true,
          cell: (row) => <Amount value={row.slip} />,
        },
        {
          key: "difference",
          head: say("slip.difference"),
          figures: true,
          cell: (row) => <Difference row={row} />,
        },
      ]}
    />
  );
}

/** 一种可能的原因 — always an 「如果」, with the lines that would agree where not all would. */
function Reason({ one: { explanation, classes } }: { one: Told }) {
  const { say, tell } = useTexts();
  const names = useNames();
  const { changes, agreeing, compared, whole } = explanation;
  const toldChange = (change: Message, index: number) => {
    if (classes?.at !== index) return tell(change);
    const all = { classes: classes.names.join(say("join.names")) };
    // A class needs a name only where it tells one reason from another.
    return change.code === "explain.class"
      ? say("slip.any_class", all)
      : say("slip.part_any_class", { ...all, part: tell({ ...change, code: "explain.part" }) });
  };
  const changed = changes.map(toldChange).join(tell({ code: "explain.and", params: {} }));
  const params = { changes: changed, n: String(agreeing.length), of: String(compared) };
  const lines = { lines: names.all(agreeing) };
  return (
    <li className="rounded-lg border border-line bg-sunken p-3">
      <p className="font-medium">
        <Words>{tell({ code: whole ? "explain.whole" : "explain.partial", params })}</Words>
      </p>
      <p className="text-sm text-quiet">
        <Words>{tell({ code: "explain.agreeing", params: lines })}</Words>
      </p>
    </li>
  );
}

const WHOSE: Partial<Record<Posted["payer"], TextKey>> = {
  own_account: "slip.posted.own",
  mutual_aid: "slip.posted.aid",
  cash: "slip.posted.cash",
};

const whose = (posted: Posted, say: Say) =>
  say(WHOSE[posted.payer] ?? "slip.posted.own", { name: posted.name });

/** 核对结果 — the lines side by side, what may be the reason, and what recording would write. */
export function SlipDifference({ view }: { view: SlipReport }) {
  const { say, tell } = useTexts();
  const names = useNames();
  const { report, posted } = view;
  return (
    <div className="grid gap-4">
      <Lines rows={report.lines} />
      {view.contradictions.length > 0 && (
        <Notice tone="warn">
          {view.contradictions.map((one) => (
            <p key={one.code}>
              <Words>{tell(one)}</Words>
            </p>
          ))}
        </Notice>
      )}
      {report.not_compared.length > 0 && (
        <p className="text-quiet">
          <Words>
            {tell({
              code: "explain.not_compared",
              params: { lines: names.all(report.not_compared) },
            })}
          </Words>
        </p>
      )}
      {report.agrees && <Notice tone="info">{tell({ code: "explain.agrees", params: {} })}</Notice>}
      {report.explanations.length > 0 && (
        <Card title={say("slip.explanations")} level={3}>
          <p className="mb-3 text-quiet">
            <Words>{say("slip.explanations.means")}</Words>
          </p>
          <ul className="grid gap-3">
            {told(report.explanations).map((one) => (
              <Reason key={JSON.stringify(one.explanation.changes)} one={one} />
            ))}
          </ul>
        </Card>
      )}
      {report.ask && (
        <Notice tone="warn" title={tell({ code: "explain.ask_title", params: {} })}>
          {report.explanations.length === 0 && <p>{tell({ code: "explain.none", params: {} })}</p>}
          <p>
            <Words>{tell(report.ask)}</Words>
          </p>
        </Notice>
      )}
      <Card title={say("slip.posted")} level={3}>
        {posted && posted.length > 0 ? (
          <Facts
            rows={posted.map((one) => ({
              key: `${one.payer}${one.name}`,
              name: whose(one, say),
              value: <Amount value={one.amount} />,
            }))}
          />
        ) : (
          posted && <p className="text-quiet">{say("slip.posted.none")}</p>
        )}
        {view.notes.map((note) => (
          <p key={note.code} className="mt-2 text-quiet">
            <Words>{tell(note)}</Words>
          </p>
        ))}
      </Card>
    </div>
  );
}
