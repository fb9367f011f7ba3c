import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asks, useWrite } from "../../api/asks";
import type { EstimateDraft, MemberDetail, Part, PlanDraft, PlanView } from "../../api/bindings";
import { gongji } from "../../api/client";
import { useStatus } from "../../app/status";
import {
  CheckField,
  DateField,
  type FieldProblem,
  Fields,
  MoneyField,
  More,
  SelectField,
  TextField,
  toast,
} from "../../design";
import { isZero, moneyOrNull } from "../../format/money";
import { type Say, useTexts } from "../../i18n";
import {
  FormDialog,
  missing,
  missingChoice,
  moneyProblem,
  moneyProblemIfAny,
  useProblems,
} from "./forms";
import { RepeatFields } from "./RepeatFields";
import { isCount, type RepeatForm, repeatMeant, typedRepeat } from "./repeat";

const PARTS: Part[] = ["general_outpatient", "pharmacy", "chronic_outpatient", "inpatient"];

/** The parts of a bill that a plan may name; each is nothing where it is left empty. */
const OUTSIDE = ["full_self_pay", "over_limit", "upfront_copay"] as const;

type Props = {
  detail: MemberDetail;
  /** A visit that was estimated: the plan begins with its figures. */
  like?: Pick<EstimateDraft, "part" | "class" | "settled_on" | "bill">;
  /** The plan that is changed; none where one is added. */
  changed?: PlanView;
  onClose: () => void;
};

/** What an amount is typed as: nothing where it is nothing. */
const typed = (yuan: string | null | undefined) => (!yuan || isZero(yuan) ? "" : yuan);

/** The form as it begins: as the plan that is changed, or with what was estimated, or empty. */
function startOf({ like, changed: view }: Props, today: string) {
  const changed = view?.plan;
  const bill = changed?.bill ?? like?.bill;
  return {
    title: changed?.title ?? "",
    part: changed?.part ?? like?.part ?? ("general_outpatient" as Part),
    class: changed?.class ?? like?.class ?? null,
    total: typed(bill?.total),
    outside: {
      full_self_pay: typed(bill?.full_self_pay),
      over_limit: typed(bill?.over_limit),
      upfront_copay: typed(bill?.upfront_copay),
    },
    firstOn: (changed?.first_on ?? (like && like.settled_on > today ? like.settled_on : today)) as
      | string
      | null,
    repeat: typedRepeat(view?.repeat),
    urgent: changed?.urgent ?? false,
  };
}

/** What still lacks in how often. */
function repeatProblems(form: RepeatForm, say: Say): FieldProblem[] {
  if (form.kind === "once" || form.kind === "rule") return [];
  const count = (text: string, path: string) =>
    isCount(text) ? [] : [{ path, text: say("field.not_a_count"), bare: true }];
  return [
    ...count(form.every, "repeat.every"),
    ...(form.ends === "times" ? count(form.times, "repeat.ends") : []),
    ...(form.ends === "until" ? missing(form.until, "repeat.ends", say) : []),
  ];
}

