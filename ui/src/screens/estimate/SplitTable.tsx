import type { Amount as AmountOf, EstimateView, Payer, Payers } from "../../api/bindings";
import { Amount, Table, Words } from "../../design";
import { isZero } from "../../format/money";
import { useTexts } from "../../i18n";
import { isExact } from "../parts/amountText";
import { Swatch, shareName } from "./SplitBar";
import { Why } from "./StepView";
import { type Share, sharesOf } from "./shares";
import { type Figure, stepsOf } from "./steps";

const FUNDS: { payer: Payer; amount: (payers: Payers) => AmountOf }[] = [
  { payer: "pool", amount: (payers) => payers.pool_paid },
  { payer: "retiree_supplement", amount: (payers) => payers.retiree_supplement_paid },
  { payer: "large_expense_subsidy", amount: (payers) => payers.large_expense_subsidy_paid },
  { payer: "serious_illness", amount: (payers) => payers.serious_illness_paid },
  { payer: "civil_servant_subsidy", amount: (payers) => payers.civil_servant_subsidy_paid },
  { payer: "employer_supplement", amount: (payers) => payers.employer_supplement_paid },
  { payer: "medical_assistance", amount: (payers) => payers.medical_assistance_paid },
];

type Row = { key: string; name: string; share?: Share; amount: AmountOf; figure?: Figure };

function figureOf(share: Share): Figure {
  if (share.kind === "own") return { own: true };
  if (share.kind === "family") return { donor: share.name ?? "" };
  return share.kind === "fund" ? { line: "fund_paid" } : { cash: true };
}

/** 谁付多少 — the bar's twin: every payer, each amount open to its steps. */
export function SplitTable({ view }: { view: EstimateView }) {
  const { say, tell } = useTexts();
  const { payers, lines, steps } = view.estimate;
  const funds = FUNDS.map(({ payer, amount }) => ({ payer, amount: amount(payers) })).filter(
    ({ amount }) => amount !== "unknown" && !(isExact(amount) && isZero(amount)),
  );
  const shares: Row[] = sharesOf(payers).flatMap((share, index) => [
    {
      key: `${share.kind}${index}`,
      name: shareName(share, say),
      share,
      amount: share.amount,
      figure: figureOf(share),
    },
    ...(share.kind === "fund" && funds.length > 1
      ? funds.map(
          ({ payer, amount }): Row => ({
            key: payer,
            name: tell({ code: `payer.${payer}`, params: {} }),
            amount,
            figure: { fund: payer },
          }),
        )
      : []),
  ]);
  const rows: Row[] = [
    ...shares,
    { key: "total", name: say("estimate.total"), amount: lines.total },
  ];
  return (
    <Table
      caption={say("estimate.split")}
      rows={rows}
      rowKey={(row) => row.key}
      rowLook={(row) => row.key === "total" && "bg-sunken"}
      columns={[
        {
          key: "who",
          head: say("estimate.who"),
          plain: true,
          cell: ({ name, share, key, amount, figure }) => (
            <div className={share || key === "total" ? "" : "pl-6"}>
              {share && <Swatch kind={share.kind} />}
              {!share && key !== "total" && (
                <span className="text-quiet">{say("estimate.of_which")} </span>
              )}
              {key === "total" ? <strong>{name}</strong> : <Words>{name}</Words>}{" "}
              {figure && amount !== "unknown" && <Why of={name} steps={stepsOf(figure, steps)} />}
              {share?.donor?.refused && (
                <span className="block text-sm text-quiet">
                  <Words>{tell(share.donor.refused)}</Words>
                </span>
              )}
              {share?.donor && !share.donor.refused && share.amount !== "unknown" && (
                <span className="block text-sm text-quiet">
                  {say("estimate.left")} <Amount value={share.donor.balance_after} />
                </span>
              )}
            </div>
          ),
        },
        {
          key: "amount",
          head: say("estimate.amount"),
          figures: true,
          cell: (row) => (
            <strong className="font-semibold">
              <Amount value={row.amount} />
            </strong>
          ),
        },
      ]}
    />
  );
}
