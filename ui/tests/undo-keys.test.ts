import { expect, it } from "vitest";
import { undoKey } from "../src/app/undoKeys";

function press(
  key: string,
  more: Partial<KeyboardEvent> = {},
  target: EventTarget | null = document.body,
) {
  return undoKey({
    key,
    ctrlKey: true,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    isComposing: false,
    target,
    ...more,
  });
}

it("knows the keys for undo and redo", () => {
  expect(press("z")).toBe("undo");
  expect(press("Z", { shiftKey: true })).toBe("redo");
  expect(press("y")).toBe("redo");
  expect(press("z", { ctrlKey: false, metaKey: true })).toBe("undo");
});

it("leaves other keys alone", () => {
  expect(press("z", { ctrlKey: false })).toBeNull();
  expect(press("z", { altKey: true })).toBeNull();
  expect(press("x")).toBeNull();
});

it("does nothing while a character is being composed or inside a field", () => {
  expect(press("z", { isComposing: true })).toBeNull();
  document.body.innerHTML =
    '<input id="a"><textarea id="b"></textarea><div id="c" role="spinbutton"><i id="d"></i></div><button id="e"></button>';
  for (const id of ["a", "b", "c", "d"])
    expect(press("z", {}, document.getElementById(id)), id).toBeNull();
  expect(press("z", {}, document.getElementById("e"))).toBe("undo");
});
