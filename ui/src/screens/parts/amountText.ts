import type { Amount } from "../../api/bindings";
import { showYuan } from "../../format/money";
import type { Say } from "../../i18n";

/** An amount as plain text, for names and descriptions that are read out. */
export function amountText(amount: Amount | null, say: Say): string {
  if (amount === null || amount === "unknown") return say("unknown");
  const figures =
    typeof amount === "string"
      ? showYuan(amount)
      : `${showYuan(amount.min)} ${say("joint")} ${showYuan(amount.max)}`;
  const unit = say("unit.yuan");
  return /^[a-z]/.test(unit) ? `${figures} ${unit}` : `${figures}${unit}`;
}

/** Whether an amount is determined to the fen. */
export function isExact(amount: Amount): amount is string {
  return typeof amount === "string" && amount !== "unknown";
}
