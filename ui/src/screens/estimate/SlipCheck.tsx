import { useMutation } from "@tanstack/react-query";
import { NotebookPen, Printer, ReceiptText, Scale } from "lucide-react";
import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { EstimateDraft, Slip } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useReadOnly, useStatus } from "../../app/status";
import { Actions, Button, Card, ErrorNotice, ErrorSummary, toast, Words } from "../../design";
import { useTexts } from "../../i18n";
import { useProblems } from "../members/forms";
import { SlipFields } from "../parts/SlipFields";
import { EMPTY_SLIP, slipOf } from "../parts/slipForm";
import { Saved } from "./Saved";
import { SlipDifference } from "./SlipDifference";

/** 照结算单核对 — the slip typed in line by line, beside the estimate that stands above. */
export function SlipCheck({ draft }: { draft: EstimateDraft }) {
  const { say } = useTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <Card title={say("slip.check")}>
      <div className="grid gap-4">
        <p className="text-quiet">
          <Words>{say("slip.check.means")}</Words>
        </p>
        {isOpen ? (
          <Comparison draft={draft} />
        ) : (
          <Actions>
            <Button icon={ReceiptText} onPress={() => setOpen(true)}>
              {say("slip.check.open")}
            </Button>
          </Actions>
        )}
      </div>
    </Card>
  );
}

function Comparison({ draft }: { draft: EstimateDraft }) {
  const { say } = useTexts();
  const [form, setForm] = useState(EMPTY_SLIP);
  const compare = useMutation({
    mutationFn: (slip: Slip) => gongji.slipCompare(draft, slip),
    networkMode: "always",
  });
  const read = slipOf(form);
  const typing =
    "problems" in read
      ? read.problems.map(({ path, problem }) => ({
          path,
          text: say(`field.${problem}`),
          bare: true,
        }))
      : [];
  const { problems, at, submit } = useProblems(typing, compare.error);
  const atField = compare.error?.code === "input" && compare.error.field !== null;
  const shown = compare.data ? (compare.variables ?? null) : null;
  const isOld =
    shown !== null && (!("slip" in read) || JSON.stringify(read.slip) !== JSON.stringify(shown));
  return (
    <>
      <SlipFields form={form} at={at} onChange={setForm} />
      <ErrorSummary problems={problems} />
      {compare.error && !atField && <ErrorNotice error={compare.error} />}
      <Actions>
        <Button
          look={shown && !isOld ? "plain" : "primary"}
          icon={Scale}
          isPending={compare.isPending}
          onPress={() => submit(() => "slip" in read && compare.mutate(read.slip))}
        >
          {say(shown ? "slip.compare.again" : "slip.compare")}
        </Button>
        {isOld && (
          <p role="status" className="font-medium text-warn">
            {say("slip.changed")}
          </p>
        )}
      </Actions>
      {compare.data && shown && !isOld && (
        <section aria-label={say("slip.report")} className="grid gap-4">
          <SlipDifference view={compare.data} />
          <SlipActions draft={draft} slip={shown} isKnown={compare.data.posted !== null} />
        </section>
      )}
    </>
  );
}

type ActionsProps = {
  draft: EstimateDraft;
  slip: Slip;
  /** Whether it is known what each account paid. */
  isKnown: boolean;
};

function SlipActions({ draft, slip, isKnown }: ActionsProps) {
  const { say } = useTexts();
  const { today } = useStatus();
  const readOnly = useReadOnly();
  const record = useWrite(
    () => gongji.settlementRecord(draft, slip),
    () => toast(say("slip.record.done")),
  );
  const print = useWrite(() => gongji.slipReportSave(draft, slip));
  const isFuture = draft.settled_on > today;
  return (
    <div className="grid gap-3">
      <Actions>
        <Button
          look="primary"
          icon={NotebookPen}
          isDisabled={readOnly || !isKnown || isFuture || record.isSuccess}
          isPending={record.isPending}
          onPress={() => record.mutate(undefined)}
        >
          {say(record.isSuccess ? "slip.record.done" : "slip.record")}
        </Button>
        <Button icon={Printer} isPending={print.isPending} onPress={() => print.mutate(undefined)}>
          {say("slip.print")}
        </Button>
      </Actions>
      {isFuture && <p className="text-quiet">{say("estimate.record.future")}</p>}
      {record.error && <ErrorNotice error={record.error} />}
      {print.error && <ErrorNotice error={print.error} />}
      {print.data && <Saved file={print.data} />}
    </div>
  );
}
