// The first character of each initial in the order of the Chinese collation: a character belongs to
// the last of these that does not come after it. Where a place reads a character in its own way, the
// reading stands in `OF_PLACES`; the full name finds every place anyhow.
const BOUNDS = [..."阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他穵夕丫帀"];
const LETTERS = "abcdefghjklmnopqrstwxyz";
const OF_PLACES: Record<string, string> = { 厦: "x", 重: "c" };
const ORDER = new Intl.Collator("zh-Hans-CN");

/** "北京" → "bj"; other characters stay as they are. */
export function initials(text: string): string {
  return [...text]
    .map((character) => {
      if (!/\p{Script=Han}/u.test(character)) return character.toLowerCase();
      const own = OF_PLACES[character];
      if (own) return own;
      let letter = "";
      BOUNDS.forEach((bound, index) => {
        if (ORDER.compare(bound, character) <= 0) letter = LETTERS[index] ?? "";
      });
      return letter || character;
    })
    .join("");
}
