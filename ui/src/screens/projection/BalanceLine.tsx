import type { Projection } from "../../api/bindings";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { amountText } from "../parts/amountText";
import { pointsOf, stepPath } from "./rows";

type Props = { projection: Projection; member: number; name: string };

/** 余额线 — dashed, since all of it is expected; the tables below say the same in figures. */
export function BalanceLine({ projection, member, name }: Props) {
  const { say, language } = useTexts();
  const points = pointsOf(projection, member);
  const outlook = projection.members.find((one) => one.member === member);
  if (points.length < 3 || !outlook) return null;
  const most = Math.max(...points.map(({ high }) => high));
  const open = points.some(({ low, high }) => low !== high);
  const lowest = outlook.lowest;
  return (
    <figure>
      <svg
        role="img"
        aria-label={say("projection.line", {
          name,
          from: showDate(projection.from, language),
          until: showDate(projection.until, language),
          start: amountText(outlook.balance, say),
          lowest: lowest ? amountText(lowest.amount, say) : say("unknown"),
          day: lowest ? showDate(lowest.on, language) : say("unknown"),
        })}
        viewBox="0 -6 1000 212"
        preserveAspectRatio="none"
        className="block h-36 w-full rounded-lg border border-line bg-paper"
      >
        <path d="M0 200H1000" vectorEffect="non-scaling-stroke" className="stroke-edge stroke-1" />
        {(["high", "low"] as const)
          .filter((of) => of === "low" || open)
          .map((of) => (
            <path
              key={of}
              d={stepPath(points, of, most)}
              vectorEffect="non-scaling-stroke"
              strokeDasharray={of === "low" ? "7 4" : "2 4"}
              className="fill-none stroke-accent stroke-2"
            />
          ))}
      </svg>
      <figcaption className="mt-1 flex flex-wrap justify-between gap-x-4 text-sm text-quiet">
        <span>{showDate(projection.from, language)}</span>
        <span>{showDate(projection.until, language)}</span>
        {open && <span className="basis-full">{say("projection.line.two")}</span>}
      </figcaption>
    </figure>
  );
}
