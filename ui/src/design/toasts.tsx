import { X } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { useTexts } from "../i18n";
import { IconButton } from "./Button";

type Toast = { id: number; text: string };

let shown: Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();
function set(next: Toast[]) {
  shown = next;
  for (const listener of listeners) listener();
}
function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** 轻提示 — says that something was done; nothing that must be read stands only here. */
export function toast(text: string) {
  last += 1;
  set([...shown.slice(-2), { id: last, text }]);
}

function One({ id, text }: Toast) {
  const { say } = useTexts();
  const close = () => set(shown.filter((one) => one.id !== id));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock starts once, when the toast appears
  useEffect(() => {
    const timer = setTimeout(close, 5000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="flex items-center gap-2 rounded-xl bg-ink py-1 pr-1 pl-4 text-paper shadow-lg [&_button]:text-paper">
      <span className="min-w-0">{text}</span>
      <IconButton icon={X} label={say("dialog.close")} onPress={close} />
    </div>
  );
}

/** Where toasts appear; read out politely. */
export function Toasts() {
  const list = useSyncExternalStore(subscribe, () => shown);
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-40 flex flex-col items-center gap-2 px-4 [&>*]:pointer-events-auto"
    >
      {list.map((one) => (
        <One key={one.id} {...one} />
      ))}
    </div>
  );
}
