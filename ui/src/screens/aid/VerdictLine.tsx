import { CircleCheck, CircleHelp, CircleX } from "lucide-react";
import type { AidVerdict } from "../../api/bindings";
import { Words } from "../../design";
import { classes } from "../../design/classes";
import { useTexts } from "../../i18n";
import { AdviceItem, SourceButton } from "../parts/AdviceList";

const SIGNS = {
  yes: { icon: CircleCheck, look: "bg-good-soft text-good" },
  no: { icon: CircleX, look: "bg-bad-soft text-bad" },
  unknown: { icon: CircleHelp, look: "bg-warn-soft text-warn" },
};

type Props = {
  verdict: AidVerdict;
  /** Whether the question is about today, or about the day of a binding that is being entered. */
  asked?: "today" | "then";
};

/** 能不能用 — the answer in a word, the reason, the source, and the other way where there is one. */
export function VerdictLine({ verdict, asked = "today" }: Props) {
  const { say, tell } = useTexts();
  const { icon: Icon, look } = SIGNS[verdict.allowed];
  const isReprint =
    asked === "today" && verdict.allowed === "yes" && verdict.source?.grade === "copy";
  return (
    <div className="grid gap-1">
      <p>
        <span
          className={classes(
            "mr-2 inline-block whitespace-nowrap rounded-md px-1.5 font-semibold",
            look,
          )}
        >
          <Icon aria-hidden className="mr-1 inline-block size-[1.05em] align-[-0.15em]" />
          {say(isReprint ? "aid.today.yes.copy" : `aid.${asked}.${verdict.allowed}`)}
        </span>
        <Words>{tell(verdict.reason)}</Words>
        {verdict.source && (
          <>
            {" "}
            <SourceButton source={verdict.source} />
          </>
        )}
      </p>
      {verdict.instead && (
        <div className="mt-1 border-l-4 border-accent pl-3">
          <p className="font-semibold">{say("aid.instead")}</p>
          <AdviceItem option={verdict.instead} />
        </div>
      )}
    </div>
  );
}
