/** One line of foreign text where there is room for it: drawn in the first face that can, cut to its room, or left out. */
import { lettering } from './lettering.ts'
import { type LinePlace, textLine } from './svg.ts'
import type { Typeface } from './typeface.ts'
import { wrap } from './wrap.ts'

export interface Label {
  readonly svg: string
  /** What it takes of its room; 0 where nothing is drawn. */
  readonly width: number
}

const nothing: Label = { svg: '', width: 0 }

export function label(text: string, faces: readonly Typeface[], room: number, place: LinePlace): Label {
  const letters = lettering(text, faces)
  if (letters === undefined || room < place.size) return nothing
  const [line = ''] = wrap(letters, place.size, room, 1).lines
  return { svg: textLine(letters, line, place), width: letters.face.widthOf(line, place.size) }
}
