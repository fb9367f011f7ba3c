import { Check, ChevronDown } from "lucide-react";
import type { Key } from "react-aria-components";
import {
  Button as AriaButton,
  ComboBox as AriaComboBox,
  Select as AriaSelect,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from "react-aria-components";
import { initials } from "../format/pinyin";
import { BOX, classes, POPOVER } from "./classes";
import { type FieldBasics, FieldLabel, FieldNotes } from "./fields";

/** One thing to choose. `also` is searched but not shown as the name. */
export type Option = { id: string; name: string; note?: string; also?: string };

const ITEM =
  "flex cursor-default items-center gap-2 rounded-lg px-3 py-2 outline-none " +
  "data-[focused]:bg-accent-soft data-[focused]:outline-2 data-[focused]:-outline-offset-2 data-[focused]:outline-focus";

function Choice({ option }: { option: Option }) {
  return (
    <ListBoxItem id={option.id} textValue={option.name} className={ITEM}>
      {({ isSelected }) => (
        <>
          <Check aria-hidden className={classes("size-4 shrink-0", !isSelected && "invisible")} />
          <span className="min-w-0">
            {option.name}
            {option.note && <span className="block text-sm text-quiet">{option.note}</span>}
          </span>
        </>
      )}
    </ListBoxItem>
  );
}

type SelectFieldProps = FieldBasics & {
  value: string | null;
  onChange: (value: string) => void;
  options: Option[];
  placeholder: string;
};

/** 下拉选择 — for short lists. */
export function SelectField(props: SelectFieldProps) {
  return (
    <AriaSelect
      value={props.value}
      onChange={(key: Key | null) => key !== null && props.onChange(String(key))}
      isRequired={props.isRequired}
      isDisabled={props.isDisabled}
      isInvalid={Boolean(props.problem)}
      validationBehavior="aria"
      placeholder={props.placeholder}
      data-field={props.path}
      className="grid content-start gap-1"
    >
      <FieldLabel label={props.label} isRequired={props.isRequired} />
      <AriaButton
        className={classes(
          BOX,
          "flex items-center justify-between gap-2 text-left",
          props.problem && "border-2 border-bad!",
        )}
      >
        <SelectValue className="min-w-0 data-[placeholder]:text-quiet">
          {({ selectedText, defaultChildren }) => selectedText || defaultChildren}
        </SelectValue>
        <ChevronDown aria-hidden className="size-5 shrink-0 text-quiet" />
      </AriaButton>
      <FieldNotes hint={props.hint} problem={props.problem} />
      <Popover
        className={classes(
          POPOVER,
          "min-w-(--trigger-width) max-w-[min(30rem,95vw)] overflow-auto",
        )}
      >
        <ListBox items={props.options} className="max-h-80 overflow-auto p-1 outline-none">
          {(option) => <Choice option={option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

type SearchFieldProps = SelectFieldProps & { empty: string };

/** 搜索选择 — for long lists: by Chinese characters or by the first letters of their pinyin. */
export function SearchField(props: SearchFieldProps) {
  const finds = (name: string, typed: string) => {
    const wanted = typed.trim().toLowerCase();
    const option = props.options.find((one) => one.name === name);
    const text = `${name} ${option?.also ?? ""}`;
    return text.toLowerCase().includes(wanted) || initials(text).includes(wanted);
  };
  return (
    <AriaComboBox
      value={props.value}
      onChange={(key: Key | null) => key !== null && props.onChange(String(key))}
      defaultItems={props.options}
      defaultFilter={finds}
      allowsEmptyCollection
      menuTrigger="focus"
      isRequired={props.isRequired}
      isDisabled={props.isDisabled}
      isInvalid={Boolean(props.problem)}
      validationBehavior="aria"
      data-field={props.path}
      className="grid content-start gap-1"
    >
      <FieldLabel label={props.label} isRequired={props.isRequired} />
      <div className="relative">
        <Input placeholder={props.placeholder} className={classes(BOX, "pr-12 text-ellipsis")} />
        <AriaButton className="absolute inset-y-0 right-0 flex w-11 items-center justify-center rounded-lg text-quiet">
          <ChevronDown aria-hidden className="size-5" />
        </AriaButton>
      </div>
      <FieldNotes hint={props.hint} problem={props.problem} />
      <Popover className={classes(POPOVER, "min-w-(--trigger-width) overflow-auto")}>
        <ListBox<Option>
          className="max-h-80 overflow-auto p-1 outline-none"
          renderEmptyState={() => <p className="px-3 py-2 text-quiet">{props.empty}</p>}
        >
          {(option) => <Choice option={option} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
