/** The views of 共济, 估算, 预测 and 政策; see screens.mjs. */
const words = (frame) => (zh, en) => (frame.lang === "zh" ? zh : en);
const press = (page, frame, zh, en) =>
  page
    .getByRole("button", { name: words(frame)(zh, en), exact: true })
    .first()
    .click();

async function pick(page, label, option) {
  await page.getByRole("button", { name: label }).last().click();
  await page.getByRole("option", { name: option }).first().click();
}

async function binding(page, frame, donor, recipient) {
  const w = words(frame);
  await press(page, frame, "记一条共济", "Add a mutual-aid link");
  await pick(page, new RegExp(w("谁出钱", "Whose account pays")), donor);
  await pick(page, new RegExp(w("谁看病", "Patient")), recipient);
  await pick(page, new RegExp(w(`是${donor}的`, `is ${donor}.s`)), w("父母", "parent"));
  await page.waitForTimeout(200);
}

async function bill(page, frame, total) {
  await page
    .getByRole("textbox", { name: new RegExp(words(frame)("医疗费总额", "Total")) })
    .fill(total);
}

async function outpatient(page, frame) {
  const w = words(frame);
  await pick(page, new RegExp(w("谁看病", "Patient")), "张敏");
  await pick(page, new RegExp(w("去哪一类医院", "Kind of hospital")), /社区以外/);
  await bill(page, frame, "２，６８０");
  await press(page, frame, "算一算", "Work it out");
  await page.waitForTimeout(300);
}

async function inpatient(page, frame) {
  const w = words(frame);
  await page.getByText(w("住院", "Hospital care"), { exact: true }).first().click();
  await pick(page, new RegExp(w("去哪一类医院", "Kind of hospital")), /三级/);
  await bill(page, frame, "46800");
  await press(page, frame, "算一算", "Work it out");
  await page.waitForTimeout(300);
}

/** Pictures are drawn when they come near: once down the page brings all of them. */
async function scrollBy(page) {
  for (const picture of await page.getByRole("img").all()) {
    await picture.scrollIntoViewIfNeeded();
    await page.waitForTimeout(150);
  }
}

export const rulesScreens = [
  { name: "aid-full", path: "/aid" },
  { name: "aid-empty", path: "/aid", sample: "empty" },
  { name: "aid-none", path: "/aid", sample: "unknown" },
  { name: "aid-error", path: "/aid", sample: "error" },
  {
    name: "aid-refused",
    path: "/aid",
    window: true,
    before: (page, frame) => binding(page, frame, "张敏", "张建国"),
  },
  {
    name: "aid-allowed",
    path: "/aid?member=2",
    window: true,
    before: (page, frame) => binding(page, frame, "张敏", "张小满"),
  },
  {
    name: "aid-end",
    path: "/aid",
    window: true,
    before: (page, frame) =>
      page
        .getByRole("button", {
          name: words(frame)("不再共济：不再用张敏的账户", "Stop: no longer use 张敏's account"),
        })
        .click(),
  },
  { name: "estimate-form", path: "/estimate?member=1" },
  {
    name: "estimate-errors",
    path: "/estimate",
    before: async (page, frame) => press(page, frame, "算一算", "Work it out"),
  },
  {
    name: "estimate-no-rules",
    path: "/estimate?member=2",
    before: async (page, frame) => {
      await bill(page, frame, "46800");
      await press(page, frame, "算一算", "Work it out");
      await page.waitForTimeout(300);
    },
  },
  { name: "estimate-range", path: "/estimate", before: outpatient },
  {
    name: "estimate-stay",
    path: "/estimate?member=1",
    before: async (page, frame) => {
      await inpatient(page, frame);
      await page.getByRole("button", { name: words(frame)(/一步一步/, /Step by step/) }).click();
      await press(page, frame, "存成 PDF", "Save as PDF");
      await page.waitForTimeout(300);
    },
  },
  {
    name: "estimate-why",
    path: "/estimate?member=1",
    window: true,
    before: async (page, frame) => {
      await inpatient(page, frame);
      await page
        .getByRole("button", {
          name: words(frame)(/怎么来的：张敏的账户/, /Why. 张敏/),
        })
        .click();
    },
  },
  {
    name: "estimate-preview",
    path: "/estimate?member=1",
    window: true,
    before: async (page, frame) => {
      await inpatient(page, frame);
      await press(page, frame, "打印预览", "Print preview");
    },
  },
  {
    name: "estimate-record",
    path: "/estimate?member=1",
    window: true,
    before: async (page, frame) => {
      await inpatient(page, frame);
      await press(page, frame, "记下这次结算", "Record this visit");
    },
  },
  {
    name: "estimate-plan",
    path: "/estimate?member=1",
    window: true,
    before: async (page, frame) => {
      await inpatient(page, frame);
      await press(page, frame, "加入计划", "Add to plans");
    },
  },
  { name: "estimate-empty", path: "/estimate", sample: "empty" },
  { name: "projection-all", path: "/projection", before: scrollBy },
  { name: "projection-one", path: "/projection?member=1", before: scrollBy },
  {
    name: "projection-table",
    path: "/projection?member=1",
    before: (page, frame) =>
      page.getByRole("tab", { name: words(frame)("看表", "See the table") }).click(),
  },
  {
    name: "projection-tip",
    path: "/projection?member=1",
    window: true,
    before: async (page) => {
      const picture = page.getByRole("img").last();
      await picture.scrollIntoViewIfNeeded();
      await page.waitForTimeout(300);
      const { width, height } = await picture.boundingBox();
      await picture.hover({ position: { x: width * 0.3, y: height * 0.5 } });
    },
  },
  { name: "projection-large", path: "/projection", sample: "large", before: scrollBy },
  {
    name: "projection-long",
    path: "/projection?member=2",
    sample: "large",
    before: async (page, frame) => {
      const w = words(frame);
      await page
        .locator("label")
        .filter({ hasText: w(/^30 年$/, /^30 years$/) })
        .click();
      await page.waitForTimeout(400);
      await page.getByRole("button", { name: /^2027/ }).first().click();
    },
  },
  {
    name: "projection-long-table",
    path: "/projection?member=2",
    sample: "large",
    before: async (page, frame) => {
      const w = words(frame);
      await page
        .locator("label")
        .filter({ hasText: w(/^30 年$/, /^30 years$/) })
        .click();
      await page.getByRole("tab", { name: w("看表", "See the table") }).click();
      await page.getByRole("button", { name: /^2028/ }).first().click();
    },
  },
  { name: "projection-unknown", path: "/projection", sample: "unknown" },
  { name: "projection-empty", path: "/projection", sample: "empty" },
  { name: "projection-error", path: "/projection", sample: "error" },
  { name: "policy-member", path: "/policy?member=1" },
  { name: "policy-unknown", path: "/policy?member=2" },
  {
    name: "policy-elsewhere",
    path: "/policy",
    before: async (page, frame) => {
      const w = words(frame);
      await pick(
        page,
        new RegExp(w("看谁的规则", "Whose rules")),
        w(/看别的地方/, /Another place/),
      );
    },
  },
  { name: "policy-empty", path: "/policy", sample: "empty" },
];
