/**
 * The `meta` elements of a page, and under which names each thing is said: OpenGraph, Twitter cards, Dublin Core,
 * parsely, sailthru and what publishers agree on without a standard; the first name that is there counts.
 */
import { type PageDocument, plainText } from './dom.ts'

export const META_NAMES = {
  headline: names('og:title twitter:title parsely-title sailthru.title dc.title dcterms.title title'),
  description: names(
    'og:description description twitter:description dc.description dcterms.description sailthru.description',
  ),
  author: names(
    'author article:author parsely-author sailthru.author dc.creator dcterms.creator dc.contributor byl ' +
      'cxenseparse:author articleauthor',
  ),
  published: names(
    'article:published_time og:published_time article:published datepublished parsely-pub-date sailthru.date ' +
      'dc.date.issued dcterms.created dcterms.issued dc.date dcterms.date date publish-date publish_date pubdate ' +
      'publication_date last-modified',
  ),
  modified: names('article:modified_time og:updated_time last-modified dcterms.modified dc.date.modified'),
  image: names(
    'og:image:secure_url og:image og:image:url twitter:image twitter:image:src parsely-image-url sailthru.image.full',
  ),
  language: names('og:locale content-language dc.language language'),
  url: names('og:url'),
  outlet: names('og:site_name application-name'),
  robots: names('robots'),
} as const

function names(list: string): readonly string[] {
  return list.split(' ')
}

/** Values by lower-case name, in page order. */
export type MetaTags = ReadonlyMap<string, readonly string[]>

/** Meta elements that are looked at; real pages have some hundred. */
const MAX_META = 400
const MAX_VALUES = 20

/** Reads the meta elements of a page; values are plain text. */
export function readMetaTags(document: PageDocument): MetaTags {
  const values = new Map<string, string[]>()
  for (const tag of [...document.querySelectorAll('meta[content]')].slice(0, MAX_META)) {
    const name =
      tag.getAttribute('property') ??
      tag.getAttribute('name') ??
      tag.getAttribute('itemprop') ??
      tag.getAttribute('http-equiv')
    const value = plainText(tag.getAttribute('content') ?? '')
    if (!name || value === '') continue
    const key = name.trim().toLowerCase()
    const known = values.get(key) ?? []
    if (known.length < MAX_VALUES) values.set(key, [...known, value])
  }
  return values
}

/** The first value of the first of these names that is there. */
export function metaOf(tags: MetaTags, wanted: readonly string[]): string | undefined {
  for (const name of wanted) {
    const value = tags.get(name)?.[0]
    if (value !== undefined) return value
  }
  return undefined
}
