import { useMutation } from "@tanstack/react-query";
import { FolderOpen } from "lucide-react";
import { Button } from "../../design";
import { useTexts } from "../../i18n";

type ChooseProps = {
  name: string;
  ask: () => Promise<string | null>;
  onChosen: (path: string) => void;
};

/** The system's own window for choosing; where it cannot be had, the path can still be typed. */
export function Choose({ name, ask, onChosen }: ChooseProps) {
  const { say } = useTexts();
  const chosen = useMutation({
    mutationFn: ask,
    networkMode: "always",
    onSuccess: (path) => path !== null && onChosen(path),
  });
  return (
    <>
      <Button icon={FolderOpen} isPending={chosen.isPending} onPress={() => chosen.mutate()}>
        {name}
      </Button>
      {chosen.error && <p role="alert">{say("settings.choose.failed")}</p>}
    </>
  );
}
