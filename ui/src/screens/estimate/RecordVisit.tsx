import { useWrite } from "../../api/asks";
import type { EstimateDraft, EstimateView } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import {
  Actions,
  Amount,
  Button,
  Dialog,
  ErrorNotice,
  Facts,
  Notice,
  toast,
  Words,
} from "../../design";
import { showDate } from "../../format/dates";
import { isZero } from "../../format/money";
import { useTexts } from "../../i18n";
import { isExact } from "../parts/amountText";
import { shareName } from "./SplitBar";
import { sharesOf } from "./shares";

type Props = { view: EstimateView; draft: EstimateDraft; onClose: () => void };

/** 记下这次结算 — says what will be written before it is. */
export function RecordVisit({ view, draft, onClose }: Props) {
  const { say, language } = useTexts();
  const { today } = useStatus();
  const record = useWrite(
    (visit: EstimateDraft) => gongji.settlementRecord(visit, null),
    () => {
      toast(say("estimate.record.done"));
      onClose();
    },
  );
  const shares = sharesOf(view.estimate.payers).filter(({ kind }) => kind !== "fund");
  const hindrance =
    draft.settled_on > today
      ? "estimate.record.future"
      : shares.every(({ amount }) => isExact(amount))
        ? null
        : "estimate.record.open";
  return (
    <Dialog title={say("estimate.record")} isOpen onClose={onClose}>
      {hindrance ? (
        <Notice tone="warn">{say(hindrance)}</Notice>
      ) : (
        <>
          <p>
            <Words>
              {say("estimate.record.means", {
                name: view.member_name,
                date: showDate(draft.settled_on, language),
              })}
            </Words>
          </p>
          <Facts
            rows={shares
              .filter(({ amount }) => isExact(amount) && !isZero(amount))
              .map((share) => ({
                key: `${share.kind}${share.name ?? ""}`,
                name: shareName(share, say),
                value: <Amount value={share.amount} />,
              }))}
          />
          <p className="text-sm text-quiet">{say("estimate.record.hint")}</p>
        </>
      )}
      {record.error && <ErrorNotice error={record.error} />}
      <Actions>
        {!hindrance && (
          <Button look="primary" isPending={record.isPending} onPress={() => record.mutate(draft)}>
            {say("estimate.record.confirm")}
          </Button>
        )}
        <Button onPress={onClose}>{say(hindrance ? "dialog.close" : "dialog.cancel")}</Button>
      </Actions>
    </Dialog>
  );
}
