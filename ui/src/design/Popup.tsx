import type { ReactNode } from "react";
import { Dialog as AriaDialog, DialogTrigger, Popover } from "react-aria-components";
import { POPOVER } from "./classes";

type PopupProps = {
  trigger: ReactNode;
  label: string;
  children: (close: () => void) => ReactNode;
};

/** 小窗 — a few fields or an explanation next to the button that opens it. */
export function Popup({ trigger, label, children }: PopupProps) {
  return (
    <DialogTrigger>
      {trigger}
      <Popover className={`${POPOVER} w-[min(24rem,94vw)] overflow-auto`}>
        <AriaDialog aria-label={label} className="@container grid gap-4 p-4 outline-none">
          {({ close }) => children(close)}
        </AriaDialog>
      </Popover>
    </DialogTrigger>
  );
}
