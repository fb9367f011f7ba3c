import { useQuery } from "@tanstack/react-query";
import { asks } from "../../api/asks";
import type { PlaceForm } from "../../api/bindings";
import { useStatus } from "../../app/status";
import {
  Button,
  Card,
  CountField,
  DateField,
  EmptyState,
  type FieldProblem,
  Fields,
  MoneyField,
  Notice,
} from "../../design";
import { useTexts } from "../../i18n";
import { type MemberForm, useSetupDraft } from "./draft";
import { problemAt } from "./problems";

type Props = {
  member: MemberForm;
  index: number;
  problems: FieldProblem[];
  onChange: (member: MemberForm) => void;
};

/** Whether the chosen way of being insured comes with an account; unknown counts as yes. */
function hasAccount(member: MemberForm, place: PlaceForm | undefined): boolean {
  const chosen = member.enrollment.plan || place?.plans[0]?.id;
  const plan = place?.plans.find((one) => one.id === chosen);
  return plan ? plan.has_account !== false : member.enrollment.scheme === "employee";
}

function Balances({ member, index, problems, onChange, place }: Props & { place?: PlaceForm }) {
  const { say } = useTexts();
  const at = `members.${index}`;
  const subs = place?.subs.length
    ? place.subs
    : [{ id: "book", name: say("figures.one_account"), withdrawable: false }];
  if (!hasAccount(member, place)) return <p className="text-quiet">{say("figures.no_account")}</p>;
  return (
    <Fields>
      {subs.map((sub) => (
        <MoneyField
          key={sub.id}
          label={sub.name}
          hint={sub.withdrawable ? say("account.withdrawable") : undefined}
          path={`${at}.balances.${sub.id}`}
          problem={problemAt(problems, `${at}.balances.${sub.id}`)}
          value={member.balances[sub.id] ?? ""}
          onChange={(text) =>
            onChange({ ...member, balances: { ...member.balances, [sub.id]: text } })
          }
        />
      ))}
      <DateField
        label={say("figures.as_of")}
        hint={say("figures.as_of.hint")}
        path={`${at}.balances_as_of`}
        problem={problemAt(problems, `${at}.balances_as_of`)}
        value={member.balancesAsOf}
        onChange={(balancesAsOf) => onChange({ ...member, balancesAsOf })}
      />
      <CountField
        label={say("figures.credit_day")}
        hint={
          place?.arrival
            ? say("figures.credit_day.rule", { rule: place.arrival })
            : say("figures.credit_day.hint")
        }
        unit={say("unit.day_of_month")}
        path={`${at}.credit_day`}
        problem={problemAt(problems, `${at}.credit_day`)}
        value={member.creditDay}
        onChange={(creditDay) => onChange({ ...member, creditDay })}
      />
    </Fields>
  );
}

function Counters({ member, index, problems, onChange, place }: Props & { place: PlaceForm }) {
  const { say } = useTexts();
  const at = `members.${index}`;
  return (
    <div>
      <h4 className="font-semibold">{say("figures.counters")}</h4>
      <p className="mb-3 text-sm text-quiet">{say("figures.counters.means")}</p>
      <Fields>
        {place.counters.map((counter) => {
          const path = `${at}.counters.${counter.id}`;
          const shared = {
            label: counter.name,
            path,
            problem: problemAt(problems, path),
            value: member.counters[counter.id] ?? "",
            onChange: (text: string) =>
              onChange({ ...member, counters: { ...member.counters, [counter.id]: text } }),
          };
          return counter.is_count ? (
            <CountField key={counter.id} {...shared} unit={say("unit.times")} />
          ) : (
            <MoneyField key={counter.id} {...shared} />
          );
        })}
        <DateField
          label={say("figures.as_of")}
          path={`${at}.counters_as_of`}
          problem={problemAt(problems, `${at}.counters_as_of`)}
          value={member.countersAsOf}
          onChange={(countersAsOf) => onChange({ ...member, countersAsOf })}
        />
      </Fields>
    </div>
  );
}

function MemberFigures(props: Props) {
  const { member, index, problems, onChange } = props;
  const { say, language } = useTexts();
  const { today } = useStatus();
  const { pool, scheme } = member.enrollment;
  const place = useQuery(asks.placeForm(pool, scheme, today, language)).data;
  return (
    <Card level={3} title={member.name.trim() || say("setup.member.number", { n: index + 1 })}>
      <div className="grid gap-5">
        {place && !place.has_rules && (
          <Notice tone="warn">{say("figures.no_rules", { name: place.name })}</Notice>
        )}
        <Balances {...props} place={place} />
        {place && place.counters.length > 0 && <Counters {...props} place={place} />}
        <Fields>
          <MoneyField
            label={say("figures.cash")}
            hint={say("figures.cash.hint")}
            path={`members.${index}.cash`}
            problem={problemAt(problems, `members.${index}.cash`)}
            value={member.cash}
            onChange={(cash) => onChange({ ...member, cash })}
          />
        </Fields>
      </div>
    </Card>
  );
}

type StepProps = { problems: FieldProblem[]; onMembers: () => void };

/** 第三步 — balances and year-to-date figures as of a day; what is not known stays empty. */
export function FiguresStep({ problems, onMembers }: StepProps) {
  const { say } = useTexts();
  const { form, setForm } = useSetupDraft();
  if (form.members.length === 0) {
    return (
      <EmptyState
        title={say("setup.members.empty")}
        action={
          <Button look="primary" onPress={onMembers}>
            {say("setup.to_members")}
          </Button>
        }
      >
        {say("setup.members.first_go_back")}
      </EmptyState>
    );
  }
  return (
    <>
      <p className="text-quiet">{say("setup.figures.lead")}</p>
      {form.members.map((member, index) => (
        <MemberFigures
          key={member.key}
          member={member}
          index={index}
          problems={problems}
          onChange={(changed) =>
            setForm((before) => ({
              ...before,
              members: before.members.map((one, position) => (position === index ? changed : one)),
            }))
          }
        />
      ))}
    </>
  );
}
