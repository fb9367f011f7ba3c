import { useTexts } from "../../i18n";

/** Whose rule it is, in words: place, scheme, part. */
export function useWhere() {
  const { say, tell } = useTexts();
  return (of: { place: string; scheme: string; part: string }) => {
    const scheme =
      of.scheme === "employee" || of.scheme === "resident" ? say(`scheme.${of.scheme}`) : "";
    const part = of.part && tell({ code: `part.${of.part}`, params: {} });
    return [of.place, scheme, part].filter(Boolean).join(" · ");
  };
}
