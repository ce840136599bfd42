/**
 * Reads XML as it is found in feeds into a small tree. Nothing is refused and nothing is expanded: a document type is
 * skipped, so that its entities do not exist; a bare `&` or `<` is text; what was left open is closed, and a closing tag
 * that matches nothing is dropped. One pass over the text, and every limit below holds whatever comes in.
 *
 * The libraries behind it are strict, or they guess; given what this reader makes of a feed they need do neither.
 */
import { decodeHTMLStrict } from 'entities'

export interface XmlElement {
  /** Lower case, with the prefix as written. */
  name: string
  readonly attributes: Map<string, string>
  readonly children: (XmlElement | string)[]
  /** Whether the text went on to its closing tag, or to one that implies it. */
  closed: boolean
}

export interface XmlDocument {
  readonly root: XmlElement
  /** The text ended inside of an element, or a limit was reached. */
  readonly truncated: boolean
}

export const XML_LIMITS = {
  depth: 100,
  elements: 400_000,
  attributes: 40,
  nameChars: 80,
  attributeChars: 200_000,
} as const

/** Elements that no other element of their kind can hold: a second one ends the first. */
const SIBLINGS = new Set(['item', 'entry'])
/** Elements whose closing tag is believed over everything left open inside of them. */
const STRUCTURE = new Set(
  'rss rdf:rdf feed channel item entry title link description guid pubdate author summary content content:encoded id'.split(
    ' ',
  ),
)
/** HTML without closing tags, where it stands unescaped inside of a text. */
const VOID_HTML = new Set(['br', 'hr', 'img', 'input', 'meta', 'wbr', 'col', 'embed'])

interface Reading {
  readonly text: string
  readonly stack: XmlElement[]
  elements: number
  /** Elements opened beyond the depth limit, which are dropped but still have to be closed. */
  tooDeep: number
  at: number
}

/** Reads from `start`, which is where the root element opens. */
export function readXml(text: string, start: number): XmlDocument {
  const document = element('#document', new Map())
  const reading: Reading = { text, stack: [document], elements: 0, tooDeep: 0, at: start }
  while (reading.at < text.length && reading.elements < XML_LIMITS.elements && !isDone(reading))
    readNext(reading)
  const root = document.children.find((child) => typeof child !== 'string') ?? document
  return { root, truncated: !root.closed }
}

const isDone = (reading: Reading) => reading.stack.length === 1 && reading.elements > 0

function element(name: string, attributes: Map<string, string>): XmlElement {
  return { name, attributes, children: [], closed: false }
}

function readNext(reading: Reading): void {
  const { text, at } = reading
  const open = text.indexOf('<', at)
  if (open !== at) {
    const end = open === -1 ? text.length : open
    addText(reading, decodeEntities(text.slice(at, end)))
    reading.at = end
    return
  }
  if (text.startsWith('<![CDATA[', at)) readCdata(reading)
  else if (text.startsWith('<!--', at)) reading.at = after(text, '-->', at + 4)
  else if (text[at + 1] === '?') reading.at = after(text, '?>', at + 2)
  else if (text[at + 1] === '!') skipDeclaration(reading)
  else if (text[at + 1] === '/') readClosingTag(reading)
  else readOpeningTag(reading)
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found === -1 ? text.length : found + mark.length
}

/** A section that never ends takes the rest of the text. */
function readCdata(reading: Reading): void {
  const start = reading.at + '<![CDATA['.length
  const end = reading.text.indexOf(']]>', start)
  addText(reading, reading.text.slice(start, end === -1 ? reading.text.length : end))
  reading.at = end === -1 ? reading.text.length : end + 3
}

/** A document type with its inner subset; stray declarations end at the first `>`. */
function skipDeclaration(reading: Reading): void {
  const { text, at } = reading
  const close = after(text, '>', at)
  const subset = text.slice(at, close).indexOf('[')
  if (subset === -1) {
    reading.at = close
    return
  }
  SUBSET_END.lastIndex = at + subset
  reading.at = SUBSET_END.exec(text) ? SUBSET_END.lastIndex : text.length
}

const SUBSET_END = /\]\s*>/g

const NAME = /[\p{L}_:][\p{L}\p{N}_:.-]*/uy

function readName(text: string, at: number): string {
  NAME.lastIndex = at
  return NAME.exec(text)?.[0] ?? ''
}

