import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, it } from "vitest";
import { ErrorSummary } from "../src/design";
import { texts } from "../src/i18n";
import { missing, missingChoice, useProblems } from "../src/screens/members/forms";

afterEach(cleanup);

it.each([
  ["a text", missing, "", "请填这一项"],
  ["a day", missing, null, "请填这一项"],
  ["one of a list", missingChoice, null, "请选一项"],
  ["one of a list, not yet", missingChoice, "", "请选一项"],
  ["a text that is there", missing, "拿药", undefined],
  ["what was chosen", missingChoice, "hospital", undefined],
])("asks for %s in its own word", (_, problemsOf, value, asked) => {
  expect(problemsOf(value, "x", (key) => texts.t(key))[0]?.text).toBe(asked);
});

const WRONG = [{ path: "total", text: "wrong" }];

function Form({ kept }: { kept: [boolean, (tried: boolean) => void] }) {
  const { problems, submit } = useProblems(WRONG, null, kept);
  return (
    <>
      <ErrorSummary problems={problems} />
      <button type="button" onClick={() => submit(() => {})}>
        send
      </button>
    </>
  );
}

function Screens() {
  const kept = useState(false);
  const [isHere, setHere] = useState(true);
  return (
    <>
      {isHere && <Form kept={kept} />}
      <button type="button" onClick={() => setHere(!isHere)}>
        leave
      </button>
    </>
  );
}

it("still says what is wrong when the form is come back to, and takes no focus then", async () => {
  const user = userEvent.setup();
  render(<Screens />);
  expect(screen.queryByRole("alert")).toBeNull();
  await user.click(screen.getByText("send"));
  expect(document.activeElement).toBe(screen.getByRole("alert"));
  await user.click(screen.getByText("leave"));
  expect(screen.queryByRole("alert")).toBeNull();
  await user.click(screen.getByText("leave"));
  expect(screen.getByRole("alert")).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByText("leave"));
});
