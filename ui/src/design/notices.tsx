import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { ApiError } from "../api/bindings";
import { ERROR_BEHAVIOUR } from "../api/errors";
import { useTexts } from "../i18n";
import { Button } from "./Button";
import { classes } from "./classes";
import { isTextPlace } from "./typing";
import { asWords, Words } from "./Words";

type NoticeProps = { tone: "info" | "warn" | "bad"; title?: string; children: ReactNode };

const TONES = {
  info: { look: "bg-accent-soft", bar: "bg-accent", sign: "text-accent", icon: Info },
  warn: { look: "bg-warn-soft", bar: "bg-warn", sign: "text-warn", icon: TriangleAlert },
  bad: { look: "bg-bad-soft", bar: "bg-bad", sign: "text-bad", icon: CircleAlert },
};

/** 提示 — a sentence that stands out; colour, sign and words say the same. */
export function Notice({ tone, title, children }: NoticeProps) {
  const { look, bar, sign, icon: Icon } = TONES[tone];
  return (
    <div
      className={classes("relative flex items-start gap-3 overflow-clip rounded-lg p-3 pl-4", look)}
    >
      <span aria-hidden className={classes("absolute inset-y-0 left-0 w-1", bar)} />
      <Icon aria-hidden className={classes("mt-0.5 size-5 shrink-0", sign)} />
      <div className="min-w-0">
        {title && (
          <p className="font-semibold">
            <Words>{title}</Words>
          </p>
        )}
        {asWords(children)}
      </div>
    </div>
  );
}

type ErrorNoticeProps = { error: ApiError; onRetry?: () => void };

/** 出错 — what happened, where, and what to do. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  const { say, tell } = useTexts();
  const { severity, action } = ERROR_BEHAVIOUR[error.code];
  return (
    <div role="alert">
      <Notice
        tone={severity === "notice" ? "warn" : "bad"}
        title={say(`error.${error.code}.title`)}
      >
        <p>
          <Words>{tell(error.message)}</Words>
        </p>
        {error.hint && (
          <p className="mt-1">
            <Words>{tell(error.hint)}</Words>
          </p>
        )}
        {onRetry && (action === "retry" || action === "reload") && (
          <div className="mt-2">
            <Button small onPress={onRetry}>
              {say(action === "reload" ? "error.reload" : "error.retry")}
            </Button>
          </div>
        )}
      </Notice>
    </div>
  );
}

/** One problem of a form: the field's path and the sentence; `bare` where it does not name the field. */
export type FieldProblem = { path: string | null; text: string; bare?: boolean };

/** The field of that path; of a whole part of a form (`bill`), its first field. */
function fieldAt(path: string): Element | null {
  const name = CSS.escape(path);
  return (
    document.querySelector(`[data-field="${name}"]`) ??
    document.querySelector(`[data-field^="${name}."]`)
  );
}

/** Puts the focus on the field of that path. */
export function focusField(path: string) {
  const field = fieldAt(path);
  const target = field?.querySelector<HTMLElement>(
    "input:not([type=hidden]):not([tabindex='-1']), [role=spinbutton], textarea, button",
  );
  target?.focus();
  field?.scrollIntoView({ block: "center" });
}

/** 错误汇总 — every problem of a form at once, each a way to its field. */
export function ErrorSummary({ problems }: { problems: FieldProblem[] }) {
  const { say } = useTexts();
  const box = useRef<HTMLDivElement>(null);
  const isNew = useRef(true);
  const signature = problems.map((problem) => problem.path + problem.text).join("|");
  const [names, setNames] = useState<Record<string, string>>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the problems
  useEffect(() => {
    const cameWithIt = isNew.current;
    isNew.current = false;
    if (!signature) return;
    // The labels stand in the form itself: what is said here is what is read there.
    const paths = problems.flatMap(({ path, bare }) => (path && bare ? [path] : []));
    setNames(
      Object.fromEntries(
        paths.map((path) => [
          path,
          fieldAt(path)?.querySelector("label, span")?.firstChild?.textContent ?? "",
        ]),
      ),
    );
    // What is found while somebody types, or stands in a form that is come back to, is shown, but
    // takes nothing from their hands.
    if (!cameWithIt && !isTextPlace(document.activeElement)) box.current?.focus();
  }, [signature]);
  const sentence = ({ path, text }: FieldProblem) =>
    path && names[path] ? say("form.problem_of", { name: names[path], text }) : text;
  if (problems.length === 0) return null;
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alert"
      className="rounded-lg border-2 border-bad bg-bad-soft p-4"
    >
      <p className="mb-1 font-semibold text-bad">
        {say(problems.length === 1 ? "form.problem" : "form.problems", { n: problems.length })}
      </p>
      <ul className="list-disc pl-5">
        {problems.map((problem) => {
          const { path, text } = problem;
          return (
            <li key={`${path}${text}`}>
              {path ? (
                <button
                  type="button"
                  className="text-left underline"
                  onClick={() => focusField(path)}
                >
                  {sentence(problem)}
                </button>
              ) : (
                text
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** 正在取数 */
export function Waiting() {
  const { say } = useTexts();
  return (
    <p role="status" className="py-8 text-center text-quiet">
      {say("waiting")}
    </p>
  );
}
