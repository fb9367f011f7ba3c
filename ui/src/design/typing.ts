/** Whether this is where somebody types: keys and the focus belong to the text there. */
export function isTextPlace(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      "input, textarea, select, [contenteditable]:not([contenteditable=false]), [role=spinbutton]",
    ) !== null
  );
}
