import { useLayoutEffect, useRef, useState } from "react";
import type { Projection } from "../../api/bindings";
import { daysBetween, showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { amountText } from "../parts/amountText";
import { EmptyStretches, End, Line, RunOut, Scale, Today } from "./ChartParts";
import { chartOf } from "./chart";
import { eventsOf, pointsOf } from "./rows";

type Props = { projection: Projection; member: number; name: string };

/** The width of the box and the size of its letters, in pixels: names must not be stretched with it. */
function useSize() {
  const box = useRef<HTMLElement>(null);
  const [size, setSize] = useState({ width: 640, letter: 15 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const width = element.clientWidth || 640;
      const letter = Number.parseFloat(getComputedStyle(element).fontSize) || 15;
      setSize((before) =>
        before.width === width && before.letter === letter ? before : { width, letter },
      );
    };
    measure();
    if (typeof ResizeObserver === "undefined") return;
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return { box, ...size };
}

/**
 * 余额线 — with the amounts at its side and the months below; thick and hatched where nothing is left.
 * The tables below say the same in figures.
 */
export function BalanceLine({ projection, member, name }: Props) {
  const { say, language } = useTexts();
  const { box, width, letter } = useSize();
  const points = pointsOf(projection, member);
  const outlook = projection.members.find((one) => one.member === member);
  if (points.length < 3 || !outlook) return null;
  const { from, until } = projection;
  const { lowest, run_out: out } = outlook;
  // Chinese sentences follow one another without a space.
  const gap = language === "zh" ? "" : " ";
  const isOpen = points.some(({ low, high }) => low !== high);
  const digits = Math.max(3, ...points.map(({ high }) => String(Math.round(high / 100)).length));
  const frame = {
    left: letter * (0.62 * (digits + 1) + 0.8),
    right: width - letter * 1.6,
    top: letter * (out ? 3 : 2),
    bottom: letter * 13,
  };
  const end = points.at(-1);
  const last = eventsOf(projection, member).at(-1)?.balance ?? outlook.balance;
  const chart = chartOf(points, from, until, frame);
  return (
    <figure ref={box} className="text-sm">
      <svg
        role="img"
        aria-label={say("projection.line", {
          name,
          from: showDate(from, language),
          until: showDate(until, language),
          start: amountText(outlook.balance, say),
          lowest: lowest ? amountText(lowest.amount, say) : say("unknown"),
          day: lowest ? showDate(lowest.on, language) : say("unknown"),
        })}
        viewBox={`0 0 ${width} ${frame.bottom + letter * 3.4}`}
        className="block w-full rounded-lg border border-line bg-paper fill-quiet"
      >
        <Scale chart={chart} frame={frame} letter={letter} />
        <Line path={chart.line("low")} />
        {isOpen && <Line path={chart.line("high")} isOther />}
        <EmptyStretches chart={chart} letter={letter} />
        <Today frame={frame} letter={letter} />
        {out && (
          <RunOut
            x={chart.x(daysBetween(from, out.earliest))}
            zero={chart.zero}
            frame={frame}
            letter={letter}
            words={say(
              out.latest === out.earliest
                ? "projection.line.run_out"
                : "projection.line.run_out_earliest",
              { date: showDate(out.earliest, language), amount: amountText(out.short, say) },
            )}
          />
        )}
        {end && !isOpen && end.high > 0 && (
          <End
            x={frame.right}
            y={chart.yOf(end.high / 100)}
            letter={letter}
            words={amountText(last, say)}
          />
        )}
      </svg>
      <figcaption className="mt-1 text-quiet">
        {say("projection.line.reads")}
        {chart.empty.length > 0 && (
          <>
            {gap}
            {say(
              chart.empty.every(({ isSure }) => isSure)
                ? "projection.line.empty"
                : "projection.line.empty_perhaps",
            )}
          </>
        )}
        {isOpen && (
          <>
            {gap}
            {say("projection.line.two")}
          </>
        )}
      </figcaption>
    </figure>
  );
}
