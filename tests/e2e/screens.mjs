// Every screen of the window, in the states it can be in, and how to get there.

import { NAMES } from "./family.mjs";
import { say } from "./texts.mjs";
import { HOSPITAL, HOSPITAL_IN_ENGLISH, TITLE } from "./visit.mjs";

/** The screens that open by their address alone. */
const ADDRESSES = {
  overview: "/",
  members: "/members",
  aid: "/aid",
  estimate: "/estimate",
  projection: "/projection",
  policy: "/policy",
  settings: "/settings",
};

/** Without a household: the four steps, and the settings. */
export const FRESH = [
  ...["place", "members", "figures", "bindings"].map((step) => ({
    name: `empty-setup-${step}`,
    open: async (hand, words) => {
      await hand.visit("/setup");
      await hand.press(new RegExp(`^\\d ${say(`setup.${step}.short`, {}, words)}$`));
    },
  })),
  { name: "empty-settings-before", open: (hand) => hand.visit("/settings") },
];

/** With a household that has nobody in it. */
export const EMPTY = Object.entries(ADDRESSES).map(([name, address]) => ({
  name: `empty-${name}`,
  open: (hand) => hand.visit(address),
}));

const member = (id, tab) => async (hand, words) => {
  await hand.visit(`/members/${id}`);
  if (tab) await hand.press(say(`member.tab.${tab}`, {}, words));
};

/** How often a balance was stated. */
let stated = 0;

/** With the family: everything filled in. */
export const FULL = [
  ...Object.entries(ADDRESSES).map(([name, address]) => ({
    name: `full-${name}`,
    open: (hand) => hand.visit(address),
    screenfuls: name === "projection" ? 12 : 3,
  })),
  ...["accounts", "enrollments", "counters", "settlements", "plans"].map((tab) => ({
    name: `full-member-${tab}`,
    open: member(1, tab),
  })),
  {
    name: "full-estimate-result",
    open: (hand, words) => estimate(hand, 1, words),
    screenfuls: 9,
  },
  {
    name: "full-estimate-preview",
    open: async (hand, words) => {
      await estimate(hand, 1, words);
      await hand.press(say("estimate.preview", {}, words));
      await hand.app.shows("[role=dialog] img", 60_000);
    },
    close: (hand, words) => hand.press(say("dialog.close", {}, words)),
  },
  {
    name: "full-slip-report",
    open: async (hand, words) => {
      await estimate(hand, 1, words);
      await hand.press(say("slip.check.open", {}, words));
      const slip = say("slip.check", {}, words);
      await hand.type(say("slip_line.total", {}, words), "400", slip);
      await hand.type(say("slip_line.pool_paid", {}, words), "0", slip);
      await hand.press(say("slip.compare", {}, words));
      await hand.app.says(say("slip.ours", {}, words));
    },
    screenfuls: 12,
  },
  {
    name: "full-plan-form",
    open: async (hand, words) => {
      await member(1, "plans")(hand, words);
      await hand.press(say("plan.add", {}, words));
    },
    close: (hand, words) => hand.press(say("dialog.close", {}, words)),
  },
  {
    name: "full-plan-wait",
    open: async (hand, words) => {
      await member(1, "plans")(hand, words);
      await hand.press(say("wait.ask_of", { title: TITLE }, words));
      await hand.app.says(say("wait.only_if", {}, words));
    },
    close: (hand, words) => hand.press(say("dialog.close", {}, words)),
  },
  ...["spending", "give", "withdraw", "refund", "premium", "move_away", "close"].map((choice) => ({
    name: `full-record-${choice}`,
    open: async (hand, words) => {
      await member(1, "accounts")(hand, words);
      await hand.press(say("entries.record", {}, words));
      if (choice !== "spending")
        await hand.choose(say("record.what", {}, words), say(`record.choice.${choice}`, {}, words));
    },
    close: async (hand, words) => {
      await hand.press(say("dialog.close", {}, words));
      if (choice !== "spending") await hand.press(say("dialog.discard", {}, words));
    },
    screenfuls: 6,
  })),
  ...["habits", "scenario"].map((mode) => ({
    name: `full-projection-${mode}`,
    open: async (hand, words) => {
      await hand.visit("/projection");
      await hand.pick(say("projection.mode", {}, words), say(`projection.mode.${mode}`, {}, words));
    },
    close: (hand, words) =>
      hand.pick(say("projection.mode", {}, words), say("projection.mode.scheduled", {}, words)),
    screenfuls: 12,
  })),
  {
    name: "full-settings-export",
    open: async (hand, words) => {
      await hand.visit("/settings");
      await hand.press(say("settings.export", {}, words));
      await hand.app.says(say("settings.export.title", {}, words));
    },
    close: (hand, words) => hand.press(say("dialog.close", {}, words)),
  },
  {
    name: "full-member-difference",
    open: async (hand, words) => {
      await member(1, "accounts")(hand, words);
      await hand.press(say("checks.state", {}, words));
      // The first one begins the record of its part; the later ones differ from it.
      stated += 1;
      await hand.type(say("checks.stated", {}, words), String(100 + stated));
      await hand.press(say("form.record", {}, words));
      await hand.app.says(say("checks.difference", {}, words));
    },
    screenfuls: 4,
  },
];

