/**
 * Words one letter off: with a letter left out, put in, mistaken, or changed places with its neighbour (F. Damerau, "A
 * technique for computer detection and correction of spelling errors", CACM 7, 1964). All of them are made and then
 * looked up (P. Norvig), which costs the same however many words are known.
 */

/** Letters of scripts in which one letter is one key. Words are folded before: no accents, lower case. */
const ALPHABETS: readonly (readonly [script: RegExp, letters: string])[] = [
  [/^[a-z]+$/, 'abcdefghijklmnopqrstuvwxyz'],
  [/^\p{Script=Cyrillic}+$/u, 'абвгдежзиклмнопрстуфхцчшщъыьэюяєґјљњћђџѕ'],
  [/^\p{Script=Greek}+$/u, 'αβγδεζηθικλμνξοπρστυφχψω'],
  [/^\p{Script=Hebrew}+$/u, 'אבגדהוזחטיךכלםמןנסעףפץצקרשת'],
  [/^\p{Script=Arabic}+$/u, 'ابتثجحخدذرزسشصضطظعغفقكلمنهويىةپچژگ'],
]

/** A shorter word is a letter off from half of the others. */
const MIN_LETTERS = 4
const MAX_LETTERS = 24

/**
 * Every word one letter off from a folded one, each once and without the word itself; none for words too short or
 * in other scripts.
 */
export function oneLetterOff(word: string): readonly string[] {
  const letters = ALPHABETS.find(([script]) => script.test(word))?.[1]
  if (letters === undefined || word.length < MIN_LETTERS || word.length > MAX_LETTERS) return []
  const off = new Set<string>()
  for (let at = 0; at <= word.length; at += 1) {
    const before = word.slice(0, at)
    const rest = word.slice(at)
    const [first = '', second = ''] = rest
    off.add(before + second + first + rest.slice(2))
    off.add(before + rest.slice(1))
    for (const letter of letters) {
      off.add(before + letter + rest)
      off.add(before + letter + rest.slice(1))
    }
  }
  off.delete(word)
  return [...off]
}
