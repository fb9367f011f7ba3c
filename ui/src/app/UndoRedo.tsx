import { Redo2, Undo2 } from "lucide-react";
import { useEffect } from "react";
import { useWrite } from "../api/asks";
import { gongji } from "../api/client";
import { Button, ErrorNotice, toast } from "../design";
import { useTexts } from "../i18n";
import { useStatus } from "./status";
import { undoKey } from "./undoKeys";

/** 撤销、重做 — with the name of the step. */
export function UndoRedo() {
  const { say, tell } = useTexts();
  const { undo, redo, read_only } = useStatus();
  const undoing = useWrite(
    gongji.undo,
    () => undo && toast(say("undo.done", { step: tell(undo) })),
  );
  const redoing = useWrite(
    gongji.redo,
    () => redo && toast(say("redo.done", { step: tell(redo) })),
  );
  const busy = undoing.isPending || redoing.isPending || read_only !== null;
  const canUndo = undo !== null && !busy;
  const canRedo = redo !== null && !busy;

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const key = undoKey(event);
      if (!key || document.querySelector("[role=dialog]")) return;
      event.preventDefault();
      if (key === "undo" && canUndo) undoing.mutate(undefined);
      if (key === "redo" && canRedo) redoing.mutate(undefined);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [canUndo, canRedo, undoing.mutate, redoing.mutate]);

  const error = undoing.error ?? redoing.error;
  const undoName = undo ? say("undo.named", { step: tell(undo) }) : say("undo");
  const redoName = redo ? say("redo.named", { step: tell(redo) }) : say("redo");
  return (
    <>
      <span className="flex flex-wrap">
        <Button
          small
          look="quiet"
          icon={Undo2}
          isDisabled={!canUndo}
          aria-label={undoName}
          onPress={() => undoing.mutate(undefined)}
        >
          <Name short={say("undo")} whole={undoName} />
        </Button>
        <Button
          small
          look="quiet"
          icon={Redo2}
          isDisabled={!canRedo}
          aria-label={redoName}
          onPress={() => redoing.mutate(undefined)}
        >
          <Name short={say("redo")} whole={redoName} />
        </Button>
      </span>
      {error && (
        <div className="w-full">
          <ErrorNotice error={error} />
        </div>
      )}
    </>
  );
}

/** The name of the step where there is room for it. */
function Name({ short, whole }: { short: string; whole: string }) {
  return (
    <>
      <span className="@[48rem]:hidden">{short}</span>
      <span className="hidden @[48rem]:inline">{whole}</span>
    </>
  );
}
