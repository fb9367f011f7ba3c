import { CircleHelp } from "lucide-react";
import type { Amount as AmountOf, Grade, SourceRef } from "../api/bindings";
import { showDate } from "../format/dates";
import { isNegative, showYuan } from "../format/money";
import { useTexts } from "../i18n";
import { classes } from "./classes";
import { Words } from "./Words";

/** 「不知道」 — said in words and with a sign, never by colour alone. */
export function Unknown({ why }: { why?: string }) {
  const { say } = useTexts();
  return (
    <span className="inline-flex items-center gap-1 rounded-md bg-warn-soft px-1.5 text-[0.95em] font-medium text-warn">
      <CircleHelp aria-hidden className="size-[1em] shrink-0" />
      {say("unknown")}
      {why && <span className="sr-only">{why}</span>}
    </span>
  );
}

type AmountProps = {
  value: AmountOf | null | undefined;
  /** `+` before what is added. */
  signed?: boolean;
  big?: boolean;
  /** Without 「元」, in tables that name the unit once. */
  bare?: boolean;
};

/** 金额 — exact, 「a ～ b」, or 「不知道」. */
export function Amount({ value, signed, big, bare }: AmountProps) {
  const { say } = useTexts();
  if (value === null || value === undefined || value === "unknown") return <Unknown />;
  const look = classes(
    "whitespace-nowrap tabular-nums",
    big && "text-3xl font-semibold leading-tight",
  );
  if (typeof value === "string") {
    const plus = signed && !isNegative(value) ? "+" : "";
    return (
      <span className={look}>
        {plus}
        {showYuan(value)}
        {!bare && (
          <span className={classes(big ? "ml-1 text-base font-normal" : "ml-1", "text-quiet")}>
            {say("unit.yuan")}
          </span>
        )}
      </span>
    );
  }
  return (
    <span className={classes("tabular-nums", big && "text-2xl font-semibold leading-tight")}>
      <span className="whitespace-nowrap">{showYuan(value.min)} ～</span>{" "}
      <span className="whitespace-nowrap">
        {showYuan(value.max)}
        {!bare && <span className="ml-1 text-quiet">{say("unit.yuan")}</span>}
      </span>
    </span>
  );
}

const GRADES: Record<Grade, string> = {
  official: "border-good text-good bg-good-soft",
  copy: "border-edge text-ink bg-sunken",
  claimed: "border-warn text-warn bg-warn-soft border-dashed",
  stated: "border-accent text-accent bg-accent-soft",
};

/** 可信等级 — 官方 / 转载 / 线索 / 本人填写. */
export function GradeBadge({ grade }: { grade: Grade }) {
  const { say } = useTexts();
  return (
    <span
      title={say(`grade.${grade}.means`)}
      className={classes(
        "inline-block whitespace-nowrap rounded-md border px-1.5 text-sm leading-6",
        GRADES[grade],
      )}
    >
      {say(`grade.${grade}`)}
    </span>
  );
}

/** 沿用 — a figure of an earlier period, carried on because the new one is not published. */
export function AssumedBadge() {
  const { say } = useTexts();
  return (
    <span
      title={say("assumed.means")}
      className="inline-block whitespace-nowrap rounded-md border border-dashed border-warn bg-warn-soft px-1.5 text-sm leading-6 text-warn"
    >
      {say("assumed")}
    </span>
  );
}

/** 出处 — title, number, article, and when it was compared with the issuing body's page. */
export function SourceLine({ source }: { source: SourceRef }) {
  const { say, language } = useTexts();
  return (
    <span className="text-sm text-quiet">
      <GradeBadge grade={source.grade} />{" "}
      <Words>
        {source.grade === "stated" ? source.title : say("source.title", { title: source.title })}
      </Words>
      {source.number && <> {source.number}</>}
      {source.article && (
        <>
          {" "}
          <Words>{source.article}</Words>
        </>
      )}
      {source.issuer && <> · {source.issuer}</>}
      {source.published && (
        <>
          {" · "}
          <Words>{say("source.published", { date: showDate(source.published, language) })}</Words>
        </>
      )}
      {" · "}
      <Words>
        {source.checked_on
          ? say("source.checked", { date: showDate(source.checked_on, language) })
          : say("source.unchecked")}
      </Words>
      {source.url && <span className="block select-all break-all">{source.url}</span>}
    </span>
  );
}
