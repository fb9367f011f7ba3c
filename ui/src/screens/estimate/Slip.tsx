import type { Amount as AmountOf, EstimateView } from "../../api/bindings";
import { Amount, Card, Words } from "../../design";
import { classes } from "../../design/classes";
import { isZero } from "../../format/money";
import { useTexts } from "../../i18n";
import { isExact } from "../parts/amountText";
import { Why } from "./StepView";
import { type Figure, stepsOf } from "./steps";

type Row = {
  code: string;
  amount: AmountOf;
  figure?: Figure;
  strong?: boolean;
  /** Its field of the bill was left empty. */
  isEmpty?: boolean;
};

/** 结算单各行 and 自己付的钱从哪来 — as the counter's slip names them. */
export function Slip({ view }: { view: EstimateView }) {
  const { say } = useTexts();
  const { lines, payers, reasons } = view.estimate;
  const { bill } = view.request;
  const slip: Row[] = [
    { code: "line.total", amount: lines.total, strong: true },
    { code: "line.full_self_pay", amount: lines.full_self_pay, isEmpty: !bill.full_self_pay },
    { code: "line.over_limit", amount: lines.over_limit, isEmpty: !bill.over_limit },
    { code: "line.upfront_copay", amount: lines.upfront_copay, isEmpty: !bill.upfront_copay },
    { code: "line.in_scope", amount: lines.in_scope, figure: { line: "in_scope" } },
    { code: "line.fund_paid", amount: payers.fund_paid, figure: { line: "fund_paid" } },
    {
      code: "line.patient_paid",
      amount: payers.patient_paid,
      figure: { line: "patient_paid" },
      strong: true,
    },
  ];
  const why: Row[] = [
    { code: "slice.full_self_pay", amount: reasons.full_self_pay },
    { code: "slice.over_limit", amount: reasons.over_limit },
    { code: "slice.upfront_copay", amount: reasons.upfront_copay },
    { code: "slice.not_paid", amount: reasons.not_paid, figure: { line: "not_paid" } },
    {
      code: "slice.account_segment",
      amount: reasons.account_segment,
      figure: { line: "account_segment" },
    },
    { code: "slice.deductible", amount: reasons.deductible, figure: { line: "deductible" } },
    { code: "slice.coinsurance", amount: reasons.coinsurance, figure: { line: "coinsurance" } },
    { code: "slice.over_cap", amount: reasons.over_cap, figure: { line: "over_cap" } },
  ];
  const isKnown = payers.cash_paid !== "unknown";
  const some = why.filter(({ amount }) => !(isExact(amount) && isZero(amount)));
  return (
    <div className="@container">
      <div className={classes("grid items-start gap-6", isKnown && "@[46rem]:grid-cols-2")}>
        <Card title={say("estimate.slip")}>
          <Sums view={view} rows={slip} />
        </Card>
        {isKnown && (
          <Card title={say("estimate.reasons")}>
            {some.length === 0 ? (
              <p>{say("estimate.reasons.none")}</p>
            ) : (
              <>
                <p className="mb-3 text-quiet">{say("estimate.reasons.lead")}</p>
                <Sums view={view} rows={some} />
              </>
            )}
          </Card>
        )}
      </div>
    </div>
  );
}

type SumsProps = { view: EstimateView; rows: Row[] };

/** 名称 …… 金额, each amount open to its steps. */
function Sums({ view, rows }: SumsProps) {
  const { say, tell } = useTexts();
  return (
    <dl className="divide-y divide-line">
      {rows.map(({ code, amount, figure, strong, isEmpty }) => {
        const name = tell({ code, params: {} });
        return (
          <div
            key={code}
            className={classes(
              "flex flex-wrap items-baseline justify-between gap-x-3 gap-y-0.5 py-2",
              strong && "font-semibold",
            )}
          >
            <dt>
              <Words>{name}</Words>{" "}
              {figure && amount !== "unknown" && (
                <Why of={name} steps={stepsOf(figure, view.estimate.steps)} />
              )}
            </dt>
            <dd className="ml-auto text-right">
              {isEmpty && isExact(amount) && isZero(amount) ? (
                <span className="text-quiet">{say("estimate.slip.empty")}</span>
              ) : (
                <Amount value={amount} />
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
