import { useId } from "react";
import type { Payers } from "../../api/bindings";
import { useTexts } from "../../i18n";
import { amountText } from "../parts/amountText";
import { type Share, sharesOf, stretches } from "./shares";

/** A texture each, so that the parts can be told apart without colour. */
export function Textures({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}-family`} width="8" height="8" patternUnits="userSpaceOnUse">
        <rect width="8" height="8" className="fill-accent-soft" />
        <path d="M-2 2 2-2M0 8 8 0M6 10 10 6" className="stroke-accent stroke-2" />
      </pattern>
      <pattern id={`${id}-own`} width="8" height="8" patternUnits="userSpaceOnUse">
        <rect width="8" height="8" className="fill-accent-soft" />
        <circle cx="4" cy="4" r="1.8" className="fill-accent" />
      </pattern>
      <pattern id={`${id}-open`} width="8" height="8" patternUnits="userSpaceOnUse">
        <rect width="8" height="8" className="fill-surface" />
        <path d="M0 0 8 8M8 0 0 8" className="stroke-warn stroke-1" />
      </pattern>
    </defs>
  );
}

function paint(id: string, kind: Share["kind"] | "open") {
  if (kind === "fund") return { className: "fill-accent" };
  if (kind === "cash") return { className: "fill-warn" };
  return { fill: `url(#${id}-${kind})` };
}

/** The little square before a name in the table: the same texture as in the bar. */
export function Swatch({ kind }: { kind: Share["kind"] | "open" }) {
  const id = useId();
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      className="mr-2 inline-block size-4 align-[-0.15em]"
    >
      <Textures id={id} />
      <rect width="16" height="16" rx="3" {...paint(id, kind)} />
      <rect x="0.5" y="0.5" width="15" height="15" rx="3" className="fill-none stroke-edge" />
    </svg>
  );
}

/** 谁付多少，画成一条 — its twin is the table below it. */
export function SplitBar({ total, payers }: { total: string; payers: Payers }) {
  const { say } = useTexts();
  const id = useId();
  const shares = sharesOf(payers);
  const parts = stretches(total, shares);
  if (parts.length === 0) return null;
  const words = shares
    .filter((share) => share.amount !== "0.00")
    .map((share) => `${shareName(share, say)} ${amountText(share.amount, say)}`);
  return (
    <svg
      role="img"
      aria-label={say("estimate.bar", { total: amountText(total, say), parts: words.join(", ") })}
      className="block h-12 w-full rounded-lg border border-edge"
    >
      <Textures id={id} />
      {parts.map(({ of, from, width }) => (
        <rect
          key={from}
          // In shares of the real width, so that no texture is squeezed.
          x={`${from / 10}%`}
          width={`${Math.max(width / 10 - 0.3, 0.2)}%`}
          height="100%"
          {...paint(id, of === "open" ? "open" : of.kind)}
        />
      ))}
    </svg>
  );
}

/** What a share is called. */
export function shareName(share: Share, say: ReturnType<typeof useTexts>["say"]): string {
  return share.kind === "family"
    ? say("estimate.aid.of", { name: share.name ?? "" })
    : say(`estimate.share.${share.kind}`);
}
