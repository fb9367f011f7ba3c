import { useState } from "react";
import type { PolicyBlock } from "../../api/bindings";
import { useReadOnly } from "../../app/status";
import {
  AssumedBadge,
  Button,
  Facts,
  GradeBadge,
  More,
  Notice,
  SourceLine,
  Table,
  Unknown,
  Words,
} from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { StateFigure, type Whose } from "./StateFigure";

/** Whether the household wrote this cell itself; the conditions stand before the cells. */
function isStated({ stated, cells, heads }: PolicyBlock, row: number, column: number): boolean {
  const before = heads.length - (cells[row]?.length ?? 0);
  return stated[row]?.[column - before] ?? false;
}

/** 一段规则 — its table and facts, since when, from which level and source, what is not certain. */
export function Block({ block, whose }: { block: PolicyBlock; whose: Whose }) {
  const { say, language } = useTexts();
  const { reference, heads, rows, source, note, ask, open } = block;
  const cell = (text: string) =>
    text.toLowerCase() === say("unknown").toLowerCase() ? <Unknown /> : text;
  // The note and the question have places of their own.
  const facts = block.facts.filter(({ value }) => value !== note && value !== ask);
  return (
    <section className="grid gap-2 border-t border-line pt-4 first:border-t-0 first:pt-0">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <h3 className="mr-1 font-semibold">{block.title}</h3>
        <GradeBadge grade={block.grade} />
        {block.assumed && <AssumedBadge />}
        {block.off && <Off />}
      </div>
      <p className="text-sm text-quiet">
        <Words>
          {say("policy.since", { date: showDate(reference.from, language), layer: block.layer })}
        </Words>
      </p>
      {block.off && <p className="text-sm">{say("policy.off.means")}</p>}
      {block.stated.flat().some(Boolean) && (
        <p className="text-sm">
          <Words>{say("policy.stated_only")}</Words>
        </p>
      )}
      {block.assumed && <p className="text-sm">{say("assumed.means")}</p>}
      {rows.length > 0 && (
        <Table<{ cells: string[]; index: number }>
          caption={block.title}
          rows={rows.map((cells, index) => ({ cells, index }))}
          rowKey={(row) => row.index}
          columns={heads.map((head, index) => ({
            key: String(index),
            head,
            cell: ({ cells, index: row }) => (
              <>
                {cell(cells[index] ?? "")}
                {isStated(block, row, index) && (
                  <span className="block text-sm text-accent">{say("policy.stated_here")}</span>
                )}
              </>
            ),
          }))}
        />
      )}
      {facts.length > 0 && (
        <div className="@container">
          <Facts even rows={facts.map(({ name, value }) => ({ name, value }))} />
        </div>
      )}
      {open.length > 0 && (
        <p className="text-quiet">
          <Words>{say("policy.open", { names: open.join(say("join.names")) })}</Words>
        </p>
      )}
      {ask && (
        <Notice tone="warn">
          <Words>{say("policy.ask", { question: ask })}</Words>
        </Notice>
      )}
      {source ? (
        <SourceLine source={source} bare />
      ) : (
        <p className="text-sm text-quiet">{say("policy.no_source")}</p>
      )}
      {note && (
        <More label={say("notes.editors")} small>
          <p className="text-sm text-quiet">
            <Words>{note}</Words>
          </p>
        </More>
      )}
      {block.cells.length > 0 && <KnowBetter block={block} whose={whose} />}
    </section>
  );
}

function KnowBetter({ block, whose }: { block: PolicyBlock; whose: Whose }) {
  const { say } = useTexts();
  const readOnly = useReadOnly();
  const [stating, setStating] = useState(false);
  return (
    <p>
      <Button
        look="link"
        isDisabled={readOnly}
        aria-label={say("own.state_of", { title: block.title })}
        onPress={() => setStating(true)}
      >
        {say("own.state")}
      </Button>
      {stating && <StateFigure block={block} whose={whose} onClose={() => setStating(false)} />}
    </p>
  );
}

function Off() {
  const { say } = useTexts();
  return (
    <span className="inline-block rounded-md border border-dashed border-warn bg-warn-soft px-1.5 text-sm leading-6 text-warn">
      {say("policy.off")}
    </span>
  );
}
