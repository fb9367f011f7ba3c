import { isTextPlace } from "../design/typing";

/** What of a key press decides about undo and redo. */
type Press = Pick<
  KeyboardEvent,
  "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey" | "isComposing" | "target"
>;

/**
 * Ctrl+Z, Ctrl+Shift+Z, Ctrl+Y (⌘ on a Mac). Nothing while a character is being composed, and
 * nothing inside a text field, where the keys belong to the text.
 */
export function undoKey(press: Press): "undo" | "redo" | null {
  if (press.isComposing || press.altKey || !(press.ctrlKey || press.metaKey)) return null;
  if (isTextPlace(press.target)) return null;
  const key = press.key.toLowerCase();
  if (key === "z") return press.shiftKey ? "redo" : "undo";
  if (key === "y" && !press.shiftKey) return "redo";
  return null;
}
