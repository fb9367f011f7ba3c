import type { CounterNow } from "../../api/bindings";
import { Card, CountField, Fields, MoneyField, Words } from "../../design";
import { showDate } from "../../format/dates";
import { useTexts } from "../../i18n";
import { type EstimateForm, soFarText } from "./form";

type Props = {
  form: EstimateForm;
  counters: CounterNow[];
  onChange: (form: EstimateForm) => void;
  at: (path: string) => string | null;
};

/** 今年到现在 — the figures so far, where each comes from, and open to a change for this estimate. */
export function SoFarFields({ form, counters, onChange, at }: Props) {
  const { say, language } = useTexts();
  const from = (counter: CounterNow) => {
    const { stated_as_of: stated, recorded_since: n } = counter;
    if (counter.value === null) return say("estimate.so_far.not_stated");
    if (stated === null) return say("estimate.so_far.recorded", { n });
    const date = showDate(stated, language);
    return n === 0
      ? say("estimate.so_far.stated", { date })
      : say("estimate.so_far.stated_and", { date, n });
  };
  const year = counters[0]?.year_from;
  return (
    <Card title={say("estimate.so_far")}>
      <div className="grid gap-4">
        <p className="text-quiet">
          <Words>
            {(year ? say("estimate.so_far.year", { date: showDate(year, language) }) : "") +
              say("estimate.so_far.lead")}
          </Words>
        </p>
        <Fields>
          {counters.map((counter) => {
            const field = {
              label: counter.name,
              hint: from(counter),
              path: `so_far.${counter.id}`,
              problem: at(`so_far.${counter.id}`),
              value: soFarText(form, counter.id, counter.value),
              onChange: (text: string) =>
                onChange({ ...form, soFar: { ...form.soFar, [counter.id]: text } }),
            };
            return counter.is_count ? (
              <CountField key={counter.id} {...field} unit={say("unit.times")} />
            ) : (
              <MoneyField key={counter.id} {...field} />
            );
          })}
        </Fields>
      </div>
    </Card>
  );
}
