import type { RulesPreview } from "../../api/bindings";
import { useTexts } from "../../i18n";
import { Changes } from "./Changes";
import { Impacts } from "./Impacts";
import { Problems } from "./Problems";

/** 看一看 — what would be different: what is wrong with it, which rules, and what that means here. */
export function Preview({ preview }: { preview: RulesPreview }) {
  const { say } = useTexts();
  const { problems, refused, blocks, impacts } = preview;
  const title = refused ? "preview.refused" : "preview.warnings";
  return (
    <section aria-label={say("preview.title")} className="@container grid gap-4">
      {problems.length > 0 && (
        <Problems problems={problems} title={say(title, { n: problems.length })} />
      )}
      {!refused && (
        <>
          <div className="grid gap-2">
            <h3 className="font-semibold">{say("preview.blocks")}</h3>
            <Changes changes={blocks} />
          </div>
          <div className="grid gap-2">
            <h3 className="font-semibold">{say("preview.impacts")}</h3>
            <Impacts impacts={impacts} />
          </div>
        </>
      )}
    </section>
  );
}
