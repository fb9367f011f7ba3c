import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { ExportFormat, SavedFile } from "../../api/bindings";
import { gongji } from "../../api/client";
import { Actions, Button, Dialog, ErrorNotice, RadioField, toast, Words } from "../../design";
import { useTexts } from "../../i18n";

/** What people want it for, the most usual first. */
const FORMATS: ExportFormat[] = ["xlsx", "ics", "csv", "json", "hledger", "beancount"];

type ExportProps = { onClose: () => void; onSaved: (file: SavedFile) => void };

/** 导出 — for what, in plain words; where it is then, and the way there. */
export function ExportDialog({ onClose, onSaved }: ExportProps) {
  const { say } = useTexts();
  const [format, setFormat] = useState<ExportFormat>("xlsx");
  const write = useWrite(gongji.exportFile, (file) => {
    onSaved(file);
    onClose();
    toast(say("settings.export.done"), {
      name: say("settings.export.show"),
      // Where no file window opens, the path stands on the page.
      run: () => void gongji.reveal(file.path).catch(() => {}),
    });
  });
  return (
    <Dialog title={say("settings.export.title")} isOpen onClose={onClose}>
      <div className="grid gap-4">
        <RadioField
          label={say("settings.export.for")}
          row={false}
          value={format}
          onChange={setFormat}
          options={FORMATS.map((id) => ({
            id,
            name: say(`settings.export.${id}`),
            note: say(`settings.export.${id}.is`),
          }))}
        />
        <p className="text-sm">
          <Words>{say("settings.export.care")}</Words>
        </p>
        {write.error && <ErrorNotice error={write.error} />}
        <Actions>
          <Button look="primary" isPending={write.isPending} onPress={() => write.mutate(format)}>
            {say("settings.export.go")}
          </Button>
          <Button onPress={onClose}>{say("dialog.cancel")}</Button>
        </Actions>
      </div>
    </Dialog>
  );
}
