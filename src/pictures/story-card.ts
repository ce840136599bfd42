/** The card of a story: its headline, the outlets that tell it, and the date. */
import {
  type CardDate,
  drawnDate,
  headFaces,
  inner,
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
import { rectangle } from './svg.ts'
import { balanced, fit } from './wrap.ts'

export interface StoryCard {
  readonly headline: string
  /** The outlet of the headline first; as many are named as there is room for. */
  readonly outlets: readonly string[]
  readonly date: CardDate
  /** The name of the service, above the headline. */
  readonly brand: string
}

const rule = size.height - 118
const headTop = 124
const leading = 1.18

/** The card as SVG, 1200 × 630 pixels. Where the headline cannot be drawn, the first outlet stands in its place. */
export function storyCard(card: StoryCard, fonts: Fonts): string {
  const faces = headFaces(fonts)
  const headline = lettering(card.headline, faces)
  const outlets = card.outlets.flatMap((outlet) => lettering(outlet, [fonts.sansBold])?.text ?? [])
  const named = headline === undefined ? outlets.slice(1) : outlets
  const head = headline ?? lettering(outlets[0] ?? '', faces)
  const sides = sidesOf([head])
  return sheet(
    label(card.brand, [fonts.sansBold], inner, { ...sides.begin(margin), y: 92, size: 27, fill: accent }).svg,
    head === undefined ? '' : title(head, sides),
    rectangle(margin, rule, inner, 2, { fill: line }),
    foot(card.date, named, sides, fonts),
  )
}

function title(head: Lettering, sides: Sides): string {
  const height = rule - headTop - 20
  const linesAt = (size: number) => Math.floor(height / (size * leading))
  const fitted = balanced(head, fit(head, [78, 70, 62, 56, 50, 46], inner, linesAt), inner)
  const taken = fitted.lines.length * fitted.size * leading
  const y = headTop + (height - taken) / 2 + fitted.size * 0.96
  return paragraph(head, fitted, leading, { ...sides.begin(margin), y, fill: ink })
}

function foot(date: CardDate, outlets: readonly string[], sides: Sides, fonts: Fonts): string {
  const place = { y: rule + 56, size: 30 }
  const dated = label(drawnDate(date, [fonts.sans]), [fonts.sans], 480, {
    ...sides.end(margin),
    ...place,
    fill: quiet,
  })
  const room = inner - dated.width - 48
  const named = label(namesWithin(outlets, room, fonts, place.size), [fonts.sansBold], room, {
    ...sides.begin(margin),
    ...place,
    fill: ink,
  })
  return named.svg + dated.svg
}

/** As many outlets as fit, and how many more there are: `Tagesschau, Le Monde +3`. */
function namesWithin(outlets: readonly string[], room: number, fonts: Fonts, size: number): string {
  const naming = (count: number) => {
    const more = outlets.length - count
    return outlets.slice(0, count).join(', ') + (more === 0 ? '' : ` +${more}`)
  }
  for (let count = Math.min(outlets.length, 12); count > 1; count -= 1) {
    if (fonts.sansBold.widthOf(naming(count), size) <= room) return naming(count)
  }
  return outlets.length === 0 ? '' : naming(1)
}
