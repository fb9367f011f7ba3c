import type { MemberOutlook, Projection } from "../../api/bindings";
import { dayOf, type Language, showDate, showDays } from "../../format/dates";
import type { Say } from "../../i18n";
import { amountText } from "../parts/amountText";
import type { BalanceChart } from "./chart";
import { isNothing } from "./rows";

/** The day after a day. */
export function dayAfter(on: string): string {
  return dayOf(on)?.add({ days: 1 }).toString() ?? on;
}

/** A day so many days after another. */
export function dayFrom(from: string, days: number): string {
  return dayOf(from)?.add({ days }).toString() ?? from;
}

/** 图在说什么 — the whole chart in sentences, for who does not see it. */
export function summaryOf(
  projection: Projection,
  outlook: MemberOutlook,
  chart: BalanceChart,
  name: string,
  say: Say,
  language: Language,
): string {
  const date = (on: string) => showDate(on, language);
  const { lowest, run_out: out, next_credit: next } = outlook;
  const sentences = [
    say("projection.chart.sum", {
      name,
      from: date(projection.from),
      until: date(projection.until),
      start: amountText(outlook.balance, say),
    }),
  ];
  if (lowest && lowest.amount !== "unknown") {
    sentences.push(
      say("projection.chart.sum.lowest", {
        amount: amountText(lowest.amount, say),
        day: date(lowest.on),
      }),
    );
  }
  if (out) {
    sentences.push(
      say(
        out.latest === out.earliest
          ? "projection.chart.sum.run_out"
          : "projection.chart.sum.run_out_earliest",
        { date: date(out.earliest), amount: amountText(out.short, say) },
      ),
    );
  } else if (chart.gaps.length === 0) {
    sentences.push(say("projection.chart.sum.lasts", { date: date(projection.until) }));
  }
  const on = next?.latest ?? next?.earliest;
  sentences.push(
    next && on
      ? say("projection.chart.sum.credit", {
          days: showDays(next.earliest ?? on, on, language),
          amount: amountText(next.net, say),
        })
      : say("projection.chart.sum.no_credit"),
  );
  if (!isNothing(outlook.cash)) {
    sentences.push(say("projection.chart.sum.cash", { amount: amountText(outlook.cash, say) }));
  }
  for (const { from, to, isLast } of chart.gaps) {
    const first = date(dayFrom(projection.from, from + 1));
    sentences.push(
      isLast
        ? say("projection.chart.sum.gap_last", { from: first })
        : say("projection.chart.sum.gap", {
            from: first,
            until: date(dayFrom(projection.from, to)),
          }),
    );
  }
  // Chinese sentences follow one another without a space.
  return sentences.join(language === "zh" ? "" : " ");
}