/** 计划一次看病或买药 */
export function PlanForm(props: Props) {
  const { detail, onClose } = props;
  const changed = props.changed?.plan;
  const { say, language } = useTexts();
  const { today } = useStatus();
  const enrollment = detail.enrollments.at(-1);
  const place = useQuery(
    asks.placeForm(enrollment?.pool ?? "", enrollment?.scheme ?? "employee", today, language),
  ).data;
  const [start] = useState(() => startOf(props, today));
  const [form, setForm] = useState(start);
  const set = (change: Partial<typeof start>) => setForm({ ...form, ...change });
  const classes = (place?.classes ?? []).filter((one) => one.part === form.part);

  const write = useWrite(
    (draft: PlanDraft) => (changed ? gongji.planSave(changed.id, draft) : gongji.planAdd(draft)),
    () => {
      toast(say(changed ? "plan.changed" : "plan.added"));
      onClose();
    },
  );
  const { problems, at, submit } = useProblems(
    [
      ...missing(form.title.trim(), "title", say),
      ...(classes.length > 0 ? missingChoice(form.class, "class", say) : []),
      ...moneyProblem(form.total, "bill.total", say),
      ...OUTSIDE.flatMap((key) => moneyProblemIfAny(form.outside[key], `bill.${key}`, say)),
      ...missing(form.firstOn, "first_on", say),
      ...repeatProblems(form.repeat, say),
    ],
    write.error,
  );
  const send = () => {
    const total = moneyOrNull(form.total);
    const repeat = repeatMeant(form.repeat);
    if (total === null || form.firstOn === null || repeat === null) return;
    const part = (key: (typeof OUTSIDE)[number]) => moneyOrNull(form.outside[key]) ?? "0.00";
    write.mutate({
      member: detail.member.id,
      title: form.title.trim(),
      part: form.part,
      class: form.class,
      bill: {
        total,
        full_self_pay: part("full_self_pay"),
        over_limit: part("over_limit"),
        upfront_copay: part("upfront_copay"),
        not_account_payable: changed?.bill.not_account_payable ?? "0.00",
        ...(changed?.bill.by_item ? { by_item: changed.bill.by_item } : {}),
      },
      first_on: form.firstOn,
      repeat,
      urgent: form.urgent,
    });
  };
  return (
    <FormDialog
      title={changed ? say("plan.change_of", { title: changed.title }) : say("plan.add")}
      isDirty={form !== start}
      wide
      write={write}
      problems={problems}
      onSubmit={() => submit(send)}
      onClose={onClose}
    >
      <Fields>
        <TextField
          label={say("plan.title")}
          hint={say("plan.title.hint")}
          isRequired
          path="title"
          problem={at("title")}
          value={form.title}
          onChange={(title) => set({ title })}
        />
        <SelectField
          label={say("estimate.part")}
          path="part"
          problem={at("part")}
          placeholder={say("field.optional_choice")}
          value={form.part}
          onChange={(part) => set({ part: part as Part, class: null })}
          options={PARTS.map((id) => ({ id, name: say(`part.${id}`) }))}
        />
        {classes.length > 0 && (
          <SelectField
            label={say("estimate.class")}
            isRequired
            path="class"
            problem={at("class")}
            placeholder={say("field.optional_choice")}
            value={form.class}
            onChange={(id) => set({ class: id })}
            options={classes.map((one) => ({ id: one.id, name: one.name }))}
          />
        )}
        <MoneyField
          label={say("plan.total")}
          hint={say("plan.total.hint")}
          isRequired
          path="bill.total"
          problem={at("bill.total")}
          value={form.total}
          onChange={(total) => set({ total })}
        />
        <DateField
          label={say("plan.first_on")}
          isRequired
          path="first_on"
          problem={at("first_on")}
          value={form.firstOn}
          onChange={(firstOn) => set({ firstOn })}
        />
      </Fields>
      <RepeatFields
        form={form.repeat}
        firstOn={form.firstOn}
        at={at}
        onChange={(change) => set({ repeat: { ...form.repeat, ...change } })}
      />
      <More
        label={say("plan.more")}
        opens={OUTSIDE.some((key) => start.outside[key] !== "" || at(`bill.${key}`) !== null)}
      >
        <Fields>
          {OUTSIDE.map((key) => (
            <MoneyField
              key={key}
              label={say(`estimate.${key}`)}
              hint={say(`estimate.${key}.hint`)}
              path={`bill.${key}`}
              problem={at(`bill.${key}`)}
              value={form.outside[key]}
              onChange={(text) => set({ outside: { ...form.outside, [key]: text } })}
            />
          ))}
        </Fields>
      </More>
      <CheckField
        label={say("plan.urgent")}
        hint={say("plan.urgent.hint")}
        isSelected={form.urgent}
        onChange={(urgent) => set({ urgent })}
      />
    </FormDialog>
  );
}
