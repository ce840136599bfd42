/**
 * HTML and XML as templates whose values are escaped, always: foreign text can form no tag, no attribute and no entity, and holds
 * only characters that XML 1.0 knows. What turns the direction of a line is taken out; text that is read from the right still is.
 */

const made = Symbol('markup')

/** A piece of HTML or XML that this part of the program wrote. */
export interface Markup {
  readonly [made]: string
}

export type Piece = Markup | string | number | undefined | readonly Piece[]

/** Puts pieces into a template: markup as it is, everything else escaped. Attributes are written with their quotes. */
export function markup(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const text = parts.map((part, at) => part + written(pieces[at])).join('')
  return { [made]: text }
}

export function textOf(piece: Markup): string {
  return piece[made]
}

function written(piece: Piece): string {
  if (piece === undefined) return ''
  if (typeof piece === 'string') return escaped(piece)
  if (typeof piece === 'number') return String(piece)
  return isMarkup(piece) ? piece[made] : piece.map(written).join('')
}

function isMarkup(piece: Markup | readonly Piece[]): piece is Markup {
  return made in piece
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** For text and for attributes in quotes, of HTML and XML alike. */
function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? '')
}

/** Controls (tab and line feed apart), characters that are none, and marks that turn the direction of what follows. */
const unseen =
  /(?![\n\t])\p{Cc}|\p{Noncharacter_Code_Point}|[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu

/** Text without what no page and no feed may hold. */
export function visible(text: string): string {
  return text.toWellFormed().replace(unseen, '')
}
