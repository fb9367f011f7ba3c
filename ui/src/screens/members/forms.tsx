import { type ReactNode, useState } from "react";
import type { ApiError, Message } from "../../api/bindings";
import {
  Actions,
  Button,
  Dialog,
  ErrorNotice,
  ErrorSummary,
  type FieldProblem,
} from "../../design";
import { readAmount } from "../../format/money";
import { type Say, useTexts } from "../../i18n";
import { fromErrors, problemAt } from "../setup/problems";

/** The problem of one amount that must be there. */
export function moneyProblem(text: string, path: string, say: Say): FieldProblem[] {
  if (text.trim() === "") return [{ path, text: say("field.missing"), bare: true }];
  const read = readAmount(text);
  return "problem" in read ? [{ path, text: say(`field.${read.problem}`), bare: true }] : [];
}

/** The problem of an amount that may be left out. */
export function moneyProblemIfAny(text: string, path: string, say: Say): FieldProblem[] {
  return text.trim() === "" ? [] : moneyProblem(text, path, say);
}

/** The problem of something that was not filled in. */
export function missing(value: unknown, path: string, say: Say): FieldProblem[] {
  return value === null || value === "" ? [{ path, text: say("field.missing"), bare: true }] : [];
}

/** The problem of something that was not chosen from its list. */
export function missingChoice(value: unknown, path: string, say: Say): FieldProblem[] {
  return missing(value, path, say).map((problem) => ({
    ...problem,
    text: say("field.missing_choice"),
  }));
}

function ofError(error: ApiError | null, tell: (message: Message) => string): FieldProblem[] {
  return error?.code === "input" && error.field ? fromErrors([error], tell) : [];
}

/**
 * What is wrong in a form: what keeps it from being sent, once somebody tried, and what Rust said
 * about a field. Other errors are shown by themselves.
 */
export function useProblems(
  typing: FieldProblem[],
  error: ApiError | null,
  /** Whether somebody tried, where that is kept for a form that outlives its screen. */
  kept?: [boolean, (tried: boolean) => void],
) {
  const { tell } = useTexts();
  const own = useState(false);
  const [tried, setTried] = kept ?? own;
  const problems = tried && typing.length > 0 ? typing : ofError(error, tell);
  return {
    problems,
    at: (path: string) => problemAt(problems, path),
    /** Runs `send` if nothing keeps the form from being sent. */
    submit: (send: () => void) => {
      // What was sent was right; what is typed for the next time is not judged before it is sent.
      setTried(typing.length > 0);
      if (typing.length === 0) send();
    },
  };
}

type FormDialogProps = {
  title: string;
  /** One plain sentence under the title. */
  lead?: ReactNode;
  isDirty: boolean;
  wide?: boolean;
  /** The command that the form is for. */
  write: { error: ApiError | null; isPending: boolean };
  problems: FieldProblem[];
  /** What the button that sends the form says, where it is not 「记下」. */
  action?: string;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** 表单对话框 — the fields, what is wrong with them, and the two ways out. */
export function FormDialog(props: FormDialogProps) {
  const { title, isDirty, wide, write, onClose } = props;
  const { say } = useTexts();
  const shownAtField = write.error?.code === "input" && write.error.field !== null;
  return (
    <Dialog title={title} isOpen isDirty={isDirty} onClose={onClose} wide={wide}>
      {props.lead && <p className="text-quiet">{props.lead}</p>}
      {props.children}
      <ErrorSummary problems={props.problems} />
      {write.error && !shownAtField && <ErrorNotice error={write.error} />}
      <Actions>
        <Button look="primary" isPending={write.isPending} onPress={props.onSubmit}>
          {props.action ?? say("form.record")}
        </Button>
        <Button onPress={onClose}>{say("dialog.cancel")}</Button>
      </Actions>
    </Dialog>
  );
}