/** The father, whose place has no rules. */
export const UNKNOWN = [
  { name: "unknown-member", open: member(2, "accounts") },
  { name: "unknown-counters", open: member(2, "counters") },
  {
    name: "unknown-projection",
    open: (hand) => hand.visit("/projection?member=2"),
    screenfuls: 6,
  },
  { name: "unknown-policy", open: (hand) => hand.visit("/policy?member=2") },
  { name: "unknown-aid", open: (hand) => hand.visit("/aid?member=2") },
  {
    name: "unknown-estimate",
    open: (hand, words) => estimate(hand, 2, words),
    screenfuls: 9,
  },
];

/** What was typed is wrong. */
export const ERROR = [
  {
    name: "error-estimate",
    open: async (hand, words) => {
      await hand.visit("/estimate?member=1");
      await hand.type(say("estimate.total", {}, words), "-5");
      await hand.press(
        new RegExp(`^(${say("estimate.run", {}, words)}|${say("estimate.again", {}, words)})$`),
      );
      await hand.app.shows("[role=alert]");
    },
  },
  {
    // Come back to, the form still says what is wrong with it.
    name: "error-estimate-again",
    open: async (hand) => {
      await hand.visit("/settings");
      await hand.visit("/estimate");
      await hand.app.shows("[role=alert]");
    },
    screenfuls: 1,
  },
  {
    name: "error-plan",
    open: async (hand, words) => {
      await member(1, "plans")(hand, words);
      await hand.press(say("plan.add", {}, words));
      await hand.press(say("form.record", {}, words));
      await hand.app.shows("[role=alert]");
    },
    close: (hand, words) => hand.press(say("dialog.close", {}, words)),
  },
  {
    name: "error-aid",
    open: async (hand, words) => {
      await hand.visit("/aid");
      await hand.press(say("aid.add", {}, words));
      await hand.choose(say("aid.add.donor", {}, words), NAMES.daughter);
      await hand.choose(say("aid.add.recipient", {}, words), NAMES.father);
      const pair = { donor: NAMES.daughter, recipient: NAMES.father };
      await hand.choose(say("aid.add.relation.of", pair, words), say("relation.parent", {}, words));
      await hand.app.says(say("aid.instead", {}, words));
    },
    close: async (hand, words) => {
      await hand.press(say("dialog.close", {}, words));
      await hand.press(say("dialog.discard", {}, words));
    },
  },
];

async function estimate(hand, id, words) {
  await hand.visit(`/estimate?member=${id}`);
  const hospital = words === "en" ? HOSPITAL_IN_ENGLISH : HOSPITAL;
  if (id === 1) await hand.choose(say("estimate.class", {}, words), hospital);
  await hand.type(say("estimate.total", {}, words), "400");
  await hand.press(
    new RegExp(`^(${say("estimate.run", {}, words)}|${say("estimate.again", {}, words)})$`),
  );
  await hand.app.says(say("estimate.result", {}, words));
}
