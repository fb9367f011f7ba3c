import type { ReactNode } from "react";
import { useEffect, useId, useRef } from "react";
import { useTexts } from "../i18n";
import { classes } from "./classes";
import { asWords } from "./Words";

type PageProps = {
  title: string;
  /** One plain sentence under the title. */
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
};

/** 页面 — one heading, which takes the focus when the page opens, so that it is read out. */
export function Page({ title, lead, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { say } = useTexts();
  useEffect(() => {
    document.title = `${title} · ${say("app.name")}`;
  }, [title, say]);
  useEffect(() => {
    // Only after moving from another page: nothing is taken from somebody who is typing.
    if (document.activeElement === document.body || document.activeElement === null) {
      heading.current?.focus({ preventScroll: true });
    }
  }, []);
  return (
    <div className="mx-auto w-full max-w-[72rem] px-4 py-6 @[48rem]:px-8">
      <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 max-w-[46rem]">
          <h1
            ref={heading}
            tabIndex={-1}
            className="text-2xl font-semibold leading-snug outline-none"
          >
            {title}
          </h1>
          {lead && <p className="mt-1 text-quiet">{asWords(lead)}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      <div className="grid gap-6">{children}</div>
    </div>
  );
}

type CardProps = {
  title?: ReactNode;
  /** Heading level inside the page. */
  level?: 2 | 3;
  aside?: ReactNode;
  children: ReactNode;
};

/** 卡片 — a titled part of a page. */
export function Card({ title, level = 2, aside, children }: CardProps) {
  const id = useId();
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className="@container rounded-xl border border-line bg-surface p-4 @[40rem]:p-5"
    >
      {title && (
        <div className="mb-3 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <Heading id={id} className="text-lg font-semibold">
            {asWords(title)}
          </Heading>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}

/** Fields side by side where there is room, below one another where there is not. */
export function Fields({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return (
    <div
      className={classes(
        "grid items-start gap-x-5 gap-y-4",
        wide
          ? "grid-cols-[repeat(auto-fill,minmax(min(100%,22rem),1fr))]"
          : "grid-cols-[repeat(auto-fill,minmax(min(100%,16rem),1fr))]",
      )}
    >
      {children}
    </div>
  );
}

/** Buttons in a row that may wrap. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2">{children}</div>;
}

type FactsProps = {
  rows: { name: ReactNode; value: ReactNode; key?: string }[];
  /** One width for all names, so that lists below one another line up. */
  even?: boolean;
};

/** 名称：值 — a list of facts. */
export function Facts({ rows, even = false }: FactsProps) {
  return (
    <dl
      className={classes(
        "grid gap-x-6 gap-y-2",
        even
          ? "@[30rem]:grid-cols-[13rem_minmax(0,1fr)]"
          : "@[23rem]:grid-cols-[fit-content(50%)_minmax(0,1fr)]",
      )}
    >
      {rows.map((row, index) => (
        <div
          key={row.key ?? index}
          className={classes("grid gap-0.5", even ? "@[30rem]:contents" : "@[23rem]:contents")}
        >
          <dt className="text-quiet">{asWords(row.name)}</dt>
          <dd className="min-w-0">{asWords(row.value)}</dd>
        </div>
      ))}
    </dl>
  );
}

type EmptyProps = { title: string; children?: ReactNode; action?: ReactNode };

/** 空 — says what would stand here and how to get it here. */
export function EmptyState({ title, children, action }: EmptyProps) {
  return (
    <div className="rounded-xl border border-dashed border-edge bg-surface px-5 py-8 text-center">
      <p className="text-lg font-semibold">{asWords(title)}</p>
      {children && <div className="mx-auto mt-1 max-w-[38rem] text-quiet">{asWords(children)}</div>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
