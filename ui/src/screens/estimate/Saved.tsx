import type { SavedFile } from "../../api/bindings";
import { Notice } from "../../design";
import { useTexts } from "../../i18n";

/** 存好了 — and where. */
export function Saved({ file }: { file: SavedFile }) {
  const { say } = useTexts();
  return (
    <div role="status">
      <Notice tone="info" title={say("estimate.pdf.done")}>
        <p className="select-all break-all">{file.path}</p>
      </Notice>
    </div>
  );
}
