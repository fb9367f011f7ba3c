import { CircleHelp } from "lucide-react";
import type { Amount as AmountOf, Grade, SourceRef } from "../api/bindings";
import { showDate } from "../format/dates";
import { isNegative, showYuan } from "../format/money";
import { useTexts } from "../i18n";
import { classes } from "./classes";
import { More } from "./More";
import { Words } from "./Words";

/** 「不知道」 — said in words and with a sign, never by colour alone. */
export function Unknown({ why, big }: { why?: string; big?: boolean }) {
  const { say } = useTexts();
  return (
    <span
      className={classes(
        "inline-flex items-center gap-1 whitespace-nowrap rounded-md bg-warn-soft px-1.5 font-medium text-warn",
        big ? "my-1 px-2 text-2xl" : "text-[0.95em]",
      )}
    >
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
  const { say, language } = useTexts();
  if (value === null || value === undefined || value === "unknown") return <Unknown big={big} />;
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
      <span className="whitespace-nowrap">
        {showYuan(value.min)} {language === "en" ? "–" : "～"}
      </span>{" "}
      <span className="whitespace-nowrap">
        {showYuan(value.max)}
        {!bare && <span className="ml-1 text-quiet">{say("unit.yuan")}</span>}
      </span>
    </span>
  );
}

const GRADES: Record<Grade, string> = {
  official: "text-good bg-good-soft",
  copy: "text-quiet bg-sunken",
  claimed: "text-warn bg-warn-soft",
  stated: "text-accent bg-accent-soft",
};

/** 可信等级 — in a quiet word: nothing about it looks as if it could be pressed. */
export function GradeBadge({ grade }: { grade: Grade }) {
  const { say } = useTexts();
  return (
    <span
      title={say(`grade.${grade}.means`)}
      className={classes(
        "inline-block whitespace-nowrap rounded px-1.5 text-sm leading-5",
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

/** The host of an address: what tells a reader whose page it is. */
function hostOf(url: string): string {
  return /^[a-z]+:\/\/([^/]+)/i.exec(url)?.[1] ?? url;
}

/** 出处 — title, number and article; who published it and when; whether it was compared; where. */
export function SourceLine({ source, bare }: { source: SourceRef; bare?: boolean }) {
  const { say, language } = useTexts();
  const { title, number, article, issuer, published, checked_on: checked, url, grade } = source;
  const about = [
    issuer,
    published && say("source.published", { date: showDate(published, language) }),
    checked
      ? say("source.checked", { date: showDate(checked, language) })
      : // A reprint says of itself that it was not compared; nobody compares what the family says.
        grade !== "copy" && grade !== "stated" && say("source.unchecked"),
  ].filter((part) => typeof part === "string" && part !== "");
  return (
    <div className="grid gap-0.5 text-sm text-quiet">
      <p>
        {!bare && (
          <>
            <GradeBadge grade={grade} />{" "}
          </>
        )}
        <Words>
          {[
            grade === "stated" ? say("source.own", { title }) : say("source.title", { title }),
            number,
            article,
          ]
            .filter(Boolean)
            .join(" ")}
        </Words>
      </p>
      {about.length > 0 && (
        <p className="flex flex-wrap gap-x-1.5">
          {about.map((part, index) => (
            <span key={String(part)}>
              {index > 0 && <span aria-hidden>· </span>}
              <Words>{String(part)}</Words>
            </span>
          ))}
        </p>
      )}
      {url && (
        <More label={say("source.address", { host: hostOf(url) })} small>
          <code className="block select-all break-all">{url}</code>
        </More>
      )}
    </div>
  );
}
