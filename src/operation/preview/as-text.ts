/** An edition on a terminal: wrapped, numbered, in colour where there is any. Foreign text brings no control characters. */
import type { Edition, EditionItem } from '../../digest/edition.ts'

export interface TextOptions {
  readonly zone: string
  /** Columns of the terminal. */
  readonly width: number
  readonly hasColour: boolean
}

const widest = 96
const narrowest = 30

export function editionText(edition: Edition, { zone, width, hasColour }: TextOptions): string {
  const columns = Math.max(narrowest, Math.min(widest, width))
  const paint = (code: number) => (text: string) => (hasColour ? `\u001b[${code}m${text}\u001b[0m` : text)
  const [bold, faint] = [paint(1), paint(2)]
  const block = (text: string, indent: string, style: (line: string) => string = String): readonly string[] =>
    wrapped(plain(text), columns - indent.length).map((line) => indent + style(line))
  let section: string | undefined
  const lines = edition.items.flatMap((item, at) => {
    const isNew = item.section !== undefined && item.section !== section
    section = item.section ?? section
    const heading =
      isNew && !(at === 0 && edition.hasLead) ? ['', bold(plain(item.section ?? '').toUpperCase())] : []
    return [...heading, '', ...itemLines(item, at, block, { bold, faint })]
  })
  return [
    ...block(`${edition.title} · No. ${edition.number}`, '', bold),
    faint(dateIn(edition, zone)),
    ...(edition.quiet === undefined ? [] : ['', 'A quiet day.']),
    ...lines,
  ].join('\n')
}

type Style = (text: string) => string
type Block = (text: string, indent: string, style?: Style) => readonly string[]

function itemLines(
  item: EditionItem,
  at: number,
  block: Block,
  { bold, faint }: { readonly bold: Style; readonly faint: Style },
): readonly string[] {
  const [first = '', ...others] = block(item.headline, '    ', bold)
  const number = `${at + 1}.`.padEnd(4)
  const told = item.summary.length > 0 ? item.summary.map(({ text }) => text).join(' ') : item.brief
  return [
    number + first.slice(4),
    ...others,
    ...(item.update === undefined
      ? []
      : block(
          `Update to No. ${item.update.ofNumber}: ${item.update.news.map(({ text }) => text).join(' ')}`,
          '    ',
        )),
    ...block(told, '    '),
    ...block(item.outlets.join(', '), '    ', faint),
    // An address is not broken, so that it can be opened.
    ...(item.url === undefined ? [] : [`    ${faint(plain(item.url))}`]),
  ]
}

export function dateIn({ slot }: Pick<Edition, 'slot'>, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: zone }).format(
    slot,
  )
}

/** One line without anything that a terminal would obey. */
function plain(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
}

/** Between words; a word longer than a line is cut. */
function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/ +/).flatMap((each) => pieces(each, columns))) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}

function pieces(word: string, columns: number): readonly string[] {
  const letters = [...word]
  if (letters.length <= columns) return [word]
  return Array.from({ length: Math.ceil(letters.length / columns) }, (_, at) =>
    letters.slice(at * columns, (at + 1) * columns).join(''),
  )
}
