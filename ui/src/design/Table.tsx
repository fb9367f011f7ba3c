import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { useTexts } from "../i18n";
import { Button } from "./Button";
import { classes } from "./classes";
import { asWords } from "./Words";

export type Column<Row> = {
  key: string;
  head: string;
  /** Right-aligned figures. */
  figures?: boolean;
  /** Stays on one line. */
  tight?: boolean;
  /** Says by itself what it is: in the narrow form its head does not stand before it. */
  plain?: boolean;
  cell: (row: Row) => ReactNode;
};

type TableProps<Row> = {
  /** What the table shows; read out, and visible only where `showCaption` is set. */
  caption: string;
  showCaption?: boolean;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string | number;
  /** A row that stands apart (a year's end, a shortfall). */
  rowLook?: (row: Row) => string | false;
  /** A long table begins with so many rows; the others are a press away. */
  first?: number;
  /** Where there may be very many, a press shows so many more and not all. */
  step?: number;
};

/** A table of so few rows scrolls by before its head would have to stay. */
const STAYS_FROM = 11;

/** Below this a table has no room for its columns, even if they could be squeezed in. */
const LEAST_REM = 34;

/**
 * Whether the table stands in its narrow form: where its columns do not fit (a narrow window, large
 * text), so that no table scrolls sideways.
 */
function useNarrow(columns: string) {
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState({ needed: 0, columns, isNarrow: false });
  if (room.columns !== columns) setRoom({ needed: 0, columns, isNarrow: false });
  useLayoutEffect(() => {
    const measure = () => {
      const has = box.current?.clientWidth ?? 0;
      const table = box.current?.querySelector("table")?.offsetWidth ?? 0;
      if (has === 0) return;
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setRoom((before) => {
        const needed = before.isNarrow ? before.needed : table > has ? table : 0;
        const isNarrow = has < LEAST_REM * rem || has < needed;
        return before.needed === needed && before.isNarrow === isNarrow
          ? before
          : { ...before, needed, isNarrow };
      });
    };
    measure();
    if (typeof ResizeObserver === "undefined" || !box.current) return;
    const watch = new ResizeObserver(measure);
    watch.observe(box.current);
    return () => watch.disconnect();
  });
  return { box, isNarrow: room.isNarrow };
}

/** What a press does says so itself. */
const isBare = <Row,>(column: Column<Row>) => column.plain || column.key === "act";

/** 表 — a real table; the first column names the row, the head stays while the page scrolls. */
export function Table<Row>(props: TableProps<Row>) {
  const { say } = useTexts();
  const { columns, rows, first = rows.length } = props;
  const side = columns.length > 6 ? "px-2" : "px-3";
  const { box, isNarrow } = useNarrow(columns.map(({ key }) => key).join());
  const [more, setMore] = useState(0);
  const body = useRef<HTMLTableSectionElement>(null);
  // A few more than the first are not worth a press.
  const wanted = first + more;
  const shown = rows.length <= wanted + first / 4 ? rows.length : wanted;
  const left = rows.length - shown;
  const step = Math.min(props.step ?? left, left);
  // Names and one amount each: in the narrow form they share a line.
  const isPair = columns.length === 2 && columns[1]?.figures === true;
  /** Shows more; the focus goes on to the first of the new rows, where reading goes on. */
  const showMore = () => {
    setMore(more + step);
    requestAnimationFrame(() => {
      const row = body.current?.children[shown];
      if (row instanceof HTMLElement) row.focus();
    });
  };
  return (
    <div>
      <div ref={box} className="overflow-clip rounded-lg border border-line">
        {/* The roles are said again because the narrow layout takes the table display away. */}
        <table
          role="table"
          data-narrow={isNarrow || undefined}
          data-pair={isPair || undefined}
          className="ledger-table w-full border-separate border-spacing-0 text-left wrap-break-word"
        >
          <caption
            className={props.showCaption ? classes(side, "py-2 text-left text-quiet") : "sr-only"}
          >
            {props.caption}
          </caption>
          <thead role="rowgroup">
            <tr role="row">
              {columns.map((column) => (
                <th
                  key={column.key}
                  role="columnheader"
                  scope="col"
                  className={classes(
                    side,
                    rows.length >= STAYS_FROM && "@[56rem]/window:sticky top-0 z-1",
                    "border-b border-line bg-sunken py-2 align-bottom text-sm font-semibold wrap-normal break-keep",
                    column.figures && "text-right",
                    column.tight && "whitespace-nowrap",
                  )}
                >
                  {column.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body} role="rowgroup">
            {rows.slice(0, shown).map((row, index) => (
              <tr
                key={props.rowKey(row)}
                role="row"
                tabIndex={index >= first ? -1 : undefined}
                className={classes("-outline-offset-3!", props.rowLook?.(row) || "bg-surface")}
              >
                {columns.map((column, place) => {
                  const Cell = place === 0 ? "th" : "td";
                  return (
                    <Cell
                      key={column.key}
                      role={place === 0 ? "rowheader" : "cell"}
                      scope={place === 0 ? "row" : undefined}
                      data-head={place === 0 || isBare(column) ? undefined : column.head}
                      data-figures={column.figures || undefined}
                      className={classes(
                        side,
                        "border-b border-line py-2 align-top font-normal",
                        column.figures && "whitespace-nowrap text-right",
                        column.tight && "w-px whitespace-nowrap",
                      )}
                    >
                      <div>{asWords(column.cell(row))}</div>
                    </Cell>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {left > 0 && (
        <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button onPress={showMore}>
            {say(step < left ? "table.more.step" : "table.more", { n: step })}
          </Button>
          <span className="text-quiet">{say("table.shown", { n: shown, total: rows.length })}</span>
        </div>
      )}
    </div>
  );
}
