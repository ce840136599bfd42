/**
 * Makes of a feed as found a feed that every library reads alike: well-formed, one prefix per namespace, texts as plain
 * titles and HTML contents, addresses absolute (xml:base), dates in one form. What a library does not lack is left to it.
 *
 * Entries that the document does not finish are left out, as are entries beyond the limit.
 */
import { type DateOptions, parseDate, writtenOffset } from '../../article/dates.ts'
import type { FeedRefusal } from './feed.ts'
import { resolveAddress } from './markup.ts'
import { commonName, DECLARATIONS, innerScope, type Scope, USUAL_PREFIXES, WRITTEN_NAMES } from './names.ts'
import {
  attribute,
  type Format,
  htmlOf,
  innerBase,
  isElement,
  lineOf,
  sourceOf,
  type TextPlace,
  textOf,
} from './text-construct.ts'
import { readXml, type XmlElement } from './xml-reader.ts'

export const MAX_ENTRIES = 1000
/** Elements of one name in one place, entries apart. */
const MAX_ALIKE = 100
/** A title, a name, an address; libraries take names apart in quadratic time. */
const MAX_SHORT_CHARS = 4000

export type Repaired =
  | { readonly kind: 'repaired'; readonly xml: string; readonly entries: number; readonly truncated: boolean }
  | { readonly kind: 'refused'; readonly reason: FeedRefusal }

interface Place extends TextPlace {
  readonly scope: Scope
  readonly dates: DateOptions
}

/** `url` is where the document was found, for relative addresses. */
export function repairFeed(text: string, url?: string): Repaired {
  const found = findRoot(text)
  if (found === undefined) return { kind: 'refused', reason: refusalOf(text) }
  const { root: read, truncated } = readXml(text, found.start)
  const root = found.format === 'rss' && !read.name.endsWith('rss') ? around('rss', read) : read
  const scope = innerScope(USUAL_PREFIXES, root.attributes)
  const place: Place = { format: found.format, scope, base: undefined, dates: {} }
  const kept = keepEntries(root, place)
  const hints = readHints(root, place)
  if (kept.entries === 0 && !hints.hasChannel && !found.isFirst) {
    return { kind: 'refused', reason: refusalOf(text) }
  }
  const base = baseOf(root, hints, url, found.format)
  const xml = writeRoot(root, { ...place, base, dates: hints.dates })
  return { kind: 'repaired', xml, entries: kept.entries, truncated: truncated || kept.dropped }
}

const OPENING = /<!--|<([a-z_][\w.:-]{0,80})(?=[\s/>])/gi

/** `isFirst`: no other element stands before it, so that it is a feed even when nothing is in it. */
function findRoot(text: string): { start: number; format: Format; isFirst: boolean } | undefined {
  let isFirst = true
  OPENING.lastIndex = 0
  for (let match = OPENING.exec(text); match; match = OPENING.exec(text)) {
    const name = match[1]?.toLowerCase()
    if (name === undefined) {
      const end = text.indexOf('-->', OPENING.lastIndex)
      if (end === -1) return undefined
      OPENING.lastIndex = end
      continue
    }
    const format = ROOTS.get(name.slice(name.indexOf(':') + 1))
    if (format !== undefined) return { start: match.index, format, isFirst }
    isFirst = false
  }
  return undefined
}

const ROOTS: ReadonlyMap<string, Format> = new Map([
  ['rss', 'rss'],
  ['channel', 'rss'],
  ['rdf', 'rdf'],
  ['feed', 'atom'],
])

function refusalOf(text: string): FeedRefusal {
  if (text.trim() === '') return 'empty'
  return /<(?:!doctype\s+html|html|head|body)[\s>]/i.test(text.slice(0, 20_000)) ? 'html' : 'not-a-feed'
}

function around(name: string, child: XmlElement): XmlElement {
  return {
    name,
    attributes: new Map([...child.attributes, ['version', '2.0']]),
    children: [child],
    closed: child.closed,
  }
}

const nameIn = (element: XmlElement, place: Place) => commonName(element.name, place.scope, own(place.format))

const own = (format: Format) => (format === 'atom' ? 'atom' : '')

const isEntryName = (name: string | undefined) => name === 'item' || name === 'entry'

