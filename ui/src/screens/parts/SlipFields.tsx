import type { SlipLine } from "../../api/bindings";
import { Fields, MoneyField, More, TextField } from "../../design";
import { useTexts } from "../../i18n";
import { RARE, type SlipForm, slipPath, USUAL } from "./slipForm";

type Props = {
  form: SlipForm;
  at: (path: string) => string | null;
  onChange: (form: SlipForm) => void;
};

/** 结算单的各行 — each under the name that stands on the slip. */
export function SlipFields({ form, at, onChange }: Props) {
  const { say, tell } = useTexts();
  const field = (line: SlipLine) => (
    <MoneyField
      key={line}
      label={tell({ code: `slip_line.${line}`, params: {} })}
      path={slipPath(line)}
      isRequired={line === "total"}
      problem={at(slipPath(line))}
      value={form.lines[line] ?? ""}
      onChange={(text) => onChange({ ...form, lines: { ...form.lines, [line]: text } })}
    />
  );
  const opens = RARE.some((line) => form.lines[line] || at(slipPath(line)) !== null);
  return (
    <div className="grid gap-4">
      <Fields>
        <TextField
          label={say("slip.hospital")}
          path="slip.hospital"
          value={form.hospital}
          problem={at("slip.hospital")}
          onChange={(hospital) => onChange({ ...form, hospital })}
        />
        <TextField
          label={say("slip.number")}
          path="slip.number"
          value={form.number}
          problem={at("slip.number")}
          onChange={(number) => onChange({ ...form, number })}
        />
      </Fields>
      <Fields>{USUAL.map(field)}</Fields>
      <More label={say("slip.more")} opens={opens}>
        <Fields>{RARE.map(field)}</Fields>
      </More>
    </div>
  );
}
