import { useQuery } from "@tanstack/react-query";
import { asks } from "../../api/asks";
import type { AccountView, MemberDetail, MovementView, Relation } from "../../api/bindings";
import { useStatus } from "../../app/status";
import { Fields, MoneyField, RadioField, SelectField, TextField } from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { amountText } from "../parts/amountText";
import { useFamily } from "../parts/household";
import { MemberField } from "../parts/MemberField";
import { PlaceField } from "../parts/PlaceField";
import { MonthField } from "./MonthField";
import {
  ELSEWHERE,
  isEitherWay,
  likelyMonth,
  OTHERS,
  type Other,
  PREMIUMS,
  partKey,
  RELATIONS,
  type RecordForm,
} from "./movement";
import { WhomField } from "./WhomField";

type Props = {
  form: RecordForm;
  set: (change: Partial<RecordForm>) => void;
  at: (path: string) => string | null;
  account: AccountView;
  detail: MemberDetail;
  /** What the settlement that is refunded took, all of it. */
  paid: MovementView | undefined;
  months: string[];
};

function RelationField({ form, set, at, detail }: Props) {
  const { say } = useTexts();
  return (
    <SelectField
      label={say("record.relation", { name: detail.member.name })}
      isRequired
      path="relation"
      problem={at("relation")}
      placeholder={say("field.optional_choice")}
      value={form.relation}
      onChange={(relation) => set({ relation: relation as Relation })}
      options={RELATIONS.map((id) => ({ id, name: say(`relation.${id}`) }))}
    />
  );
}

/** 转给家人 */
function GiveFields(props: Props) {
  const { form, set, at, detail } = props;
  const { say } = useTexts();
  const { cards } = useFamily();
  return (
    <>
      <Fields>
        <MemberField
          label={say("record.to")}
          isRequired
          path="to"
          problem={at("to")}
          cards={cards.filter((card) => card.member.id !== detail.member.id)}
          value={form.to}
          onChange={(to) => set({ to })}
        />
        <RelationField {...props} />
      </Fields>
      <RadioField
        label={say("record.way")}
        value={form.way}
        onChange={(way) => set({ way })}
        options={[
          { id: "wallet", name: say("record.way.wallet") },
          { id: "family_account", name: say("record.way.family_account") },
        ]}
      />
      {form.way === "wallet" && (
        <TextField
          label={say("record.at")}
          hint={say("record.at.hint")}
          path="at"
          problem={at("at")}
          value={form.at}
          onChange={(hour) => set({ at: hour })}
        />
      )}
    </>
  );
}

/** The next year that is to be paid. */
const NEXT = "next";

/** The years for which a premium may be paid on that day. */
function yearsAround(on: string | null): string[] {
  const year = Number((on ?? "").slice(0, 4));
  return year > 0 ? [year - 1, year, year + 1].map(String) : [];
}

/** 缴保费 */
function PremiumFields(props: Props) {
  const { form, set, at, detail } = props;
  const { say } = useTexts();
  const { cards } = useFamily();
  return (
    <Fields>
      <MemberField
        label={say("record.for_whom")}
        isRequired
        path="for_member"
        problem={at("for_member")}
        cards={cards}
        value={form.to}
        onChange={(to) => set({ to })}
      />
      {form.to !== null && form.to !== String(detail.member.id) && <RelationField {...props} />}
      <SelectField
        label={say("record.premium")}
        path="premium"
        problem={at("premium")}
        placeholder={say("field.optional_choice")}
        value={form.premium}
        onChange={(premium) => set({ premium: premium as RecordForm["premium"] })}
        options={PREMIUMS.map((id) => ({ id, name: say(`record.premium.${id}`) }))}
      />
      {form.premium === "resident" && (
        <SelectField
          label={say("premium.which_year")}
          path="year"
          problem={at("year")}
          placeholder={say("field.optional_choice")}
          value={form.year === "" ? NEXT : form.year}
          onChange={(year) => set({ year: year === null || year === NEXT ? "" : year })}
          options={[
            { id: NEXT, name: say("premium.which_year.next") },
            ...yearsAround(form.on).map((id) => ({
              id,
              name: say("premium.year_of", { year: id }),
            })),
          ]}
        />
      )}
    </Fields>
  );
}

