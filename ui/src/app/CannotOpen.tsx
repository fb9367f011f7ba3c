import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useWrite } from "../api/asks";
import type { ApiError } from "../api/bindings";
import { gongji } from "../api/client";
import { Actions, Button, ErrorNotice, RadioField } from "../design";
import { useTexts } from "../i18n";
import { useLook } from "./look";

/** Language and size of the letters, for this once: where they are kept is in the file. */
function LookForNow() {
  const { say, language } = useTexts();
  const [size, setSize] = useState("100");
  const [spoken, setSpoken] = useState<string>(language);
  const [look, setLook] = useState<Parameters<typeof useLook>[0]>();
  useLook(look);
  const set = (language: string, text_size: string) => {
    setSpoken(language);
    setSize(text_size);
    setLook({ language, text_size: Number(text_size), theme: "system", with_claimed: false });
  };
  return (
    <div className="mt-8 grid gap-4 border-t border-line pt-4">
      <RadioField
        label={say("settings.text_size")}
        value={size}
        onChange={(chosen) => set(spoken, chosen)}
        options={["100", "150", "200"].map((id) => ({
          id,
          name: say(`settings.text_size.${id as "100" | "150" | "200"}`),
        }))}
      />
      <RadioField
        label={say("settings.language")}
        value={spoken}
        onChange={(chosen) => set(chosen, size)}
        options={[
          { id: "zh", name: say("settings.language.zh") },
          { id: "en", name: say("settings.language.en") },
        ]}
      />
    </div>
  );
}

/** 打不开账本 — what is wrong with the file, and the ways out. */
export function CannotOpen({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  const { say } = useTexts();
  // A backup that opens is named in the hint.
  const backup = error.hint?.params.backup;
  const useBackup = useWrite(() => gongji.backupUse());
  const reveal = useMutation({ mutationFn: gongji.reveal });
  // Another window may have been closed; a file that is wrong stays so until somebody mends it.
  const again = say(error.code === "busy" ? "error.retry" : "error.open_again");
  return (
    <main className="grid min-h-screen content-center justify-items-center p-6">
      <div className="w-full max-w-[44rem]">
        <h1 className="mb-4 text-2xl font-semibold">{say("app.name")}</h1>
        <ErrorNotice error={error} />
        <div className="mt-4">
          <Actions>
            {backup && (
              <Button
                look="primary"
                isPending={useBackup.isPending}
                onPress={() => useBackup.mutate(undefined)}
              >
                {say("error.use_backup")}
              </Button>
            )}
            <Button look={error.code === "busy" ? "primary" : "plain"} onPress={onRetry}>
              {again}
            </Button>
            {backup && (
              <Button onPress={() => reveal.mutate(backup)}>{say("error.show_backup")}</Button>
            )}
          </Actions>
        </div>
        {useBackup.error && (
          <div className="mt-4">
            <ErrorNotice error={useBackup.error} />
          </div>
        )}
        {reveal.error && (
          <p role="alert" className="mt-4">
            {say("estimate.pdf.folder.failed")}
          </p>
        )}
        <LookForNow />
      </div>
    </main>
  );
}
