/** Joins class names, leaving out what does not apply. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}

/** The look that every field's box shares. */
export const BOX =
  "w-full min-h-11 rounded-lg border border-edge bg-surface px-3 py-2 text-ink " +
  "data-[invalid]:border-2 data-[invalid]:border-bad data-[disabled]:opacity-60 " +
  "data-[focused]:border-accent placeholder:text-quiet";

// In English the Chinese term in a label stays in one piece.
export const LABEL = "block font-medium text-ink [&:lang(en)]:break-keep";
export const HINT = "block text-sm text-quiet";
export const PROBLEM = "flex items-start gap-1.5 text-sm font-medium text-bad";
export const POPOVER =
  "rounded-xl border border-line bg-surface text-ink shadow-lg shadow-black/15 outline-none";
