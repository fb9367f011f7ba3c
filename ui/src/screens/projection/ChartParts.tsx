import { useId } from "react";
import { showMonthName } from "../../format/dates";
import { showYuan } from "../../format/money";
import { useTexts } from "../../i18n";
import { type Chart, type Frame, named } from "./chart";

type Props = {
  chart: Chart;
  frame: Frame;
  /** The size of a letter, by which everything grows. */
  letter: number;
};

/** The amounts at the side, the months below, and a faint line for each. */
export function Scale({ chart, frame, letter }: Props) {
  const { say, language } = useTexts();
  const today = say("projection.line.today");
  // Beside 「今天」 no other name has room.
  const free = frame.left + letter * (today.length * (language === "zh" ? 0.5 : 0.3) + 2);
  const months = named(chart.months, letter * 3).filter(({ x }) => x >= free);
  // The year stands below its January, whether that has room for its name or not.
  const years = chart.months.filter(({ month }) => month.endsWith("-01"));
  const firstYear = months.find(({ month }) => !month.endsWith("-01"));
  const namesFirst =
    firstYear && !years.some(({ x }) => x - firstYear.x < letter * 4) && firstYear === months[0];
  const marks = namesFirst ? [firstYear, ...years] : years;
  return (
    <g className="tabular-nums">
      {chart.ticks.map(({ yuan, y }) => (
        <g key={yuan}>
          <path
            d={`M${frame.left} ${y}H${frame.right}`}
            className={yuan === 0 ? "stroke-ink stroke-[1.5]" : "stroke-line stroke-1"}
          />
          <text
            x={frame.left - letter * 0.5}
            y={y + letter * 0.35}
            textAnchor="end"
            className={yuan === 0 ? "fill-ink font-semibold" : undefined}
          >
            {showYuan(String(yuan))}
          </text>
        </g>
      ))}
      {chart.months.map(({ month, x }) => (
        <path
          key={month}
          d={`M${x} ${frame.bottom}v${letter * 0.45}`}
          className="stroke-edge stroke-1"
        />
      ))}
      {months.map(({ month, x }) => (
        <text key={month} x={x} y={frame.bottom + letter * 1.7} textAnchor="middle">
          {showMonthName(month, language)}
        </text>
      ))}
      {marks.map(({ month, x }) => (
        <text key={month} x={x} y={frame.bottom + letter * 2.95} textAnchor="middle">
          {say("projection.line.year", { year: month.slice(0, 4) })}
        </text>
      ))}
      <text x={frame.left - letter * 0.5} y={frame.top - letter * 0.75} textAnchor="end">
        {say("unit.yuan")}
      </text>
    </g>
  );
}

const LINE = "fill-none stroke-accent stroke-2";

/** The balance in steps; of two readings the other one is dotted. */
export function Line({ path, isOther }: { path: string; isOther?: boolean }) {
  return <path d={path} strokeDasharray={isOther ? "2 4" : undefined} className={LINE} />;
}

/** Where the line ends, and what is left then. */
export function End({
  x,
  y,
  letter,
  words,
}: {
  x: number;
  y: number;
  letter: number;
  words: string;
}) {
  return (
    <g>
      <circle cx={x} cy={y} r={letter * 0.25} className="fill-accent" />
      <text x={x} y={y - letter * 0.6} textAnchor="end" className="fill-ink font-semibold">
        {words}
      </text>
    </g>
  );
}

/** Where nothing is left: a thick line on a hatched ground. */
export function EmptyStretches({ chart, letter }: Omit<Props, "frame">) {
  const id = useId();
  return (
    <g>
      <defs>
        <pattern id={id} width="8" height="8" patternUnits="userSpaceOnUse">
          <rect width="8" height="8" className="fill-bad-soft" />
          <path d="M-2 2 2-2M0 8 8 0M6 10 10 6" className="stroke-bad stroke-[1.5]" />
        </pattern>
      </defs>
      {chart.empty.map(({ from, to, y }) => (
        <g key={from}>
          <rect
            x={from}
            y={chart.zero}
            width={Math.max(to - from, 1)}
            height={Math.max(letter * 0.45, y - chart.zero)}
            fill={`url(#${id})`}
          />
          <path d={`M${from} ${y}H${to}`} className="stroke-bad stroke-[4]" />
        </g>
      ))}
    </g>
  );
}

/** 今天 — where the forecast begins. */
export function Today({ frame, letter }: Omit<Props, "chart">) {
  const { say } = useTexts();
  return (
    <g>
      <path
        d={`M${frame.left} ${frame.top}V${frame.bottom + letter * 0.45}`}
        className="stroke-ink stroke-2"
      />
      <text
        x={frame.left}
        y={frame.bottom + letter * 1.7}
        textAnchor="middle"
        className="fill-ink font-semibold"
      >
        {say("projection.line.today")}
      </text>
    </g>
  );
}

type RunOutProps = Omit<Props, "chart"> & { x: number; zero: number; words: string };

/** 哪天不够用 — a line down to nothing, with the day in words. */
export function RunOut({ x, zero, frame, letter, words }: RunOutProps) {
  const side = x < (frame.left + frame.right) / 2 ? "start" : "end";
  const half = letter * 0.5;
  return (
    <g className="fill-bad">
      <path
        d={`M${x} ${frame.top - letter * 0.6}V${zero}`}
        className="fill-none stroke-bad stroke-2"
      />
      <path d={`M${x - half} ${zero - half * 2}H${x + half}L${x} ${zero}Z`} />
      <text
        x={side === "start" ? x - half : x + half}
        y={letter * 1.4}
        textAnchor={side}
        className="font-semibold"
      >
        {words}
      </text>
    </g>
  );
}
