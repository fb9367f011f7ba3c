import { CalendarPlus } from "lucide-react";
import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { MemberDetail, PlanView } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useReadOnly } from "../../app/status";
import { Actions, Amount, Button, Card, EmptyState, ErrorNotice, Table, Words } from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { PlanForm } from "./PlanForm";
import { WaitOrNow } from "./WaitOrNow";

/** 计划支出 — what is expected; the forecast reckons with it. */
export function PlansCard({ detail, title }: { detail: MemberDetail; title?: string }) {
  const { say, language } = useTexts();
  const readOnly = useReadOnly();
  const [opened, setOpened] = useState<PlanView | "new" | null>(null);
  const [compared, setCompared] = useState<PlanView | null>(null);
  const remove = useWrite(gongji.planRemove);
  const close = () => setOpened(null);
  const add = (look: "primary" | "plain") => (
    <Button look={look} icon={CalendarPlus} isDisabled={readOnly} onPress={() => setOpened("new")}>
      {say("plan.add")}
    </Button>
  );
  return (
    <Card title={title}>
      <div className="grid gap-4">
        {detail.plans.length === 0 ? (
          <EmptyState title={say("plan.empty")} action={add("primary")}>
            <Words>{say("plan.empty.means")}</Words>
          </EmptyState>
        ) : (
          <Table
            caption={say("member.tab.plans")}
            rows={detail.plans}
            rowKey={({ plan }) => plan.id}
            columns={[
              {
                key: "title",
                head: say("plan.name"),
                cell: ({ plan }) => (
                  <>
                    {plan.title}
                    {plan.urgent && (
                      <span className="block text-sm text-quiet">{say("plan.urgent")}</span>
                    )}
                  </>
                ),
              },
              {
                key: "part",
                head: say("estimate.part"),
                cell: ({ plan }) => say(`part.${plan.part}`),
              },
              {
                key: "total",
                head: say("plan.total"),
                figures: true,
                cell: ({ plan }) => <Amount value={plan.bill.total} />,
              },
              {
                key: "first",
                head: say("plan.first_on"),
                tight: true,
                cell: ({ plan }) => showDate(plan.first_on, language),
              },
              {
                key: "often",
                head: say("plan.recurrence"),
                cell: ({ often }) => <Words>{often}</Words>,
              },
              {
                key: "act",
                head: say("entries.act"),
                tight: true,
                cell: (view) => (
                  <span className="flex flex-wrap gap-x-3">
                    <Button
                      look="link"
                      aria-label={say("wait.ask_of", { title: view.plan.title })}
                      onPress={() => setCompared(view)}
                    >
                      {say("wait.ask")}
                    </Button>
                    <Button
                      look="link"
                      isDisabled={readOnly}
                      aria-label={say("plan.change_of", { title: view.plan.title })}
                      onPress={() => setOpened(view)}
                    >
                      {say("plan.change")}
                    </Button>
                    <Button
                      look="danger-link"
                      isDisabled={readOnly || remove.isPending}
                      aria-label={say("plan.remove_of", { title: view.plan.title })}
                      onPress={() => remove.mutate(view.plan.id)}
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
        {detail.plans.length > 0 && <Actions>{add("plain")}</Actions>}
      </div>
      {compared && <WaitOrNow plan={compared.plan} onClose={() => setCompared(null)} />}
      {opened === "new" && <PlanForm detail={detail} onClose={close} />}
      {opened !== null && opened !== "new" && (
        <PlanForm detail={detail} changed={opened} onClose={close} />
      )}
    </Card>
  );
}
