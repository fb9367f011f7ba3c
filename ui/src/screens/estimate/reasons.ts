import type { Explanation, Message } from "../../api/bindings";

/** Several explanations that differ in one class of institution only, told as one. */
export type Told = {
  explanation: Explanation;
  /** The change that has the class in it, and the classes, where there are several. */
  classes: { at: number; names: string[] } | null;
};

const OF_CLASS = ["explain.class", "explain.part_class"];

/** What an explanation says apart from the class. */
function besides({ changes, agreeing, compared, whole }: Explanation): string {
  const without = (change: Message) => {
    if (!OF_CLASS.includes(change.code)) return change;
    const { class_name: _, class: __, ...params } = change.params;
    return { code: change.code, params };
  };
  return JSON.stringify([changes.map(without), agreeing, compared, whole]);
}

/** The explanations in their order; those that differ in the class alone stand together, once. */
export function told(explanations: Explanation[]): Told[] {
  const groups = new Map<string, Explanation[]>();
  for (const one of explanations) {
    const key = besides(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group): Told[] => {
    const [first] = group;
    if (!first) return [];
    const at = first.changes.findIndex(({ code }) => OF_CLASS.includes(code));
    if (group.length === 1 || at < 0) {
      return group.map((explanation) => ({ explanation, classes: null }));
    }
    const names = group.map(({ changes }) => changes[at]?.params.class_name ?? "");
    return [{ explanation: first, classes: { at, names } }];
  });
}