/** 退费 */
function RefundFields({ form, set, at, detail, paid }: Props) {
  const { say, language } = useTexts();
  const settlements = useQuery(asks.settlements(detail.member.id)).data ?? [];
  return (
    <>
      <SelectField
        label={say("record.settlement")}
        hint={settlements.length === 0 ? say("record.settlement.none") : undefined}
        isRequired
        path="settlement"
        problem={at("settlement")}
        placeholder={say("field.optional_choice")}
        value={form.settlement}
        onChange={(settlement) => set({ settlement, back: {} })}
        options={settlements.map((row) => ({
          id: String(row.id),
          name: say("record.settlement.of", {
            date: showDate(row.on, language),
            total: amountText(row.total, say),
          }),
        }))}
      />
      <RadioField
        label={say("record.how")}
        value={form.how}
        onChange={(how) => set({ how })}
        options={[
          { id: "whole", name: say("record.how.whole") },
          { id: "part", name: say("record.how.part") },
          { id: "stated", name: say("record.how.stated") },
        ]}
      />
      {form.how === "stated" && paid && (
        <Fields>
          {paid.changes.map((change, place) => {
            const key = partKey(change.account, change.sub);
            return (
              <MoneyField
                key={key}
                label={[change.member, change.account_name, change.sub_name]
                  .filter(Boolean)
                  .join(" · ")}
                path={`legs.${place}`}
                problem={at(`legs.${place}`)}
                value={form.back[key] ?? ""}
                onChange={(amount) => set({ back: { ...form.back, [key]: amount } })}
              />
            );
          })}
        </Fields>
      )}
    </>
  );
}

/** 账户注销 */
function CloseFields({ form, set, at, detail }: Props) {
  const { say } = useTexts();
  const { cards } = useFamily();
  const cash = detail.accounts.filter((known) => known.kind === "cash");
  const heirs = cards.filter((card) => card.member.id !== detail.member.id && card.account);
  return (
    <>
      <RadioField
        label={say("record.why")}
        value={form.why}
        onChange={(why) => set({ why })}
        options={[
          { id: "died", name: say("record.why.died") },
          { id: "emigrated", name: say("record.why.emigrated") },
        ]}
      />
      <SelectField
        label={say("record.heir")}
        path="to"
        problem={at("to")}
        placeholder={say("field.optional_choice")}
        value={form.heir}
        onChange={(heir) => set({ heir })}
        options={[
          { id: ELSEWHERE, name: say("record.heir.elsewhere") },
          ...cash.map((known) => ({
            id: String(known.id),
            name: `${detail.member.name} · ${known.name}`,
          })),
          ...heirs.map((card) => ({
            id: String(card.account),
            name: say("record.heir.account", { name: card.member.name }),
          })),
        ]}
      />
    </>
  );
}

/** 其他 */
function OtherFields({ form, set, at, account, months }: Props) {
  const { say } = useTexts();
  const { today } = useStatus();
  const parts = account.subs.filter((sub) => sub.sub !== form.sub);
  const others = OTHERS.filter((id) => id !== "roll_over" || account.subs.length > 1);
  return (
    <>
      <SelectField
        label={say("entries.kind")}
        path="kind"
        problem={at("kind")}
        placeholder={say("field.optional_choice")}
        value={form.other}
        onChange={(chosen) => {
          const other = chosen as Other;
          const kind = other === "withheld" ? "withheld" : "credit";
          set({ other, month: likelyMonth(kind, account, today) });
        }}
        options={others.map((id) => ({ id, name: say(`record.other.${id}`) }))}
      />
      {form.other === "withheld" && (
        <MonthField
          isWithheld
          problem={at("for_month")}
          value={form.month}
          onChange={(month) => set({ month })}
          months={months}
        />
      )}
      {isEitherWay(form) && (
        <RadioField
          label={say("entries.direction")}
          value={form.direction}
          onChange={(direction) => set({ direction })}
          options={[
            { id: "in", name: say("entries.in") },
            { id: "out", name: say("entries.out") },
          ]}
        />
      )}
      {form.other === "roll_over" && (
        <SelectField
          label={say("record.into")}
          isRequired
          path="into"
          problem={at("into")}
          placeholder={say("field.optional_choice")}
          value={form.into}
          onChange={(into) => set({ into })}
          options={parts.map((sub) => ({ id: sub.sub ?? "", name: sub.name }))}
        />
      )}
    </>
  );
}

/** What only one of the choices asks. */
export function MovementFields(props: Props) {
  const { form, set, at, months, detail } = props;
  const { say } = useTexts();
  switch (form.choice) {
    case "spending":
      return (
        <WhomField
          owner={detail.member.id}
          problem={at("for_member")}
          value={form.whom}
          onChange={(whom) => set({ whom })}
        />
      );
    case "withdraw":
      return null;
    case "credit":
      return (
        <MonthField
          isWithheld={false}
          problem={at("for_month")}
          value={form.month}
          onChange={(month) => set({ month })}
          months={months}
        />
      );
    case "give":
      return <GiveFields {...props} />;
    case "refund":
      return <RefundFields {...props} />;
    case "premium":
      return <PremiumFields {...props} />;
    case "move_away":
      return (
        <PlaceField
          label={say("record.pool")}
          isRequired
          path="pool"
          problem={at("pool")}
          value={form.pool}
          onChange={(pool) => set({ pool })}
        />
      );
    case "close":
      return <CloseFields {...props} />;
    case "other":
      return <OtherFields {...props} />;
  }
}
