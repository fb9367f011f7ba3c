import { type ReactNode, useState } from "react";
import type { PolicyBlock, PolicyView } from "../../api/bindings";
import { Card, Notice, SelectField, Words } from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { Block } from "./Block";

const ALL = "all";

/** 各部分 — a place's rules on a day, one part after another. */
export function PolicyParts({ view }: { view: PolicyView }) {
  const { say, tell, language } = useTexts();
  // One part at a time: all of them are more than anybody reads through.
  const [part, setPart] = useState(view.parts[0]?.part ?? ALL);
  const name = (word: string) => tell({ code: `part.${word}`, params: {} });
  const scheme = say(`scheme.${view.scheme}`);
  const known = view.parts.some((one) => one.part === part);
  const shown = view.parts.filter((one) => !known || one.part === part);
  // A question that several blocks ask is asked once.
  const asked = new Set<string>();
  const once = (block: PolicyBlock): PolicyBlock => {
    if (!block.ask || asked.has(block.ask)) return { ...block, ask: null };
    asked.add(block.ask);
    return block;
  };
  return (
    <>
      <div className="grid gap-3">
        <h2 className="text-lg font-semibold">
          <Words>
            {say("policy.of", { name: view.name, scheme, date: showDate(view.day, language) })}
          </Words>
        </h2>
        {language === "en" && view.parts.length > 0 && (
          <p className="text-sm text-quiet">
            <Words>{say("policy.in_chinese")}</Words>
          </p>
        )}
        {view.parts.length > 1 && (
          <Narrow>
            <SelectField
              label={say("policy.part")}
              placeholder={say("field.optional_choice")}
              value={known ? part : ALL}
              onChange={setPart}
              options={[
                ...view.parts.map((one) => ({ id: one.part, name: name(one.part) })),
                { id: ALL, name: say("policy.part.all") },
              ]}
            />
          </Narrow>
        )}
      </div>
      {!view.has_rules && (
        <Notice
          tone="warn"
          title={say("policy.none", {
            name: view.name,
            scheme: say(`scheme.short.${view.scheme}`),
          })}
        >
          <p>{say("policy.none.means")}</p>
          {view.parts.length > 0 && <p className="mt-1">{say("policy.none.nation")}</p>}
        </Notice>
      )}
      {shown.map((one) => (
        <Card key={one.part} title={name(one.part)}>
          <div className="grid gap-6">
            {one.blocks.map((block) => (
              <Block
                key={`${block.reference.file}#${block.reference.block}#${block.reference.id}#${block.reference.from}`}
                block={once(block)}
                whose={{ pool: view.pool, scheme: view.scheme }}
              />
            ))}
          </div>
        </Card>
      ))}
    </>
  );
}

/** One field that does not stretch over the whole page. */
function Narrow({ children }: { children: ReactNode }) {
  return <div className="max-w-[24rem]">{children}</div>;
}
