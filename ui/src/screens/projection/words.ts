import type { MemberOutlook, Projection } from "../../api/bindings";
import { type Language, showDate, showMonth, showMonthName } from "../../format/dates";
import { showYuan } from "../../format/money";
import type { Say } from "../../i18n";
import { amountText } from "../parts/amountText";
import { type BalanceChart, monthAt } from "./chart";
import type { ChartWords } from "./option";
import { isNothing } from "./rows";
import { summaryOf } from "./summary";

/** Every text of the chart; amounts are shown as they came. */
export function wordsOf(
  projection: Projection,
  outlook: MemberOutlook,
  chart: BalanceChart,
  name: string,
  say: Say,
  language: Language,
): ChartWords {
  const line = (key: string, value: string) => say("projection.chart.line", { name: key, value });
  return {
    summary: summaryOf(projection, outlook, chart, name, say, language),
    today: say("projection.chart.today"),
    yuan: say("unit.yuan"),
    cash: say("projection.cash"),
    marks: {
      run_out: say("projection.chart.run_out"),
      next_credit: say("projection.chart.next_credit"),
      year_end: say("projection.chart.year_end"),
    },
    gap: { last: say("projection.chart.gap_last"), inside: say("projection.chart.gap") },
    // Amounts of the scale only: round ones, never anybody's.
    amount: (round) => showYuan(String(round)),
    month: (month) => showMonthName(month, language),
    year: (month) => say("projection.chart.year", { year: month.slice(0, 4) }),
    at: (day) => {
      if (day === 0) {
        return [
          showDate(projection.from, language),
          line(say("overview.balance"), amountText(outlook.balance, say)),
        ];
      }
      const row = monthAt(chart, day);
      if (!row) return [];
      return [
        showMonth(row.month, language),
        line(say("projection.month.closing"), amountText(row.closing, say)),
        line(say("projection.month.lowest"), amountText(row.lowest, say)),
        ...(isNothing(row.cash_paid)
          ? []
          : [line(say("projection.chart.pay_cash"), amountText(row.cash_paid, say))]),
      ];
    },
  };
}
