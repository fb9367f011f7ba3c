import { useMutation } from "@tanstack/react-query";
import { File, Folder } from "lucide-react";
import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { ApiError, RulesPreview } from "../../api/bindings";
import { gongji } from "../../api/client";
import { Actions, Button, Dialog, ErrorNotice, Notice, TextField, toast } from "../../design";
import { useTexts } from "../../i18n";
import { problemAt } from "../setup/problems";
import { Preview } from "./Preview";

/** What was looked at, and where it lies. */
type Seen = { path: string; preview: RulesPreview };

/** 加政策包 — a folder or a file is chosen, looked at, and only then added. */
export function AddPack({ onClose }: { onClose: () => void }) {
  const { say, tell, language } = useTexts();
  const [path, setPath] = useState("");
  const look = useMutation<Seen, ApiError, string>({
    mutationFn: async (path) => ({ path, preview: await gongji.packPreview(path, language) }),
    networkMode: "always",
  });
  const choose = useMutation<string | null, ApiError, boolean>({
    mutationFn: (directory) => gongji.choose(directory),
    networkMode: "always",
    onSuccess: (chosen) => {
      if (chosen === null) return;
      setPath(chosen);
      look.mutate(chosen);
    },
  });
  const add = useWrite(
    ({ path, preview }: Seen) => gongji.packAdd(path, preview.seen),
    (_, { preview }) => {
      toast(say("pack.added", { name: preview.name }));
      onClose();
    },
  );
  const typed = path.trim();
  const seen = look.data?.path === typed ? look.data : null;
  const error = add.error ?? look.error;
  const problems =
    error?.code === "input" && error.field === "path"
      ? [{ path: "path", text: tell(error.message) }]
      : [];
  const type = (text: string) => {
    setPath(text);
    look.reset();
    add.reset();
  };
  return (
    <Dialog title={say("pack.add")} isOpen wide isDirty={typed !== ""} onClose={onClose}>
      <p className="text-quiet">{say("pack.add.means")}</p>
      <TextField
        label={say("pack.path")}
        hint={say("pack.path.hint")}
        isRequired
        path="path"
        value={path}
        onChange={type}
        problem={problemAt(problems, "path")}
      />
      <Actions>
        <Button icon={Folder} isPending={choose.isPending} onPress={() => choose.mutate(true)}>
          {say("pack.choose_folder")}
        </Button>
        <Button icon={File} isPending={choose.isPending} onPress={() => choose.mutate(false)}>
          {say("pack.choose_file")}
        </Button>
      </Actions>
      {choose.error && <ErrorNotice error={choose.error} />}
      {seen && (
        <div role="status" className="grid gap-4">
          <p className="font-medium">
            {say("pack.seen", { name: seen.preview.name, n: seen.preview.files })}
          </p>
          {seen.preview.replaces && <Notice tone="info">{say("pack.replaces")}</Notice>}
          <Preview preview={seen.preview} />
        </div>
      )}
      {error && problems.length === 0 && <ErrorNotice error={error} />}
      <Actions>
        {seen ? (
          <Button
            look="primary"
            isDisabled={seen.preview.refused}
            isPending={add.isPending}
            onPress={() => add.mutate(seen)}
          >
            {say("pack.go")}
          </Button>
        ) : (
          <Button
            look="primary"
            isDisabled={typed === ""}
            isPending={look.isPending}
            onPress={() => look.mutate(typed)}
          >
            {say("preview.look")}
          </Button>
        )}
        <Button onPress={onClose}>{say("dialog.cancel")}</Button>
      </Actions>
    </Dialog>
  );
}
