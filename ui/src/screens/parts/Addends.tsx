import type { Addend, Ground, SourceRef } from "../../api/bindings";
import { Amount, Button, Popup, SourceLine, Words } from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { useFamily } from "./household";

/** 怎么来的 — what a sum is made of, behind a press; nothing where there is nothing to tell. */
export function MadeOf({ of, title }: { of: Addend[]; title: string }) {
  const { say } = useTexts();
  if (of.length === 0) return null;
  return (
    <Popup
      label={say("addends.of", { title })}
      trigger={
        <Button look="link" aria-label={say("addends.of", { title })}>
          {say("addends.how")}
        </Button>
      }
    >
      {() => <Addends of={of} />}
    </Popup>
  );
}

/** 加数 — each with what it comes to and how often, and below them what all of them rest on. */
function Addends({ of }: { of: Addend[] }) {
  const grounds = new Set(of.map(({ ground }) => ground));
  return (
    <>
      <ul className="grid gap-3">
        {of.map((addend) => (
          <Line
            key={`${addend.member} ${addend.first} ${addend.what.code} ${addend.formula}`}
            {...addend}
          />
        ))}
      </ul>
      <div className="grid gap-2">
        {of.filter(({ sum }) => typeof sum === "object").length > 1 && <Apart />}
        {[...grounds].map((ground) => (
          <GroundLine key={ground} ground={ground} />
        ))}
        {sourcesOf(of).map((source) => (
          <SourceLine key={`${source.title}${source.article}`} source={source} />
        ))}
      </div>
    </>
  );
}

/** What is between two figures for one reason need not be at its most with everything else. */
function Apart() {
  const { say } = useTexts();
  return (
    <p className="text-sm text-quiet">
      <Words>{say("addends.apart")}</Words>
    </p>
  );
}

function Line({ what, member, first, last, times, sum, formula, only }: Addend) {
  const { say, tell, language } = useTexts();
  const { nameOf } = useFamily();
  const told = tell(what);
  const from = showDate(first, language);
  return (
    <li className="grid gap-0.5">
      <span className="flex items-baseline justify-between gap-4">
        <span>
          <Words>
            {what.params.name === undefined
              ? say("projection.of_whom", { name: nameOf(member), what: told })
              : told}
          </Words>
        </span>
        <span className="shrink-0">
          <Amount value={sum} />
        </span>
      </span>
      <span className="text-sm text-quiet">
        <Words>
          {times === 1
            ? from
            : say("addends.times", { from, until: showDate(last, language), n: times })}
        </Words>
      </span>
      {formula && (
        <span className="text-sm text-quiet">
          {times === 1 ? formula : say("addends.each", { formula })}
        </span>
      )}
      {only && (
        <span className="text-sm text-quiet">
          <Words>{say("projection.only", { which: tell(only) })}</Words>
        </span>
      )}
    </li>
  );
}

/** 依据 — what stands behind a figure that no source is told of. */
export function GroundLine({ ground }: { ground: Ground }) {
  const { say } = useTexts();
  if (ground === "rule") return null;
  return (
    <p className="text-sm text-quiet">
      <Words>{say(`ground.${ground}`)}</Words>
    </p>
  );
}

/** Every source once. */
function sourcesOf(of: Addend[]): SourceRef[] {
  const known = new Map<string, SourceRef>();
  for (const source of of.flatMap(({ sources }) => sources)) {
    known.set(`${source.title} ${source.number} ${source.article}`, source);
  }
  return [...known.values()];
}
