import type { Fork, ForkLine, MemberId } from "../../api/bindings";
import { Amount, Card, Table, Words } from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { MadeOf } from "../parts/Addends";

type Props = { forks: Fork[]; nameOf: (id: MemberId) => string };

/** 两条线 — of everybody who is expected to retire, how both go on. */
export function Forks({ forks, nameOf }: Props) {
  const { say, tell, language } = useTexts();
  return forks.map((fork) => (
    <Card key={fork.member} title={say("projection.fork", { name: nameOf(fork.member) })}>
      <p className="mb-2 text-quiet">
        <Words>
          {say(
            fork.what.code === "project.retirement_not_stated"
              ? "projection.fork.beside"
              : "projection.fork.from",
            { date: showDate(fork.from, language) },
          )}
        </Words>
      </p>
      <Table
        caption={say("projection.fork", { name: nameOf(fork.member) })}
        rows={fork.lines}
        rowKey={(line) => line.what.code}
        columns={[
          { key: "line", head: say("projection.fork.line"), cell: ({ what }) => tell(what) },
          figure("credited"),
          figure("cash"),
          figure("closing"),
          {
            key: "run_out",
            head: say("overview.run_out"),
            cell: ({ run_out: out }) => (out ? showDate(out.earliest, language) : "—"),
          },
        ]}
      />
    </Card>
  ));

  function figure(key: "credited" | "cash" | "closing") {
    return {
      key,
      head: say(`projection.fork.${key}`),
      figures: true,
      cell: (line: ForkLine) => (
        <>
          <Amount value={line[key]} />
          {key !== "closing" && (
            <span className="block">
              <MadeOf
                of={key === "cash" ? line.cash_of : line.credited_of}
                title={`${tell(line.what)} ${say(`projection.fork.${key}`)}`}
              />
            </span>
          )}
        </>
      ),
    };
  }
}