function readClosingTag(reading: Reading): void {
  const { text, at, stack } = reading
  const name = readName(text, at + 2).toLowerCase()
  reading.at = after(text, '>', at)
  const depth = stack.findLastIndex((open) => open.name === name)
  if (reading.tooDeep > 0 && !(STRUCTURE.has(name) && depth > 0)) {
    reading.tooDeep -= 1
    return
  }
  if (depth > 0) closeTo(reading, depth)
}

function closeTo(reading: Reading, depth: number): void {
  for (const left of reading.stack.splice(depth)) left.closed = true
  reading.tooDeep = 0
}

function readOpeningTag(reading: Reading): void {
  const { text, at } = reading
  const name = readName(text, at + 1)
  if (name === '' || name.length > XML_LIMITS.nameChars) {
    addText(reading, '<')
    reading.at = at + 1
    return
  }
  const attributes = new Map<string, string>()
  const end = readAttributes(text, at + 1 + name.length, attributes)
  reading.at = end.at
  openElement(reading, name.toLowerCase(), attributes, end.isEmpty)
}

function openElement(
  reading: Reading,
  name: string,
  attributes: Map<string, string>,
  isEmpty: boolean,
): void {
  const { stack } = reading
  if (SIBLINGS.has(name)) {
    const open = stack.findLastIndex((candidate) => candidate.name === name)
    if (open > 0) closeTo(reading, open)
  }
  const hasNoContent = isEmpty || VOID_HTML.has(name)
  if (stack.length > XML_LIMITS.depth) {
    if (!hasNoContent) reading.tooDeep += 1
    return
  }
  const opened = element(name, attributes)
  opened.closed = hasNoContent
  stack.at(-1)?.children.push(opened)
  reading.elements += 1
  if (!hasNoContent) stack.push(opened)
}

const BETWEEN = /[\s"'/=]*/y
const ATTRIBUTE =
  /([^\s=<>"'/]{1,80})(?:\s*=\s*(?:"([^"<]*)"|'([^'<]*)'|"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'<>]+)))?/y

/** Reads attributes from `start`, which is after a tag's name, up to the end of the tag, or to a `<` where a tag never ends. The first of a name counts. */
export function readAttributes(
  text: string,
  start: number,
  found: Map<string, string>,
): { at: number; isEmpty: boolean } {
  let at = start
  while (at < text.length) {
    const between = matchAt(BETWEEN, text, at)
    at += between?.[0].length ?? 0
    if (text[at] === '>') return { at: at + 1, isEmpty: between?.[0].trimEnd().endsWith('/') ?? false }
    if (text[at] === '<') break
    const match = matchAt(ATTRIBUTE, text, at)
    at += match?.[0].length ?? 1
    const [, name = '', ...values] = match ?? []
    if (name === '' || found.has(name.toLowerCase()) || found.size >= XML_LIMITS.attributes) continue
    const value = values.find((candidate) => candidate !== undefined) ?? ''
    found.set(name.toLowerCase(), decodeEntities(value.slice(0, XML_LIMITS.attributeChars)))
  }
  return { at, isEmpty: false }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function addText(reading: Reading, text: string): void {
  if (text !== '') reading.stack.at(-1)?.children.push(cleanText(text))
}

/** Without what XML 1.0 §2.2 forbids. C1 controls are windows-1252 that passed for Latin-1; HTML reads them so, too. */
function cleanText(text: string): string {
  if (!UNWANTED.test(text)) return text
  return text
    .replace(C1_CONTROL, (control) => decodeHTMLStrict(`&#${control.charCodeAt(0)};`))
    .replaceAll(UNWANTED_RUNS, '')
}

const UNWANTED = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/u
const UNWANTED_RUNS = /(?:[^\P{Cc}\t\n\r]|[\ufffe\uffff])+/gu
const C1_CONTROL = /[\u0080-\u0084\u0086-\u009f]/g

const ENTITY = /&(?:#\d{1,8}|#x[\da-f]{1,8}|[a-z][a-z\d]{1,31});/gi

/** Entities of XML and of HTML, once; a bare `&` and an unknown name stay as they are. */
export function decodeEntities(text: string): string {
  return text.includes('&') ? text.replace(ENTITY, (entity) => decodeHTMLStrict(entity)) : text
}
