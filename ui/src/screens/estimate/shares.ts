import type { AidPaid, Amount, Payers } from "../../api/bindings";

/** Who pays, as the bar and its table show them. */
export type Share = {
  kind: "fund" | "own" | "family" | "cash";
  /** The donor's name, for the family. */
  name?: string;
  amount: Amount;
  donor?: AidPaid;
};

/** Funds, own account, each donor, cash — in the order in which the bill is paid. */
export function sharesOf(payers: Payers): Share[] {
  return [
    { kind: "fund", amount: payers.fund_paid },
    { kind: "own", amount: payers.own_account_paid },
    ...payers.aid.map(
      (donor): Share => ({ kind: "family", name: donor.name, amount: donor.paid, donor }),
    ),
    { kind: "cash", amount: payers.cash_paid },
  ];
}

/** Fen of an amount, for drawing only: no figure that is shown comes from here. */
function fen(yuan: string): number {
  return Number(yuan.replace(".", ""));
}

function least(amount: Amount): number {
  if (amount === "unknown") return 0;
  return fen(typeof amount === "string" ? amount : amount.min);
}

/** A stretch of the bar, in thousandths of its length. */
export type Stretch = { of: Share | "open"; from: number; width: number };

/**
 * The stretches of the bar: what each pays at least, and at the end what is still open between them.
 * Nothing where the total is nothing.
 */
export function stretches(total: string, shares: Share[]): Stretch[] {
  const whole = fen(total);
  if (whole <= 0) return [];
  const bar: Stretch[] = [];
  let at = 0;
  const add = (of: Stretch["of"], amount: number) => {
    const width = (Math.max(0, Math.min(amount, whole)) * 1000) / whole;
    if (width > 0) bar.push({ of, from: at, width });
    at += width;
  };
  for (const share of shares) add(share, least(share.amount));
  const sure = shares.reduce((sum, share) => sum + least(share.amount), 0);
  if (whole - sure > 0) add("open", whole - sure);
  return bar;
}
