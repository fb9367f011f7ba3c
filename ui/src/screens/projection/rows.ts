import type {
  Amount,
  MemberId,
  MemberOutlook,
  MonthRow,
  ProjectedEvent,
  Projection,
} from "../../api/bindings";
import { isZero, negated } from "../../format/money";

/** An event as it touches one account: the member's own, or that of a relative who pays for them. */
export type AccountEvent = {
  event: ProjectedEvent;
  /** The bill with which the member's own account runs out. */
  runsOut: boolean;
  change: Amount;
  balance: Amount;
  /** The account belongs to somebody who pays for the event's member. */
  forOther: boolean;
};

/** The same amount with the other sign. */
export function minus(amount: Amount): Amount {
  if (amount === "unknown") return amount;
  return typeof amount === "string"
    ? negated(amount)
    : { min: negated(amount.max), max: negated(amount.min) };
}

/** Whether an amount is certainly nothing. */
export function isNothing(amount: Amount): boolean {
  return typeof amount === "string" && amount !== "unknown" && isZero(amount);
}

/**
 * Everything that touches a member's account, in the order of the days; of all where none is chosen.
 * That an account runs out is said of the bill with which it does, not in a row of its own.
 */
export function eventsOf(projection: Projection, member: MemberId | null): AccountEvent[] {
  const place = (event: ProjectedEvent) => `${event.member} ${event.plan} ${event.on}`;
  const ends = new Set(projection.events.filter(({ kind }) => kind === "run_out").map(place));
  const found: AccountEvent[] = [];
  // Over thirty years there are thousands: each is looked at once, and most are somebody else's.
  for (const event of projection.events) {
    if (event.kind === "run_out") continue;
    if (member === null || event.member === member) {
      const { change, balance } = event;
      const runsOut = ends.size > 0 && ends.has(place(event));
      found.push({ event, runsOut, change, balance, forOther: false });
      continue;
    }
    const share = event.split?.aid.find(({ donor }) => donor === member);
    if (!share || isNothing(share.paid)) continue;
    const { paid, balance } = share;
    found.push({ event, runsOut: false, change: minus(paid), balance, forOther: true });
  }
  return found;
}

/** The months of a member, or of all; months of somebody without an account in which nothing happens say nothing. */
export function monthsOf(projection: Projection, member: MemberId | null): MonthRow[] {
  const holders = new Set(
    projection.members.filter((one) => one.account !== null).map((one) => one.member),
  );
  return projection.months.filter(
    (row) =>
      (member === null || row.member === member) &&
      (holders.has(row.member) || !isNothing(row.cash_paid) || !isNothing(row.aid_taken)),
  );
}

/** Movements of a month's row. */
const MOVEMENTS = ["credited", "own_paid", "aid_given", "aid_taken", "cash_paid"] as const;

/** Whether a month says nothing: its levels are not known, and no movement of it is known either. */
export function isDark(row: MonthRow): boolean {
  return (
    row.closing === "unknown" &&
    row.lowest === "unknown" &&
    MOVEMENTS.every((key) => row[key] === "unknown" || isNothing(row[key]))
  );
}

/** Months in a row of which nothing is known: of whom, from which and to which. */
export type DarkTime = { member: MemberId; from: string; until: string };

/** The rows that say something, and the stretches of months of the others. */
export function lightAndDark(rows: MonthRow[]): { light: MonthRow[]; dark: DarkTime[] } {
  const dark: DarkTime[] = [];
  const isOpen = new Map<MemberId, DarkTime>();
  for (const row of rows) {
    const before = isOpen.get(row.member);
    if (!isDark(row)) isOpen.delete(row.member);
    else if (before) before.until = row.month;
    else {
      const begun = { member: row.member, from: row.month, until: row.month };
      isOpen.set(row.member, begun);
      dark.push(begun);
    }
  }
  return { light: rows.filter((row) => !isDark(row)), dark };
}

/**
 * Whether nothing can be said of what is to come on a member's account: no credit is expected and no
 * level is known.
 */
export function isInTheDark(outlook: MemberOutlook): boolean {
  return (
    outlook.account !== null &&
    outlook.next_credit === null &&
    outlook.run_out === null &&
    (outlook.lowest === null || outlook.lowest.amount === "unknown")
  );
}
