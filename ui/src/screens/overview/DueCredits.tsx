import { Check, X } from "lucide-react";
import { useState } from "react";
import { useWrite } from "../../api/asks";
import type { CreditAnswer, DueCredit } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useReadOnly, useStatus } from "../../app/status";
import {
  Actions,
  Amount,
  Button,
  DateField,
  ErrorNotice,
  MoneyField,
  Popup,
  toast,
  Words,
} from "../../design";
import { daysBetween, earlier, showDate, showMonth } from "../../format/dates";
import { readAmount } from "../../format/money";
import { useTexts } from "../../i18n";
import { Causes } from "../parts/Causes";

type AskedProps = { due: DueCredit; onAnswer: (answer: CreditAnswer) => void };

/** The answer to a due credit that arrived. */
function arrived(due: DueCredit, on: string, amount: string): CreditAnswer {
  return { account: due.account, sub: due.sub, month: due.month, arrived_on: on, amount };
}

function ChangeForm({ due, onAnswer }: AskedProps) {
  const { say } = useTexts();
  const { today } = useStatus();
  const [day, setDay] = useState<string | null>(earlier(due.due, today));
  const [amount, setAmount] = useState(
    typeof due.net === "string" && due.net !== "unknown" ? due.net : "",
  );
  const [tried, setTried] = useState(false);
  const read = readAmount(amount);
  const send = () => {
    setTried(true);
    if (day && "value" in read) onAnswer(arrived(due, day, read.value));
  };
  return (
    <>
      <MoneyField
        label={say("due.amount")}
        value={amount}
        onChange={setAmount}
        problem={tried && "problem" in read ? say(`field.${read.problem}`) : null}
      />
      <DateField
        label={say("due.day")}
        value={day}
        onChange={setDay}
        problem={tried && !day ? say("field.missing") : null}
      />
      <Actions>
        <Button look="primary" onPress={send}>
          {say("due.record")}
        </Button>
      </Actions>
    </>
  );
}

function One({ due }: { due: DueCredit }) {
  const { say, language } = useTexts();
  const readOnly = useReadOnly();
  const { today } = useStatus();
  const answer = useWrite(gongji.creditAnswer, (_, sent) =>
    toast(say(sent.arrived_on ? "due.recorded" : "due.missing_recorded")),
  );
  const month = showMonth(due.month, language);
  const exact = typeof due.net === "string" && due.net !== "unknown" ? due.net : null;
  const blocked = readOnly || answer.isPending;
  const late = daysBetween(due.due, today);
  const by = { date: showDate(due.due, language), n: late };
  return (
    <li className="rounded-lg border border-accent bg-accent-soft p-3">
      <p className="font-medium">
        <Words>{say(due.missing ? "due.was_missing" : "due.question", { month })}</Words>{" "}
        <Amount value={due.net} />
      </p>
      <p className="mb-2 text-sm">
        <Words>{late > 0 ? say("due.late", by) : say("due.by", by)}</Words>
      </p>
      <Actions>
        {exact !== null && (
          <Button
            small
            look="primary"
            icon={Check}
            isDisabled={blocked}
            onPress={() => answer.mutate(arrived(due, earlier(due.due, today), exact))}
          >
            {say(due.missing ? "due.came_later" : "due.came")}
          </Button>
        )}
        <Popup
          label={say("due.differs")}
          trigger={
            <Button small look={exact === null ? "primary" : "plain"} isDisabled={blocked}>
              {say(exact === null ? "due.came_amount" : "due.differs")}
            </Button>
          }
        >
          {(close) => (
            <ChangeForm
              due={due}
              onAnswer={(sent) => {
                answer.mutate(sent);
                close();
              }}
            />
          )}
        </Popup>
        {!due.missing && (
          <Button
            small
            icon={X}
            isDisabled={blocked}
            onPress={() =>
              answer.mutate({
                account: due.account,
                sub: due.sub,
                month: due.month,
                arrived_on: null,
                amount: null,
              })
            }
          >
            {say("due.did_not_come")}
          </Button>
        )}
      </Actions>
      <div className="mt-1">
        <Causes causes={due.causes} question={say("gap.why")} />
      </div>
      {answer.error && (
        <div className="mt-2">
          <ErrorNotice error={answer.error} />
        </div>
      )}
    </li>
  );
}

/** 「到账了」 — credits that should have come: one click confirms, two more change or deny. */
export function DueCredits({ due }: { due: DueCredit[] }) {
  return (
    <ul className="grid gap-2">
      {due.map((one) => (
        <One key={`${one.account}${one.sub}${one.month}`} due={one} />
      ))}
    </ul>
  );
}
