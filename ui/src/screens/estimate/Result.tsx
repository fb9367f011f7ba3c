import type { EstimateView } from "../../api/bindings";
import { Amount, Card, Notice, Words } from "../../design";
import { classes } from "../../design/classes";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { isExact } from "../parts/amountText";
import { OpenList } from "../parts/OpenList";
import type { Asked } from "./form";
import { ResultActions } from "./ResultActions";
import { Slip } from "./Slip";
import { SlipCheck } from "./SlipCheck";
import { SplitBar } from "./SplitBar";
import { SplitTable } from "./SplitTable";
import { Steps } from "./Steps";

type Props = {
  view: EstimateView;
  asked: Asked;
  /** The form was changed since: what stands here is the answer to another question. */
  isOld: boolean;
};

/** 估算结果 — the cash to take along first, then who pays what, then why. */
export function Result({ view, asked, isOld }: Props) {
  const { say, tell, language } = useTexts();
  const { estimate } = view;
  const { draft } = asked;
  const { payers, policy } = estimate;
  const cash = payers.cash_paid;
  // Nothing to ask and nothing to choose between: one notice says it all.
  const isPlain =
    cash === "unknown" && estimate.unknown.every((open) => !open.ask && open.readings.length === 0);
  return (
    <div
      className={classes(
        "grid gap-6",
        isOld && "rounded-xl outline-2 outline-offset-4 outline-dashed outline-warn grayscale",
      )}
    >
      <Card
        title={say(isOld ? "estimate.stale.result" : "estimate.result")}
        aside={
          <span className="text-sm text-quiet">
            <Words>
              {[
                view.member_name,
                view.place,
                view.class_name ?? say(`part.${draft.part}`),
                showDate(draft.settled_on, language),
              ].join(say("join.facts"))}
            </Words>
          </span>
        }
      >
        <div className="grid gap-5">
          <div>
            <p className="text-quiet">{say("estimate.cash")}</p>
            <p>
              <Amount value={cash} big />
            </p>
            {cash !== "unknown" && (
              <p className={cash === "0.00" ? "font-medium text-good" : "text-quiet"}>
                <Words>{say(cashWords(view))}</Words>
              </p>
            )}
          </div>
          {cash === "unknown" ? (
            <Notice tone="warn" title={say("estimate.unknown")}>
              {isPlain && (
                <ul className="mb-1">
                  {estimate.unknown.map(({ key, what }) => (
                    <li key={key}>
                      <Words>{say("estimate.unknown.what", { what: tell(what) })}</Words>
                    </li>
                  ))}
                </ul>
              )}
              <p>
                <Words>{say("estimate.unknown.means")}</Words>
              </p>
            </Notice>
          ) : (
            <SplitBar total={draft.bill.total} payers={payers} />
          )}
          {!isPlain && <OpenList items={estimate.unknown} />}
          <SplitTable view={view} />
          <p className="text-sm text-quiet">
            <Words>
              {[
                policy.weakest && say(`estimate.weakest.${policy.weakest}`),
                say("estimate.no_voucher"),
              ]
                .filter(Boolean)
                .join(language === "en" ? " " : "")}
            </Words>
          </p>
          <ResultActions view={view} draft={draft} />
        </div>
      </Card>
      <Slip view={view} />
      <SlipCheck key={JSON.stringify(draft)} draft={draft} />
      <Steps view={view} />
    </div>
  );
}

/** The one sentence under the big figure. */
function cashWords({ estimate }: EstimateView) {
  const { cash_paid: cash, accounts_paid: accounts } = estimate.payers;
  if (cash === "0.00") return "estimate.cash.none" as const;
  if (!isExact(cash)) return "estimate.cash.range" as const;
  return accounts === "0.00"
    ? ("estimate.cash.no_accounts" as const)
    : ("estimate.cash.exact" as const);
}
