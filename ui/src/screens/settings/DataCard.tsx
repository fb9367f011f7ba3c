import { Archive, Download, Upload } from "lucide-react";
import { useState } from "react";
import { useWrite } from "../../api/asks";
import { gongji } from "../../api/client";
import { useReadOnly, useStatus } from "../../app/status";
import {
  Actions,
  Button,
  Card,
  Dialog,
  ErrorNotice,
  Facts,
  Notice,
  TextField,
  toast,
} from "../../design";
import { useTexts } from "../../i18n";

function Path({ path }: { path: string }) {
  return <code className="text-sm break-all select-all">{path}</code>;
}

function PrintFolder() {
  const { say } = useTexts();
  const { print_folder } = useStatus();
  const [typed, setTyped] = useState<string | null>(null);
  const save = useWrite(gongji.printFolderSave, () => {
    setTyped(null);
    toast(say("settings.print_folder.saved"));
  });
  const changed = typed !== null && typed.trim() !== "" && typed !== print_folder;
  return (
    <div className="grid gap-2">
      <TextField
        label={say("settings.print_folder")}
        hint={say("settings.print_folder.hint")}
        path="folder"
        value={typed ?? print_folder}
        onChange={setTyped}
      />
      <Actions>
        <Button
          isDisabled={!changed}
          isPending={save.isPending}
          onPress={() => typed !== null && save.mutate(typed.trim())}
        >
          {say("settings.print_folder.record")}
        </Button>
      </Actions>
      {save.error && <ErrorNotice error={save.error} />}
    </div>
  );
}

function ImportJson({ onClose }: { onClose: () => void }) {
  const { say } = useTexts();
  const [path, setPath] = useState("");
  const read = useWrite(gongji.importJson, () => {
    toast(say("settings.import.done"));
    onClose();
  });
  return (
    <Dialog title={say("settings.import")} isOpen isDirty={path !== ""} onClose={onClose}>
      <Notice tone="warn">{say("settings.import.means")}</Notice>
      <TextField
        label={say("settings.import.path")}
        hint={say("settings.import.path.hint")}
        isRequired
        path="path"
        value={path}
        onChange={setPath}
      />
      {read.error && <ErrorNotice error={read.error} />}
      <Actions>
        <Button
          look="primary"
          isDisabled={path.trim() === ""}
          isPending={read.isPending}
          onPress={() => read.mutate(path.trim())}
        >
          {say("settings.import.go")}
        </Button>
        <Button onPress={onClose}>{say("dialog.cancel")}</Button>
      </Actions>
    </Dialog>
  );
}

/** 数据 — where it lies, copies of it, in and out. */
export function DataCard() {
  const { say } = useTexts();
  const { file, folder } = useStatus();
  const readOnly = useReadOnly();
  const [importing, setImporting] = useState(false);
  const backup = useWrite(() => gongji.backup());
  const exporting = useWrite(() => gongji.exportJson());
  const saved = backup.data ?? exporting.data;
  const error = backup.error ?? exporting.error;
  return (
    <Card title={say("settings.data")}>
      <div className="grid gap-5">
        <Facts
          rows={[
            { name: say("settings.file"), value: <Path path={file} /> },
            { name: say("settings.folder"), value: <Path path={folder} /> },
          ]}
        />
        <PrintFolder />
        <div className="grid gap-2">
          <p className="text-quiet">{say("settings.copies.means")}</p>
          <Actions>
            <Button
              icon={Archive}
              isPending={backup.isPending}
              onPress={() => {
                exporting.reset();
                backup.mutate(undefined);
              }}
            >
              {say("settings.backup")}
            </Button>
            <Button
              icon={Download}
              isPending={exporting.isPending}
              onPress={() => {
                backup.reset();
                exporting.mutate(undefined);
              }}
            >
              {say("settings.export")}
            </Button>
            <Button icon={Upload} isDisabled={readOnly} onPress={() => setImporting(true)}>
              {say("settings.import")}
            </Button>
          </Actions>
          {saved && (
            <div role="status">
              <Notice tone="info" title={say("settings.saved_to")}>
                <Path path={saved.path} />
              </Notice>
            </div>
          )}
          {error && <ErrorNotice error={error} />}
        </div>
      </div>
      {importing && <ImportJson onClose={() => setImporting(false)} />}
    </Card>
  );
}
