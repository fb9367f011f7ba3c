// The first character of each initial in the order of the Chinese collation: a character belongs to
// the last of these that does not come after it. Readings that depend on the word (重庆) fall under
// the character's usual one; the full name always finds them.
const BOUNDS = [..."阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他穵夕丫帀"];
const LETTERS = "abcdefghjklmnopqrstwxyz";
const ORDER = new Intl.Collator("zh-Hans-CN");

/** "北京" → "bj"; other characters stay as they are. */
export function initials(text: string): string {
  return [...text]
    .map((character) => {
      if (!/\p{Script=Han}/u.test(character)) return character.toLowerCase();
      let letter = "";
      BOUNDS.forEach((bound, index) => {
        if (ORDER.compare(bound, character) <= 0) letter = LETTERS[index] ?? "";
      });
      return letter || character;
    })
    .join("");
}
