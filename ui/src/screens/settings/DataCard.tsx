import { useMutation } from "@tanstack/react-query";
import { Archive, Download, TableProperties, Upload } from "lucide-react";
import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { SavedFile } from "../../api/bindings";
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
  Words,
} from "../../design";
import { useTexts } from "../../i18n";
import { Choose } from "./Choose";
import { ExportDialog } from "./ExportDialog";
import { ImportTable } from "./ImportTable";

function Path({ path }: { path: string }) {
  return <code className="text-sm break-all select-all">{path}</code>;
}

function PrintFolder() {
  const { say } = useTexts();
  const { print_folder } = useStatus();
  const readOnly = useReadOnly();
  const [typed, setTyped] = useState<string | null>(null);
  const save = useWrite(gongji.printFolderSave, () => {
    setTyped(null);
    toast(say("settings.print_folder.saved"));
  });
  const changed = typed !== null && typed.trim() !== "" && typed !== print_folder;
  const name = say("settings.print_folder");
  return (
    <div className="grid gap-3">
      <TextField
        label={name}
        hint={say("settings.print_folder.hint")}
        path="folder"
        isDisabled={readOnly}
        value={typed ?? print_folder}
        onChange={setTyped}
      />
      <Actions>
        {!readOnly && (
          <Choose
            name={say("settings.print_folder.choose")}
            ask={() => gongji.chooseFolder(name, print_folder)}
            onChosen={(path) => save.mutate(path)}
          />
        )}
        {changed && (
          <Button
            isDisabled={readOnly}
            isPending={save.isPending}
            onPress={() => typed !== null && save.mutate(typed.trim())}
          >
            {say("settings.print_folder.record")}
          </Button>
        )}
      </Actions>
      {save.error && <ErrorNotice error={save.error} />}
    </div>
  );
}

function ImportJson({ onClose }: { onClose: () => void }) {
  const { say } = useTexts();
  const { folder } = useStatus();
  const [path, setPath] = useState("");
  const read = useWrite(gongji.importJson, () => {
    toast(say("settings.import.done"));
    onClose();
  });
  return (
    <Dialog title={say("settings.import")} isOpen isDirty={path !== ""} onClose={onClose}>
      <Notice tone="warn">{say("settings.import.means")}</Notice>
      <Actions>
        <Choose
          name={say("settings.import.choose")}
          ask={() => gongji.chooseJson(say("settings.import"), folder)}
          onChosen={setPath}
        />
      </Actions>
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
  const [importing, setImporting] = useState<"record" | "table" | null>(null);
  const backup = useWrite(() => gongji.backup());
  const [exporting, setExporting] = useState(false);
  const [exported, setExported] = useState<SavedFile | null>(null);
  const reveal = useMutation({ mutationFn: gongji.reveal });
  const saved = backup.data ?? exported;
  const error = backup.error;
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
          <ul className="grid gap-1 text-quiet">
            {(["backup", "export", "import", "table"] as const).map((name) => (
              <li key={name}>
                <Words>{say(`settings.${name}.is`)}</Words>
              </li>
            ))}
          </ul>
          <Actions>
            <Button
              icon={Archive}
              isPending={backup.isPending}
              onPress={() => {
                setExported(null);
                backup.mutate(undefined);
              }}
            >
              {say("settings.backup")}
            </Button>
            <Button icon={Download} onPress={() => setExporting(true)}>
              {say("settings.export")}
            </Button>
            <Button icon={Upload} isDisabled={readOnly} onPress={() => setImporting("record")}>
              {say("settings.import")}
            </Button>
            <Button
              icon={TableProperties}
              isDisabled={readOnly}
              onPress={() => setImporting("table")}
            >
              {say("settings.table")}
            </Button>
          </Actions>
          {saved && (
            <div role="status">
              <Notice tone="info" title={say("settings.saved_to")}>
                <Path path={saved.path} />
                <div className="mt-2">
                  <Button small onPress={() => reveal.mutate(saved.path)}>
                    {say("estimate.pdf.folder")}
                  </Button>
                </div>
                {reveal.error && <p role="alert">{say("estimate.pdf.folder.failed")}</p>}
              </Notice>
            </div>
          )}
          {error && <ErrorNotice error={error} />}
        </div>
      </div>
      {exporting && (
        <ExportDialog
          onClose={() => setExporting(false)}
          onSaved={(file) => {
            backup.reset();
            setExported(file);
          }}
        />
      )}
      {importing === "record" && <ImportJson onClose={() => setImporting(null)} />}
      {importing === "table" && <ImportTable onClose={() => setImporting(null)} />}
    </Card>
  );
}
