/** What a picture says: the texts in its SVG, as an XML reader sees them. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { JSDOM } from 'jsdom'
import type { Fonts } from '../../src/pictures/fonts.ts'

export interface DrawnText {
  readonly text: string
  readonly family: string
  readonly weight: number
  readonly size: number
  readonly x: number
  readonly y: number
  readonly anchor: string
  readonly fill: string
}

const { window } = new JSDOM('')
const parser = new window.DOMParser()

/** The SVG's elements by name. Throws where it is not well-formed XML. */
export function elementsOf(svg: string, name: string): readonly Element[] {
  const document = parser.parseFromString(svg, 'image/svg+xml')
  const error = document.querySelector('parsererror')
  if (error !== null) throw new Error(`not well-formed: ${error.textContent}`)
  return [...document.getElementsByTagName(name)]
}

/** The lines of text that the SVG draws, in its order. */
export function textsOf(svg: string): readonly DrawnText[] {
  return elementsOf(svg, 'text').map((element) => {
    const get = (name: string) => element.getAttribute(name) ?? ''
    return {
      text: element.textContent ?? '',
      family: get('font-family'),
      weight: Number(get('font-weight')),
      size: Number(get('font-size')),
      x: Number(get('x')),
      y: Number(get('y')),
      anchor: get('text-anchor'),
      fill: get('fill'),
    }
  })
}

/** Any text at all, and often what XML, direction or fonts stumble over. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(
        '<script>',
        '&',
        ']]>',
        '<!--',
        '"',
        "'",
        '\u0000',
        '\uFFFE',
        '\uD83D',
        '\uDC00',
        '\u202E',
      ),
      fc.constantFrom(
        '🎉',
        '👩‍👩‍👧',
        'שלום',
        'مرحبا',
        '日本',
        'ไทย',
        '\u0301\u0301\u0301',
        'Wort ',
        ' ',
        '—',
        '₪',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

/** Fails where a text needs a character that its face does not have: it would show as an empty box. */
export function assertDrawable(svg: string, { serif, sans, sansBold }: Fonts): void {
  for (const { text, family, weight } of textsOf(svg)) {
    const face = [serif, sans, sansBold].find((face) => face.family === family && face.weight === weight)
    assert.ok(face !== undefined, `${family} ${weight}`)
    for (const character of text) {
      assert.ok(/[\u2067\u2069]/.test(character) || face.covers(character), `${family} has no ${character}`)
    }
  }
}
