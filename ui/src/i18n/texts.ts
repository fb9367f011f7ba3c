import enAid from "./en/aid.json";
import enCommon from "./en/common.json";
import enEstimate from "./en/estimate.json";
import enMembers from "./en/members.json";
import enOverview from "./en/overview.json";
import enPolicy from "./en/policy.json";
import enProjection from "./en/projection.json";
import enSettings from "./en/settings.json";
import enSetup from "./en/setup.json";
import enSlip from "./en/slip.json";
import zhAid from "./zh/aid.json";
import zhCommon from "./zh/common.json";
import zhEstimate from "./zh/estimate.json";
import zhMembers from "./zh/members.json";
import zhOverview from "./zh/overview.json";
import zhPolicy from "./zh/policy.json";
import zhProjection from "./zh/projection.json";
import zhSettings from "./zh/settings.json";
import zhSetup from "./zh/setup.json";
import zhSlip from "./zh/slip.json";

/** One file a screen, flat keys that begin with the screen's name. */
export const ZH = {
  ...zhCommon,
  ...zhSetup,
  ...zhOverview,
  ...zhMembers,
  ...zhSettings,
  ...zhAid,
  ...zhEstimate,
  ...zhProjection,
  ...zhPolicy,
  ...zhSlip,
};

/** A key that exists: a misspelt one does not compile. */
export type TextKey = keyof typeof ZH;

export const EN: Record<TextKey, string> = {
  ...enCommon,
  ...enSetup,
  ...enOverview,
  ...enMembers,
  ...enSettings,
  ...enAid,
  ...enEstimate,
  ...enProjection,
  ...enPolicy,
  ...enSlip,
};
