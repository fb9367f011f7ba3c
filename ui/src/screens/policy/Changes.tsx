import type { FieldChange, PolicyChange } from "../../api/bindings";
import { Table, Words } from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { useWhere } from "./where";

/** So many rows are read; the others are a press away. */
const FIRST = 12;

/** 哪些段不同 — block by block, each with what is different of it. */
export function Changes({ changes }: { changes: PolicyChange[] }) {
  const { say, language } = useTexts();
  const where = useWhere();
  if (changes.length === 0) return <p>{say("preview.blocks.none")}</p>;
  return (
    <Table
      caption={say("preview.blocks")}
      first={FIRST}
      rows={changes}
      rowKey={({ block }) => [block.file, block.block, block.id, block.from].join("#")}
      columns={[
        {
          key: "what",
          head: say("own.what"),
          plain: true,
          cell: (change) => (
            <>
              {change.title}
              <span className="block text-sm font-normal text-quiet">
                <Words>{where(change)}</Words>
                {" · "}
                <Words>
                  {say("policy.from_day", { date: showDate(change.block.from, language) })}
                </Words>
              </span>
            </>
          ),
        },
        {
          key: "change",
          head: say("preview.change"),
          cell: ({ kind, changes }) =>
            kind === "changed" ? <FieldChanges changes={changes} /> : say(`preview.${kind}`),
        },
      ]}
    />
  );
}

/** 「在职 · 医院：70% → 75%」, a line each. */
export function FieldChanges({ changes }: { changes: FieldChange[] }) {
  const { say } = useTexts();
  return (
    <ul className="grid gap-1">
      {changes.map(({ what, before, after }) => (
        <li key={what}>
          <Words>
            {say("preview.field", {
              what,
              before: before ?? say("preview.absent"),
              after: after ?? say("preview.absent"),
            })}
          </Words>
        </li>
      ))}
    </ul>
  );
}
