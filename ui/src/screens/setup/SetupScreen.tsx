import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useWrite } from "../../api/asks";
import type { ApiError } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useReadOnly } from "../../app/status";
import {
  Actions,
  Button,
  ErrorNotice,
  ErrorSummary,
  type FieldProblem,
  Page,
  toast,
} from "../../design";
import { useTexts } from "../../i18n";
import { BindingsStep } from "./BindingsStep";
import { setupDraft, useSetupDraft } from "./draft";
import { FiguresStep } from "./FiguresStep";
import { MembersStep } from "./MembersStep";
import { PlaceStep } from "./PlaceStep";
import { fromErrors, isFilled, STEPS, stepOf, typingProblems } from "./problems";
import { StepList } from "./StepList";

/** 首次设置 — place, members, figures, bindings; each step can be skipped, nothing typed is lost. */
export function SetupScreen() {
  const { say, tell } = useTexts();
  const { form, step, setStep, clear } = useSetupDraft();
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const navigate = useNavigate();
  const readOnly = useReadOnly();
  const heading = useRef<HTMLHeadingElement>(null);
  const name = STEPS[step] ?? "place";
  const last = step === STEPS.length - 1;
  const draft = setupDraft(form, say("setup.unnamed"));

  const save = useWrite(gongji.setupSave, (status) => {
    const isAlone = form.members.length === 0;
    clear();
    const name = status.household ?? "";
    toast(say(isAlone ? "setup.saved.nobody" : "setup.saved", { name }));
    void navigate({ to: "/" });
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus moves when the step does
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    document.querySelector("[data-scroller]")?.scrollTo(0, 0);
  }, [step]);

  /** Every problem of the form as Rust sees it, or those that keep it from being sent. */
  const check = async (): Promise<FieldProblem[]> => {
    const typing = typingProblems(form, say);
    return typing.length > 0 ? typing : fromErrors(await gongji.setupCheck(draft), tell);
  };
  const goTo = (next: number) => {
    setProblems([]);
    setFailure(null);
    setStep(next);
  };
  const attempt = async (then: (found: FieldProblem[]) => void) => {
    setFailure(null);
    try {
      then(await check());
    } catch (error) {
      setFailure(error as ApiError);
    }
  };
  const forward = () =>
    attempt((found) => {
      const here = found.filter((problem) => stepOf(problem.path) === name);
      setProblems(here);
      if (here.length === 0) goTo(step + 1);
    });
  const finish = () =>
    attempt((found) => {
      setProblems(found);
      const first = found[0];
      if (!first) save.mutate(draft);
      else setStep(STEPS.indexOf(stepOf(first.path)));
    });

  const toMembers = () => goTo(STEPS.indexOf("members"));
  // With nobody in the family, adding somebody is the thing to do.
  const waits = form.members.length === 0 && (name === "members" || name === "figures");
  const here = problems.filter((problem) => stepOf(problem.path) === name);
  const error = failure ?? save.error;
  return (
    <Page title={say("setup.title")} lead={say("setup.lead")}>
      <StepList current={step} done={STEPS.map((of) => isFilled(form, of))} onGo={goTo} />
      <section aria-labelledby="setup-step" className="grid gap-5">
        <h2
          id="setup-step"
          ref={heading}
          tabIndex={-1}
          className="text-xl font-semibold outline-none"
        >
          {say(`setup.${name}.title`)}
        </h2>
        <ErrorSummary problems={here} />
        {error && <ErrorNotice error={error} />}
        {name === "place" && <PlaceStep />}
        {name === "members" && <MembersStep problems={here} />}
        {name === "figures" && <FiguresStep problems={here} onMembers={toMembers} />}
        {name === "bindings" && <BindingsStep onMembers={toMembers} />}
      </section>
      <div className="border-t border-line pt-4">
        <Actions>
          {step > 0 && <Button onPress={() => goTo(step - 1)}>{say("setup.back")}</Button>}
          {!last && (
            <Button look={waits ? "plain" : "primary"} onPress={() => void forward()}>
              {say("setup.next")}
            </Button>
          )}
          {!last && !waits && (
            <Button look="quiet" onPress={() => goTo(step + 1)}>
              {say("setup.skip")}
            </Button>
          )}
          {last && (
            <Button
              look="primary"
              isPending={save.isPending}
              isDisabled={readOnly}
              onPress={() => void finish()}
            >
              {say("setup.finish")}
            </Button>
          )}
        </Actions>
      </div>
    </Page>
  );
}
