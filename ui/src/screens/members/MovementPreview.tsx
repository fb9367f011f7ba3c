import type { ApiError, MovementView } from "../../api/bindings";
import { Amount, Notice, SourceLine, Table, Words } from "../../design";
import { useTexts } from "../../i18n";
import { OpenList } from "../parts/OpenList";

type Props = { view: MovementView | undefined; error: ApiError | null };

/** 会变什么 — which account by how much, what is said to it, and by which rule. */
export function MovementPreview({ view, error }: Props) {
  const { say, tell } = useTexts();
  const refused = view?.refused ?? error;
  return (
    <div role="status" className="grid gap-3">
      {refused && (
        <Notice tone="warn" title={tell(refused.message)}>
          {refused.hint && <Words>{tell(refused.hint)}</Words>}
        </Notice>
      )}
      {view && view.changes.length > 0 && (
        <Table
          caption={say("record.changes")}
          rows={view.changes.map((change, place) => ({ ...change, place }))}
          rowKey={(change) => String(change.place)}
          columns={[
            {
              key: "account",
              head: say("record.whose"),
              cell: (change) => (
                <Words>
                  {[change.member, change.account_name, change.sub_name]
                    .filter(Boolean)
                    .join(" · ")}
                </Words>
              ),
            },
            {
              key: "before",
              head: say("record.before"),
              figures: true,
              cell: (change) => <Amount value={change.before} />,
            },
            {
              key: "amount",
              head: say("record.change"),
              figures: true,
              cell: (change) => <Amount value={change.amount} signed />,
            },
            {
              key: "after",
              head: say("record.after"),
              figures: true,
              cell: (change) => <Amount value={change.after} />,
            },
          ]}
        />
      )}
      {view && view.counters.length > 0 && (
        <Table
          caption={say("record.counters")}
          rows={view.counters}
          rowKey={(counter) => counter.name}
          columns={[
            { key: "name", head: say("counters.name"), cell: (counter) => counter.name },
            {
              key: "before",
              head: say("record.before"),
              figures: true,
              cell: (counter) => counter.before,
            },
            {
              key: "after",
              head: say("record.after"),
              figures: true,
              cell: (counter) => counter.after ?? say("record.not_known"),
            },
          ]}
        />
      )}
      {view?.notes.map((note) => (
        <p key={note.code} className="text-quiet">
          <Words>{tell(note)}</Words>
        </p>
      ))}
      {view && <OpenList items={view.open} />}
      {view?.source && <SourceLine source={view.source} />}
    </div>
  );
}
