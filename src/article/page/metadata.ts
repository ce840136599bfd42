/**
 * What a page says about its article, read before anything is cleaned away: JSON-LD, OpenGraph, Twitter cards, Dublin
 * Core, parsely, sailthru, microdata and `time`, then what is visible. For each field the sources are asked in a fixed
 * order and the first sound answer counts.
 */
import type { Instant } from '../article.ts'
import { parseDate } from '../dates.ts'
import { webAddress } from '../line.ts'
import { cleanAuthors } from './authors.ts'
import { isOutletOnly, peopleIn } from './byline.ts'
import { type PageDocument, plainText, textOf } from './dom.ts'
import type { LinkedArticle } from './json-ld.ts'
import { withoutSiteName } from './titles.ts'

export interface PageMetadata {
  readonly headline?: string
  readonly description?: string
  readonly authors: readonly string[]
  readonly publishedAt?: Instant
  readonly modifiedAt?: Instant
  readonly language?: string
  readonly image?: string
  readonly url?: string
  readonly outlet?: string
  readonly noarchive: boolean
}

/** Reads all metadata of a page. `pageUrl` is where it was fetched from; relative addresses are resolved against it. */
export function readMetadata(
  document: PageDocument,
  linked: LinkedArticle | undefined,
  pageUrl: string | undefined,
): PageMetadata {
  const meta = readMetaTags(document)
  const base = resolveAddress(document.querySelector('base[href]')?.getAttribute('href'), pageUrl) ?? pageUrl
  const canonical = document.querySelector('link[rel~="canonical"]')?.getAttribute('href')
  const url =
    resolveAddress(canonical, base) ??
    resolveAddress(meta('og:url'), base) ??
    resolveAddress(linked?.url, base) ??
    webAddress(pageUrl ?? '')
  const image =
    resolveAddress(
      meta(
        'og:image:secure_url',
        'og:image',
        'og:image:url',
        'twitter:image',
        'twitter:image:src',
        'parsely-image-url',
        'sailthru.image.full',
      ),
      base,
    ) ?? resolveAddress(linked?.image, base)
  const outlet = meta('og:site_name', 'application-name') ?? linked?.outlet
  const headline = findHeadline(
    document,
    meta,
    linked,
    [outlet ?? '', linked?.outlet ?? '', hostOf(url ?? pageUrl)],
    url ?? pageUrl ?? '',
  )
  const description =
    meta(
      'og:description',
      'description',
      'twitter:description',
      'dc.description',
      'dcterms.description',
      'sailthru.description',
    ) ?? linked?.description
  const publishedAt = findPublished(document, meta, linked)
  const modifiedAt = firstDate([
    linked?.modified,
    meta('article:modified_time', 'og:updated_time', 'last-modified', 'dcterms.modified', 'dc.date.modified'),
  ])
  const language = findLanguage(document, meta, linked)
  return {
    ...(headline !== undefined && { headline }),
    ...(description !== undefined && { description }),
    authors: findAuthors(document, linked, [outlet, linked?.outlet, hostOf(url ?? pageUrl)]),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(modifiedAt !== undefined && { modifiedAt }),
    ...(language !== undefined && { language }),
    ...(image !== undefined && { image }),
    ...(url !== undefined && { url }),
    ...(outlet !== undefined && { outlet }),
    noarchive: /noarchive|\bnone\b/i.test(`${meta('robots') ?? ''}`),
  }
}

/** The first value of the first of these names that the page gives. */
type Meta = (...names: string[]) => string | undefined

function readMetaTags(document: PageDocument): Meta {
  const values = metaValues(document)
  return (...names) => names.map((name) => values.get(name)?.[0]).find((value) => value !== undefined)
}

function metaValues(document: PageDocument): Map<string, string[]> {
  const values = new Map<string, string[]>()
  for (const tag of document.querySelectorAll('meta[content]')) {
    const name =
      tag.getAttribute('property') ??
      tag.getAttribute('name') ??
      tag.getAttribute('itemprop') ??
      tag.getAttribute('http-equiv')
    const value = plainText(tag.getAttribute('content') ?? '')
    if (name && value !== '') {
      const key = name.trim().toLowerCase()
      values.set(key, [...(values.get(key) ?? []).slice(0, 20), value])
    }
  }
  return values
}

function findHeadline(
  document: PageDocument,
  meta: Meta,
  linked: LinkedArticle | undefined,
  sites: readonly string[],
  slug: string,
): string | undefined {
  const headings = [...document.querySelectorAll('h1')].map(textOf).filter((text) => text !== '')
  const window = textOf(document.querySelector('title') ?? document.body).slice(0, 500)
  const og = meta(
    'og:title',
    'twitter:title',
    'parsely-title',
    'sailthru.title',
    'dc.title',
    'dcterms.title',
    'title',
  )
  if (linked?.headline !== undefined && isAbout(linked.headline, [og, window, slug, ...headings]))
    return withoutSiteName(linked.headline, sites)
  if (og !== undefined) return withoutSiteName(og, sites, headings)
  const first = headings[0]
  if (headings.length === 1 && first !== undefined) return first
  if (document.querySelector('title')) return withoutSiteName(window, sites, headings)
  return first
}

