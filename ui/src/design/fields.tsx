import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import {
  Checkbox as AriaCheckbox,
  type CheckboxProps as AriaCheckboxProps,
  Radio as AriaRadio,
  RadioGroup as AriaRadioGroup,
  TextField as AriaTextField,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
} from "react-aria-components";
import { readMoney } from "../format/money";
import { unbroken } from "../format/whole";
import { useTexts } from "../i18n";
import { BOX, classes, HINT, LABEL, PROBLEM } from "./classes";
import { asWords, Words } from "./Words";

/** What every field of a form has. `path` is the field's name in Rust's errors. */
export type FieldBasics = {
  label: string;
  hint?: ReactNode;
  /** What is wrong, as a sentence. */
  problem?: string | null;
  path?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
};

/** Label, with 「可以不填」 where nothing is required. */
export function FieldLabel({ label, isRequired }: { label: string; isRequired?: boolean }) {
  const { say } = useTexts();
  return (
    <Label className={LABEL}>
      {unbroken(label)}
      {isRequired && (
        <span className="ml-1.5 text-sm font-normal text-quiet">{say("field.required")}</span>
      )}
    </Label>
  );
}

/** Hint and error below a field, both tied to it. */
export function FieldNotes({ hint, problem }: { hint?: ReactNode; problem?: string | null }) {
  return (
    <>
      {hint && (
        <Text slot="description" className={HINT}>
          {asWords(hint)}
        </Text>
      )}
      <FieldError className={PROBLEM}>
        {problem && (
          <>
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span className="min-w-0">
              <Words>{problem}</Words>
            </span>
          </>
        )}
      </FieldError>
    </>
  );
}

/** Room for the unit at the right end: a Chinese character is as wide as two letters. */
function roomFor(unit: string) {
  const letters = [...unit].reduce((sum, one) => sum + (one > "ÿ" ? 2 : 1), 0);
  if (letters <= 2) return "pr-11";
  return letters <= 5 ? "pr-16" : "pr-20";
}

type TextFieldProps = FieldBasics & {
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  inputMode?: "text" | "decimal" | "numeric";
  placeholder?: string;
  isMultiline?: boolean;
  unit?: string;
};

/** 文字 */
export function TextField(props: TextFieldProps) {
  const { label, hint, problem, path, isRequired, isDisabled, unit } = props;
  return (
    <AriaTextField
      value={props.value}
      onChange={props.onChange}
      onBlur={props.onBlur}
      isRequired={isRequired}
      isDisabled={isDisabled}
      isInvalid={Boolean(problem)}
      validationBehavior="aria"
      autoComplete="off"
      data-field={path}
      className="grid content-start gap-1"
    >
      <FieldLabel label={label} isRequired={isRequired} />
      {props.isMultiline ? (
        <TextArea rows={2} placeholder={props.placeholder} className={BOX} />
      ) : (
        <div className="relative">
          <Input
            inputMode={props.inputMode}
            placeholder={props.placeholder}
            className={classes(BOX, unit && "text-right", unit && roomFor(unit))}
          />
          {unit && (
            <span
              aria-hidden
              className="pointer-events-none absolute inset-y-0 right-3 flex items-center text-quiet"
            >
              {unit}
            </span>
          )}
        </div>
      )}
      <FieldNotes hint={hint} problem={problem} />
    </AriaTextField>
  );
}

/** 金额 — a text in, the same text out; tidied when the field is left, never turned into a number. */
export function MoneyField(
  props: Omit<TextFieldProps, "inputMode" | "unit" | "isMultiline" | "onBlur">,
) {
  const { say } = useTexts();
  const read = props.value.trim() === "" ? null : readMoney(props.value);
  const tidy = () => {
    if (read && "value" in read) props.onChange(read.value);
  };
  return <TextField {...props} inputMode="decimal" unit={say("unit.yuan")} onBlur={tidy} />;
}

