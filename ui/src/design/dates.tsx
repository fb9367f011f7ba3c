import { CalendarDate } from "@internationalized/date";
import { Calendar as CalendarIcon, ChevronLeft, ChevronRight } from "lucide-react";
import {
  DatePicker as AriaDatePicker,
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DateSegment,
  Dialog,
  Group,
  Heading,
  I18nProvider,
  Popover,
} from "react-aria-components";
import { dayOf, LOCALE } from "../format/dates";
import { useTexts } from "../i18n";
import { classes, POPOVER } from "./classes";
import { type FieldBasics, FieldLabel, FieldNotes } from "./fields";

type DateFieldProps = FieldBasics & {
  /** `2026-03-05`, or nothing. */
  value: string | null;
  onChange: (value: string | null) => void;
};

const ROUND = "flex size-10 items-center justify-center rounded-lg data-[hovered]:bg-sunken";

/** What stands behind each part: 「2026年12月6日」. English writes the year first and dashes. */
const BEHIND = { year: "date.year", month: "date.month", day: "date.day" } as const;

/** 日期 — typed part by part or picked from a calendar; a day that does not exist cannot be typed. */
export function DateField(props: DateFieldProps) {
  const { language } = useTexts();
  const chinese = language === "zh";
  return (
    // 「06/12/2026」 is June to one reader and December to another.
    <I18nProvider locale={chinese ? LOCALE.zh : "en-SE"}>
      <Picker {...props} chinese={chinese} />
    </I18nProvider>
  );
}

function Picker({ chinese, ...props }: DateFieldProps & { chinese: boolean }) {
  const { say } = useTexts();
  const behind = (type: string) => (type in BEHIND ? say(BEHIND[type as keyof typeof BEHIND]) : "");
  return (
    <AriaDatePicker
      value={dayOf(props.value)}
      onChange={(day) => props.onChange(day ? day.toString() : null)}
      minValue={new CalendarDate(1900, 1, 1)}
      maxValue={new CalendarDate(2199, 12, 31)}
      isRequired={props.isRequired}
      isDisabled={props.isDisabled}
      isInvalid={Boolean(props.problem)}
      validationBehavior="aria"
      shouldForceLeadingZeros={!chinese}
      data-field={props.path}
      className="grid content-start gap-1"
    >
      <FieldLabel label={props.label} isRequired={props.isRequired} />
      <Group
        className={classes(
          "flex min-h-11 w-full items-center rounded-lg border border-edge bg-surface pl-3",
          "data-[focus-within]:border-accent data-[invalid]:border-2 data-[invalid]:border-bad data-[disabled]:opacity-60",
        )}
      >
        <DateInput className="flex flex-1 flex-wrap items-center py-2">
          {(segment) =>
            chinese && segment.type === "literal" ? (
              // Nothing between the parts: each has its word behind it.
              <span className="hidden" />
            ) : (
              <>
                <DateSegment
                  segment={segment}
                  className="rounded px-px outline-none data-[focused]:bg-accent data-[focused]:text-on-accent data-[placeholder]:text-quiet data-[focused]:data-[placeholder]:text-on-accent"
                />
                {chinese && !segment.isPlaceholder && (
                  <span aria-hidden>{behind(segment.type)}</span>
                )}
              </>
            )
          }
        </DateInput>
        <Button className="flex min-h-10 w-11 items-center justify-center rounded-lg text-quiet data-[hovered]:bg-sunken">
          <CalendarIcon aria-hidden className="size-5" />
        </Button>
      </Group>
      <FieldNotes hint={props.hint} problem={props.problem} />
      <Popover className={POPOVER}>
        <Dialog className="p-3 outline-none">
          <Calendar>
            <header className="mb-2 flex items-center justify-between gap-2">
              <Button slot="previous" className={ROUND}>
                <ChevronLeft aria-hidden className="size-5" />
              </Button>
              <Heading className="font-semibold" />
              <Button slot="next" className={ROUND}>
                <ChevronRight aria-hidden className="size-5" />
              </Button>
            </header>
            <CalendarGrid>
              <CalendarGridHeader>
                {(day) => (
                  <CalendarHeaderCell className="pb-1 text-sm font-normal text-quiet">
                    {day}
                  </CalendarHeaderCell>
                )}
              </CalendarGridHeader>
              <CalendarGridBody>
                {(day) => (
                  <CalendarCell
                    date={day}
                    className="flex size-10 items-center justify-center rounded-lg data-[outside-month]:hidden data-[hovered]:bg-sunken data-[selected]:bg-accent data-[selected]:text-on-accent data-[disabled]:opacity-40"
                  />
                )}
              </CalendarGridBody>
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </AriaDatePicker>
  );
}
