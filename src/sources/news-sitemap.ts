/**
 * News sitemaps (https://www.sitemaps.org/protocol.html and Google's news extension): the articles that a site without a
 * feed lists for search engines. Plain sitemaps list every page there is and are refused by having no titles.
 */
import type { Instant } from '../article/article.ts'
import { parseDate } from '../article/dates.ts'
import { cleanLine, webAddress } from '../article/line.ts'
import { readXml, type XmlElement } from './feed/xml-reader.ts'

export interface SitemapArticle {
  readonly url: string
  readonly title: string
  readonly publishedAt?: Instant
  readonly language?: string
  readonly image?: string
}

export type Sitemap =
  | { readonly kind: 'articles'; readonly articles: readonly SitemapArticle[] }
  /** Further sitemaps, the most recently changed first. */
  | { readonly kind: 'index'; readonly sitemaps: readonly string[] }

const MAX_ARTICLES = 1000
const MAX_SITEMAPS = 100

/** Reads the text of a sitemap; undefined where it is none. */
export function newsSitemap(xml: string): Sitemap | undefined {
  const start = xml.search(/<(?:[a-z]{1,20}:)?(?:urlset|sitemapindex)[\s>]/i)
  if (start === -1) return undefined
  const { root } = readXml(xml, start)
  if (localName(root) === 'sitemapindex') return { kind: 'index', sitemaps: readIndex(root) }
  const articles = childrenOf(root, 'url').flatMap(readArticle)
  return { kind: 'articles', articles: articles.slice(0, MAX_ARTICLES) }
}

function readIndex(root: XmlElement): string[] {
  const sitemaps = childrenOf(root, 'sitemap').flatMap((sitemap) => {
    const url = webAddress(textOf(sitemap, 'loc'))
    return url === undefined ? [] : [{ url, changedAt: parseDate(textOf(sitemap, 'lastmod')) ?? 0 }]
  })
  return sitemaps
    .toSorted((a, b) => b.changedAt - a.changedAt)
    .slice(0, MAX_SITEMAPS)
    .map(({ url }) => url)
}

function readArticle(element: XmlElement): SitemapArticle[] {
  const url = webAddress(textOf(element, 'loc'))
  const news = childrenOf(element, 'news')[0]
  const title = news === undefined ? '' : cleanLine(textOf(news, 'title'))
  if (url === undefined || news === undefined || title === '') return []
  const publishedAt = parseDate(textOf(news, 'publication_date'))
  const publication = childrenOf(news, 'publication')[0]
  const language = publication === undefined ? '' : textOf(publication, 'language').trim()
  const image = webAddress(childrenOf(element, 'image').map((picture) => textOf(picture, 'loc'))[0] ?? '')
  return [
    {
      url,
      title,
      ...(publishedAt === undefined ? {} : { publishedAt }),
      ...(language === '' ? {} : { language }),
      ...(image === undefined ? {} : { image }),
    },
  ]
}

const localName = (element: XmlElement) => element.name.slice(element.name.indexOf(':') + 1)

function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children
    .filter((child) => typeof child !== 'string')
    .filter((child) => localName(child) === name)
}

function textOf(element: XmlElement, name: string): string {
  const child = childrenOf(element, name)[0]
  return (
    child?.children
      .filter((part) => typeof part === 'string')
      .join('')
      .trim() ?? ''
  )
}