/** Whether a headline shares words with what else the page says of itself; other articles' rarely do. */
function isAbout(headline: string, others: readonly (string | undefined)[]): boolean {
  const words = wordsOf(headline)
  const known = new Set(others.flatMap((other) => wordsOf(other ?? '')))
  return words.length === 0 || words.some((word) => known.has(word))
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []
}

function findPublished(
  document: PageDocument,
  meta: Meta,
  linked: LinkedArticle | undefined,
): Instant | undefined {
  return firstDate([
    linked?.published,
    meta(
      'article:published_time',
      'og:published_time',
      'article:published',
      'datepublished',
      'parsely-pub-date',
      'sailthru.date',
      'dc.date.issued',
      'dcterms.created',
      'dcterms.issued',
      'dc.date',
      'dcterms.date',
      'date',
      'publish-date',
      'publish_date',
      'pubdate',
      'publication_date',
      'last-modified',
    ),
    ...[...document.querySelectorAll('[itemprop~="datePublished"], time[pubdate], time[datetime]')]
      .slice(0, 5)
      .map((node) => node.getAttribute('datetime') ?? node.getAttribute('content') ?? textOf(node)),
  ])
}

/** A date the page shows in an element that is called one, or the day in its address; for pages that declare none. */
export function findWrittenDate(
  document: PageDocument,
  url: string | undefined,
  dayFirst: boolean,
): Instant | undefined {
  for (const element of [
    ...document.querySelectorAll('[class*="date" i], [class*="datum" i], [class*="publish" i], time'),
  ].slice(0, 20)) {
    const text = textOf(element)
    if (text.length > 80) continue
    const date = parseDate(text, { dayFirst })
    if (date !== undefined) return date
  }
  const inAddress = /\/(20\d\d)[/-](\d\d)[/-](\d\d)\b/.exec(url ?? '')
  return inAddress ? parseDate(`${inAddress[1]}-${inAddress[2]}-${inAddress[3]}`) : undefined
}

function firstDate(texts: readonly (string | undefined)[]): Instant | undefined {
  for (const text of texts) {
    const date = text === undefined ? undefined : parseDate(text)
    if (date !== undefined) return date
  }
  return undefined
}

const AUTHOR_META = [
  'author',
  'article:author',
  'parsely-author',
  'sailthru.author',
  'dc.creator',
  'dcterms.creator',
  'dc.contributor',
  'byl',
  'cxenseparse:author',
  'articleauthor',
]

/** The first source that names someone other than the outlet itself; else the first that names anyone. */
function findAuthors(
  document: PageDocument,
  linked: LinkedArticle | undefined,
  outlets: readonly (string | undefined)[],
): string[] {
  const values = metaValues(document)
  const written = (selector: string) => [...document.querySelectorAll(selector)].slice(0, 6).map(textOf)
  const sources: (() => readonly string[])[] = [
    () => linked?.authors ?? [],
    ...AUTHOR_META.map((name) => () => values.get(name) ?? []),
    () =>
      /writ|verfass|écrit|escrit|auteur|autor/i.test(values.get('twitter:label1')?.[0] ?? '')
        ? (values.get('twitter:data1') ?? [])
        : [],
    () => written('[itemprop~="author"] [itemprop~="name"], [rel~="author"]'),
    () => written('[itemprop~="author"]'),
    () => namedPeople(document),
  ]
  let fallback: string[] = []
  for (const source of sources) {
    const names = cleanAuthors(source().filter((text) => !/^https?:/i.test(text)))
    if (names.length > 0 && !isOutletOnly(names, outlets)) return names
    if (fallback.length === 0) fallback = names
  }
  return fallback
}

/** The people in the first element that is called a byline and holds nothing else. */
function namedPeople(document: PageDocument): string[] {
  for (const element of [
    ...document.querySelectorAll('[class*="byline" i], [class*="author" i], [class*="autor" i]'),
  ].slice(0, 30)) {
    const text = textOf(element)
    if (text === '' || text.length > 160) continue
    const people = peopleIn(element)
    if (people.length > 0) return people
  }
  return []
}

function findLanguage(
  document: PageDocument,
  meta: Meta,
  linked: LinkedArticle | undefined,
): string | undefined {
  const tags = [
    document.documentElement.getAttribute('lang') ?? document.documentElement.getAttribute('xml:lang'),
    meta('og:locale', 'content-language', 'dc.language', 'language'),
    linked?.language,
  ]
  for (const tag of tags) {
    const match = /^([a-z]{2,3})(?:[-_]([a-z]{2}))?\b/i.exec(tag?.trim() ?? '')
    if (match?.[1] !== undefined)
      return match[2] === undefined
        ? match[1].toLowerCase()
        : `${match[1].toLowerCase()}-${match[2].toUpperCase()}`
  }
  return undefined
}

function resolveAddress(href: string | null | undefined, base: string | undefined): string | undefined {
  const text = href?.trim() ?? ''
  if (text === '' || !URL.canParse(text, base)) return undefined
  return webAddress(new URL(text, base).href)
}

/** The host of an address, or the empty string. */
export function hostOf(url: string | undefined): string {
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : ''
}
