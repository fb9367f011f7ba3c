// What somebody tells of an account, and what it means: the form of 「记一笔」 as one movement.
import type {
  AccountView,
  CloseWhy,
  EntryKind,
  GiveWay,
  MemberDetail,
  Movement,
  MovementView,
  PremiumKind,
  Relation,
} from "../../api/bindings";
import type { FieldProblem } from "../../design";
import { isZero, moneyOrNull, negated } from "../../format/money";
import type { Say } from "../../i18n";
import { missing, missingChoice, moneyProblem, moneyProblemIfAny } from "./forms";

/** The plain choices of 「记一笔」. */
export const CHOICES = [
  "spending",
  "credit",
  "give",
  "withdraw",
  "refund",
  "premium",
  "move_away",
  "close",
  "other",
] as const;
export type Choice = (typeof CHOICES)[number];

/** 其他: what the app showed; the last one is between two parts of one account. */
export const OTHERS = [
  "interest",
  "clearing",
  "take_back",
  "withheld",
  "refund",
  "transfer",
  "roll_over",
] as const;
export type Other = (typeof OTHERS)[number];

export const RELATIONS: Relation[] = [
  "spouse",
  "parent",
  "child",
  "sibling",
  "grandparent",
  "grandchild",
  "other",
];
export const PREMIUMS: PremiumKind[] = ["resident", "long_term_care", "inclusive_supplement"];

export type RecordForm = {
  choice: Choice;
  on: string | null;
  sub: string | null;
  amount: string;
  memo: string;
  month: string;
  /** 替谁付的: the owner of the account unless another one is chosen. */
  whom: string;
  /** Numbers of members and accounts as texts, as select fields hold them. */
  to: string | null;
  relation: Relation | null;
  way: GiveWay;
  at: string;
  settlement: string | null;
  how: "whole" | "part" | "stated";
  back: Record<string, string>;
  premium: PremiumKind;
  /** The year of a resident's premium; nothing for the next one to be paid. */
  year: string;
  pool: string;
  why: CloseWhy;
  heir: string;
  other: Other;
  direction: "in" | "out";
  into: string | null;
};

/** The part of the account that it is most likely about: one that holds something and, to take cash, one that gives cash. */
export function likelySub(account: AccountView, choice: Choice): string | null {
  const isCash = choice === "withdraw";
  const fits = account.subs.filter(({ withdrawable }) => withdrawable === isCash);
  const holds = [...fits, ...account.subs].find(({ balance }) => !isZero(balance));
  return (isCash ? (fits[0] ?? holds) : (holds ?? account.subs[0]))?.sub ?? null;
}

/** Nobody whose account is kept here. */
export const ELSEWHERE = "elsewhere";

export function recordStart(
  account: AccountView,
  today: string,
  { member }: Pick<MemberDetail, "member">,
): RecordForm {
  return {
    choice: "spending",
    on: today,
    sub: likelySub(account, "spending"),
    amount: "",
    memo: "",
    month: today.slice(0, 7),
    whom: String(member.id),
    to: null,
    relation: null,
    way: "wallet",
    at: "",
    settlement: null,
    how: "whole",
    back: {},
    premium: "resident",
    year: "",
    pool: "",
    why: "died",
    heir: ELSEWHERE,
    other: "interest",
    direction: "in",
    into: null,
  };
}

/** Whether an amount is typed for the choice. */
export function asksAmount({ choice, how }: RecordForm): boolean {
  if (choice === "refund") return how === "part";
  return choice !== "move_away" && choice !== "close";
}

/** Whether it may go either way. */
export const isEitherWay = ({ choice, other }: RecordForm) =>
  choice === "other" && (other === "clearing" || other === "transfer");

/** The key of one account's part among the amounts of a refund slip. */
export const partKey = (account: number | null, sub: string | null) => `${account}/${sub ?? ""}`;

