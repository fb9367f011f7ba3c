import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asks, useWrite } from "../../api/asks";
import type { MemberId, SettlementRow, Slip } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useReadOnly } from "../../app/status";
import {
  Amount,
  Button,
  Card,
  EmptyState,
  ErrorNotice,
  Table,
  toast,
  Waiting,
  Words,
} from "../../design";
import { showDate } from "../../format/dates";
import { isNegative, isZero, negated } from "../../format/money";
import { useTexts } from "../../i18n";
import { SlipFields } from "../parts/SlipFields";
import { EMPTY_SLIP, slipOf } from "../parts/slipForm";
import { FormDialog, useProblems } from "./forms";

/** How the slip stands to the estimate that was made. */
function Compared({ row }: { row: SettlementRow }) {
  const { say } = useTexts();
  if (row.differing === null)
    return <span className="text-quiet">{say("settlements.no_slip")}</span>;
  if (row.differing === 0) return <span className="text-good">{say("settlements.agrees")}</span>;
  const by = row.difference;
  return (
    <>
      {say("settlements.differs", { n: row.differing })}
      {by !== null && !isZero(by) && (
        <span className="block">
          {say(isNegative(by) ? "settlements.less" : "settlements.more")}{" "}
          <Amount value={isNegative(by) ? negated(by) : by} />
        </span>
      )}
    </>
  );
}

/** Who paid, and what came back to the accounts later. */
function WhoPaid({ row }: { row: SettlementRow }) {
  const { say, language } = useTexts();
  const parts = [
    { name: say("settlements.fund"), amount: row.fund_paid },
    { name: say("settlements.accounts"), amount: row.accounts_paid },
    { name: say("settlements.cash"), amount: row.cash_paid },
  ];
  return (
    <ul>
      {parts.map(({ name, amount }) => (
        <li key={name}>
          {name} <Amount value={amount} />
        </li>
      ))}
      {row.refunds.map(({ id, on, amount }) => (
        <li key={id} className="text-quiet">
          <Words>{say("settlements.refunded", { date: showDate(on, language) })}</Words>{" "}
          <Amount value={amount} />
        </li>
      ))}
    </ul>
  );
}

/** 补录结算单 — of a settlement that was recorded as estimated. */
export function AddSlip({ row, onClose }: { row: SettlementRow; onClose: () => void }) {
  const { say } = useTexts();
  const [form, setForm] = useState(EMPTY_SLIP);
  const write = useWrite(
    (slip: Slip) => gongji.slipAdd(row.id, slip),
    () => {
      toast(say("settlements.add.done"));
      onClose();
    },
  );
  const read = slipOf(form);
  const typing =
    "problems" in read
      ? read.problems.map(({ path, problem }) => ({
          path,
          text: say(`field.${problem}`),
          bare: true,
        }))
      : [];
  const { problems, at, submit } = useProblems(typing, write.error);
  return (
    <FormDialog
      title={say("settlements.add")}
      lead={say("settlements.add.means")}
      isDirty={form !== EMPTY_SLIP}
      wide
      write={write}
      problems={problems}
      onSubmit={() => submit(() => "slip" in read && write.mutate(read.slip))}
      onClose={onClose}
    >
      <SlipFields form={form} at={at} onChange={setForm} />
    </FormDialog>
  );
}

/** 结算 — what was recorded, the newest first. */
export function SettlementsCard({ member }: { member: MemberId }) {
  const { say, language } = useTexts();
  const readOnly = useReadOnly();
  const rows = useQuery(asks.settlements(member));
  const [opened, setOpened] = useState<SettlementRow | null>(null);
  if (rows.error) return <ErrorNotice error={rows.error} onRetry={() => void rows.refetch()} />;
  if (!rows.data) return <Waiting />;
  if (rows.data.length === 0) {
    return (
      <Card>
        <EmptyState title={say("settlements.empty")}>
          <Words>{say("settlements.empty.means")}</Words>
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card>
      <Table
        caption={say("member.tab.settlements")}
        rows={rows.data}
        rowKey={(row) => row.id}
        columns={[
          {
            key: "on",
            head: say("settlements.on"),
            tight: true,
            cell: (row) => showDate(row.on, language),
          },
          {
            key: "hospital",
            head: say("settlements.hospital"),
            cell: (row) => row.slip?.hospital ?? row.class_name ?? say(`part.${row.part}`),
          },
          {
            key: "total",
            head: say("settlements.total"),
            figures: true,
            cell: (row) => <Amount value={row.total} />,
          },
          { key: "who", head: say("settlements.who"), cell: (row) => <WhoPaid row={row} /> },
          {
            key: "difference",
            head: say("settlements.difference"),
            cell: (row) => <Compared row={row} />,
          },
          {
            key: "act",
            head: say("entries.act"),
            tight: true,
            cell: (row) =>
              row.slip === null && (
                <Button
                  look="link"
                  isDisabled={readOnly}
                  aria-label={say("settlements.add_of", { date: showDate(row.on, language) })}
                  onPress={() => setOpened(row)}
                >
                  {say("settlements.add")}
                </Button>
              ),
          },
        ]}
      />
      {opened && <AddSlip row={opened} onClose={() => setOpened(null)} />}
    </Card>
  );
}
