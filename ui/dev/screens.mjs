import { rulesScreens } from "./screens-rules.mjs";

/** The views to look at: one line each; `before` does what a person would do first. */
const words = (frame) => (zh, en) => (frame.lang === "zh" ? zh : en);

async function pick(page, label, option) {
  await page.getByRole("button", { name: label }).last().click();
  await page.getByRole("option", { name: option }).first().click();
}

/** Scrolling closes an open list, so the field is brought into view first. */
async function choose(page, box, typed, option) {
  // Other fields are hidden from the accessibility tree while a list is open: hold on to this one.
  const field = await box.elementHandle();
  await box.evaluate((field) => field.scrollIntoView({ block: "center" }));
  await page.waitForTimeout(150);
  await field.click();
  await field.fill(typed);
  await page.getByRole("option", { name: option }).click();
}

async function place(page, frame) {
  const w = words(frame);
  await page.getByLabel(w("给这本账起个名字", "A name for this ledger")).fill("张家");
  const box = page.getByRole("combobox", {
    name: w("家里大多数人在哪里参保", "Where most of you are insured"),
  });
  await choose(page, box, "bj", /北京/);
}

async function next(page, frame) {
  await page.getByRole("button", { name: words(frame)("下一步", "Next"), exact: true }).click();
  await page.waitForTimeout(150);
}

async function members(page, frame) {
  const w = words(frame);
  await place(page, frame);
  await next(page, frame);
  for (const [index, name] of ["张敏", "张建国"].entries()) {
    await page
      .getByRole("button", {
        name: index
          ? w("再加一位家人", "Add another member")
          : w("加第一位家人", "Add the first member"),
      })
      .click();
    await page.getByLabel(w("姓名或称呼", "Name")).nth(index).fill(name);
  }
  const box = page.getByRole("combobox", { name: w("参保地", "Place of insurance") }).nth(1);
  await choose(page, box, "wx", /无锡/);
  await page
    .locator("label")
    .filter({ hasText: w(/^退休$/, /^retired$/) })
    .nth(1)
    .click();
}

async function figures(page, frame) {
  await members(page, frame);
  await next(page, frame);
}

export const screens = [
  { name: "overview-full", path: "/" },
  {
    name: "overview-how",
    path: "/",
    window: true,
    before: (page, frame) =>
      page
        .getByRole("button", { name: words(frame)("怎么算的", "How it is worked out") })
        .first()
        .click(),
  },
  {
    name: "overview-due",
    path: "/",
    window: true,
    before: (page, frame) =>
      page
        .getByRole("button", { name: words(frame)("金额或日子不一样", "Other amount or day") })
        .click(),
  },
  { name: "overview-unknown", path: "/", sample: "unknown" },
  { name: "overview-empty", path: "/", sample: "empty" },
  { name: "overview-error", path: "/", sample: "error" },
  { name: "overview-readonly", path: "/", sample: "readonly", query: "&demo" },
  { name: "start-error", path: "/", sample: "error", query: "&start" },
  { name: "setup-1-place", path: "/", sample: "first", before: place },
  {
    name: "setup-1-search",
    path: "/",
    sample: "first",
    window: true,
    before: (page, _frame) => page.getByRole("combobox").first().fill("w"),
  },
  {
    name: "setup-2-empty",
    path: "/",
    sample: "first",
    before: async (page, frame) => {
      await place(page, frame);
      await next(page, frame);
    },
  },
  { name: "setup-2-members", path: "/", sample: "first", before: members },
  {
    name: "setup-2-errors",
    path: "/",
    sample: "first",
    before: async (page, frame) => {
      const w = words(frame);
      await place(page, frame);
      await next(page, frame);
      await page.getByRole("button", { name: w("加第一位家人", "Add the first member") }).click();
      await next(page, frame);
    },
  },
  {
    name: "setup-3-figures",
    path: "/",
    sample: "first",
    before: async (page, frame) => {
      await figures(page, frame);
      await page.getByRole("textbox").first().fill("１，２３４．５");
      await page.getByRole("textbox").nth(1).fill("abc");
      await next(page, frame);
    },
  },
  {
    name: "setup-4-refused",
    path: "/",
    sample: "first",
    before: async (page, frame) => {
      const w = words(frame);
      await figures(page, frame);
      await next(page, frame);
      await pick(page, new RegExp(w("用谁的账户付", "Whose account pays")), "张敏");
      await pick(page, new RegExp(w("给谁看病用", "Whose care is paid")), "张建国");
      await pick(
        page,
        new RegExp(w("看病的人是出钱的人的", "The patient is the account holder")),
        w("父母", "parent"),
      );
      await page.getByRole("button", { name: w("记上这一条", "Add this link") }).click();
      await page.waitForTimeout(200);
    },
  },
  { name: "members-list", path: "/members" },
  { name: "members-empty", path: "/members", sample: "empty" },
  {
    name: "member-add",
    path: "/members",
    window: true,
    before: (page, frame) =>
      page.getByRole("button", { name: words(frame)("加一位家人", "Add a member") }).click(),
  },
  { name: "member-accounts", path: "/members/1" },
  { name: "member-empty", path: "/members/3", sample: "empty" },
  { name: "member-error", path: "/members/1", sample: "error" },
  {
    name: "member-enrollments",
    path: "/members/1",
    before: (page, _frame) => page.getByRole("tab").nth(1).click(),
  },
  {
    name: "member-counters",
    path: "/members/1",
    before: (page, _frame) => page.getByRole("tab").nth(2).click(),
  },
  {
    name: "member-counters-none",
    path: "/members/2",
    before: (page, _frame) => page.getByRole("tab").nth(2).click(),
  },
  {
    name: "member-plans",
    path: "/members/1",
    before: (page, _frame) => page.getByRole("tab").nth(3).click(),
  },
  {
    name: "member-plan-form",
    path: "/members/1",
    window: true,
    before: async (page, frame) => {
      await page.getByRole("tab").nth(3).click();
      await page.getByRole("button", { name: words(frame)("加一项计划", "Add a plan") }).click();
      await page.getByRole("button", { name: words(frame)("记下", "Save"), exact: true }).click();
    },
  },
  {
    name: "member-record",
    path: "/members/1",
    window: true,
    before: (page, frame) =>
      page
        .getByRole("button", { name: words(frame)("记一笔", "Add an entry"), exact: true })
        .first()
        .click(),
  },
  {
    name: "member-correct-dirty",
    path: "/members/1",
    window: true,
    before: async (page, frame) => {
      await page
        .getByRole("button", {
          name: words(frame)("更正2026年2月5日这一笔", "Fix the entry of 5 Feb 2026"),
        })
        .click();
      await page.getByRole("textbox").first().fill("1");
      await page.keyboard.press("Escape");
    },
  },
  {
    name: "member-check",
    path: "/members/1",
    window: true,
    before: (page, frame) =>
      page
        .getByRole("button", {
          name: words(frame)("填余额，核对一下", "Check the balance"),
          exact: true,
        })
        .first()
        .click(),
  },
  { name: "settings", path: "/settings" },
  {
    name: "settings-saved",
    path: "/settings",
    before: (page, frame) =>
      page.getByRole("button", { name: words(frame)("备份一份", "Make a backup") }).click(),
  },
  {
    name: "menu",
    path: "/",
    window: true,
    narrow: true,
    before: (page, frame) =>
      page.getByRole("button", { name: words(frame)("菜单", "Menu") }).click(),
  },
];
screens.push(...rulesScreens);
