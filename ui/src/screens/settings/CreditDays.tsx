import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asks, useWrite } from "../../api/asks";
import type { Member } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useReadOnly } from "../../app/status";
import { Actions, Button, Card, CountField, ErrorNotice, toast, Words } from "../../design";
import { useTexts } from "../../i18n";

function OneDay({ member }: { member: Member }) {
  const { say } = useTexts();
  const readOnly = useReadOnly();
  const stated = useQuery(asks.memberDetail(member.id)).data?.credit_day ?? null;
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const write = useWrite(
    (day: number | null) => gongji.creditDaySave(member.id, day),
    () => {
      setTyped(null);
      toast(say("settings.credit_day.saved", { name: member.name }));
    },
  );
  const value = typed ?? stated?.toString() ?? "";
  const save = () => {
    const day = Number(value);
    const right = value === "" || (/^\d{1,2}$/.test(value) && day >= 1 && day <= 31);
    setProblem(right ? null : say("field.day_range"));
    if (right) write.mutate(value === "" ? null : day);
  };
  return (
    <li className="grid gap-2">
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-48">
          <CountField
            label={say("settings.credit_day.of", { name: member.name })}
            unit={say("unit.day_of_month")}
            value={value}
            onChange={setTyped}
            problem={problem}
            isDisabled={readOnly}
          />
        </div>
        <Actions>
          <Button
            isDisabled={readOnly || typed === null || typed === (stated?.toString() ?? "")}
            isPending={write.isPending}
            aria-label={say("settings.credit_day.record_of", { name: member.name })}
            onPress={save}
          >
            {say("form.record")}
          </Button>
        </Actions>
      </div>
      {write.error && <ErrorNotice error={write.error} />}
    </li>
  );
}

/** 本人填写的到账日 */
export function CreditDays() {
  const { say } = useTexts();
  const overview = useQuery(asks.overview());
  const cards = (overview.data?.cards ?? []).filter((card) => card.has_account !== false);
  return (
    <Card title={say("settings.credit_days")}>
      {overview.error && <ErrorNotice error={overview.error} />}
      {cards.length > 0 ? (
        <p className="mb-3 text-quiet">
          <Words>{say("settings.credit_days.means")}</Words>
        </p>
      ) : (
        overview.data && <p className="text-quiet">{say("settings.credit_days.none")}</p>
      )}
      <ul className="grid gap-4">
        {cards.map((card) => (
          <OneDay key={card.member.id} member={card.member} />
        ))}
      </ul>
    </Card>
  );
}
