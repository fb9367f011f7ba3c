import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useWrite } from "../../api/asks";
import type {
  ApiError,
  NaiveDate,
  OwnRuleDraft,
  PolicyBlock,
  PoolId,
  RulesPreview,
  Scheme,
} from "../../api/bindings";
import { gongji } from "../../api/client";
import { DateField, Fields, SelectField, TextField, toast } from "../../design";
import { useTexts } from "../../i18n";
import { FormDialog, missing, missingChoice, useProblems } from "../members/forms";
import { Preview } from "./Preview";

/** Whose rule it is. */
export type Whose = { pool: PoolId; scheme: Scheme };

type Form = {
  /** Row and place of a figure: `0.1`. */
  cell: string | null;
  figure: string;
  from: NaiveDate | null;
  until: NaiveDate | null;
  source: string;
};

/** The figures of a block, each with what it is and how it stands now. */
export function figuresOf({ heads, rows, cells }: PolicyBlock) {
  return cells.flatMap((line, row) =>
    line.map((written, column) => {
      const whom = rows[row]?.[0] ?? "";
      const head = line.length > 1 ? (heads[column + 1] ?? "") : "";
      return {
        id: `${row}.${column}`,
        name: [whom, head].filter(Boolean).join(" · "),
        now: rows[row]?.[column + 1] ?? written,
      };
    }),
  );
}

function draftOf(block: PolicyBlock, whose: Whose, form: Form): OwnRuleDraft | null {
  const { cell, from, figure, until, source } = form;
  if (cell === null || from === null) return null;
  const [row = 0, column = 0] = cell.split(".").map(Number);
  return { ...whose, block: block.reference, row, column, figure, from, until, source };
}

/** What was looked at. */
type Seen = { form: Form; preview: RulesPreview };

type StateFigureProps = { block: PolicyBlock; whose: Whose; onClose: () => void };

/** 我知道准数 — one figure of a block, from a day on; looked at first, then kept. */
export function StateFigure({ block, whose, onClose }: StateFigureProps) {
  const { say, language } = useTexts();
  const figures = figuresOf(block);
  const [start] = useState<Form>({
    cell: figures.length === 1 ? (figures[0]?.id ?? null) : null,
    figure: "",
    from: block.reference.from,
    until: null,
    source: block.own ? (block.source?.title ?? "") : "",
  });
  const [form, setForm] = useState(start);
  const look = useMutation<Seen, ApiError, { form: Form; draft: OwnRuleDraft }>({
    mutationFn: async ({ form, draft }) => ({
      form,
      preview: await gongji.ownRulePreview(draft, language),
    }),
    networkMode: "always",
  });
  const save = useWrite(gongji.ownRuleSave, () => {
    toast(say("own.saved"));
    onClose();
  });
  const set = (change: Partial<Form>) => {
    setForm((before) => ({ ...before, ...change }));
    look.reset();
    save.reset();
  };
  const seen = look.data?.form === form ? look.data.preview : null;
  const write = { error: save.error ?? look.error, isPending: save.isPending || look.isPending };
  const { problems, at, submit } = useProblems(
    [
      ...missingChoice(form.cell, "cell", say),
      ...missing(form.figure.trim(), "figure", say),
      ...missing(form.from, "from", say),
      ...missing(form.source.trim(), "source", say),
    ],
    write.error,
  );
  const send = () => {
    const draft = draftOf(block, whose, form);
    if (!draft) return;
    if (seen) save.mutate(draft);
    else look.mutate({ form, draft });
  };
  const chosen = figures.find(({ id }) => id === form.cell);
  return (
    <FormDialog
      title={say("own.state_of", { title: block.title })}
      lead={say("own.state.means")}
      isDirty={form !== start}
      wide
      write={write}
      problems={problems}
      action={say(seen && !seen.refused ? "form.record" : "preview.look")}
      onSubmit={() => submit(send)}
      onClose={onClose}
    >
      <Fields>
        <SelectField
          label={say("own.cell")}
          placeholder={say("field.optional_choice")}
          isRequired
          path="cell"
          value={form.cell}
          onChange={(cell) => set({ cell })}
          options={figures.map(({ id, name, now }) => ({ id, name, note: now }))}
          problem={at("cell")}
        />
        <TextField
          label={say("own.figure")}
          hint={chosen ? say("own.figure.now", { now: chosen.now }) : say("own.figure.hint")}
          isRequired
          path="figure"
          value={form.figure}
          onChange={(figure) => set({ figure })}
          problem={at("figure")}
        />
        <DateField
          label={say("own.from")}
          isRequired
          path="from"
          value={form.from}
          onChange={(from) => set({ from })}
          problem={at("from")}
        />
        <DateField
          label={say("own.until")}
          hint={say("own.until.hint")}
          path="until"
          value={form.until}
          onChange={(until) => set({ until })}
          problem={at("until")}
        />
      </Fields>
      <TextField
        label={say("own.source")}
        hint={say("own.source.hint")}
        isRequired
        path="source"
        value={form.source}
        onChange={(source) => set({ source })}
        problem={at("source")}
      />
      {seen && (
        <div role="status">
          <Preview preview={seen} />
        </div>
      )}
    </FormDialog>
  );
}
