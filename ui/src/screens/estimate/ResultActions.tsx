import { useQuery } from "@tanstack/react-query";
import { CalendarPlus, FileDown, NotebookPen, Printer } from "lucide-react";
import { useState } from "react";
import { asks, useWrite } from "../../api/asks";
import type { EstimateDraft, EstimateView } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useReadOnly } from "../../app/status";
import { Button, ErrorNotice, Words } from "../../design";
import { useTexts } from "../../i18n";
import { PlanForm } from "../members/PlanForm";
import { Preview } from "./Preview";
import { RecordVisit } from "./RecordVisit";
import { Saved } from "./Saved";

type Props = { view: EstimateView; draft: EstimateDraft };

/** What can be done with a result: print it, keep it as a PDF, record it, plan it. */
export function ResultActions({ view, draft }: Props) {
  const { say } = useTexts();
  const readOnly = useReadOnly();
  const [open, setOpen] = useState<"preview" | "record" | "plan" | null>(null);
  const save = useWrite(() => gongji.estimateSave(draft, "full"));
  const close = () => setOpen(null);
  // Where nobody knows who pays, there is nothing to record.
  const isKnown = view.estimate.payers.cash_paid !== "unknown";
  return (
    <div className="@container grid gap-3">
      <div className="grid gap-2 @[24rem]:grid-cols-2 @[44rem]:flex @[44rem]:flex-wrap">
        <Button
          look={isKnown ? "primary" : "plain"}
          icon={Printer}
          onPress={() => setOpen("preview")}
        >
          {say("estimate.preview")}
        </Button>
        <Button icon={FileDown} isPending={save.isPending} onPress={() => save.mutate(undefined)}>
          {say("estimate.pdf")}
        </Button>
        <Button
          icon={NotebookPen}
          isDisabled={readOnly || !isKnown}
          onPress={() => setOpen("record")}
        >
          {say("estimate.record")}
        </Button>
        <Button icon={CalendarPlus} isDisabled={readOnly} onPress={() => setOpen("plan")}>
          {say("estimate.plan")}
        </Button>
      </div>
      {!isKnown && (
        <p className="text-sm text-quiet">
          <Words>{say("estimate.record.unknown")}</Words>
        </p>
      )}
      {save.error && <ErrorNotice error={save.error} />}
      {save.data && <Saved file={save.data} />}
      {open === "preview" && <Preview draft={draft} onClose={close} />}
      {open === "record" && <RecordVisit view={view} draft={draft} onClose={close} />}
      {open === "plan" && <PlanOfVisit draft={draft} onClose={close} />}
    </div>
  );
}

/** 加入计划 — the same visit, to come. */
function PlanOfVisit({ draft, onClose }: { draft: EstimateDraft; onClose: () => void }) {
  const detail = useQuery(asks.memberDetail(draft.member));
  if (detail.error) return <ErrorNotice error={detail.error} />;
  return detail.data ? <PlanForm detail={detail.data} like={draft} onClose={onClose} /> : null;
}
