import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { asks } from "../../api/asks";
import type { ProjectionAnswer, ProjectionMode } from "../../api/bindings";
import {
  buttonLook,
  Card,
  EmptyState,
  ErrorNotice,
  Fields,
  Page,
  RadioField,
  Waiting,
  Words,
} from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { useFamily, useFollowing, useWantedMember } from "../parts/household";
import { MemberField } from "../parts/MemberField";
import { OpenList } from "../parts/OpenList";
import { EventTable } from "./EventTable";
import { Forks } from "./Forks";
import { HORIZONS, type Horizon } from "./horizon";
import { OutlookCard } from "./OutlookCard";
import { Plans } from "./Plans";
import { Retirement } from "./Retirement";
import { dayAfter } from "./summary";
import { Together } from "./Together";
import { Usual } from "./Usual";
import { WhatIf } from "./WhatIf";

const ALL = "all";
const MODES: ProjectionMode[] = ["scheduled", "habits", "scenario"];

/** 预测 — what is expected to come in, go out and remain, of each member and by event. */
export function ProjectionScreen() {
  const { say } = useTexts();
  const wanted = useWantedMember();
  const family = useFamily();
  const [months, setMonths] = useState<Horizon>("12");
  const [mode, setMode] = useState<ProjectionMode>("scheduled");
  const [chosen, setChosen] = useState(wanted === null ? ALL : String(wanted));
  useFollowing((id) => setChosen(String(id)));
  const projection = useQuery({
    // What is supposed is asked beside it, by its own form.
    ...asks.projection({
      months: Number(months),
      mode: mode === "habits" ? "habits" : "scheduled",
      scenario: null,
    }),
    placeholderData: (before: ProjectionAnswer | undefined) => before,
  });
  const failed = projection.error ?? family.error;
  if (failed) {
    return (
      <Page title={say("projection.title")}>
        <ErrorNotice error={failed} onRetry={() => void projection.refetch().then(family.retry)} />
      </Page>
    );
  }
  if (!projection.data || !family.isReady) {
    return (
      <Page title={say("projection.title")}>
        <Waiting />
      </Page>
    );
  }
  if (family.cards.length === 0) {
    return (
      <Page title={say("projection.title")} lead={say("projection.lead")}>
        <EmptyState
          title={say("overview.empty")}
          action={
            <Link to="/members" className={buttonLook("primary")}>
              {say("overview.empty.action")}
            </Link>
          }
        >
          {say("projection.empty.means")}
        </EmptyState>
      </Page>
    );
  }
  const only = family.cards.length === 1 ? family.cards[0]?.member.id : undefined;
  const whose = only === undefined ? chosen : String(only);
  const known = family.cards.some((card) => String(card.member.id) === whose);
  return (
    <Page title={say("projection.title")} lead={say("projection.lead")}>
      <Card>
        <div className="grid gap-4">
          <Fields>
            <MemberField
              label={say("projection.whose")}
              cards={family.cards}
              first={{ id: ALL, name: say("projection.all") }}
              value={known ? whose : ALL}
              onChange={setChosen}
            />
          </Fields>
          <RadioField
            label={say("projection.how_far")}
            value={months}
            onChange={setMonths}
            options={HORIZONS.map((id) => ({ id, name: say(`projection.far.${id}`) }))}
            even
          />
          <ModeField value={mode} onChange={setMode} />
        </div>
      </Card>
      {mode === "scenario" && (
        <WhatIf months={Number(months)} cards={family.cards} nameOf={family.nameOf} />
      )}
      {projection.isPlaceholderData ? (
        <Waiting />
      ) : (
        <Forecast answer={projection.data} family={family} member={known ? Number(whose) : null} />
      )}
    </Page>
  );
}

/** 怎么算 — only what is planned, with what is usual beside it, or as if something were so. */
export function ModeField(props: {
  value: ProjectionMode;
  onChange: (mode: ProjectionMode) => void;
}) {
  const { say } = useTexts();
  return (
    <RadioField
      label={say("projection.mode")}
      {...props}
      options={MODES.map((id) => ({ id, name: say(`projection.mode.${id}`) }))}
    />
  );
}

type ForecastProps = {
  answer: ProjectionAnswer;
  family: ReturnType<typeof useFamily>;
  member: number | null;
};

function Forecast({ answer, family, member }: ForecastProps) {
  const { say, language } = useTexts();
  const { projection, habits } = answer;
  const next = dayAfter(projection.from);
  const isOfWhom = (id: number) => member === null || id === member;
  const outlooks = projection.members.filter((one) => isOfWhom(one.member));
  const recorded = family.cards
    .filter((card) => isOfWhom(card.member.id))
    .flatMap(({ as_of }) => as_of ?? [])
    .sort()
    .at(-1);
  const days = { from: showDate(next, language), until: showDate(projection.until, language) };
  // What is open for somebody else is no matter here.
  const unknown = projection.unknown.filter(
    ({ what }) =>
      member === null ||
      what.params.name === undefined ||
      what.params.name === family.nameOf(member),
  );
  return (
    <>
      <p className="font-medium">
        <Words>
          {recorded
            ? say("projection.span", { actual: showDate(recorded, language), ...days })
            : say("projection.span.nothing", days)}
        </Words>
      </p>
      <OpenList items={unknown} ofWhom />
      {habits.length > 0 && (
        <Usual
          habits={habits.filter(({ habit }) => isOfWhom(habit.member))}
          nameOf={family.nameOf}
        />
      )}
      {member === null && <Together projection={projection} nameOf={family.nameOf} />}
      <Forks
        forks={projection.forks.filter((fork) => isOfWhom(fork.member))}
        nameOf={family.nameOf}
      />
      <section aria-label={say("projection.outlook")} className="@container">
        <h2 className="mb-3 text-lg font-semibold">
          {say(member === null ? "projection.outlook" : "projection.outlook.one")}
        </h2>
        <div className="grid gap-4">
          {outlooks.map((outlook) => (
            <OutlookCard
              key={outlook.member}
              projection={projection}
              outlook={outlook}
              card={family.cards.find((card) => card.member.id === outlook.member)}
              name={family.nameOf(outlook.member)}
            />
          ))}
        </div>
      </section>
      <Card title={say("projection.by_event")}>
        {projection.events.length === 0 ? (
          <p className="text-quiet">{say("projection.no_events")}</p>
        ) : (
          <EventTable projection={projection} member={member} nameOf={family.nameOf} />
        )}
      </Card>
      <Plans member={member} cards={family.cards} />
      {family.cards
        .filter((card) => card.member.id === member)
        .map((card) => (
          <Retirement key={card.member.id} card={card} />
        ))}
    </>
  );
}
