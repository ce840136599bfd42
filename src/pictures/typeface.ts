/**
 * What a TrueType font says about its characters: which it has, and how wide they are. Text is measured before it is drawn, so
 * that none leaves its box and none shows as an empty one. Kerning and ligatures are left out: they move a line by a hair.
 *
 * Tables `head`, `hhea`, `hmtx` and `cmap` (format 12) as in the OpenType specification 1.9.1. Fonts without such a `cmap` are
 * refused; it reads the fonts that come along, not foreign ones.
 */

export interface Typeface {
  /** How an SVG asks for it. */
  readonly family: string
  readonly weight: number
  readonly covers: (character: string) => boolean
  /** The advance of a line, in the unit of `size`. Characters that it lacks count as nothing. */
  readonly widthOf: (line: string, size: number) => number
}

/** Reads a font file. */
export function readTypeface(
  file: Uint8Array,
  named: { readonly family: string; readonly weight: number },
): Typeface {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const tables = readTables(view)
  const advances = readAdvances(view, tables, readGlyphs(view, tables('cmap')))
  const unitsPerEm = view.getUint16(tables('head') + 18)
  return {
    ...named,
    covers: (character) => advances.has(character.codePointAt(0) ?? 0),
    widthOf: (line, size) => {
      let units = 0
      for (const character of line) units += advances.get(character.codePointAt(0) ?? 0) ?? 0
      return (units * size) / unitsPerEm
    },
  }
}

type Tables = (tag: string) => number

function readTables(view: DataView): Tables {
  const offsets = new Map<string, number>()
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const record = 12 + index * 16
    const tag = [0, 1, 2, 3].map((at) => String.fromCharCode(view.getUint8(record + at))).join('')
    offsets.set(tag, view.getUint32(record + 8))
  }
  return (tag) => {
    const offset = offsets.get(tag)
    if (offset === undefined) throw new Error(`The font has no table ${tag}.`)
    return offset
  }
}

/** Code point → glyph, from the subtable for all of Unicode (platform 3, encoding 10). */
function readGlyphs(view: DataView, cmap: number): ReadonlyMap<number, number> {
  const glyphs = new Map<number, number>()
  const table = wholeUnicode(view, cmap)
  for (let index = 0; index < view.getUint32(table + 12); index += 1) {
    const group = table + 16 + index * 12
    const first = view.getUint32(group)
    const last = view.getUint32(group + 4)
    const glyph = view.getUint32(group + 8)
    for (let code = first; code <= last; code += 1) glyphs.set(code, glyph + code - first)
  }
  return glyphs
}

function wholeUnicode(view: DataView, cmap: number): number {
  for (let index = 0; index < view.getUint16(cmap + 2); index += 1) {
    const record = cmap + 4 + index * 8
    const table = cmap + view.getUint32(record + 4)
    const isWhole = view.getUint16(record) === 3 && view.getUint16(record + 2) === 10
    if (isWhole && view.getUint16(table) === 12) return table
  }
  throw new Error('The font has no table of all Unicode characters.')
}

/** Code point → advance in font units. Glyphs beyond the last measured one share its advance. */
function readAdvances(
  view: DataView,
  tables: Tables,
  glyphs: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> {
  const measured = view.getUint16(tables('hhea') + 34)
  const metrics = tables('hmtx')
  return new Map(
    [...glyphs].map(([code, glyph]) => [code, view.getUint16(metrics + Math.min(glyph, measured - 1) * 4)]),
  )
}
