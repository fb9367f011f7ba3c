import { useQuery } from "@tanstack/react-query";
import { FileDown } from "lucide-react";
import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { EstimateDraft, PaperForm } from "../../api/bindings";
import { gongji } from "../../api/client";
import { Actions, Button, Dialog, ErrorNotice, RadioField, Waiting } from "../../design";
import { useTexts } from "../../i18n";
import { Saved } from "./Saved";

/** 打印预览 — the very pages that the PDF has. */
export function Preview({ draft, onClose }: { draft: EstimateDraft; onClose: () => void }) {
  const { say, language } = useTexts();
  const [form, setForm] = useState<PaperForm>("full");
  const pages = useQuery({
    // The paper speaks the language of the window.
    queryKey: ["estimate_preview", draft, form, language],
    queryFn: () => gongji.estimatePreview(draft, form),
  });
  const save = useWrite((paper: PaperForm) => gongji.estimateSave(draft, paper));
  return (
    <Dialog title={say("estimate.preview")} isOpen onClose={onClose} wide>
      <RadioField<PaperForm>
        label={say("estimate.paper")}
        value={form}
        onChange={setForm}
        options={[
          { id: "full", name: say("estimate.paper.full"), note: say("estimate.paper.full.means") },
          {
            id: "counter",
            name: say("estimate.paper.counter"),
            note: say("estimate.paper.counter.means"),
          },
        ]}
      />
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
      {pages.data?.map((svg, index) => (
        <img
          // biome-ignore lint/suspicious/noArrayIndexKey: pages are known by their number
          key={index}
          src={`data:image/svg+xml;utf8,${encodeURIComponent(svg)}`}
          alt={say("estimate.page", { n: index + 1, of: pages.data.length })}
          className="w-full rounded-lg border border-line"
        />
      ))}
    </Dialog>
  );
}
