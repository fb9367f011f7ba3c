import { X } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { useTexts } from "../i18n";
import { Button, IconButton } from "./Button";

/** What can be done about what was said. */
export type Deed = { name: string; run: () => void };
type Toast = { id: number; text: string; since: number; deed: Deed | undefined };

/** How long a toast stands: long enough to be read slowly. */
const STANDS = 8000;

let shown: Toast | null = null;
let last = 0;
const listeners = new Set<() => void>();
function set(next: Toast | null) {
  shown = next;
  for (const listener of listeners) listener();
}
function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** 轻提示 — says that something was done; nothing that must be read stands only here. */
export function toast(text: string, deed?: Deed) {
  last += 1;
  set({ id: last, text, since: Date.now(), deed });
}

/** How long before a change of screens something may have been said that belongs to the new one. */
const TOGETHER = 1000;

/** Another screen is shown: what was said of the one before is taken away. */
export function dropOldToast() {
  if (shown && Date.now() - shown.since > TOGETHER) set(null);
}

function One({ id, text, deed }: Toast) {
  const { say } = useTexts();
  const close = () => set(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock starts once a toast
  useEffect(() => {
    const timer = setTimeout(close, STANDS);
    return () => clearTimeout(timer);
  }, [id]);
  return (
    <div className="flex items-center justify-center gap-2 bg-ink px-4 py-1 text-paper [&_button]:text-paper [&_button]:data-[hovered]:bg-quiet">
      <span className="min-w-0">{text}</span>
      {deed && (
        <Button small look="quiet" onPress={deed.run}>
          {deed.name}
        </Button>
      )}
      <IconButton icon={X} label={say("dialog.close")} onPress={close} />
    </div>
  );
}

/** Where the last toast stands: in a row of its own below the page, so that it covers nothing; read out politely. */
export function Toasts() {
  const one = useSyncExternalStore(subscribe, () => shown);
  return (
    <div role="status" aria-live="polite">
      {one && <One {...one} />}
    </div>
  );
}