/** What still lacks. */
export function recordProblems(
  form: RecordForm,
  detail: MemberDetail,
  say: Say,
  paid?: MovementView,
): FieldProblem[] {
  const relative =
    form.choice === "give" ||
    (form.choice === "premium" && form.to !== null && form.to !== String(detail.member.id));
  return [
    ...(asksAmount(form) ? moneyProblem(form.amount, "amount", say) : []),
    ...missing(form.on, "on", say),
    ...(form.choice === "give" || form.choice === "premium"
      ? missingChoice(form.to, form.choice === "give" ? "to" : "for_member", say)
      : []),
    ...(relative ? missingChoice(form.relation, "relation", say) : []),
    ...(form.choice === "refund" ? missingChoice(form.settlement, "settlement", say) : []),
    ...(form.choice === "refund" && form.how === "stated"
      ? (paid?.changes ?? []).flatMap((change, place) =>
          moneyProblemIfAny(
            form.back[partKey(change.account, change.sub)] ?? "",
            `legs.${place}`,
            say,
          ),
        )
      : []),
    ...(form.choice === "move_away" ? missingChoice(form.pool, "pool", say) : []),
    ...(form.choice === "other" && form.other === "roll_over"
      ? missingChoice(form.into, "into", say)
      : []),
  ];
}

/** What is sent of a month: a credit has one, and what is withheld from a credit has that one's. */
export function monthMeant(kind: EntryKind, month: string): string | null {
  return (kind === "credit" || kind === "withheld") && month !== "" ? month : null;
}

/** The month to begin with: what is withheld was withheld from the latest credit. */
export function likelyMonth(
  kind: EntryKind,
  { last_credited }: AccountView,
  today: string,
): string {
  const now = today.slice(0, 7);
  return kind === "withheld" ? (last_credited ?? now) : now;
}

/** The kind and the sign of an entry on one account alone. */
function plainKind(form: RecordForm): [EntryKind, "in" | "out"] | null {
  if (form.choice === "spending") return ["spending", "out"];
  if (form.choice === "credit") return ["credit", "in"];
  if (form.choice !== "other" || form.other === "roll_over") return null;
  if (isEitherWay(form)) return [form.other, form.direction];
  return [form.other, form.other === "interest" || form.other === "refund" ? "in" : "out"];
}

function refundMeant(form: RecordForm, paid?: MovementView): Movement | null {
  if (form.settlement === null) return null;
  const settlement = Number(form.settlement);
  if (form.how === "whole") return { what: "refund", settlement, back: { how: "whole" } };
  if (form.how === "part") {
    const amount = moneyOrNull(form.amount);
    return amount === null ? null : { what: "refund", settlement, back: { how: "part", amount } };
  }
  const legs = (paid?.changes ?? []).flatMap(({ account, sub }) => {
    const amount = moneyOrNull(form.back[partKey(account, sub)] ?? "");
    // Where nothing is typed the place is kept, so that a problem is said beside its field.
    return account === null ? [] : [{ account, sub, amount: amount ?? "0.00" }];
  });
  if (legs.every((leg) => isZero(leg.amount))) return null;
  return { what: "refund", settlement, back: { how: "stated", legs } };
}

/** What the form means; nothing while something lacks. */
export function movementMeant(
  form: RecordForm,
  account: AccountView,
  detail: MemberDetail,
  paid?: MovementView,
): Movement | null {
  if (form.choice === "refund") return refundMeant(form, paid);
  if (form.choice === "move_away") {
    return form.pool === "" ? null : { what: "move_away", from: account.id, pool: form.pool };
  }
  if (form.choice === "close") {
    const to = form.heir === ELSEWHERE ? null : Number(form.heir);
    return { what: "close", member: detail.member.id, why: form.why, to };
  }
  const amount = moneyOrNull(form.amount);
  if (amount === null) return null;
  const plain = plainKind(form);
  if (plain) {
    const [kind, way] = plain;
    return {
      what: "plain",
      account: account.id,
      sub: form.sub,
      kind,
      for_month: monthMeant(kind, form.month),
      amount: way === "out" ? negated(amount) : amount,
      for_member: kind === "spending" ? Number(form.whom) : null,
    };
  }
  const sub = form.sub;
  if (sub === null) return null;
  const from = account.id;
  if (form.choice === "withdraw") return { what: "withdraw", from, sub, amount };
  if (form.choice === "other") {
    const { into } = form;
    return into === null ? null : { what: "roll_over", account: from, from: sub, into, amount };
  }
  if (form.to === null) return null;
  const to = Number(form.to);
  const relation = form.relation ?? (to === detail.member.id ? "other" : null);
  if (relation === null) return null;
  if (form.choice === "premium") {
    const { premium } = form;
    const year = premium === "resident" && form.year !== "" ? Number(form.year) : null;
    return { what: "premium", from, sub, for_member: to, relation, premium, year, amount };
  }
  const at = form.at.trim() === "" ? null : form.at.trim();
  return { what: "give", from, sub, to, relation, way: form.way, amount, at };
}