/** Drops what is not whole and what is too much, in the root and in its channels. */
function keepEntries(root: XmlElement, place: Place): { entries: number; dropped: boolean } {
  let entries = 0
  let dropped = false
  for (const holder of [root, ...root.children.filter(isElement)]) {
    const isKept = (child: XmlElement | string) => {
      if (!isElement(child) || !isEntryName(nameIn(child, place))) return true
      if (child.closed && entries < MAX_ENTRIES) {
        entries += 1
        return true
      }
      dropped = true
      return false
    }
    if (holder !== root && isEntryName(nameIn(holder, place))) continue
    let end = 0
    for (const child of holder.children) if (isKept(child)) holder.children[end++] = child
    holder.children.length = end
  }
  return { entries, dropped }
}

interface Hints {
  readonly hasChannel: boolean
  readonly site: string | undefined
  readonly self: string | undefined
  readonly dates: DateOptions
}

/** What must be known of the whole before a part is written: the site, and how the feed writes its dates. */
function readHints(root: XmlElement, place: Place): Hints {
  const elements = root.children.filter(isElement)
  const channel = elements.find((child) => nameIn(child, place) === 'channel')
  const head = (channel ?? root).children.filter(isElement)
  const named = (name: string) => head.filter((child) => nameIn(child, place) === name)
  const link = named('link').map((child) => child.attributes.get('href') ?? textOf(child).trim())
  const self = [...named('link'), ...named('atom:link')].find(
    (child) => child.attributes.get('rel') === 'self',
  )
  const language = textOf(named('language')[0] ?? named('dc:language')[0]) || root.attributes.get('xml:lang')
  return {
    hasChannel: channel !== undefined || named('title').length + named('id').length > 0,
    site: link.find((address) => /^https?:/i.test(address)),
    self: self?.attributes.get('href'),
    dates: dateHabits([...head, ...elements], place, language),
  }
}

/** Zoneless dates are in the zone of those that name one; `4/7/2026` is read as the feed's other dates or language ask. */
function dateHabits(elements: readonly XmlElement[], place: Place, language = ''): DateOptions {
  const texts: string[] = []
  for (const element of elements.slice(0, 200)) {
    for (const child of [element, ...element.children.filter(isElement)]) {
      if (DATES.has(nameIn(child, place) ?? '')) texts.push(textOf(child))
    }
  }
  const zone = texts.map(writtenOffset).find((offset) => offset !== undefined)
  const isDayFirst = texts.some((text) => /(?<!\d)(?:1[3-9]|2\d|3[01])\/\d{1,2}\/\d{2}/.test(text))
  const isMonthFirst = texts.some((text) => /(?<!\d)\d{1,2}\/(?:1[3-9]|2\d|3[01])\/\d{2}/.test(text))
  const isAmerican = /^(?:en-us|en|fil|)$/i.test(language.trim())
  const options: DateOptions = { dayFirst: isDayFirst || (!isMonthFirst && !isAmerican) }
  return zone === undefined ? options : { ...options, zone }
}

/** Atom goes by the document (RFC 3986 §5.1); in RSS relative addresses are meant within the site. */
function baseOf(root: XmlElement, hints: Hints, url: string | undefined, format: Format): string | undefined {
  const order = format === 'atom' ? [url, hints.self, hints.site] : [hints.site, url, hints.self]
  const base = order.find(
    (address) => address !== undefined && /^https?:/i.test(address) && URL.canParse(address),
  )
  return innerBase(root, base)
}

function writeRoot(root: XmlElement, place: Place): string {
  const prefixes = Object.entries(DECLARATIONS).map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
  const lang = root.attributes.get('xml:lang')
  const attributes = prefixes.join('') + (lang === undefined ? '' : attribute('xml:lang', lang))
  const children = writeChildren(root, place)
  if (place.format === 'rss') return `<rss version="2.0"${attributes}>${children}</rss>`
  if (place.format === 'rdf')
    return `<rdf:RDF xmlns="http://purl.org/rss/1.0/"${attributes}>${children}</rdf:RDF>`
  return `<feed xmlns="${DECLARATIONS.atom}"${attributes}>${children}</feed>`
}

/** Where an element stands under its present name and an old one as well, the old one is left out. */
function writeChildren(element: XmlElement, place: Place): string {
  const children = element.children.filter(isElement)
  const names = new Map<string | undefined, number>()
  for (const child of children) names.set(nameIn(child, place), 0)
  const isWanted = (child: XmlElement) => {
    const name = nameIn(child, place) ?? ''
    const present = WRITTEN_NAMES.get(name)?.toLowerCase() ?? name
    const before = names.get(name) ?? 0
    names.set(name, before + 1)
    return (present === name || !names.has(present)) && (before < MAX_ALIKE || isEntryName(name))
  }
  return children.map((child) => (isWanted(child) ? writeElement(child, place) : '')).join('')
}

