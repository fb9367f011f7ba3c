import { type ReactNode, useId } from "react";
import { useTexts } from "../../i18n";
import type { BalanceChart } from "./chart";

/** One sign of the chart, as small as a word. */
function Sign({ children }: { children: ReactNode }) {
  return (
    <svg viewBox="0 0 32 16" aria-hidden className="h-[1em] w-[2em] shrink-0 self-center">
      {children}
    </svg>
  );
}

/** 图例 — what each sign means; only of those that are there. */
export function ChartKey({ chart }: { chart: BalanceChart }) {
  const { say } = useTexts();
  const hatch = useId();
  const has = (kind: BalanceChart["marks"][number]["kind"]) =>
    chart.marks.some((mark) => mark.kind === kind);
  const unsure = chart.cash.some(({ least, most }) => least !== most);
  const signs: { name: string; sign: ReactNode }[] = [
    {
      name: say("projection.key.line"),
      sign: (
        <path d="M0 8H32" strokeDasharray="8 4" className="fill-none stroke-accent stroke-[2.5]" />
      ),
    },
  ];
  if (chart.isOpen) {
    signs.push({
      name: say("projection.key.range"),
      sign: (
        <>
          <rect width="32" height="16" className="fill-accent-soft" />
          <path d="M0 2H32" strokeDasharray="2 4" className="fill-none stroke-accent stroke-2" />
          <path d="M0 14H32" strokeDasharray="8 4" className="fill-none stroke-accent stroke-2" />
        </>
      ),
    });
  }
  if (chart.isEmpty) {
    signs.push({
      name: say(
        chart.stretches.flat().some(({ low, high }) => low <= 0 && high > 0)
          ? "projection.key.empty_perhaps"
          : "projection.key.empty",
      ),
      sign: (
        <>
          <path d="M0 8H32" className="fill-none stroke-bad stroke-[4]" />
          <path d="M16 1L23 8L16 15L9 8Z" className="fill-bad" />
        </>
      ),
    });
  }
  if (chart.cash.length > 0) {
    signs.push({
      name: say(unsure ? "projection.key.cash_range" : "projection.key.cash"),
      sign: (
        <>
          <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse">
            <rect width="5" height="5" className="fill-bad" />
            <path d="M0 5 5 0" className="stroke-bad-soft stroke-1" />
          </pattern>
          <rect x="8" width="16" height="16" fill={`url(#${hatch})`} className="stroke-bad" />
        </>
      ),
    });
  }
  if (chart.gaps.length > 0 || chart.cashUnknown.length > 0) {
    signs.push({
      name: say("projection.key.unknown"),
      sign: (
        <rect
          x="1"
          y="1"
          width="30"
          height="14"
          strokeDasharray="4 4"
          className="fill-sunken stroke-edge"
        />
      ),
    });
  }
  if (has("year_end")) {
    signs.push({
      name: say("projection.key.year_end"),
      sign: <path d="M16 0V16" strokeDasharray="1 4" className="fill-none stroke-quiet stroke-2" />,
    });
  }
  return (
    <ul className="mt-2 flex flex-wrap gap-x-6 gap-y-1 text-quiet">
      {signs.map(({ name, sign }) => (
        <li key={name} className="flex items-baseline gap-2">
          <Sign>{sign}</Sign>
          <span className="min-w-0">{name}</span>
        </li>
      ))}
    </ul>
  );
}
