import { classes } from "../../design/classes";
import { useTexts } from "../../i18n";

/** How large the sheets are shown: as wide as there is room, or larger, growing with the text size. */
export const SIZES = ["whole", "large", "largest"] as const;
export type SheetSize = (typeof SIZES)[number];

const WIDTHS: Record<SheetSize, string> = {
  whole: "w-full",
  large: "w-[max(130%,48rem)]",
  largest: "w-[max(200%,72rem)]",
};

type Props = { pages: string[]; size: SheetSize };

/** 纸 — the pages one below another; larger than the window, they move in a box of their own. */
export function PaperSheets({ pages, size }: Props) {
  const { say } = useTexts();
  const sheets = pages.map((svg, index) => (
    <img
      // biome-ignore lint/suspicious/noArrayIndexKey: pages are known by their number
      key={index}
      src={`data:image/svg+xml;utf8,${encodeURIComponent(svg)}`}
      alt={say("estimate.page", { n: index + 1, of: pages.length })}
      className={classes(WIDTHS[size], "max-w-none rounded-lg border border-line")}
    />
  ));
  if (size === "whole") return <div className="grid gap-4">{sheets}</div>;
  return (
    <>
      <p className="text-sm text-quiet">{say("estimate.sheet.move")}</p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; this only names a box that scrolls */}
      <div
        role="group"
        aria-label={say("estimate.sheet.pages")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="grid max-h-[85vh] justify-items-start gap-4 overflow-auto rounded-lg border border-line bg-sunken p-2"
      >
        {sheets}
      </div>
    </>
  );
}
