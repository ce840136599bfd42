/**
 * Lettering → lines of a width. Lines break after spaces, hyphens, dashes and slashes, never before closing punctuation that
 * stands apart, and within a word only where the word is wider than a line. What does not fit ends with an ellipsis.
 */
import type { Lettering } from './lettering.ts'

export interface Wrapped {
  /** At least one, at most as many as were allowed. */
  readonly lines: readonly string[]
  readonly isCut: boolean
  /** A word was wider than a line. */
  readonly hasBrokenWord: boolean
}

export interface Fitted extends Wrapped {
  readonly size: number
}

/** Sizes of letters to choose from, the largest first. */
export type Sizes = readonly [number, ...number[]]

const breaks = /(?<=(?<![«‹])\s)(?![»›!?:;%])|(?<=[\p{L}\p{N}][-–—/])(?=\p{L})/u
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Breaks a text into at most `maxLines` lines (1 or more), none wider than `width`. */
export function wrap(lettering: Lettering, size: number, width: number, maxLines: number): Wrapped {
  const fits = (line: string) => lettering.face.widthOf(line.trimEnd(), size) <= width
  const words = lettering.text.split(breaks)
  const hasBrokenWord = !words.every(fits)
  const lines: string[] = []
  let line = ''
  for (const piece of words.flatMap((word) => (fits(word) ? [word] : split(word)))) {
    if (line !== '' && !fits(line + piece)) {
      if (lines.length === maxLines - 1) {
        return { lines: [...lines, shorten(line + piece, fits)], isCut: true, hasBrokenWord }
      }
      lines.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  return { lines: [...lines, line.trimEnd()], isCut: false, hasBrokenWord }
}

/**
 * The largest of the sizes at which the text is whole, without a broken word if there is such a size; cut at the smallest where
 * there is none. `maxLines` says how many lines there may be at a size.
 */
export function fit(
  lettering: Lettering,
  sizes: Sizes,
  width: number,
  maxLines: (size: number) => number,
): Fitted {
  return largest(
    sizes,
    (size) => ({ ...wrap(lettering, size, width, maxLines(size)), size }),
    (fitted) => [fitted],
  )
}

/** Lays out by size: the largest at which no text is cut or broken, else the largest at which none is cut, else the smallest. */
export function largest<Laid>(
  sizes: Sizes,
  layOut: (size: number) => Laid,
  textsOf: (laid: Laid) => readonly Wrapped[],
): Laid {
  const [first, ...others] = sizes
  let last = layOut(first)
  let whole: Laid | undefined
  for (const laid of [last, ...others.map(layOut)]) {
    const isWhole = textsOf(laid).every(({ isCut }) => !isCut)
    if (isWhole && textsOf(laid).every(({ hasBrokenWord }) => !hasBrokenWord)) return laid
    if (isWhole) whole ??= laid
    last = laid
  }
  return whole ?? last
}

/** The same text in lines of about the same length, no more of them. Cut text stays as full as it is. */
export function balanced(lettering: Lettering, fitted: Fitted, width: number): Fitted {
  const count = fitted.lines.length
  if (fitted.isCut || fitted.hasBrokenWord || count === 1) return fitted
  let best = fitted
  let [low, high] = [width / count, width]
  while (high - low > 4) {
    const middle = (low + high) / 2
    const tried = wrap(lettering, fitted.size, middle, count)
    if (tried.isCut || tried.hasBrokenWord) low = middle
    else {
      best = { ...tried, size: fitted.size }
      high = middle
    }
  }
  return best
}

function split(word: string): string[] {
  return [...graphemes.segment(word)].map(({ segment }) => segment)
}

/** As much of a line as fits with an ellipsis: whole words if that loses less than a third. */
function shorten(line: string, fits: (line: string) => boolean): string {
  const kept = split(line.trimEnd())
  while (kept.length > 1 && !fits(`${kept.join('')}…`)) kept.pop()
  const most = kept.join('')
  const wordEnd = most.lastIndexOf(' ')
  const isInsideWord = /\S/u.test(line.charAt(most.length))
  const shown = isInsideWord && wordEnd > most.length * (2 / 3) ? most.slice(0, wordEnd) : most
  return `${shown.replace(/[\s\p{Pd}\p{Po}]+$/u, '')}…`
}
