/**
 * What the cards of editions and stories share: 1200 × 630, the size that pages are shown with elsewhere (Open Graph). Title and
 * headlines are foreign text. Where the fonts cannot draw a headline, the card says what they can: outlets, title, date, brand.
 */
import type { Fonts } from './fonts.ts'
import { type Lettering, lettering } from './lettering.ts'
import { accent, paper } from './palette.ts'
import { type LinePlace, picture, rectangle, textLine } from './svg.ts'
import type { Typeface } from './typeface.ts'
import type { Fitted } from './wrap.ts'

export const size = { width: 1200, height: 630, scale: 1 }
export const margin = 72
export const inner = size.width - 2 * margin

/** A date as the reader's language writes it, and in digits for where the fonts lack its letters. */
export interface CardDate {
  readonly written: string
  /** `2025-10-14` */
  readonly digits: string
}

/** From which edge the card is read. */
export interface Sides {
  readonly isRightToLeft: boolean
  /** Where a line begins, so far in from the edge that is read first. */
  readonly begin: (x: number) => Pick<LinePlace, 'x' | 'anchor'>
  /** Where a line ends, so far in from the other edge. */
  readonly end: (x: number) => Pick<LinePlace, 'x' | 'anchor'>
}

export function sidesOf(texts: readonly (Lettering | undefined)[]): Sides {
  const isRightToLeft = texts.find((text) => text !== undefined)?.isRightToLeft ?? false
  const left = (x: number) => ({ x, anchor: 'start' }) as const
  const right = (x: number) => ({ x: size.width - x, anchor: 'end' }) as const
  return isRightToLeft
    ? { isRightToLeft, begin: right, end: left }
    : { isRightToLeft, begin: left, end: right }
}

/** The faces for titles and headlines: the serif, or the bold sans for scripts that it lacks. */
export function headFaces(fonts: Fonts): readonly Typeface[] {
  return [fonts.serif, fonts.sansBold]
}

/** The paper with its accent along the upper edge, and what lies on it. */
export function sheet(...children: readonly string[]): string {
  return picture(
    size,
    rectangle(0, 0, size.width, size.height, { fill: paper }),
    rectangle(0, 0, size.width, 12, { fill: accent }),
    ...children,
  )
}

/** Lines below each other, `leading` times their size apart; `y` is the first baseline. */
export function paragraph(
  text: Lettering,
  { lines, size }: Fitted,
  leading: number,
  place: Omit<LinePlace, 'size'>,
): string {
  return lines
    .map((line, index) => textLine(text, line, { ...place, size, y: place.y + index * size * leading }))
    .join('')
}

/** What the fonts can draw of some parts, joined by middle dots. */
export function joined(parts: readonly string[], faces: readonly Typeface[]): string {
  return parts.flatMap((part) => lettering(part, faces)?.text ?? []).join(' · ')
}

export function drawnDate(date: CardDate, faces: readonly Typeface[]): string {
  return lettering(date.written, faces) === undefined ? date.digits : date.written
}
