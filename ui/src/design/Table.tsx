import type { ReactNode } from "react";
import { classes } from "./classes";

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
  /** Lets the table scroll inside a box of limited height, its head staying. */
  tall?: boolean;
};

/** 表 — a real table; the first column names the row, the head stays while it scrolls. */
export function Table<Row>(props: TableProps<Row>) {
  const { columns, rows } = props;
  return (
    <div className="table-box">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; this only names a box that scrolls */}
      <div
        role="group"
        aria-label={props.caption}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className={classes(
          "table-scroll overflow-auto [scrollbar-gutter:stable] rounded-lg border border-line",
          props.tall && "max-h-[min(36rem,75vh)]",
        )}
      >
        {/* The roles are said again because the narrow layout takes the table display away. */}
        <table
          role="table"
          className="ledger-table w-full border-separate border-spacing-0 text-left wrap-break-word"
        >
          <caption className={props.showCaption ? "px-3 py-2 text-left text-quiet" : "sr-only"}>
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
                    "sticky top-0 z-1 border-b border-line bg-sunken px-3 py-2 align-bottom text-sm font-semibold wrap-normal break-keep",
                    column.figures && "text-right",
                    column.tight && "whitespace-nowrap",
                  )}
                >
                  {column.head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {rows.map((row) => (
              <tr
                key={props.rowKey(row)}
                role="row"
                className={classes("bg-surface", props.rowLook?.(row))}
              >
                {columns.map((column, index) => {
                  const look = classes(
                    "border-b border-line px-3 py-2 align-top font-normal",
                    column.figures && "whitespace-nowrap text-right",
                    column.tight && "w-px whitespace-nowrap",
                  );
                  return index === 0 ? (
                    <th
                      key={column.key}
                      role="rowheader"
                      scope="row"
                      data-head={column.plain ? undefined : column.head}
                      className={look}
                    >
                      <div>{column.cell(row)}</div>
                    </th>
                  ) : (
                    <td
                      key={column.key}
                      role="cell"
                      data-head={column.plain ? undefined : column.head}
                      className={look}
                    >
                      <div>{column.cell(row)}</div>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
