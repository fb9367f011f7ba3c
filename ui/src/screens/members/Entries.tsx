import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asks } from "../../api/asks";
import type { AccountView, EntryRow, OtherAccount } from "../../api/bindings";
import { useReadOnly } from "../../app/status";
import {
  Actions,
  Amount,
  Button,
  EmptyState,
  ErrorNotice,
  Table,
  Waiting,
  Words,
} from "../../design";
import { showDate, showMonth } from "../../format/dates";
import { isNegative, negated } from "../../format/money";
import { useTexts } from "../../i18n";
import { mayReturn } from "./ReturnTransfer";

const PAGE = 20;

/** The other side of what happened to several accounts, as seen from this one. */
function OtherSides({ row }: { row: EntryRow }) {
  const { say } = useTexts();
  const paid = row.kind === "spending" || row.kind === "refund";
  const word = (side: OtherAccount) => {
    const gives = isNegative(side.amount);
    if (side.same_member) {
      return say(gives ? "entries.from_account" : "entries.into_account", { name: side.name });
    }
    const { member: name } = side;
    if (paid) return say(gives ? "entries.also_paid" : "entries.also_back", { name });
    return say(gives ? "entries.from_whom" : "entries.to_whom", { name });
  };
  return (
    <>
      {row.for_whom && (
        <span className="block">
          <Words>{say("entries.paid_for", { name: row.for_whom })}</Words>
        </span>
      )}
      {row.others.map((side) => (
        <span key={`${side.member}${side.name}`} className="block text-sm text-quiet">
          <Words>{word(side)}</Words>
          {paid && (
            <>
              {" "}
              <Amount value={isNegative(side.amount) ? negated(side.amount) : side.amount} />
            </>
          )}
        </span>
      ))}
    </>
  );
}

/** What an entry is, with the month it is for and, where it was corrected, what it was before. */
function What({ row }: { row: EntryRow }) {
  const { say, language } = useTexts();
  const corrected = row.was !== null || row.was_on !== null;
  return (
    <>
      {say(`entry.${row.kind}`)}
      {row.for_month && (
        <>
          {" "}
          · <Words>{say("entries.for_month", { month: showMonth(row.for_month, language) })}</Words>
        </>
      )}
      <OtherSides row={row} />
      {row.memo && <span className="block">{row.memo}</span>}
      {corrected && (
        <span className="block text-sm text-quiet">
          {say("entries.was")} <Amount value={row.was ?? row.amount} signed />
          {row.was_on && (
            <Words>{say("entries.was_on", { date: showDate(row.was_on, language) })}</Words>
          )}
        </span>
      )}
    </>
  );
}

type EntriesProps = {
  account: AccountView;
  onCorrect: (row: EntryRow) => void;
  onReturn: (row: EntryRow) => void;
};

/** 流水 — newest first, a page at a time; a corrected entry is one line. */
export function Entries({ account, onCorrect, onReturn }: EntriesProps) {
  const { say, language } = useTexts();
  const readOnly = useReadOnly();
  const [offset, setOffset] = useState(0);
  const page = useQuery(asks.entries(account.id, null, offset, PAGE));
  if (page.error) return <ErrorNotice error={page.error} onRetry={() => void page.refetch()} />;
  if (!page.data) return <Waiting />;
  const { rows, total } = page.data;
  if (total === 0) {
    return <EmptyState title={say("entries.empty")}>{say("entries.empty.means")}</EmptyState>;
  }
  const nameOf = (row: EntryRow) => account.subs.find((sub) => sub.sub === row.sub)?.name ?? "";
  const correctable = (row: EntryRow) => row.settlement === null;
  return (
    <div>
      <h3 className="mb-2 font-semibold">{say("entries.title")}</h3>
      <Table
        caption={say("entries.of", { name: account.name })}
        rows={rows}
        rowKey={(row) => `${row.id}${row.sub}`}
        columns={[
          {
            key: "on",
            head: say("entries.on"),
            tight: true,
            cell: (row) => showDate(row.on, language),
          },
          { key: "what", head: say("entries.what"), cell: (row) => <What row={row} /> },
          ...(account.subs.length > 1
            ? [{ key: "sub", head: say("checks.sub"), cell: (row: EntryRow) => nameOf(row) }]
            : []),
          {
            key: "amount",
            head: say("entries.amount"),
            figures: true,
            cell: (row) => <Amount value={row.amount} signed />,
          },
          {
            key: "balance",
            head: say("entries.balance"),
            figures: true,
            cell: (row) => <Amount value={row.balance} />,
          },
          {
            key: "act",
            head: say("entries.act"),
            tight: true,
            cell: (row) =>
              correctable(row) ? (
                <span className="flex flex-wrap gap-x-3">
                  <Button
                    look="link"
                    isDisabled={readOnly}
                    aria-label={say("entries.correct_of", { date: showDate(row.on, language) })}
                    onPress={() => onCorrect(row)}
                  >
                    {say("entries.correct")}
                  </Button>
                  {mayReturn(row) && (
                    <Button
                      look="link"
                      isDisabled={readOnly}
                      aria-label={say("entries.returned_of", { date: showDate(row.on, language) })}
                      onPress={() => onReturn(row)}
                    >
                      {say("entries.returned")}
                    </Button>
                  )}
                </span>
              ) : (
                <span className="text-sm text-quiet">{say("entries.by_settlement")}</span>
              ),
          },
        ]}
      />
      {total > PAGE && (
        <div className="mt-3">
          <Actions>
            <Button
              small
              isDisabled={offset === 0}
              onPress={() => setOffset(Math.max(0, offset - PAGE))}
            >
              {say("entries.newer")}
            </Button>
            <span className="text-quiet">
              {say("entries.page", { from: offset + 1, to: offset + rows.length, total })}
            </span>
            <Button
              small
              isDisabled={offset + rows.length >= total}
              onPress={() => setOffset(offset + PAGE)}
            >
              {say("entries.older")}
            </Button>
          </Actions>
        </div>
      )}
    </div>
  );
}
