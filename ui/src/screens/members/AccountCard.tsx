import { ClipboardCheck, Plus } from "lucide-react";
import { useState } from "react";
import type {
  AccountView,
  BalanceCheck,
  BalanceReason,
  EntryRow,
  MemberDetail,
} from "../../api/bindings";
import { useReadOnly } from "../../app/status";
import { Actions, Amount, Button, Card, Table, Words } from "../../design";
import { showDate } from "../../format/dates";
import { isZero, showYuan } from "../../format/money";
import { useTexts } from "../../i18n";
import { BeginEarlier } from "./BeginEarlier";
import { Entries } from "./Entries";
import { EntryForm } from "./EntryForm";
import { OverdraftForm } from "./OverdraftForm";
import { RecordForm } from "./RecordForm";
import { ReturnTransfer } from "./ReturnTransfer";
import { StateBalance } from "./StateBalance";
import { WhyDifferent } from "./WhyDifferent";

type ChecksProps = { account: AccountView; onRecord: (reason: BalanceReason) => void };

function Checks({ account, onRecord }: ChecksProps) {
  const { say, language } = useTexts();
  if (account.checks.length === 0) return null;
  const nameOf = (check: BalanceCheck) =>
    account.subs.find((sub) => sub.sub === check.sub)?.name ?? account.name;
  return (
    <div>
      <h3 className="mb-2 font-semibold">{say("checks.title")}</h3>
      <Table
        caption={say("checks.title")}
        rows={account.checks}
        rowKey={(check) => `${check.as_of}${check.sub}`}
        columns={[
          {
            key: "as_of",
            head: say("checks.as_of"),
            tight: true,
            cell: (check) => showDate(check.as_of, language),
          },
          { key: "sub", head: say("checks.sub"), cell: nameOf },
          {
            key: "stated",
            head: say("checks.stated"),
            figures: true,
            cell: (check) => <Amount value={check.stated} />,
          },
          {
            key: "recorded",
            head: say("checks.recorded"),
            figures: true,
            cell: (check) => <Amount value={check.recorded} />,
          },
          {
            key: "difference",
            head: say("checks.difference"),
            figures: true,
            cell: (check) =>
              isZero(check.difference) ? (
                <span className="text-good">{say("checks.agrees")}</span>
              ) : (
                <strong className="text-bad">
                  <Amount value={check.difference} signed />
                </strong>
              ),
          },
        ]}
      />
      {account.checks.map((check) => (
        <WhyDifferent
          key={`${check.as_of}${check.sub}`}
          check={check}
          name={nameOf(check)}
          onRecord={onRecord}
        />
      ))}
    </div>
  );
}

type Opened =
  | { what: "record" }
  | { what: "suggested"; reason: BalanceReason }
  | { what: "overdraft" }
  | { what: "beginning" }
  | { what: "balance" }
  | { what: "correct" | "returned"; row: EntryRow }
  | null;

/** 账户 — what is on it, what happened, what was checked. */
export function AccountCard({ account, detail }: { account: AccountView; detail: MemberDetail }) {
  const { say, language } = useTexts();
  const readOnly = useReadOnly();
  const [opened, setOpened] = useState<Opened>(null);
  const close = () => setOpened(null);
  return (
    <Card
      title={
        account.kind === "insurance" ? say("accounts.of", { name: account.name }) : account.name
      }
      aside={
        <span>
          <span className="text-quiet">{say("entries.balance")} </span>
          <span className="text-xl font-semibold">
            <Amount value={account.balance} />
          </span>
        </span>
      }
    >
      <div className="grid gap-5">
        {account.subs.length > 1 && (
          <ul className="grid gap-1">
            {account.subs.map((sub) => (
              <li key={sub.sub ?? ""} className="flex items-baseline justify-between gap-x-4">
                <span className="min-w-0">
                  <Words>{sub.name}</Words>
                  {sub.withdrawable && (
                    <span className="whitespace-nowrap"> · {say("account.withdrawable")}</span>
                  )}
                </span>
                <span className="shrink-0">
                  <Amount value={sub.balance} />
                </span>
              </li>
            ))}
          </ul>
        )}
        <Actions>
          <Button icon={Plus} isDisabled={readOnly} onPress={() => setOpened({ what: "record" })}>
            {say("entries.record")}
          </Button>
          <Button
            icon={ClipboardCheck}
            isDisabled={readOnly}
            onPress={() => setOpened({ what: "balance" })}
          >
            {say("checks.state")}
          </Button>
          <Button
            look="link"
            isDisabled={readOnly}
            onPress={() => setOpened({ what: "beginning" })}
          >
            {say("beginning.earlier")}
          </Button>
          {account.kind === "insurance" && (
            <Button
              look="link"
              isDisabled={readOnly}
              onPress={() => setOpened({ what: "overdraft" })}
            >
              {say(account.overdraft ? "overdraft.change" : "overdraft.state")}
            </Button>
          )}
        </Actions>
        {account.overdraft && (
          <p className="text-quiet">
            <Words>
              {say(account.overdraft.repay_within ? "overdraft.said.cash" : "overdraft.said", {
                limit: showYuan(account.overdraft.limit),
                source: account.overdraft.source,
                date: showDate(account.overdraft.stated_on, language),
                months: account.overdraft.repay_within ?? "",
              })}
            </Words>
          </p>
        )}
        <Entries
          account={account}
          onCorrect={(row) => setOpened({ what: "correct", row })}
          onReturn={(row) => setOpened({ what: "returned", row })}
        />
        <Checks account={account} onRecord={(reason) => setOpened({ what: "suggested", reason })} />
      </div>
      {opened?.what === "record" && (
        <RecordForm account={account} detail={detail} onClose={close} />
      )}
      {opened?.what === "suggested" && (
        <EntryForm
          account={account}
          owner={detail.member.id}
          suggested={opened.reason}
          onClose={close}
        />
      )}
      {opened?.what === "returned" && <ReturnTransfer row={opened.row} onClose={close} />}
      {opened?.what === "beginning" && <BeginEarlier account={account} onClose={close} />}
      {opened?.what === "overdraft" && <OverdraftForm account={account} onClose={close} />}
      {opened?.what === "correct" && (
        <EntryForm
          account={account}
          owner={detail.member.id}
          corrected={opened.row}
          onClose={close}
        />
      )}
      {opened?.what === "balance" && <StateBalance account={account} onClose={close} />}
    </Card>
  );
}
