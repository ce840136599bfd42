/**
 * Letters without their accents and texts without the marks that readers leave off, so that `Etat` finds "État", `Malmo` finds "Malmö"
 * and `елка` finds "ёлка". The one home of folding: filters and search compare what went through here.
 */
import { foldWord } from './tokens.ts'

/** Letters that decompose into no base letter and accent, though people leave the accent off. */
const UNDECOMPOSED: ReadonlyMap<string, string> = new Map(
  Object.entries({ ß: 'ss', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ı: 'i', æ: 'ae', œ: 'oe', ς: 'σ' }),
)
/** Where the lower-case letters with accents lie: Latin, Greek and Cyrillic. */
const BLOCKS = [
  [0xdf, 0x24f],
  [0x370, 0x52f],
  [0x1e00, 0x1fff],
] as const

/** Each lower-case letter with an accent, and what it is without. */
export const plainLetters: ReadonlyMap<string, string> = new Map([
  ...UNDECOMPOSED,
  ...BLOCKS.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, at) => String.fromCharCode(from + at)).flatMap((letter) => {
      const base = letter.normalize('NFD').replace(/[\u0300-\u036f]+/g, '')
      const plain = UNDECOMPOSED.get(base) ?? base
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
  if (isAscii(text) || text.search(ACCENTED) < 0) return text
  return text.replace(ACCENTED, (letter) => plainLetters.get(letter) ?? letter)
}

/** Only ASCII has as many bytes as letters. Counting them is four times as fast as looking for another letter. */
function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length
}

/** Marks fall where readers leave them off, and stay where they are vowels or change the letter (Devanagari, Thai, kana). */
const FALLING_MARKS =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}])\p{Mn}+/gu
/** Letters alone, and such that a table is enough for. */
const TABLED = /^[ -~\u00a0-\u024f\u0370-\u0482\u048a-\u052f]*$/

/** Lower case without any falling marks, those of Arabic and Hebrew too: `État` → `etat`, `Ёлка` → `елка`, `が` → `が`. */
export function foldMarks(text: string): string {
  const folded = foldAccents(text)
  if (TABLED.test(folded)) return folded
  return withoutAccents(folded.normalize('NFD').replace(FALLING_MARKS, '').normalize('NFC'))
}
