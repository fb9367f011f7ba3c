import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { More } from "../src/design";

afterEach(cleanup);

const trigger = () => screen.getByRole("button", { name: "more" });
const isOpen = () => trigger().getAttribute("aria-expanded") === "true";

it("opens by a press, and by itself when something in it must be seen", async () => {
  const user = userEvent.setup();
  const { rerender } = render(<More label="more">inside</More>);
  expect(isOpen()).toBe(false);
  await user.click(trigger());
  expect(isOpen()).toBe(true);
  await user.click(trigger());
  expect(isOpen()).toBe(false);
  rerender(
    <More label="more" opens>
      inside
    </More>,
  );
  expect(isOpen()).toBe(true);
  rerender(<More label="more">inside</More>);
  expect(isOpen(), "it does not close under somebody's hands").toBe(true);
});
