/** Why a typed amount cannot be sent. Rust decides everything else. */
export type MoneyProblem = "not_a_number" | "below_one_fen" | "too_large" | "negative";

const WIDE_ZERO = "０".codePointAt(0) ?? 0;

/** Half-width digits and marks, no blanks, no currency word: what a person typed, made plain. */
function plain(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String((digit.codePointAt(0) ?? 0) - WIDE_ZERO))
    .replace(/[．。]/g, ".")
    .replace(/，/g, ",")
    .replace(/[－−—]/g, "-")
    .replace(/[\s　¥￥元圆]/g, "");
}

/**
 * Reads an amount as typed ("1,234.5", "１２３４．５０元") into the decimal string that Rust reads
 * ("1234.50"). Never through a number: digits stay digits.
 */
export function readMoney(text: string): { value: string } | { problem: MoneyProblem } {
  const typed = plain(text);
  const parts = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?$/.exec(typed);
  if (!parts) return { problem: "not_a_number" };
  const [, sign = "", grouped = "", tail = ""] = parts;
  if (/[1-9]/.test(tail.slice(2))) return { problem: "below_one_fen" };
  const whole = grouped.replaceAll(",", "").replace(/^0+(?=\d)/, "");
  const fen = `${tail}00`.slice(0, 2);
  if (whole.length > 11 || (whole.length === 11 && `${whole}${fen}` > "1000000000000")) {
    return { problem: "too_large" };
  }
  return { value: `${sign}${whole}.${fen}` };
}

/** Reads what somebody has, pays or is charged: an amount as typed that is not below nothing. */
export function readAmount(text: string): { value: string } | { problem: MoneyProblem } {
  const read = readMoney(text);
  return "value" in read && isNegative(read.value) && !isZero(read.value)
    ? { problem: "negative" }
    : read;
}

/** The readable amount of a typed text, or nothing where it is empty or no amount. */
export function moneyOrNull(text: string): string | null {
  const read = readMoney(text);
  return "value" in read ? read.value : null;
}

/** "1234567.50" → "1,234,567.50"; a minus becomes the typographic one. */
export function showYuan(yuan: string): string {
  const [, sign = "", whole = yuan, tail = ""] = /^(-?)(\d+)(\.\d+)?$/.exec(yuan) ?? [];
  return `${sign ? "−" : ""}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${tail}`;
}

/** Whether an amount in the wire form is below nothing. */
export function isNegative(yuan: string): boolean {
  return yuan.startsWith("-");
}

/** Whether an amount in the wire form is nothing. */
export function isZero(yuan: string): boolean {
  return /^-?0+(\.0+)?$/.test(yuan);
}

/** The same amount with the other sign. */
export function negated(yuan: string): string {
  if (isZero(yuan)) return yuan;
  return isNegative(yuan) ? yuan.slice(1) : `-${yuan}`;
}

/** Whether an amount in the wire form is less than another; exact, never through a number. */
export function isLess(one: string, other: string): boolean {
  const fen = (yuan: string) => {
    const [whole = "0", tail = ""] = yuan.split(".");
    return BigInt(whole + tail.padEnd(2, "0"));
  };
  return fen(one) < fen(other);
}
