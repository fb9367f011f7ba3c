import type { Impact } from "../../api/bindings";
import { Amount, Table, Words } from "../../design";
import { showDate, showMonth } from "../../format/dates";
import { useTexts } from "../../i18n";

/** So many rows are read; the others are a press away. */
const FIRST = 8;

/** 家里会变的 — what was recorded, is planned and is expected, and by how much it would differ. */
export function Impacts({ impacts }: { impacts: Impact[] }) {
  const { say, tell, language } = useTexts();
  const word = (code: string) => tell({ code, params: {} });
  if (impacts.length === 0) return <p>{say("preview.impacts.none")}</p>;
  const what = ({ kind, figure, what }: Impact) => {
    if (kind === "recorded") return word(`part.${what}`);
    if (kind === "premium") return say("preview.premium_of", { year: what });
    return figure === "credit" && what !== "" ? showMonth(what, language) : what;
  };
  return (
    <>
      <Table
        caption={say("preview.impacts")}
        first={FIRST}
        rows={impacts.map((impact, index) => ({ ...impact, index }))}
        rowKey={({ index }) => index}
        columns={[
          {
            key: "what",
            head: say("preview.what"),
            plain: true,
            cell: (row) => (
              <>
                {[row.member, what(row)].filter(Boolean).join(" · ")}
                <span className="block text-sm font-normal text-quiet">
                  {word(`impact_kind.${row.kind}`)}
                  {" · "}
                  <Words>{showDate(row.on, language)}</Words>
                </span>
              </>
            ),
          },
          {
            key: "figure",
            head: say("preview.figure"),
            cell: ({ figure }) => word(`impact_figure.${figure}`),
          },
          {
            key: "before",
            head: say("preview.before"),
            figures: true,
            cell: ({ before }) => <Amount value={before} />,
          },
          {
            key: "after",
            head: say("preview.after"),
            figures: true,
            cell: ({ after }) => <Amount value={after} />,
          },
          {
            key: "by",
            head: say("preview.by"),
            figures: true,
            cell: ({ by }) => (by === null ? "—" : <Amount value={by} signed />),
          },
        ]}
      />
      {impacts.some(({ kind }) => kind === "recorded") && (
        <p className="text-sm text-quiet">{say("preview.recorded_stays")}</p>
      )}
    </>
  );
}
