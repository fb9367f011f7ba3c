import { useMutation } from "@tanstack/react-query";
import { FolderOpen } from "lucide-react";
import type { SavedFile } from "../../api/bindings";
import { gongji } from "../../api/client";
import { Actions, Button, Notice } from "../../design";
import { useTexts } from "../../i18n";

/** 存好了 — where, and the way there. */
export function Saved({ file }: { file: SavedFile }) {
  const { say } = useTexts();
  const reveal = useMutation({ mutationFn: gongji.reveal, networkMode: "always" });
  return (
    <div role="status">
      <Notice tone="info" title={say("estimate.pdf.done")}>
        <p className="select-all break-all">{file.path}</p>
        <div className="mt-2">
          <Actions>
            <Button
              small
              icon={FolderOpen}
              isPending={reveal.isPending}
              onPress={() => reveal.mutate(file.path)}
            >
              {say("estimate.pdf.folder")}
            </Button>
          </Actions>
        </div>
        {/* Not every desktop has a file window; the path above still leads there. */}
        {reveal.error && <p className="mt-1">{say("estimate.pdf.folder.failed")}</p>}
      </Notice>
    </div>
  );
}
