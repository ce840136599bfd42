/**
 * What a parser read, as the model has it: one-line titles, absolute addresses or none, instants, ids that stay,
 * no duplicates and nothing empty.
 */
import { createHash } from 'node:crypto'
import type { Instant } from '../../article/article.ts'
import { parseDate } from '../../article/dates.ts'
import { cleanLine, webAddress } from '../../article/line.ts'
import type { CacheHints, Enclosure, Feed, FeedEntry, ParsedEntry, ParsedFeed } from './feed.ts'
import { lineOfHtml, resolveAddress, resolveHtml } from './markup.ts'

const MAX_AUTHORS = 20
const MAX_CATEGORIES = 50
const MAX_ENCLOSURES = 50
const MAX_HTML_CHARS = 2_000_000
const MAX_ID_CHARS = 1000

/** `url` is where the document was found. */
export function finishFeed(parsed: ParsedFeed, url?: string): Feed {
  const self = address(parsed.selfUrl, url)
  const site = address(parsed.url, url ?? self)
  const base = site ?? url ?? self
  return defined({
    title: line(parsed.title),
    description: html(parsed.description, base),
    url: site,
    language: languageTag(parsed.language),
    copyright: html(parsed.copyright, base),
    authors: distinct((parsed.authors ?? []).map(line)).slice(0, MAX_AUTHORS),
    updatedAt: instant(parsed.updated),
    selfUrl: self,
    hubUrl: address(parsed.hubUrl, base),
    nextUrl: address(parsed.nextUrl, url ?? base),
    cache: cacheHints(parsed),
    entries: withDistinctIds(parsed.entries.map((entry) => finishEntry(entry, base))),
  })
}

function finishEntry(parsed: ParsedEntry, base: string | undefined): FeedEntry {
  const enclosures = parsed.enclosures.flatMap((enclosure) => finishEnclosure(enclosure, base))
  const page = address(parsed.url, base)
  const title = line(parsed.title)
  const [summary, content] = tellApart(html(parsed.summary, base), html(parsed.content, base))
  const published = instant(parsed.published)
  const updated = instant(parsed.updated)
  return defined({
    id: parsed.id?.trim().slice(0, MAX_ID_CHARS) || derivedId(page, title, content ?? summary),
    title,
    url: page,
    publishedAt: published ?? updated,
    updatedAt: updated ?? published,
    authors: distinct(parsed.authors.map(line)).slice(0, MAX_AUTHORS),
    summary,
    content,
    image: address(parsed.image, base) ?? pictureIn(enclosures) ?? pictureOf(content) ?? pictureOf(summary),
    categories: distinct(parsed.categories.map(line)).slice(0, MAX_CATEGORIES),
    enclosures: enclosures.slice(0, MAX_ENCLOSURES),
  })
}

/** The first instant of 1970 is how programs write that they know no date. */
function instant(text: string | undefined): Instant | undefined {
  return (text === undefined ? undefined : parseDate(text)) || undefined
}

type Filled<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** Without the properties that are undefined. */
function defined<T extends object>(value: T): Filled<T> {
  return Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined)) as Filled<T>
}

function line(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cleanLine(text) || undefined
}

function html(text: string | undefined, base: string | undefined): string | undefined {
  return text === undefined ? undefined : resolveHtml(text.slice(0, MAX_HTML_CHARS), base).trim() || undefined
}

function address(text: string | undefined, base: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : webAddress(resolveAddress(text, base))
}

/** Some feeds give the whole text twice; then it is content only. */
function tellApart(summary: string | undefined, content: string | undefined) {
  return summary !== undefined && summary === content ? [undefined, content] : [summary, content]
}

function finishEnclosure(
  enclosure: ParsedEntry['enclosures'][number],
  base: string | undefined,
): Enclosure[] {
  const url = address(enclosure.url, base)
  if (url === undefined) return []
  const bytes = enclosure.bytes !== undefined && enclosure.bytes > 0 ? enclosure.bytes : undefined
  return [defined({ url, type: enclosure.type?.trim().toLowerCase() || undefined, bytes })]
}

function pictureIn(enclosures: readonly Enclosure[]): string | undefined {
  return enclosures.find((enclosure) => enclosure.type?.startsWith('image/'))?.url
}

/** The first picture in a text that is not a counting pixel. */
function pictureOf(text: string | undefined): string | undefined {
  for (const [tag] of text?.slice(0, 100_000).matchAll(/<img\s[^<>]*>/gi) ?? []) {
    if (/\s(?:width|height)\s?=\s?["']?[01]["'\s/>]/i.test(tag)) continue
    const source = /\ssrc\s?=\s?(?:"([^"<>]*)"|'([^'<>]*)')/i.exec(tag)
    const url = webAddress(lineOfHtml(source?.[1] ?? source?.[2] ?? ''))
    if (url !== undefined) return url
  }
  return undefined
}

/** An entry without an id is its address; without either, its words. */
function derivedId(url: string | undefined, title: string | undefined, text: string | undefined): string {
  if (url !== undefined) return url
  const words = `${title ?? ''}\n${title === undefined ? (text ?? '') : ''}`
  return `urn:sha256:${createHash('sha256').update(words).digest('hex')}`
}

/** Feeds that give one id to all entries mean none of them; the addresses take over. */
function withDistinctIds(entries: readonly FeedEntry[]): FeedEntry[] {
  const isOneId = entries.length > 1 && new Set(entries.map((entry) => entry.id)).size === 1
  if (!isOneId || new Set(entries.map((entry) => entry.url ?? entry.title)).size === 1) return [...entries]
  return entries.map((entry) => ({
    ...entry,
    id: derivedId(entry.url, entry.title, entry.content ?? entry.summary),
  }))
}

function distinct(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.filter((text) => text !== undefined))]
}

/** BCP 47 by form: `de`, `pt-BR`, `zh-Hant-TW`. */
function languageTag(text: string | undefined): string | undefined {
  const tag = text?.trim().replaceAll('_', '-') ?? ''
  return /^[a-z]{2,3}(?:-[a-z\d]{2,8}){0,3}$/i.test(tag) ? tag : undefined
}

const PERIOD_MS: ReadonlyMap<string, number> = new Map([
  ['hourly', 3_600_000],
  ['daily', 86_400_000],
  ['weekly', 7 * 86_400_000],
  ['monthly', 30 * 86_400_000],
  ['yearly', 365 * 86_400_000],
])
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

function cacheHints(parsed: ParsedFeed): CacheHints {
  const period = PERIOD_MS.get(parsed.updatePeriod?.trim().toLowerCase() ?? '')
  const frequency =
    parsed.updateFrequency !== undefined && parsed.updateFrequency > 0 ? parsed.updateFrequency : 1
  const days = (parsed.skipDays ?? []).map((day) => DAYS.indexOf(day.trim().slice(0, 3).toLowerCase()))
  const hours = (parsed.skipHours ?? []).map((hour) => (hour === 24 ? 0 : hour))
  return defined({
    ttlMinutes: parsed.ttlMinutes !== undefined && parsed.ttlMinutes > 0 ? parsed.ttlMinutes : undefined,
    updatePeriodMs: period === undefined ? undefined : Math.round(period / frequency),
    skipHours: [...new Set(hours.filter((hour) => Number.isInteger(hour) && hour >= 0 && hour < 24))],
    skipDays: [...new Set(days.filter((day) => day >= 0))],
  })
}
