/** Letters without their accents, so that `Etat` finds "État" and `Malmo` finds "Malmö". */
import { foldWord } from './tokens.ts'

/** Letters that decompose into no base letter and accent, though people leave the accent off. */
const UNDECOMPOSED = { ø: 'o', đ: 'd', ł: 'l', ı: 'i', ß: 'ss', æ: 'ae', œ: 'oe' }
/** Where the lower-case letters with accents lie: Latin, Greek and Cyrillic. */
const BLOCKS = [
  [0xdf, 0x24f],
  [0x370, 0x52f],
  [0x1e00, 0x1fff],
] as const

/** Each lower-case letter with an accent, and what it is without. */
export const plainLetters: ReadonlyMap<string, string> = new Map([
  ...Object.entries(UNDECOMPOSED),
  ...BLOCKS.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, at) => String.fromCharCode(from + at)).flatMap((letter) => {
      const plain = letter.normalize('NFD').replace(/[\u0300-\u036f]+/g, '')
      return plain !== letter && /^\p{Ll}$/u.test(letter) ? [[letter, plain] as const] : []
    }),
  ),
])

const ACCENTED = new RegExp(`[${[...plainLetters.keys()].join('')}]`, 'g')

/** Lower-case text without accents: `État` → `etat`. Marks that belong to the letter (が) stay. */
export function foldAccents(text: string): string {
  return withoutAccents(foldWord(text))
}

/** The same for text that is lower case and composed. A table is several times as fast as decomposing it. */
export function withoutAccents(text: string): string {
  if (text.search(ACCENTED) < 0) return text
  return text.replace(ACCENTED, (letter) => plainLetters.get(letter) ?? letter)
}
