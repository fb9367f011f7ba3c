import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { ApiError, TableFault, TablePreview } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import {
  Actions,
  Button,
  Dialog,
  ErrorNotice,
  Notice,
  TextField,
  toast,
  Words,
} from "../../design";
import { useTexts } from "../../i18n";
import { problemAt } from "../setup/problems";
import { Choose } from "./Choose";

/** What was looked at, and where it lies. */
type Seen = { path: string; preview: TablePreview };

/** 读不了的、可疑的行 — each with what is wrong and what to do. */
function Faults({ lines, more }: { lines: TableFault[]; more: number }) {
  const { say, tell } = useTexts();
  return (
    <ul className="mt-1 grid max-h-72 gap-1 overflow-auto pr-3">
      {lines.map(({ line, what, hint }) => (
        <li key={`${line}#${what.code}`} className="wrap-anywhere">
          <Words>{say("settings.table.line", { line, what: tell(what) })}</Words>
          {hint && (
            <span className="block text-sm">
              <Words>{tell(hint)}</Words>
            </span>
          )}
        </li>
      ))}
      {more > 0 && <li>{say("settings.table.more", { n: more })}</li>}
    </ul>
  );
}

/** 会怎样 — what would be recorded, what is recorded already, what cannot be read. */
function WhatWould({ preview }: { preview: TablePreview }) {
  const { say } = useTexts();
  const { entries, duplicates, duplicate_lines, faults, fault_lines, doubts, doubt_lines } =
    preview;
  const lines = duplicate_lines.join(say("settings.table.comma"));
  const unlisted = duplicates - duplicate_lines.length;
  return (
    <div className="grid gap-3">
      {faults > 0 ? (
        <Notice tone="bad" title={say("settings.table.faults", { n: faults })}>
          <Faults lines={fault_lines} more={faults - fault_lines.length} />
        </Notice>
      ) : (
        <p className="font-medium">
          {say(entries > 0 ? "settings.table.would" : "settings.table.would_nothing", {
            n: entries,
          })}
        </p>
      )}
      {doubts > 0 && (
        <Notice tone="warn" title={say("settings.table.doubts", { n: doubts })}>
          <Faults lines={doubt_lines} more={doubts - doubt_lines.length} />
        </Notice>
      )}
      {duplicates > 0 && (
        <div>
          <p>{say("settings.table.duplicates", { n: duplicates })}</p>
          <p className="max-h-24 overflow-auto text-sm text-quiet">
            {say("settings.table.duplicate_lines", { lines })}
            {unlisted > 0 && ` ${say("settings.table.more", { n: unlisted })}`}
          </p>
        </div>
      )}
    </div>
  );
}

/** 导入分录表 — a table is chosen, looked at, and only then recorded; one step takes it back. */
export function ImportTable({ onClose }: { onClose: () => void }) {
  const { say, tell } = useTexts();
  const { folder } = useStatus();
  const [path, setPath] = useState("");
  const look = useMutation<Seen, ApiError, string>({
    mutationFn: async (path) => ({ path, preview: await gongji.tablePreview(path) }),
    networkMode: "always",
  });
  const record = useWrite(
    ({ path, preview }: Seen) => gongji.tableImport(path, preview.seen),
    (_, { preview }) => {
      toast(say("settings.table.done", { n: preview.entries }));
      onClose();
    },
  );
  const lookAt = (path: string) => {
    record.reset();
    look.mutate(path);
  };
  const take = (text: string) => {
    setPath(text);
    look.reset();
    record.reset();
  };
  const typed = path.trim();
  const seen = look.data?.path === typed ? look.data : null;
  const ready = seen !== null && seen.preview.entries > 0 && seen.preview.faults === 0;
  const error = record.error ?? look.error;
  const problems = error?.field === "path" ? [{ path: "path", text: tell(error.message) }] : [];
  return (
    <Dialog title={say("settings.table")} isOpen wide isDirty={typed !== ""} onClose={onClose}>
      <p className="text-quiet">
        <Words>{say("settings.table.means")}</Words>
      </p>
      <Actions>
        <Choose
          name={say("settings.import.choose")}
          ask={() => gongji.chooseTable(say("settings.table"), folder)}
          onChosen={(path) => {
            take(path);
            lookAt(path);
          }}
        />
      </Actions>
      <TextField
        label={say("settings.import.path")}
        hint={say("settings.table.path.hint")}
        isRequired
        path="path"
        value={path}
        onChange={take}
        problem={problemAt(problems, "path")}
      />
      <div role="status">{seen && <WhatWould preview={seen.preview} />}</div>
      {error && problems.length === 0 && <ErrorNotice error={error} />}
      <Actions>
        {ready && (
          <Button look="primary" isPending={record.isPending} onPress={() => record.mutate(seen)}>
            {say("settings.table.go", { n: seen.preview.entries })}
          </Button>
        )}
        <Button
          look={ready ? undefined : "primary"}
          isDisabled={typed === ""}
          isPending={look.isPending}
          onPress={() => lookAt(typed)}
        >
          {say(seen ? "settings.table.look_again" : "settings.table.look")}
        </Button>
        <Button onPress={onClose}>{say("dialog.cancel")}</Button>
      </Actions>
    </Dialog>
  );
}
