/**
 * Foreign text → text that a font can draw. A text with a letter, mark or digit that no font has is refused as a whole: half a
 * headline misleads, and an empty box says nothing. Emoji and rare symbols are left out; what is left must still hold a letter
 * or a digit. Controls and everything that turns the direction are gone.
 */
import { cleanLine } from '../article/line.ts'
import type { Typeface } from './typeface.ts'

export interface Lettering {
  readonly text: string
  readonly face: Typeface
  /** The text as a whole runs from right to left. */
  readonly isRightToLeft: boolean
}

/** No picture has room for more; it bounds what has to be measured. */
const mostCharacters = 1200
/** Pictographs with a colour of their own, enclosing marks, and what only picks their look. */
const emoji = /\p{Emoji_Presentation}|\p{Emoji_Modifier}|\p{Me}|\p{Variation_Selector}|\u200D/gu
/** The non-joiner shapes words in the Arabic script; elsewhere it does nothing. */
const idleNonJoiner = /(?<!\p{Script=Arabic})\u200C|\u200C(?!\p{Script=Arabic})/gu
/** Marks without a letter, and more of them on one letter than a line's height holds. */
const looseMarks = /(?<![\p{L}\p{N}\p{M}])\p{M}+|(?<=\p{M}{2})\p{M}+/gu
const telling = /[\p{L}\p{M}\p{N}]/u
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

/** The text in the first of the faces that can draw it; undefined where none can, or where nothing is left to draw. */
export function lettering(text: string, faces: readonly Typeface[]): Lettering | undefined {
  const clean = drawableForm(text)
  const characters = [...new Set(clean)]
  const letters = characters.filter((character) => telling.test(character))
  const has = (needed: readonly string[]) => (face: Typeface) => needed.every(face.covers)
  const face = faces.find(has(characters)) ?? faces.find(has(letters))
  if (face === undefined) return undefined
  const drawn = oneSpaced([...clean].filter((character) => face.covers(character)).join(''))
  if (!/[\p{L}\p{N}]/u.test(drawn)) return undefined
  return { text: drawn, face, isRightToLeft: rightToLeft.test(/\p{L}/u.exec(drawn)?.[0] ?? '') }
}

function drawableForm(text: string): string {
  const clean = cleanLine(text.slice(0, mostCharacters * 4)).normalize('NFC')
  const plain = clean.replace(emoji, '').replace(idleNonJoiner, '').replace(looseMarks, '')
  return oneSpaced(
    plain
      .slice(0, mostCharacters)
      .toWellFormed()
      .replace(/\uFFFD$/, ''),
  )
}

function oneSpaced(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}
