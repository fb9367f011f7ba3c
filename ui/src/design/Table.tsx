import type { ReactNode } from "react";
import { classes } from "./classes";

export type Column<Row> = {
  key: string;
  head: string;
  /** Right-aligned figures. */
  figures?: boolean;
  /** Stays on one line. */
  tight?: boolean;
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
  /** Lets the table scroll inside a box of limited height, its head staying. */
  tall?: boolean;
};

/** 表 — a real table; the first column names the row, the head stays while it scrolls. */
export function Table<Row>(props: TableProps<Row>) {
  const { columns, rows } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section
      aria-label={props.caption}
      tabIndex={0}
      className={classes("overflow-auto rounded-lg border border-line", props.tall && "max-h-[min(36rem,75vh)]")}
    >
      <table className="w-full border-separate border-spacing-0 text-left">
        <caption className={props.showCaption ? "px-3 py-2 text-left text-quiet" : "sr-only"}>
          {props.caption}
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={classes(
                  "sticky top-0 z-1 whitespace-nowrap border-b border-line bg-sunken px-3 py-2 text-sm font-semibold",
                  column.figures && "text-right",
                )}
              >
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={props.rowKey(row)} className={classes("bg-surface", props.rowLook?.(row))}>
              {columns.map((column, index) => {
                const look = classes(
                  "border-b border-line px-3 py-2 align-top font-normal",
                  column.figures && "whitespace-nowrap text-right",
                  column.tight && "whitespace-nowrap",
                );
                return index === 0 ? (
                  <th key={column.key} scope="row" className={look}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} className={look}>
                    {column.cell(row)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
