import { ChevronDown } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button as AriaButton, Disclosure, DisclosurePanel } from "react-aria-components";
import { classes } from "./classes";

type MoreProps = {
  label: string;
  /** Whether there is something in it that must be seen, such as a problem of a field. */
  opens?: boolean;
  /** As small as the print around it. */
  small?: boolean;
  children: ReactNode;
};

/** 更多 — what few people need, behind a line that opens it. */
export function More({ label, opens = false, small, children }: MoreProps) {
  const [isOpen, setOpen] = useState(opens);
  const [before, setBefore] = useState(opens);
  if (opens !== before) {
    setBefore(opens);
    if (opens) setOpen(true);
  }
  return (
    <Disclosure className="group/more" isExpanded={isOpen} onExpandedChange={setOpen}>
      <AriaButton
        slot="trigger"
        className={classes(
          "-ml-1 flex items-center gap-1.5 rounded-lg px-1 text-left text-accent",
          small ? "min-h-8 text-sm" : "min-h-9",
        )}
      >
        <ChevronDown
          aria-hidden
          className="size-4 shrink-0 transition-transform group-data-[expanded]/more:rotate-180"
        />
        {label}
      </AriaButton>
      <DisclosurePanel
        className={small ? "group-data-[expanded]/more:pt-0.5" : "group-data-[expanded]/more:pt-2"}
      >
        {children}
      </DisclosurePanel>
    </Disclosure>
  );
}
