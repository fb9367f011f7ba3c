import { useQuery } from "@tanstack/react-query";
import { FileDown } from "lucide-react";
import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { EstimateDraft, PaperForm } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import { Actions, Button, Dialog, ErrorNotice, RadioField, Waiting, Words } from "../../design";
import { useTexts } from "../../i18n";
import { PaperSheets, type SheetSize, SIZES } from "./PaperSheets";
import { Saved } from "./Saved";

/** 打印预览 — the very pages that the PDF has. */
export function Preview({ draft, onClose }: { draft: EstimateDraft; onClose: () => void }) {
  const { say, language } = useTexts();
  const { settings } = useStatus();
  // Whoever reads the window in large letters begins with the sheet in large letters.
  const [form, setForm] = useState<PaperForm>(settings.text_size > 150 ? "counter" : "full");
  const [size, setSize] = useState<SheetSize>("whole");
  const pages = useQuery({
    // The paper speaks the language of the window.
    queryKey: ["estimate_preview", draft, form, language],
    queryFn: () => gongji.estimatePreview(draft, form),
  });
  const save = useWrite((paper: PaperForm) => gongji.estimateSave(draft, paper));
  return (
    <Dialog title={say("estimate.preview")} isOpen onClose={onClose} wide>
      <p className="text-quiet">
        <Words>{say("estimate.preview.means")}</Words>
      </p>
      <div className="grid gap-x-6 gap-y-4 @[44rem]:grid-cols-2">
        <RadioField<PaperForm>
          label={say("estimate.paper")}
          value={form}
          onChange={setForm}
          options={[
            {
              id: "full",
              name: say("estimate.paper.full"),
              note: say("estimate.paper.full.means"),
            },
            {
              id: "counter",
              name: say("estimate.paper.counter"),
              note: say("estimate.paper.counter.means"),
            },
          ]}
        />
        <RadioField<SheetSize>
          label={say("estimate.sheet")}
          value={size}
          onChange={setSize}
          options={SIZES.map((id) => ({ id, name: say(`estimate.sheet.${id}`) }))}
        />
      </div>
      <Actions>
        <Button
          look="primary"
          icon={FileDown}
          isPending={save.isPending}
          onPress={() => save.mutate(form)}
        >
          {say("estimate.pdf")}
        </Button>
      </Actions>
      {save.error && <ErrorNotice error={save.error} />}
      {save.data && <Saved file={save.data} />}
      {pages.error && <ErrorNotice error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isPending && <Waiting />}
      {pages.data && <PaperSheets pages={pages.data} size={size} />}
    </Dialog>
  );
}
