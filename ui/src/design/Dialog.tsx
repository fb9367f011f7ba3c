import { X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useTexts } from "../i18n";
import { Button, IconButton } from "./Button";

type DialogProps = {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** Something was typed: closing asks first. */
  isDirty?: boolean;
  wide?: boolean;
  children: ReactNode;
};

/** 对话框 — Esc closes it, but never throws away what was typed without asking. */
export function Dialog({ title, isOpen, onClose, isDirty = false, wide, children }: DialogProps) {
  const { say } = useTexts();
  const [asking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
    onClose();
  };
  const tryClose = () => (isDirty ? setAsking(true) : close());
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && tryClose()}
      isDismissable={!isDirty}
      className="fixed inset-0 z-50 flex items-start justify-center overflow-auto bg-veil p-3 @container"
    >
      <Modal className={wide ? "my-auto w-full max-w-[52rem]" : "my-auto w-full max-w-[38rem]"}>
        <AriaDialog className="rounded-2xl border border-line bg-surface p-5 text-ink shadow-xl outline-none">
          <div className="mb-4 flex items-start justify-between gap-3">
            <Heading slot="title" className="pt-1.5 text-xl font-semibold leading-snug">
              {title}
            </Heading>
            <IconButton icon={X} label={say("dialog.close")} onPress={tryClose} />
          </div>
          {asking && (
            <div role="alert" className="mb-4 rounded-lg bg-warn-soft p-3 text-warn">
              <p className="mb-2 font-medium">{say("dialog.discard_question")}</p>
              <div className="flex flex-wrap gap-2">
                <Button small onPress={() => setAsking(false)}>
                  {say("dialog.keep")}
                </Button>
                <Button small look="danger" onPress={close}>
                  {say("dialog.discard")}
                </Button>
              </div>
            </div>
          )}
          <div className="grid gap-4">{children}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
