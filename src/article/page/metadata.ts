/**
 * What a page says about its article, read before anything is cleaned away: JSON-LD, OpenGraph, Twitter cards, Dublin
 * Core, parsely, sailthru, microdata and `time`, then what is visible. For each field the sources are asked in a fixed
 * order and the first sound answer counts.
 */
import type { Instant } from '../article.ts'
import { webAddress } from '../line.ts'
import { findAuthors } from './declared-authors.ts'
import { findModified, findPublished } from './declared-dates.ts'
import type { PageDocument } from './dom.ts'
import { findHeadline } from './headline.ts'
import type { LinkedArticle } from './json-ld.ts'
import { META_NAMES, type MetaTags, metaOf, readMetaTags } from './meta-tags.ts'

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
  const tags = readMetaTags(document)
  const meta = (wanted: readonly string[]) => metaOf(tags, wanted)
  const { base, url } = findAddress(document, tags, linked, pageUrl)
  const image = resolveAddress(meta(META_NAMES.image), base) ?? resolveAddress(linked?.image, base)
  const outlet = meta(META_NAMES.outlet) ?? linked?.outlet
  const host = hostOf(url ?? pageUrl)
  const sites = [outlet ?? '', linked?.outlet ?? '', host]
  const headline = findHeadline(document, tags, linked, sites, url ?? pageUrl ?? '')
  const description = meta(META_NAMES.description) ?? linked?.description
  const publishedAt = findPublished(document, tags, linked)
  const modifiedAt = findModified(tags, linked)
  const language = findLanguage(document, tags, linked)
  return {
    ...(headline !== undefined && { headline }),
    ...(description !== undefined && { description }),
    authors: findAuthors(document, tags, linked, sites),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(modifiedAt !== undefined && { modifiedAt }),
    ...(language !== undefined && { language }),
    ...(image !== undefined && { image }),
    ...(url !== undefined && { url }),
    ...(outlet !== undefined && { outlet }),
    noarchive: /noarchive|\bnone\b/i.test(meta(META_NAMES.robots) ?? ''),
  }
}

function findLanguage(
  document: PageDocument,
  tags: MetaTags,
  linked: LinkedArticle | undefined,
): string | undefined {
  const declared = [
    document.documentElement.getAttribute('lang') ?? document.documentElement.getAttribute('xml:lang'),
    metaOf(tags, META_NAMES.language),
    linked?.language,
  ]
  for (const tag of declared) {
    const match = /^([a-z]{2,3})(?:[-_]([a-z]{2}))?\b/i.exec(tag?.trim() ?? '')
    if (match?.[1] !== undefined)
      return match[2] === undefined
        ? match[1].toLowerCase()
        : `${match[1].toLowerCase()}-${match[2].toUpperCase()}`
  }
  return undefined
}

/** The page's own address and the one relative addresses are resolved against. */
function findAddress(
  document: PageDocument,
  tags: MetaTags,
  linked: LinkedArticle | undefined,
  pageUrl: string | undefined,
): { readonly base: string | undefined; readonly url: string | undefined } {
  const canonical = document.querySelector('link[rel~="canonical"]')?.getAttribute('href')
  const declared = metaOf(tags, META_NAMES.url)
  const from = pageUrl ?? resolveAddress(canonical, undefined) ?? resolveAddress(declared, undefined)
  const base = resolveAddress(document.querySelector('base[href]')?.getAttribute('href'), from) ?? from
  const url =
    resolveAddress(canonical, base) ??
    resolveAddress(declared, base) ??
    resolveAddress(linked?.url, base) ??
    webAddress(pageUrl ?? '')
  return { base, url }
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
