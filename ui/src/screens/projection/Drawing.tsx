import type { ECharts, EChartsOption } from "echarts";
import { useEffect, useRef, useState } from "react";
import { Words } from "../../design";
import { useTexts } from "../../i18n";
import { inTurn } from "./turns";

type Props = {
  option: () => EChartsOption;
  /** What the picture says. */
  summary: string;
  /** What is said of a day, line by line. */
  at: (day: number) => string[];
  width: number;
  height: number;
};

/** Where the pointer is: the day, and how far from the left. */
type Pointer = { day: number; x: number };

type AxisPointed = { axesInfo?: { value: number }[] };

/** Whether a box has come near the part of the page that is seen; it stays so. */
function useNear() {
  const box = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element || isNear) return;
    const watch = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: "400px" },
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, [isNear]);
  return { box, isNear };
}

/** 画 — the library is fetched when the first picture comes near; each is drawn in a turn of its own. */
export function Drawing({ option, summary, at, width, height }: Props) {
  const { say } = useTexts();
  const { box, isNear } = useNear();
  const chart = useRef<ECharts | null>(null);
  const [pointer, setPointer] = useState<Pointer | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!isNear) return;
    let isGone = false;
    let leave = () => {};
    import("./draw").then(
      ({ openIn }) => {
        if (isGone) return;
        leave = inTurn(() => {
          if (!box.current) return;
          const drawn = chart.current ?? openIn(box.current, { width, height });
          if (chart.current) drawn.resize({ width, height, silent: true });
          else
            drawn.on("updateAxisPointer", (event) => {
              const day = (event as AxisPointed).axesInfo?.[0]?.value;
              if (day === undefined) setPointer(null);
              else setPointer({ day, x: drawn.convertToPixel({ xAxisIndex: 0 }, day) });
            });
          chart.current = drawn;
          drawn.setOption(option(), { notMerge: true });
        });
      },
      () => setFailed(true),
    );
    return () => {
      isGone = true;
      leave();
    };
  }, [isNear, option, width, height, box]);
  useEffect(
    () => () => {
      chart.current?.dispose();
      chart.current = null;
    },
    [],
  );
  return (
    <div className="relative">
      <div ref={box} role="img" aria-label={summary} style={{ height }}>
        {failed && say("projection.chart.failed")}
      </div>
      {pointer && <Readout lines={at(pointer.day)} x={pointer.x} width={width} />}
    </div>
  );
}

/** 指到的那个月 — beside the pointer, on the side with more room; the table says the same. */
function Readout({ lines, x, width }: { lines: string[]; x: number; width: number }) {
  const [first, ...rest] = lines;
  const apart = 14;
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute top-2 z-1 rounded-lg border border-edge bg-surface px-3 py-2 shadow-lg shadow-black/15"
      style={
        x < width / 2
          ? { left: x + apart, maxWidth: width - x - apart }
          : { right: width - x + apart, maxWidth: x - apart }
      }
    >
      <p className="font-semibold">{first}</p>
      {rest.map((line) => (
        <p key={line}>
          <Words>{line}</Words>
        </p>
      ))}
    </div>
  );
}