/** 数 — whole numbers such as months; full-width digits are accepted. */
export function CountField(props: Omit<TextFieldProps, "inputMode" | "isMultiline" | "onBlur">) {
  const narrow = (text: string) =>
    text.replace(/[０-９]/g, (digit) => String((digit.codePointAt(0) ?? 0) - 0xff10)).trim();
  return (
    <TextField {...props} inputMode="numeric" onChange={(text) => props.onChange(narrow(text))} />
  );
}

type ChoiceProps<T extends string> = Omit<FieldBasics, "isRequired"> & {
  value: T;
  onChange: (value: T) => void;
  options: { id: T; name: string; note?: string }[];
  row?: boolean;
  /** Short answers of one length, four or six: all in a row, or in even rows, so that none stands alone. */
  even?: boolean;
};

const ROW = "flex flex-wrap gap-2";
const EVEN = "grid max-w-[40rem] grid-cols-2 gap-2 @[34rem]:grid-cols-4";
const EVEN_SIX = "grid max-w-[56rem] grid-cols-2 gap-2 @[28rem]:grid-cols-3 @[50rem]:grid-cols-6";

function layoutOf({ even, row, options }: Pick<ChoiceProps<string>, "even" | "row" | "options">) {
  if (even) return options.length === 6 ? EVEN_SIX : EVEN;
  return row === false ? "flex flex-col gap-2" : ROW;
}

/** 单选 */
export function RadioField<T extends string>(props: ChoiceProps<T>) {
  return (
    <AriaRadioGroup
      value={props.value}
      onChange={(value) => props.onChange(value as T)}
      isDisabled={props.isDisabled}
      isInvalid={Boolean(props.problem)}
      data-field={props.path}
      className="grid content-start gap-1"
    >
      <Label className={LABEL}>{props.label}</Label>
      <div className={layoutOf(props)}>
        {props.options.map((option) => (
          <AriaRadio
            key={option.id}
            value={option.id}
            className={({ isSelected }) =>
              classes(
                "flex min-h-11 items-center gap-2.5 rounded-lg border px-3 py-2",
                "data-[focus-visible]:outline-3 data-[focus-visible]:outline-offset-2 data-[focus-visible]:outline-focus",
                isSelected ? "border-accent bg-accent-soft" : "border-edge bg-surface",
              )
            }
          >
            {({ isSelected }) => (
              <>
                <span
                  aria-hidden
                  className={classes(
                    "size-4.5 shrink-0 rounded-full border-2",
                    isSelected ? "border-[0.4rem] border-accent" : "border-edge",
                  )}
                />
                <span>
                  {option.name}
                  {option.note && <span className="block text-sm text-quiet">{option.note}</span>}
                </span>
              </>
            )}
          </AriaRadio>
        ))}
      </div>
      <FieldNotes hint={props.hint} problem={props.problem} />
    </AriaRadioGroup>
  );
}

type CheckFieldProps = Omit<AriaCheckboxProps, "children" | "className" | "style"> & {
  label: string;
  hint?: ReactNode;
};

/** 勾选 */
export function CheckField({ label, hint, ...rest }: CheckFieldProps) {
  return (
    <AriaCheckbox
      {...rest}
      className="group flex items-start gap-3 py-1.5 data-[disabled]:opacity-60"
    >
      {({ isSelected }) => (
        <>
          <span
            aria-hidden
            className={classes(
              "mt-0.5 flex size-5.5 shrink-0 items-center justify-center rounded border-2",
              "group-data-[focus-visible]:outline-3 group-data-[focus-visible]:outline-offset-2 group-data-[focus-visible]:outline-focus",
              isSelected ? "border-accent bg-accent text-on-accent" : "border-edge bg-surface",
            )}
          >
            {isSelected && (
              <svg
                aria-hidden="true"
                viewBox="0 0 16 16"
                className="size-4 fill-none stroke-current stroke-[2.5]"
              >
                <path d="m3 8.5 3.2 3.2L13 5" />
              </svg>
            )}
          </span>
          <span>
            {label}
            {hint && <span className="block text-sm text-quiet">{asWords(hint)}</span>}
          </span>
        </>
      )}
    </AriaCheckbox>
  );
}
