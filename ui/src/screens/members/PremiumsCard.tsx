import { CalendarPlus } from "lucide-react";
import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { MemberDetail, PlannedPremium, PremiumView } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useReadOnly, useStatus } from "../../app/status";
import {
  Actions,
  Amount,
  AssumedBadge,
  Button,
  Card,
  EmptyState,
  ErrorNotice,
  GradeBadge,
  Popup,
  Table,
  Unknown,
  Words,
} from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { PremiumForm } from "./PremiumForm";
import { PremiumToldView } from "./PremiumToldView";
import { freeYears } from "./premium";

/** Which years it is for. */
function Years({ plan }: { plan: PlannedPremium }) {
  const { say } = useTexts();
  const [from, until] = [plan.from_year, plan.until_year];
  if (until === null) return <Words>{say("premium.years.from", { from })}</Words>;
  if (until === from) return <Words>{say("premium.year_of", { year: from })}</Words>;
  return <Words>{say("premium.years.span", { from, until })}</Words>;
}

/** 计划缴费 — of a member who is a resident; nothing of one who is not and has no plan. */
export function PremiumsCard({ detail }: { detail: MemberDetail }) {
  const { say, language } = useTexts();
  const readOnly = useReadOnly();
  const { today } = useStatus();
  const [opened, setOpened] = useState<PlannedPremium | "new" | null>(null);
  const remove = useWrite(gongji.premiumRemove);
  const close = () => setOpened(null);
  const name = detail.member.name;
  if (detail.premium_year === null && detail.premiums.length === 0) return null;
  const add = (look: "primary" | "plain") => (
    <Button look={look} icon={CalendarPlus} isDisabled={readOnly} onPress={() => setOpened("new")}>
      {say("premium.add")}
    </Button>
  );
  const next = ({ next: told }: PremiumView) =>
    told === null ? (
      say("premium.none_left")
    ) : (
      <>
        <Words>{say("premium.year_of", { year: told.year })}</Words>{" "}
        <span className="whitespace-nowrap">
          {told.on ? showDate(told.on, language) : <Unknown />}
        </span>
        <span className="block">
          <Popup
            label={say("premium.rules_of", { name, year: told.year })}
            trigger={<Button look="link">{say("premium.rules")}</Button>}
          >
            {() => <PremiumToldView told={told} />}
          </Popup>
        </span>
      </>
    );
  return (
    <Card title={say("premium.title")}>
      <div className="grid gap-4">
        {detail.premiums.length === 0 ? (
          <EmptyState title={say("premium.empty")} action={add("primary")}>
            <Words>{say("premium.empty.means")}</Words>
          </EmptyState>
        ) : (
          <Table
            caption={say("premium.title")}
            rows={detail.premiums}
            rowKey={({ plan }) => plan.id}
            columns={[
              {
                key: "years",
                head: say("premium.years"),
                cell: ({ plan }) => <Years plan={plan} />,
              },
              {
                key: "payer",
                head: say("premium.paid_by"),
                cell: ({ payer }) => (
                  <Words>
                    {payer === null
                      ? say("premium.cash")
                      : say("premium.account_of", { name: payer })}
                  </Words>
                ),
              },
              { key: "next", head: say("premium.next"), cell: next },
              {
                key: "amount",
                head: say("premium.amount"),
                figures: true,
                cell: ({ next: told }) =>
                  told && (
                    <>
                      <Amount value={told.amount} /> {told.assumed && <AssumedBadge />}
                      {told.stated && <GradeBadge grade="stated" />}
                    </>
                  ),
              },
              {
                key: "act",
                head: say("entries.act"),
                tight: true,
                cell: ({ plan }) => (
                  <span className="flex gap-x-3 whitespace-nowrap">
                    <Button
                      look="link"
                      isDisabled={readOnly}
                      aria-label={say("premium.change_of", { name })}
                      onPress={() => setOpened(plan)}
                    >
                      {say("plan.change")}
                    </Button>
                    <Button
                      look="danger-link"
                      isDisabled={readOnly || remove.isPending}
                      aria-label={say("premium.remove_of", { name, year: plan.from_year })}
                      onPress={() => remove.mutate(plan.id)}
                    >
                      {say("plan.remove")}
                    </Button>
                  </span>
                ),
              },
            ]}
          />
        )}
        {remove.error && <ErrorNotice error={remove.error} />}
        {detail.premiums.length > 0 &&
          (freeYears(detail, undefined, today).length > 0 ? (
            <Actions>{add("plain")}</Actions>
          ) : (
            <p className="text-quiet">
              <Words>{say("premium.all_planned")}</Words>
            </p>
          ))}
      </div>
      {opened === "new" && <PremiumForm detail={detail} onClose={close} />}
      {opened !== null && opened !== "new" && (
        <PremiumForm detail={detail} changed={opened} onClose={close} />
      )}
    </Card>
  );
}
