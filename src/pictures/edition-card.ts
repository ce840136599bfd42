/** The card of an edition: its digest's title, number and date, and up to four headlines in their order. */
import {
  type CardDate,
  drawnDate,
  headFaces,
  inner,
  joined,
  margin,
  paragraph,
  type Sides,
  sheet,
  sidesOf,
  size,
} from './card.ts'
import type { Fonts } from './fonts.ts'
import { label } from './label.ts'
import { type Lettering, lettering } from './lettering.ts'
import { accent, ink, line, quiet } from './palette.ts'
import { rectangle, textLine } from './svg.ts'
import { balanced, type Fitted, fit, largest, type Sizes } from './wrap.ts'

export interface EditionCard {
  /** The digest's. */
  readonly title: string
  /** `No. 42` in the reader's language. */
  readonly number: string
  readonly date: CardDate
  /** In the edition's order; those beyond the fourth are not shown. */
  readonly headlines: readonly string[]
  /** The name of the service. It stands in for a title that cannot be drawn. */
  readonly brand: string
}

const mostHeadlines = 4
const bottom = size.height - 44
/** Room for a headline's rank before it. */
const rankRoom = 58
const headlineWidth = inner - rankRoom
const leading = 1.24
const leastGap = 15

/** What all parts of the card go by. */
interface Page {
  readonly title: Lettering | undefined
  /** Empty where it stands in for the title. */
  readonly brand: string
  /** Number and date, as far as they can be drawn. */
  readonly when: string
  readonly sides: Sides
  readonly fonts: Fonts
}

/** The card as SVG, 1200 × 630 pixels. */
export function editionCard(card: EditionCard, fonts: Fonts): string {
  const faces = headFaces(fonts)
  const titled = lettering(card.title, faces)
  const title = titled ?? lettering(card.brand, faces)
  const headlines = card.headlines
    .flatMap((headline) => lettering(headline, faces) ?? [])
    .slice(0, mostHeadlines)
  const page = {
    title,
    brand: titled === undefined ? '' : card.brand,
    when: joined([card.number, drawnDate(card.date, [fonts.sans])], [fonts.sans]),
    sides: sidesOf([title, headlines[0]]),
    fonts,
  }
  return sheet(headlines.length === 0 ? cover(page) : masthead(page) + list(headlines, page.sides))
}

const rule = 186

function masthead({ title, brand, when, sides, fonts }: Page): string {
  const foot = { y: rule - 24, size: 27 }
  const signed = label(brand, [fonts.sansBold], 300, { ...sides.end(margin), ...foot, fill: accent })
  const dated = label(when, [fonts.sans], inner - signed.width - 40, {
    ...sides.begin(margin),
    ...foot,
    fill: quiet,
  })
  const head = title === undefined ? undefined : fit(title, [60, 52, 46], inner, () => 1)
  return [
    title === undefined || head === undefined
      ? ''
      : paragraph(title, head, 1, { ...sides.begin(margin), y: rule - 74, fill: ink }),
    dated.svg,
    signed.svg,
    rectangle(margin, rule, inner, 2, { fill: line }),
  ].join('')
}

interface Laid {
  readonly items: readonly { readonly text: Lettering; readonly fitted: Fitted }[]
  readonly height: number
}

/** The headlines below each other with even air between them, in the middle of the room they have. */
function list(headlines: readonly Lettering[], sides: Sides): string {
  const room = bottom - rule - 2 * leastGap
  const { items, height } = layOut(headlines, room)
  const gap = Math.min(40, leastGap + (room - height) / (items.length + 1))
  const drawnHeight = height + (items.length - 1) * (gap - leastGap)
  let y = rule + leastGap + (room - drawnHeight) / 2
  const drawn: string[] = []
  for (const [index, { text, fitted }] of items.entries()) {
    const place = { y: y + fitted.size * 0.98, fill: ink }
    const rank = { ...sides.begin(margin), ...place, size: fitted.size, fill: accent }
    drawn.push(
      textLine({ ...text, isRightToLeft: false }, String(index + 1), rank),
      paragraph(text, fitted, leading, { ...sides.begin(margin + rankRoom), ...place }),
    )
    y += fitted.lines.length * fitted.size * leading + gap
  }
  return drawn.join('')
}

/** As large as all headlines fit and are whole; at the smallest they are cut, and the last ones left out. */
function layOut(headlines: readonly Lettering[], room: number): Laid {
  const sizes: Sizes = headlines.length < 3 ? [56, 50, 44, 40, 36] : [44, 40, 37, 34, 32]
  const mostLines = headlines.length < 3 ? 4 : 2
  const laid = largest(
    sizes,
    (size) => laidWithin(headlines, size, mostLines, room),
    ({ items }) => items.map(({ fitted }) => fitted),
  )
  const items = laid.items.map(({ text, fitted }) => ({
    text,
    fitted: balanced(text, fitted, headlineWidth),
  }))
  return { ...laid, items }
}

/** Those of the headlines that fit into the room. Where that is not all of them, the last one counts as cut. */
function laidWithin(headlines: readonly Lettering[], size: number, mostLines: number, room: number): Laid {
  const items: Laid['items'][number][] = []
  let height = -leastGap
  for (const text of headlines) {
    const fitted = fit(text, [size], headlineWidth, () => mostLines)
    const next = height + leastGap + fitted.lines.length * size * leading
    const last = items.at(-1)
    if (next > room && last !== undefined) {
      items[items.length - 1] = { ...last, fitted: { ...last.fitted, isCut: true } }
      break
    }
    items.push({ text, fitted })
    height = next
  }
  return { items, height }
}

/** Without a headline that can be drawn, the title stands alone, like the cover of a book. */
function cover({ title, brand, when, sides, fonts }: Page): string {
  const spacing = 1.16
  const head = title === undefined ? undefined : fit(title, [92, 80, 68, 58], inner, () => 2)
  const below = head === undefined ? 0 : (head.lines.length - 1) * head.size * spacing
  const first = 310 - below / 2
  const last = first + below
  return [
    title === undefined || head === undefined
      ? ''
      : paragraph(title, head, spacing, { ...sides.begin(margin), y: first, fill: ink }),
    rectangle(sides.isRightToLeft ? size.width - margin - 96 : margin, last + 44, 96, 6, { fill: accent }),
    label(when, [fonts.sans], inner, { ...sides.begin(margin), y: last + 112, size: 34, fill: quiet }).svg,
    label(brand, [fonts.sansBold], inner, { ...sides.begin(margin), y: 92, size: 27, fill: accent }).svg,
  ].join('')
}
