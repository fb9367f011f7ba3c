import { type ReactNode, useState } from "react";
import type { PolicyView } from "../../api/bindings";
import { Card, Notice, SelectField, Words } from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { Block } from "./Block";

const ALL = "all";

/** 各部分 — a place's rules on a day, one part after another. */
export function PolicyParts({ view }: { view: PolicyView }) {
  const { say, tell, language } = useTexts();
  const [part, setPart] = useState(ALL);
  const name = (word: string) => tell({ code: `part.${word}`, params: {} });
  const scheme = say(`scheme.${view.scheme}`);
  const known = view.parts.some((one) => one.part === part);
  const shown = view.parts.filter((one) => !known || one.part === part);
  return (
    <>
      <p className="font-medium">
        <Words>
          {say("policy.of", { name: view.name, scheme, date: showDate(view.day, language) })}
        </Words>
      </p>
      {!view.has_rules && (
        <Notice tone="warn" title={say("policy.none", { name: view.name, scheme })}>
          <p>{say("policy.none.means")}</p>
          {view.parts.length > 0 && <p className="mt-1">{say("policy.none.nation")}</p>}
        </Notice>
      )}
      {language === "en" && view.parts.length > 0 && (
        <p className="text-sm text-quiet">{say("policy.in_chinese")}</p>
      )}
      {view.parts.length > 1 && (
        <Narrow>
          <SelectField
            label={say("policy.part")}
            placeholder={say("field.optional_choice")}
            value={known ? part : ALL}
            onChange={setPart}
            options={[
              { id: ALL, name: say("policy.part.all") },
              ...view.parts.map((one) => ({ id: one.part, name: name(one.part) })),
            ]}
          />
        </Narrow>
      )}
      {shown.map((one) => (
        <Card key={one.part} title={name(one.part)}>
          <div className="grid gap-6">
            {one.blocks.map((block) => (
              <Block
                key={`${block.reference.file}#${block.reference.block}#${block.reference.id}#${block.reference.from}`}
                block={block}
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
