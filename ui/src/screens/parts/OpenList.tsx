import type { Open } from "../../api/bindings";
import { Amount, Notice, Words } from "../../design";
import { useTexts } from "../../i18n";

/** 未定之处 — what is not known, the question to ask, and what each reading would give. */
export function OpenList({ items, ofWhom }: { items: Open[]; ofWhom?: boolean }) {
  const { say, tell, language } = useTexts();
  /** Where it may concern anybody, it says whom. */
  const sentence = ({ what }: Open) => {
    const [text, name] = [tell(what), what.params.name];
    return ofWhom && name && !text.includes(name) ? say("form.problem_of", { name, text }) : text;
  };
  if (items.length === 0) return null;
  return (
    <Notice tone="warn" title={say("open.title")}>
      <ul className="grid gap-2">
        {items.map((item) => (
          <li key={item.key}>
            <Words>{sentence(item)}</Words>
            {item.ask && (
              <p className="text-sm">
                <Words>{say("open.ask", { question: item.ask })}</Words>
              </p>
            )}
            {item.readings.length > 0 && (
              <ul className="mt-1 grid gap-1 text-sm">
                {item.readings.map((reading) => (
                  <li key={tell(reading.what)}>
                    <Words>{tell(reading.what)}</Words>
                    {language === "en" ? ": " : "："}
                    {say("open.fund")} <Amount value={reading.fund_paid} />
                    {" · "}
                    {say("open.patient")} <Amount value={reading.patient_paid} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
