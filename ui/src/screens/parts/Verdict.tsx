import type { AidVerdict, Relation } from "../../api/bindings";
import { Notice, SourceLine, Words } from "../../design";
import { useTexts } from "../../i18n";
import { AdviceItem } from "./AdviceList";

/** Relations in the order in which they are offered. */
export const RELATIONS: Relation[] = [
  "spouse",
  "parent",
  "child",
  "sibling",
  "grandparent",
  "grandchild",
  "other",
];

const TONE = { yes: "info", no: "bad", unknown: "warn" } as const;

/** 绑定的判断 — allowed or not, why, by which source, and what may be done instead. */
export function Verdict({ verdict }: { verdict: AidVerdict }) {
  const { say, tell } = useTexts();
  return (
    <div role={verdict.allowed === "yes" ? "status" : "alert"}>
      <Notice tone={TONE[verdict.allowed]} title={say(`verdict.${verdict.allowed}`)}>
        <p>
          <Words>{tell(verdict.reason)}</Words>
        </p>
        {verdict.allowed !== "no" && verdict.order && (
          <p className="mt-1">
            <Words>{tell(verdict.order)}</Words>
          </p>
        )}
        {verdict.source && (
          <div className="mt-1">
            <SourceLine source={verdict.source} />
          </div>
        )}
        {verdict.instead && (
          <div className="mt-2">
            <p className="font-semibold">{say("verdict.instead")}</p>
            <AdviceItem option={verdict.instead} />
          </div>
        )}
      </Notice>
    </div>
  );
}
