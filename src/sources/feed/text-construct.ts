/**
 * Texts in a feed, each by the rules of its format: RFC 4287 §3.1 and §4.1.3 for Atom, `mode` for Atom 0.3, and for RSS
 * HTML that may be escaped or stand there as it is. Either way the result is one plain line or one piece of HTML.
 */
import { escapeHtml, lineOfHtml, looksLikeHtml, resolveAddress, resolveHtml } from './markup.ts'
import type { XmlElement } from './xml-reader.ts'

export type Format = 'rss' | 'rdf' | 'atom'

export interface TextPlace {
  readonly format: Format
  /** What relative addresses are resolved against. */
  readonly base: string | undefined
}

const MAX_TEXT_CHARS = 1_000_000

export const isElement = (child: XmlElement | string): child is XmlElement => typeof child !== 'string'

/** The base within an element: its own `xml:base`, or the one around it. */
export function innerBase(element: XmlElement, outer: string | undefined): string | undefined {
  const declared = element.attributes.get('xml:base') ?? element.attributes.get('base')
  if (declared === undefined) return outer
  const base = resolveAddress(declared, outer)
  return /^https?:/i.test(base) && URL.canParse(base) ? base : outer
}

export function attribute(name: string, value: string): string {
  return ` ${name}="${escapeHtml(value).replaceAll('"', '&quot;')}"`
}

/** All text within, without markup. */
export function textOf(element: XmlElement | undefined): string {
  return element?.children.map((child) => (isElement(child) ? textOf(child) : child)).join('') ?? ''
}

export function lineOf(element: XmlElement, place: TextPlace): string {
  const text = readText(element, place)
  return text.isHtml ? lineOfHtml(text.text) : lineOfHtml(escapeHtml(text.text))
}

export function htmlOf(element: XmlElement, place: TextPlace): string {
  const { text, isHtml } = readText(element, place)
  const bounded = text.trim().slice(0, MAX_TEXT_CHARS)
  return isHtml ? resolveHtml(bounded, place.base) : escapeHtml(bounded)
}

/** Content that is elsewhere (`src`) keeps its address and type; all other content is HTML by now. */
export function sourceOf(element: XmlElement, place: TextPlace): string {
  if (place.format !== 'atom') return ''
  const source = element.attributes.get('src')
  return source === undefined
    ? attribute('type', 'html')
    : attribute('src', resolveAddress(source, place.base))
}

/** A text construct by the rules of its format (RFC 4287 §3.1 and §4.1.3; Atom 0.3 `mode`; RSS: HTML, escaped or not). */
function readText(element: XmlElement, place: TextPlace): { text: string; isHtml: boolean } {
  const type = element.attributes.get('type')?.trim().toLowerCase() ?? ''
  const mode = element.attributes.get('mode')?.trim().toLowerCase()
  if (element.children.some(isElement)) return { text: innerHtml(element, place), isHtml: true }
  const text = textOf(element)
  if (mode === 'base64' || isEncodedType(type)) {
    const decoded = decodeBase64(text)
    if (decoded !== undefined) return { text: decoded, isHtml: true }
  }
  if (place.format !== 'atom') return { text, isHtml: true }
  if (/html/.test(type)) return { text, isHtml: true }
  return { text, isHtml: type === '' && looksLikeHtml(text) }
}

/** RFC 4287 §4.1.3.3: a media type that is neither text nor XML is Base64. */
const isEncodedType = (type: string) => type.includes('/') && !/^text\/|[/+]xml$|html/.test(type)

/** Text from Base64, or undefined where it is not that or not UTF-8. */
function decodeBase64(text: string): string | undefined {
  const compact = text.replace(/\s+/g, '')
  if (compact === '' || !/^[a-z\d+/_-]+={0,2}$/i.test(compact)) return undefined
  const bytes = Buffer.from(compact, 'base64')
  const decoded = bytes.toString('utf8')
  return Buffer.from(decoded, 'utf8').equals(bytes) ? decoded : undefined
}

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))

/** Markup that stands in the XML itself, as HTML; the `div` that Atom asks for around it is dropped. */
function innerHtml(element: XmlElement, place: TextPlace): string {
  const parts = element.children.filter((child) => isElement(child) || child.trim() !== '')
  const only = parts[0]
  const isWrapped =
    parts.length === 1 && only !== undefined && isElement(only) && /(?:^|:)div$/.test(only.name)
  const holder = isWrapped && only.children.length > 0 ? only : element
  const base = holder === element ? place.base : innerBase(holder, place.base)
  return holder.children.map((child) => outerHtml(child, { ...place, base })).join('')
}

function outerHtml(node: XmlElement | string, place: TextPlace): string {
  if (!isElement(node)) return escapeHtml(node)
  const name = node.name.slice(node.name.indexOf(':') + 1)
  const base = innerBase(node, place.base)
  let tag = `<${name}`
  for (const [key, value] of node.attributes) {
    if (!key.includes(':') && key !== 'xmlns' && /^[a-z][\w-]*$/.test(key)) tag += attribute(key, value)
  }
  const open = resolveHtml(`${tag}>`, base)
  return VOID.has(name)
    ? open
    : `${open}${node.children.map((child) => outerHtml(child, { ...place, base })).join('')}</${name}>`
}
