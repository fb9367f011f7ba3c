import { useQuery } from "@tanstack/react-query";
import { FolderPlus } from "lucide-react";
import { useState } from "react";
import { asks, useWrite } from "../../api/asks";
import type { OwnRule, PolicyPack } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useReadOnly } from "../../app/status";
import {
  Actions,
  Button,
  Card,
  EmptyState,
  ErrorNotice,
  Table,
  Waiting,
  Words,
} from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { AddPack } from "./AddPack";
import { FieldChanges } from "./Changes";
import { Problems } from "./Problems";
import { useWhere } from "./where";

/** 自己加的规则 — what members of the household know better, and the packs they added. */
export function OwnRules() {
  const { language } = useTexts();
  const own = useQuery(asks.ownRules(language));
  if (own.error) return <ErrorNotice error={own.error} onRetry={() => void own.refetch()} />;
  if (!own.data) return <Waiting />;
  return (
    <>
      <StatedCard rules={own.data.rules} />
      <PacksCard packs={own.data.packs} />
    </>
  );
}

const keyOf = ({ block }: OwnRule) => [block.file, block.block, block.id, block.from].join("#");

function StatedCard({ rules }: { rules: OwnRule[] }) {
  const { say, language } = useTexts();
  const where = useWhere();
  const readOnly = useReadOnly();
  const remove = useWrite(gongji.ownRuleRemove);
  return (
    <Card title={say("own.stated")}>
      <div className="grid gap-4">
        {rules.length === 0 ? (
          <EmptyState title={say("own.stated.empty")}>{say("own.stated.empty.means")}</EmptyState>
        ) : (
          <Table
            caption={say("own.stated")}
            rows={rules}
            rowKey={keyOf}
            columns={[
              {
                key: "what",
                head: say("own.what"),
                plain: true,
                cell: (rule) => (
                  <>
                    {rule.title ?? say("own.unreadable")}
                    <span className="block text-sm font-normal text-quiet">
                      <Words>{where(rule)}</Words>
                    </span>
                  </>
                ),
              },
              { key: "change", head: say("own.figure"), cell: (rule) => <Figure rule={rule} /> },
              {
                key: "since",
                head: say("own.period"),
                cell: (rule) => (
                  <Words>
                    {rule.until
                      ? say("own.from_until", {
                          from: showDate(rule.block.from, language),
                          until: showDate(rule.until, language),
                        })
                      : say("policy.from_day", { date: showDate(rule.block.from, language) })}
                  </Words>
                ),
              },
              { key: "source", head: say("own.source"), cell: (rule) => rule.source },
              {
                key: "act",
                head: say("entries.act"),
                tight: true,
                cell: (rule) => (
                  <Button
                    look="danger-link"
                    isDisabled={readOnly || remove.isPending}
                    aria-label={say("own.remove_of", { what: rule.title ?? where(rule) })}
                    onPress={() => remove.mutate(rule.block)}
                  >
                    {say("own.remove")}
                  </Button>
                ),
              },
            ]}
          />
        )}
        {remove.error && <ErrorNotice error={remove.error} />}
      </div>
    </Card>
  );
}

/** What is different of the place's rule, or why nothing is. */
function Figure({ rule }: { rule: OwnRule }) {
  const { say } = useTexts();
  if (rule.problems.length > 0) {
    return <Problems problems={rule.problems} title={say("own.not_used")} />;
  }
  if (rule.changes.length === 0) return <>{say(rule.title ? "own.same" : "own.not_used")}</>;
  return <FieldChanges changes={rule.changes} />;
}

function PacksCard({ packs }: { packs: PolicyPack[] }) {
  const { say, language } = useTexts();
  const readOnly = useReadOnly();
  const [adding, setAdding] = useState(false);
  const remove = useWrite(gongji.packRemove);
  return (
    <Card title={say("pack.title")}>
      <div className="grid gap-4">
        <p className="text-quiet">{say("pack.means")}</p>
        {packs.length > 0 && (
          <Table
            caption={say("pack.title")}
            rows={packs}
            rowKey={({ name }) => name}
            columns={[
              {
                key: "name",
                head: say("pack.name"),
                cell: ({ name, problems }) => (
                  <>
                    {name}
                    {problems.length > 0 && (
                      <Problems problems={problems} title={say("own.not_used")} />
                    )}
                  </>
                ),
              },
              {
                key: "places",
                head: say("pack.places"),
                cell: ({ places }) => places.join(say("pack.comma")),
              },
              {
                key: "files",
                head: say("pack.files"),
                figures: true,
                cell: ({ files }) => files,
              },
              {
                key: "added",
                head: say("pack.added_on"),
                tight: true,
                cell: ({ added_on }) => showDate(added_on, language),
              },
              {
                key: "act",
                head: say("entries.act"),
                tight: true,
                cell: ({ name }) => (
                  <Button
                    look="danger-link"
                    isDisabled={readOnly || remove.isPending}
                    aria-label={say("own.remove_of", { what: name })}
                    onPress={() => remove.mutate(name)}
                  >
                    {say("own.remove")}
                  </Button>
                ),
              },
            ]}
          />
        )}
        {remove.error && <ErrorNotice error={remove.error} />}
        <Actions>
          <Button icon={FolderPlus} isDisabled={readOnly} onPress={() => setAdding(true)}>
            {say("pack.add")}
          </Button>
        </Actions>
      </div>
      {adding && <AddPack onClose={() => setAdding(false)} />}
    </Card>
  );
}
