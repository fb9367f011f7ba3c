import { ChevronDown } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { classes } from "../../design/classes";
import { useTexts } from "../../i18n";
import type { Year } from "./years";

type Props<Row> = {
  years: Year<Row>[];
  /** Heading level inside the page. */
  level: 3 | 4;
  /** What is said of a year that is not open, in pieces that may stand below one another. */
  about: (year: Year<Row>) => ReactNode;
  children: (year: Year<Row>) => ReactNode;
};

/** 一年一行 — a row a year; a press opens its table. */
export function ByYear<Row>({ years, level, about, children }: Props<Row>) {
  return (
    <ul className="overflow-clip rounded-lg border border-line">
      {years.map((year) => (
        <li key={year.year} className="border-b border-line last:border-b-0">
          <OneYear year={year.year} level={level} about={about(year)}>
            {() => children(year)}
          </OneYear>
        </li>
      ))}
    </ul>
  );
}

type OneYearProps = { year: string; level: 3 | 4; about: ReactNode; children: () => ReactNode };

function OneYear({ year, level, about, children }: OneYearProps) {
  const { say } = useTexts();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const Heading = level === 3 ? "h3" : "h4";
  // A plain button: thirty years of the kit's would keep the window busy for longer than one notices.
  return (
    <>
      <Heading>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          onClick={() => setOpen(!isOpen)}
          className={classes(
            "flex min-h-11 w-full flex-wrap items-baseline gap-x-6 gap-y-1 px-3 py-2 text-left -outline-offset-3! hover:bg-sunken",
            isOpen ? "bg-sunken" : "bg-surface",
          )}
        >
          <span className="flex items-baseline gap-2 font-semibold text-accent">
            <ChevronDown
              aria-hidden
              className={classes(
                "size-4 shrink-0 self-center transition-transform",
                isOpen && "rotate-180",
              )}
            />
            {say("projection.chart.year", { year })}
          </span>
          {about}
        </button>
      </Heading>
      {/* A closed year costs nothing: its table is made when it is opened. */}
      {isOpen && (
        <div id={id} className="p-3">
          {children()}
        </div>
      )}
    </>
  );
}
