import type {
  Amount,
  MemberOutlook,
  MonthRow,
  ProjectedEvent,
  Projection,
} from "../../src/api/bindings";

/** Fen as the wire writes them. */
const yuan = (fen: number) =>
  `${fen < 0 ? "-" : ""}${Math.floor(Math.abs(fen) / 100)}.${String(Math.abs(fen) % 100).padStart(2, "0")}`;

type Person = {
  id: number;
  start: number;
  credit: number;
  spending: number;
  /** So much more may be there than is sure. */
  spread: number;
  /** A stay in hospital in every so many months. */
  stay?: { every: number; cost: number };
  /** Nothing is known from this month on, up to that. */
  dark?: [number, number];
};

const people: Person[] = [
  { id: 1, start: 163420, credit: 24000, spending: 19000, spread: 12000 },
  { id: 2, start: 52000, credit: 15000, spending: 21000, spread: 0 },
  { id: 3, start: 80000, credit: 20000, spending: 12500, spread: 0, dark: [7, 999] },
  {
    id: 4,
    start: 412055,
    credit: 31000,
    spending: 9000,
    spread: 0,
    stay: { every: 14, cost: 680000 },
  },
  { id: 5, start: 1203, credit: 52000, spending: 8000, spread: 0 },
  { id: 6, start: 90000, credit: 18000, spending: 17500, spread: 0, dark: [4, 9] },
];

export const PEOPLE = people.map(({ id }) => id);

const monthAfter = (count: number) =>
  new Date(Date.UTC(2026, 2 + count, 1)).toISOString().slice(0, 7);

function range(low: number, spread: number): Amount {
  return spread === 0 ? yuan(low) : { min: yuan(low), max: yuan(low + spread) };
}

/** Six members over as many months as are asked for, so that the window can be timed. */
export function large(months: number): Projection {
  const until = `${monthAfter(months)}-08`;
  const events: ProjectedEvent[] = [];
  const rows: MonthRow[] = [];
  const members: MemberOutlook[] = people.map((person) => ({
    member: person.id,
    account: person.id,
    balance: yuan(person.start),
    next_credit: {
      sub: "book",
      for_month: "2026-04",
      earliest: "2026-04-01",
      latest: "2026-04-05",
      day: "range",
      gross: yuan(person.credit),
      withheld: "0.00",
      net: yuan(person.credit),
      formula: null,
      sources: [],
      assumed: false,
      learned: false,
    },
    lowest_before_credit: null,
    lowest: null,
    run_out: null,
    first_cash: null,
    cash: "0.00",
    cash_of: [],
    cash_peak: null,
    to_return: [],
  }));
  const level = new Map(people.map(({ id, start }) => [id, start]));
  const cashOf = new Map(people.map(({ id }) => [id, 0]));
  for (let count = 0; count <= months; count += 1) {
    const month = monthAfter(count);
    for (const [index, person] of people.entries()) {
      const isDark = person.dark && count >= person.dark[0] && count <= person.dark[1];
      const opening = level.get(person.id) ?? 0;
      const spread = count === 0 ? 0 : person.spread;
      const credit = count === 0 ? 0 : person.credit;
      const isStay = person.stay && count % person.stay.every === person.stay.every - 1;
      const cost = isStay ? (person.stay?.cost ?? 0) : person.spending;
      const paid = Math.min(opening + credit, cost);
      const cash = cost - paid;
      const closing = opening + credit - paid;
      const before: Amount = isDark ? "unknown" : range(opening + credit, spread);
      const after: Amount = isDark ? "unknown" : range(closing, spread);
      level.set(person.id, closing);
      const common: ProjectedEvent = {
        earliest: `${month}-05`,
        on: `${month}-05`,
        member: person.id,
        kind: "credit",
        what: { code: "project.credit", params: { name: `${person.id}`, month } },
        change: isDark ? "unknown" : yuan(credit),
        balance: before,
        split: null,
        plan: null,
        premium: null,
        for_month: month,
        gross: yuan(credit),
        withheld: "0.00",
        formula: null,
        ground: "rule",
        sources: [],
        assumed: count > 9,
        only: null,
        parts: [],
        steps: [],
      };
      if (month.endsWith("-01"))
        events.push({
          ...common,
          kind: "year_end",
          on: `${month}-01`,
          earliest: `${month}-01`,
          what: { code: "project.year_end", params: { name: `${person.id}`, day: `${month}-01` } },
          change: "0.00",
          gross: null,
          withheld: null,
        });
      if (count > 0) events.push(common);
      const bill: ProjectedEvent = {
        ...common,
        kind: "spending",
        on: `${month}-20`,
        earliest: `${month}-20`,
        what: {
          code: "project.spending",
          params: { title: "拿药", part: isStay ? "inpatient" : "general_outpatient" },
        },
        change: isDark ? "unknown" : yuan(-paid),
        balance: after,
        plan: person.id,
        premium: null,
        gross: null,
        withheld: null,
        split: {
          total: yuan(cost),
          fund_paid: "0.00",
          own_account_paid: isDark ? "unknown" : yuan(paid),
          mutual_aid_paid: "0.00",
          aid: [],
          cash_paid: isDark ? "unknown" : yuan(cash),
        },
      };
      events.push(bill);
      const outlook = members[index];
      if (!isDark && outlook) {
        cashOf.set(person.id, (cashOf.get(person.id) ?? 0) + cash);
        outlook.cash = yuan(cashOf.get(person.id) ?? 0);
        if (cash > 0 && !outlook.run_out) {
          const on = `${month}-20`;
          outlook.run_out = {
            earliest: on,
            latest: on,
            plan: person.id,
            premium: null,
            short: yuan(cash),
            because: null,
          };
          outlook.first_cash = { on, amount: yuan(cash), because: null };
        }
        if (cash > 0) events.push({ ...bill, kind: "run_out" });
        const lowest = outlook.lowest?.amount;
        if (!lowest || (typeof lowest === "string" && Number(lowest) * 100 > closing)) {
          outlook.lowest = { on: `${month}-20`, amount: after, because: null };
          if (count === 0) outlook.lowest_before_credit = outlook.lowest;
        }
      }
      rows.push({
        month,
        member: person.id,
        opening: isDark && count !== person.dark?.[0] ? "unknown" : range(opening, spread),
        credited: isDark ? "unknown" : yuan(credit),
        own_paid: isDark ? "unknown" : yuan(paid),
        aid_given: "0.00",
        aid_taken: "0.00",
        cash_paid: isDark ? "unknown" : yuan(cash),
        closing: after,
        lowest: after,
        assumed: count > 9,
      });
    }
  }
  return {
    from: "2026-03-08",
    until,
    events,
    months: rows,
    members,
    cash: [],
    cash_peak: null,
    shared: [],
    forks: [],
    unknown: [],
    policy: { blocks: [], hash: "3f9a4c1b", weakest: "copy" },
  };
}
