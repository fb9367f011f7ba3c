import { Card, Words } from "../../design";
import { useTexts } from "../../i18n";

const KINDS = ["binding", "wallet", "reservation", "code"] as const;

/** 几种「共济」 — people call four things by one name; each in a line, kept apart. */
export function KindsOfAid() {
  const { say } = useTexts();
  return (
    <Card title={say("aid.kinds")}>
      <dl className="grid gap-3">
        {KINDS.map((kind) => (
          <div key={kind}>
            <dt className="font-semibold">{say(`aid.kind.${kind}`)}</dt>
            <dd className="text-quiet">
              <Words>{say(`aid.kind.${kind}.means`)}</Words>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
