import { ArrowDown, ArrowUp, Unlink } from "lucide-react";
import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { BindingRow } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useReadOnly } from "../../app/status";
import { Actions, Amount, Button, Card, ErrorNotice, Words } from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { EndBinding } from "./EndBinding";
import type { Group } from "./groups";
import { VerdictLine } from "./VerdictLine";

/** 给谁用 — one member and everybody whose account may pay for them, in order. */
export function RecipientCard({ group }: { group: Group }) {
  const { say, tell, language } = useTexts();
  // In which order accounts are charged says nothing where only one of them may pay.
  const usable = group.live.filter(({ verdict }) => verdict.allowed !== "no");
  const order = usable.length > 1 ? usable[0]?.verdict.order : null;
  return (
    <Card title={say("aid.for", { name: group.name })}>
      {order && (
        <p className="mb-3 text-quiet">
          <Words>{tell(order)}</Words>
        </p>
      )}
      {group.live.length === 0 && <p className="text-quiet">{say("aid.none_live")}</p>}
      <ol className="grid gap-3">
        {group.live.map((row, index) => (
          <DonorLine key={row.binding.id} row={row} place={index + 1} of={group.live.length} />
        ))}
      </ol>
      {group.ended.length > 0 && (
        <div className="mt-4">
          <h3 className="text-sm font-semibold text-quiet">{say("aid.ended")}</h3>
          <ul className="mt-1 grid gap-1 text-quiet">
            {group.ended.map(({ binding, donor_name }) => (
              <li key={binding.id}>
                <Words>
                  {say("aid.ended.line", {
                    donor: donor_name,
                    from: showDate(binding.bound_on, language),
                    to: showDate(binding.ended_on ?? binding.bound_on, language),
                  })}
                </Words>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Card>
  );
}

function DonorLine({ row, place, of }: { row: BindingRow; place: number; of: number }) {
  const { say, language } = useTexts();
  const readOnly = useReadOnly();
  const [ending, setEnding] = useState(false);
  const move = useWrite(gongji.bindingMove);
  const { binding, donor_name: donor, recipient_name: recipient } = row;
  const moveTo = (rank: number) => move.mutate({ binding: binding.id, rank });
  return (
    <li className="grid gap-2 rounded-lg border border-line p-3 @[36rem]:p-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <p>
          {of > 1 && (
            <span className="mr-2 inline-flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-soft text-sm font-semibold text-accent">
              {place}
            </span>
          )}
          <span className="text-lg font-semibold">{say("aid.uses", { donor })}</span>
        </p>
        <p>
          <span className="text-sm text-quiet">{say("aid.balance")}</span>{" "}
          <span className="text-lg font-semibold">
            <Amount value={row.donor_balance} />
          </span>
        </p>
      </div>
      <div className="grid min-w-0 gap-2">
        <p className="text-quiet">
          {say("aid.relation", { donor, recipient, relation: say(`relation.${binding.relation}`) })}{" "}
          <span className="whitespace-nowrap">·</span>{" "}
          <Words>{say("aid.since", { date: showDate(binding.bound_on, language) })}</Words>
        </p>
        <VerdictLine verdict={row.verdict} />
      </div>
      <div className="mt-1 grid gap-2">
        <Actions>
          {of > 1 && (
            <>
              <Button
                small
                icon={ArrowUp}
                aria-label={say("aid.up.of", { donor })}
                isDisabled={readOnly || place === 1 || move.isPending}
                onPress={() => moveTo(place - 1)}
              >
                {say("aid.up")}
              </Button>
              <Button
                small
                icon={ArrowDown}
                aria-label={say("aid.down.of", { donor })}
                isDisabled={readOnly || place === of || move.isPending}
                onPress={() => moveTo(place + 1)}
              >
                {say("aid.down")}
              </Button>
            </>
          )}
          <Button
            small
            icon={Unlink}
            aria-label={say("aid.end.of", { donor })}
            isDisabled={readOnly}
            onPress={() => setEnding(true)}
          >
            {say("aid.end")}
          </Button>
        </Actions>
        {move.error && <ErrorNotice error={move.error} />}
      </div>
      {ending && <EndBinding row={row} onClose={() => setEnding(false)} />}
    </li>
  );
}
