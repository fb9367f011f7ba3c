import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { CounterNow, MemberId } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useReadOnly, useStatus } from "../../app/status";
import {
  Amount,
  Button,
  Card,
  CountField,
  DateField,
  EmptyState,
  Fields,
  MoneyField,
  Table,
  Unknown,
  Words,
} from "../../design";
import { showDate } from "../../format/dates";
import { moneyOrNull } from "../../format/money";
import { useTexts } from "../../i18n";
import { useFamily } from "../parts/household";
import { FormDialog, missing, moneyProblem, useProblems } from "./forms";

function Value({ counter }: { counter: CounterNow }) {
  const { say } = useTexts();
  if (counter.value === null) return <Unknown />;
  if (!counter.is_count) return <Amount value={counter.value} />;
  return (
    <>
      {counter.value} {say("unit.times")}
    </>
  );
}

function Basis({ counter }: { counter: CounterNow }) {
  const { say, language } = useTexts();
  const stated = counter.stated_as_of
    ? say("counters.stated", { date: showDate(counter.stated_as_of, language) })
    : say("counters.not_stated");
  return (
    <span className="text-quiet">
      <Words>{stated}</Words>
      {counter.recorded_since > 0 && <> · {say("counters.since", { n: counter.recorded_since })}</>}
    </span>
  );
}

type StateProps = { member: MemberId; counter: CounterNow; onClose: () => void };

function StateCounter({ member, counter, onClose }: StateProps) {
  const { say } = useTexts();
  const { today } = useStatus();
  const [value, setValue] = useState("");
  const [asOf, setAsOf] = useState<string | null>(today);
  const write = useWrite(gongji.counterState, onClose);
  const typed = counter.is_count
    ? /^\d{1,4}$/.test(value)
      ? []
      : [{ path: "value", text: say("field.not_a_count"), bare: true }]
    : moneyProblem(value, "value", say);
  const { problems, at, submit } = useProblems(
    [...typed, ...missing(asOf, "as_of", say)],
    write.error,
  );
  const send = () => {
    const sent = counter.is_count ? value : moneyOrNull(value);
    if (sent !== null && asOf !== null) {
      write.mutate({ member, counter: counter.id, as_of: asOf, value: sent });
    }
  };
  const field = {
    label: counter.name,
    isRequired: true,
    path: "value",
    problem: at("value"),
    value,
    onChange: setValue,
  };
  return (
    <FormDialog
      title={say("counters.state_of", { name: counter.name })}
      lead={say("counters.state.means")}
      isDirty={value !== ""}
      write={write}
      problems={problems}
      onSubmit={() => submit(send)}
      onClose={onClose}
    >
      <Fields>
        {counter.is_count ? (
          <CountField {...field} unit={say("unit.times")} />
        ) : (
          <MoneyField {...field} />
        )}
        <DateField
          label={say("checks.as_of")}
          hint={say("figures.as_of.hint")}
          isRequired
          path="as_of"
          problem={at("as_of")}
          value={asOf}
          onChange={setAsOf}
        />
      </Fields>
    </FormDialog>
  );
}

/** 本年累计 — stated figures plus what was recorded since. */
export function CountersCard({ member, counters }: { member: MemberId; counters: CounterNow[] }) {
  const { say, language } = useTexts();
  const readOnly = useReadOnly();
  const card = useFamily().cards.find((one) => one.member.id === member);
  const [stating, setStating] = useState<CounterNow | null>(null);
  const year = counters[0]?.year_from;
  if (counters.length === 0) {
    const name = card?.place ?? "";
    return (
      <EmptyState title={say("counters.empty")}>
        <Words>
          {card && !card.has_rules && name
            ? say("counters.empty.no_rules", { name })
            : say("counters.empty.not_used")}
        </Words>
      </EmptyState>
    );
  }
  return (
    <Card>
      <div className="mb-3 grid gap-1 text-quiet">
        <p>
          <Words>{say("figures.counters.means")}</Words>
        </p>
        <p>
          <Words>{say("counters.where")}</Words>
        </p>
        {year && (
          <p>
            <Words>{say("counters.year", { date: showDate(year, language) })}</Words>
          </p>
        )}
      </div>
      <Table
        caption={say("member.tab.counters")}
        rows={counters}
        rowKey={(counter) => counter.id}
        columns={[
          { key: "name", head: say("counters.name"), cell: (counter) => counter.name },
          {
            key: "value",
            head: say("counters.value"),
            figures: true,
            cell: (counter) => <Value counter={counter} />,
          },
          {
            key: "basis",
            head: say("counters.basis"),
            cell: (counter) => <Basis counter={counter} />,
          },
          {
            key: "act",
            head: say("entries.act"),
            tight: true,
            cell: (counter) => (
              <Button
                look="link"
                isDisabled={readOnly}
                aria-label={say(
                  counter.value === null ? "counters.state_of" : "counters.change_of",
                  { name: counter.name },
                )}
                onPress={() => setStating(counter)}
              >
                {say(counter.value === null ? "counters.state" : "counters.change")}
              </Button>
            ),
          },
        ]}
      />
      {stating && (
        <StateCounter member={member} counter={stating} onClose={() => setStating(null)} />
      )}
    </Card>
  );
}