const DATES = new Set(
  'pubdate lastbuilddate dc:date dcterms:issued dcterms:created dcterms:modified published issued created updated modified atom:published atom:updated'.split(
    ' ',
  ),
)
const LINES = new Set('title dc:title media:title itunes:title atom:title'.split(' '))
const TEXTS = new Set(
  'description abstract content summary subtitle tagline rights copyright info content:encoded dc:description media:description itunes:summary itunes:subtitle atom:summary atom:content body fullitem xhtml:body'.split(
    ' ',
  ),
)
const ADDRESSES = new Set('link url icon logo comments docs atom:id'.split(' '))
const ADDRESS_ATTRIBUTES = new Set('href url src rdf:resource rdf:about'.split(' '))
/** feedsmith reads a list of one as none, so they are written twice. */
const LISTS = new Set(['skiphours', 'skipdays'])
/** Names that libraries built on plain objects must never see. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

function writeElement(element: XmlElement, outer: Place): string {
  const scope = innerScope(outer.scope, element.attributes)
  const name = commonName(element.name, scope, own(outer.format))
  if (name === undefined || FORBIDDEN.has(name)) return ''
  const place: Place = {
    ...outer,
    scope,
    base: innerBase(element, outer.base),
  }
  const written = WRITTEN_NAMES.get(name) ?? name
  if (LINES.has(name)) return whole(written, '', lineOf(element, place))
  if (TEXTS.has(name)) return whole(written, sourceOf(element, place), htmlOf(element, place))
  if (DATES.has(name)) return writeDate(name, written, element, place)
  const attributes = writeAttributes(element, place)
  const inAttributes = writeAsElements(element, name, place)
  if (element.children.some(isElement) || inAttributes !== '') {
    const children = inAttributes + writeChildren(element, place)
    return `<${written}${attributes}>${children}${LISTS.has(name) ? children : ''}</${written}>`
  }
  const text = textOf(element).trim().slice(0, MAX_SHORT_CHARS)
  const isAddress =
    ADDRESSES.has(name) ||
    ((name === 'id' || (name === 'guid' && isPermalink(element))) && /^[./]/.test(text))
  return whole(written, attributes, isAddress && text !== '' ? resolveAddress(text, place.base) : text)
}

const isPermalink = (guid: XmlElement) => guid.attributes.get('ispermalink')?.toLowerCase() === 'true'

/** The Channel Definition Format, an ancestor of RSS, keeps link and date in attributes. */
function writeAsElements(element: XmlElement, name: string, place: Place): string {
  if (name !== 'channel' && name !== 'item') return ''
  const href = element.attributes.get('href') ?? ''
  const changedAt = parseDate(element.attributes.get('lastmod') ?? '', place.dates)
  const date = changedAt === undefined ? '' : new Date(changedAt).toUTCString()
  return whole('link', '', href === '' ? '' : resolveAddress(href, place.base)) + whole('pubDate', '', date)
}

function whole(name: string, attributes: string, text: string): string {
  return text === '' && attributes === '' ? '' : `<${name}${attributes}>${cdata(text)}</${name}>`
}

/** Bare where nothing in it is special: libraries do not look for numbers in sections. */
function cdata(text: string): string {
  return /[<>&]/.test(text) ? `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>` : text
}

function writeAttributes(element: XmlElement, place: Place): string {
  let attributes = ''
  for (const [written, value] of element.attributes) {
    const name = commonName(written, place.scope, own(place.format))
    if (name === undefined || /^(?:xmlns|xml:base|base)\b/.test(written) || !/^[a-z][\w.:-]*$/.test(name))
      continue
    const text = ADDRESS_ATTRIBUTES.has(name) ? resolveAddress(value, place.base) : value
    attributes += attribute(WRITTEN_NAMES.get(name) ?? name, text.slice(0, MAX_SHORT_CHARS))
  }
  return attributes
}

/** RSS wants RFC 822, everything else RFC 3339; a date that cannot be read is left out. */
function writeDate(name: string, written: string, element: XmlElement, place: Place): string {
  const instant = parseDate(textOf(element).trim(), place.dates)
  if (instant === undefined) return ''
  const date = new Date(instant)
  return whole(
    written,
    '',
    name === 'pubdate' || name === 'lastbuilddate' ? date.toUTCString() : date.toISOString(),
  )
}
