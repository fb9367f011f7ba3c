import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { classes } from "./classes";

export type Look = "primary" | "plain" | "chosen" | "quiet" | "danger" | "link" | "danger-link";

const LOOKS: Record<Look, string> = {
  primary:
    "bg-accent text-on-accent border-transparent data-[hovered]:bg-accent-deep data-[disabled]:bg-sunken data-[disabled]:text-quiet data-[disabled]:border-line",
  plain: "bg-surface text-ink border-edge data-[hovered]:bg-sunken",
  chosen: "bg-accent-soft text-ink border-accent data-[hovered]:bg-sunken",
  quiet: "bg-transparent text-accent border-transparent data-[hovered]:bg-accent-soft",
  danger: "bg-surface text-bad border-bad data-[hovered]:bg-bad-soft",
  link: "text-accent data-[hovered]:text-accent-deep",
  "danger-link": "text-bad data-[hovered]:bg-bad-soft",
};

/** How a button looks; links that act as buttons use it too. */
export function buttonLook(look: Look, small = false): string {
  if (look === "link" || look === "danger-link") {
    return classes(
      // The room to press it does not move it off the line of text that it stands in.
      "-my-1 inline-flex items-baseline gap-1 rounded py-1 text-left underline underline-offset-3",
      "disabled:opacity-70",
      LOOKS[look],
    );
  }
  return classes(
    "inline-flex items-center justify-center gap-2 rounded-lg border font-medium no-underline",
    "text-center transition-colors",
    look === "primary" ? "" : "disabled:opacity-65 data-[disabled]:opacity-65",
    "data-[pending]:opacity-70",
    small ? "min-h-9 px-3 py-1 text-sm" : "min-h-11 px-4 py-2",
    LOOKS[look],
  );
}

type ButtonProps = Omit<AriaButtonProps, "children" | "className" | "style"> & {
  look?: Look;
  small?: boolean;
  icon?: LucideIcon;
  children: ReactNode;
};

/** 按钮 — words always; an icon only beside them. */
export function Button({ look = "plain", small, icon: Icon, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={buttonLook(look, small)}>
      {Icon && <Icon aria-hidden className="size-[1.15em] shrink-0" />}
      {children}
    </AriaButton>
  );
}

type IconButtonProps = Omit<AriaButtonProps, "children" | "className" | "style"> & {
  icon: LucideIcon;
  label: string;
};

/** A button that shows only an icon; `label` is its name for everybody who cannot see it. */
export function IconButton({ icon: Icon, label, ...rest }: IconButtonProps) {
  return (
    <AriaButton
      {...rest}
      aria-label={label}
      className="inline-flex size-11 shrink-0 items-center justify-center rounded-lg text-ink data-[disabled]:opacity-50 data-[hovered]:bg-sunken"
    >
      <Icon aria-hidden className="size-5" />
    </AriaButton>
  );
}
