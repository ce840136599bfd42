/**
 * Text as a browser would lay it out: block elements end a line of thought, inline elements do not, two `<br>` are a
 * new paragraph. A table row of short cells is one block; a row that holds prose is as many as it has cells.
 */
import { cleanLine } from '../line.ts'
import { isElement, type PageElement, type PageNode, TEXT, textOf } from './dom.ts'

export type BlockKind = 'paragraph' | 'heading' | 'item' | 'quote' | 'row'

export interface Block {
  readonly text: string
  readonly kind: BlockKind
  /** Characters of the text that are inside links. */
  readonly linkLength: number
  /** The nearest block-level element around the text. */
  readonly element: PageElement
}

const BLOCK_ELEMENTS = new Set(
  (
    'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
)
const SILENT = new Set(
  'script style noscript template button textarea input select option iframe svg audio video head title meta link'.split(
    ' ',
  ),
)
/** Cells longer than this hold prose. */
const LONG_CELL = 120

interface Reading {
  readonly blocks: Block[]
  parts: string[]
  linkLength: number
  /** Line breaks since the last text. */
  breaks: number
}

/** The blocks of text inside an element, in document order; hidden machinery is left out. */
export function readBlocks(root: PageElement): Block[] {
  const reading: Reading = { blocks: [], parts: [], linkLength: 0, breaks: 0 }
  readChildren(root, reading, { element: root, kind: 'paragraph', inLink: false })
  flush(reading, { element: root, kind: 'paragraph', inLink: false })
  return reading.blocks
}

interface Place {
  readonly element: PageElement
  readonly kind: BlockKind
  readonly inLink: boolean
}

function readChildren(parent: PageElement, reading: Reading, place: Place): void {
  for (let node: PageNode | null = parent.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType === TEXT) readText(node.textContent ?? '', reading, place)
    else if (isElement(node)) readElement(node, reading, place)
  }
}

function readText(text: string, reading: Reading, place: Place): void {
  reading.parts.push(text)
  if (!/\S/.test(text)) return
  reading.breaks = 0
  if (place.inLink) reading.linkLength += text.trim().length
}

function readElement(element: PageElement, reading: Reading, place: Place): void {
  const name = element.localName
  if (SILENT.has(name)) return
  if (name === 'br') {
    reading.breaks++
    if (reading.breaks >= 2) flush(reading, place)
    else reading.parts.push(' ')
  } else if (name === 'tr' && isShortRow(element)) {
    flush(reading, place)
    readRow(element, reading, place)
  } else if (BLOCK_ELEMENTS.has(name)) {
    flush(reading, place)
    const inner = { element, kind: kindOf(name, place.kind), inLink: place.inLink }
    readChildren(element, reading, inner)
    flush(reading, inner)
  } else {
    readChildren(
      element,
      reading,
      name === 'a' && leadsElsewhere(element) ? { ...place, inLink: true } : place,
    )
  }
}

/** Telephone numbers and mail addresses are information, not links to other pages; a mail without an address shares the page. */
function leadsElsewhere(link: PageElement): boolean {
  return !/^(?:tel|mailto):(?!\?)/i.test(link.getAttribute('href') ?? '')
}

function kindOf(name: string, outer: BlockKind): BlockKind {
  if (/^h[1-6]$/.test(name)) return 'heading'
  if (name === 'li' || name === 'dd' || name === 'dt') return 'item'
  if (name === 'blockquote') return 'quote'
  return outer
}

function isShortRow(row: PageElement): boolean {
  for (const cell of row.querySelectorAll('td, th')) {
    if ((cell.textContent ?? '').trim().length > LONG_CELL || cell.querySelector('p, table, ul, h2, h3'))
      return false
  }
  return true
}

function readRow(row: PageElement, reading: Reading, place: Place): void {
  const cells = [...row.querySelectorAll('td, th')].map(textOf).filter((text) => text !== '')
  reading.parts.push(cells.join(' | '))
  for (const link of row.querySelectorAll('a')) reading.linkLength += textOf(link).length
  flush(reading, { ...place, element: row, kind: 'row' })
}

function flush(reading: Reading, place: Place): void {
  const text = cleanLine(reading.parts.join(''))
  if (text !== '') {
    const linkLength = Math.min(text.length, reading.linkLength)
    reading.blocks.push({ text, kind: place.kind, linkLength, element: place.element })
  }
  reading.parts = []
  reading.linkLength = 0
}
