import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asks, useWrite } from "../../api/asks";
import type { MemberCard, RetirementDraft } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useReadOnly, useStatus } from "../../app/status";
import {
  Actions,
  Button,
  Card,
  CountField,
  DateField,
  ErrorNotice,
  Fields,
  MoneyField,
  toast,
  Words,
} from "../../design";
import { showMonth } from "../../format/dates";
import { moneyOrNull } from "../../format/money";
import { useTexts } from "../../i18n";
import { missing, moneyProblemIfAny, useProblems } from "../members/forms";

/** 预计退休 — of a member who works, the month that they expect; nothing of others. */
export function Retirement({ card }: { card: MemberCard }) {
  const works = card.enrollment?.scheme === "employee" && card.enrollment.status === "active";
  return works ? <Expected key={card.member.id} card={card} /> : null;
}

function Expected({ card }: { card: MemberCard }) {
  const { say, language } = useTexts();
  const { today } = useStatus();
  const readOnly = useReadOnly();
  const detail = useQuery(asks.memberDetail(card.member.id)).data;
  const coming = detail?.enrollments.find(
    ({ from, status }) => from > today && status === "retired",
  );
  const [on, setOn] = useState<string | null>(null);
  const [months, setMonths] = useState("");
  const [pension, setPension] = useState("");
  const write = useWrite(
    (draft: RetirementDraft) => gongji.retirementExpect(card.member.id, draft),
    (_, draft) => {
      toast(say(draft.on ? "projection.retirement.kept" : "projection.retirement.gone"));
      setOn(null);
    },
  );
  const { problems, at, submit } = useProblems(
    [
      ...missing(on, "on", say),
      ...moneyProblemIfAny(pension, "pension", say),
      ...(months === "" || /^\d{1,3}$/.test(months)
        ? []
        : [{ path: "insured_months", text: say("field.not_a_count"), bare: true }]),
    ],
    write.error,
  );
  const send = () =>
    write.mutate({
      on,
      insured_months: months === "" ? null : Number(months),
      pension: moneyOrNull(pension),
    });
  if (!detail) return null;
  return (
    <Card title={say("projection.retirement", { name: card.member.name })} level={3}>
      <div className="grid gap-3">
        <p className="text-quiet">{say("projection.retirement.means")}</p>
        {coming?.retired_on && (
          <p className="font-medium">
            <Words>
              {say("projection.retirement.now", {
                month: showMonth(coming.retired_on.slice(0, 7), language),
              })}
            </Words>
          </p>
        )}
        <Fields>
          <DateField
            label={say("projection.retirement.on")}
            hint={say("projection.retirement.on.hint")}
            isRequired
            path="on"
            problem={at("on")}
            value={on}
            onChange={setOn}
          />
          <CountField
            label={say("enrollment.months")}
            hint={say("enrollment.months.hint")}
            path="insured_months"
            problem={at("insured_months")}
            value={months}
            onChange={setMonths}
          />
          <MoneyField
            label={say("enrollment.pension")}
            path="pension"
            problem={at("pension")}
            value={pension}
            onChange={setPension}
          />
        </Fields>
        {write.error && problems.length === 0 && <ErrorNotice error={write.error} />}
        <Actions>
          <Button isDisabled={readOnly} isPending={write.isPending} onPress={() => submit(send)}>
            {say(coming ? "projection.retirement.change" : "projection.retirement.keep")}
          </Button>
          {coming && (
            <Button
              isDisabled={readOnly}
              onPress={() => write.mutate({ on: null, insured_months: null, pension: null })}
            >
              {say("projection.retirement.forget")}
            </Button>
          )}
        </Actions>
      </div>
    </Card>
  );
}
