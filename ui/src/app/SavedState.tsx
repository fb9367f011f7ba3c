import { useMutationState } from "@tanstack/react-query";
import { Check, CircleAlert, LoaderCircle, Lock } from "lucide-react";
import { WRITES } from "../api/asks";
import { useTexts } from "../i18n";
import { useStatus } from "./status";

/** 「已保存」 — every change is written at once; there is no save button. */
export function SavedState() {
  const { say } = useTexts();
  const { household, read_only } = useStatus();
  const states = useMutationState({
    filters: { mutationKey: WRITES },
    select: (mutation) => mutation.state.status,
  });
  const last = states.at(-1);
  // Before there is a household nothing is kept yet.
  if (household === null && last !== "pending" && last !== "error") return null;
  const [Icon, text, look] = read_only
    ? ([Lock, say("saved.read_only"), "text-warn"] as const)
    : last === "pending"
      ? ([LoaderCircle, say("saved.saving"), "text-quiet"] as const)
      : last === "error"
        ? ([CircleAlert, say("saved.failed"), "text-bad"] as const)
        : ([Check, say("saved.done"), "text-quiet"] as const);
  return (
    <span role="status" className={`inline-flex items-center gap-1 text-sm ${look}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {text}
    </span>
  );
}
