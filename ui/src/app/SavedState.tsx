import { useMutationState } from "@tanstack/react-query";
import { Check, CircleAlert, LoaderCircle } from "lucide-react";
import { WRITES } from "../api/asks";
import { useTexts } from "../i18n";

/** 「已保存」 — every change is written at once; there is no save button. */
export function SavedState() {
  const { say } = useTexts();
  const states = useMutationState({
    filters: { mutationKey: WRITES },
    select: (mutation) => mutation.state.status,
  });
  const last = states.at(-1);
  const [Icon, text, look] =
    last === "pending"
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
