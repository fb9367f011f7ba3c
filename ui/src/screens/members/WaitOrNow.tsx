import { useQuery } from "@tanstack/react-query";
import { asks } from "../../api/asks";
import type { PlannedSpending, Step, WaitComparison } from "../../api/bindings";
import {
  Amount,
  Button,
  Dialog,
  ErrorNotice,
  Notice,
  Popup,
  Table,
  Waiting,
  Words,
} from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { StepList } from "../estimate/StepView";
import { MadeOf } from "../parts/Addends";
import { OpenList } from "../parts/OpenList";

/** What was found: one sentence, the days, and what is not known. */
export function Compared({ found, title }: { found: WaitComparison; title: string }) {
  const { say, tell, language } = useTexts();
  const none = found.verdict === "never" || found.rows.length < 2;
  return (
    <div className="grid gap-4">
      <Notice tone={found.verdict === "never" ? "warn" : "info"}>
        <Words>{tell(found.what)}</Words>
      </Notice>
      {!none && (
        <>
          <Table
            caption={say("wait.title", { title })}
            rows={found.rows}
            rowKey={({ on }) => on}
            columns={[
              {
                key: "on",
                head: say("wait.day"),
                tight: true,
                cell: ({ on, steps }) => (
                  <>
                    {showDate(on, language)}
                    {on === found.better && (
                      <strong className="block text-sm font-semibold text-good">
                        {say("wait.better")}
                      </strong>
                    )}
                    <HowSettled steps={steps} day={showDate(on, language)} />
                  </>
                ),
              },
              {
                key: "why",
                head: say("wait.why"),
                cell: ({ why }) => <Words>{tell(why)}</Words>,
              },
              {
                key: "fund",
                head: say("wait.fund"),
                figures: true,
                cell: (row) => <Amount value={row.fund_paid} />,
              },
              {
                key: "own",
                head: say("wait.own"),
                figures: true,
                cell: (row) => <Amount value={row.own_account_paid} />,
              },
              {
                key: "aid",
                head: say("wait.aid"),
                figures: true,
                cell: (row) => <Amount value={row.mutual_aid_paid} />,
              },
              {
                key: "cash",
                head: say("wait.cash"),
                figures: true,
                cell: (row) => <Amount value={row.cash_paid} />,
              },
              {
                key: "all",
                head: say("wait.in_all"),
                figures: true,
                cell: (row) => (
                  <>
                    <Amount value={row.patient_in_all} />
                    <span className="block">
                      <MadeOf
                        of={row.patient_of}
                        title={`${showDate(row.on, language)} ${say("wait.in_all")}`}
                      />
                    </span>
                  </>
                ),
              },
            ]}
          />
          <p className="text-sm text-quiet">
            <Words>{say("wait.until", { date: showDate(found.until, language) })}</Words>
          </p>
        </>
      )}
      {found.verdict !== "never" && (
        <p className="text-sm">
          <Words>{say("wait.only_if")}</Words>
        </p>
      )}
      {found.verdict === "not_known" && <OpenList items={found.unknown} />}
    </div>
  );
}

/** 这一天怎么结的 — step by step, behind a press. */
function HowSettled({ steps, day }: { steps: Step[]; day: string }) {
  const { say } = useTexts();
  if (steps.length === 0) return null;
  const title = say("wait.settled", { date: day });
  return (
    <span className="block">
      <Popup
        label={title}
        trigger={
          <Button look="link" aria-label={title}>
            {say("credit.how")}
          </Button>
        }
      >
        {() => <StepList steps={steps} />}
      </Popup>
    </span>
  );
}

/** 现在看还是等等 — the same bill on several days, worked out one by one. */
export function WaitOrNow({ plan, onClose }: { plan: PlannedSpending; onClose: () => void }) {
  const { say } = useTexts();
  const found = useQuery(asks.planWait(plan.id));
  return (
    <Dialog title={say("wait.title", { title: plan.title })} isOpen wide onClose={onClose}>
      {found.error ? (
        <ErrorNotice error={found.error} />
      ) : found.data ? (
        <Compared found={found.data} title={plan.title} />
      ) : (
        <Waiting />
      )}
    </Dialog>
  );
}
