/** SVG as text, the only place that writes it: whatever it is given, the result is well-formed XML. */
import { stretch } from './fonts.ts'
import type { Lettering } from './lettering.ts'

export type Attributes = Readonly<Record<string, string | number>>

/** What XML 1.0 has no way to say, escaped or not (section 2.2). */
const unsayable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text for the inside of an element or of a quoted attribute. */
export function escapeXml(text: string): string {
  return text.replace(unsayable, '').replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

/** An element. `children` are SVG already; text goes through `escapeXml` or `textLine`. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escapeXml(value)}"`)
    .join('')
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`
}

/** A whole picture of `width` × `height` units, drawn at `scale` pixels a unit. */
export function picture(
  { width, height, scale }: { readonly width: number; readonly height: number; readonly scale: number },
  ...children: readonly string[]
): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: width * scale,
      height: height * scale,
      viewBox: `0 0 ${width} ${height}`,
    },
    ...children,
  )
}

export interface LinePlace {
  readonly x: number
  /** The baseline. */
  readonly y: number
  /** Which point of the line lies at `x`, as seen on the picture whatever the direction of the text. */
  readonly anchor: 'start' | 'middle' | 'end'
  readonly size: number
  readonly fill: string
  /** A colour around the letters, which keeps apart what lies behind them. */
  readonly halo?: string
}

/** One line of a lettering; the direction of the whole text is that of the line. */
export function textLine({ face, isRightToLeft }: Lettering, line: string, place: LinePlace): string {
  return element(
    'text',
    {
      x: place.x,
      y: place.y,
      'text-anchor': place.anchor,
      'font-family': face.family,
      'font-weight': face.weight,
      'font-stretch': stretch,
      'font-size': place.size,
      fill: place.fill,
      ...(place.halo === undefined
        ? {}
        : { stroke: place.halo, 'stroke-width': 4, 'stroke-linejoin': 'round', 'paint-order': 'stroke' }),
    },
    escapeXml(isRightToLeft ? `\u2067${line}\u2069` : line),
  )
}

export function rectangle(x: number, y: number, width: number, height: number, look: Attributes): string {
  return element('rect', { x, y, width, height, ...look })
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
