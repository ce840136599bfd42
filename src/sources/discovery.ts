/**
 * From an address that a person pasted to the feeds behind it: what the page declares, what its links look like, and what
 * well-known sites and programs offer. A page without a feed is followed by the links to its articles or by its news
 * sitemap. Nothing is fetched here; a guess is a guess until someone has read it.
 */
import { canonicalUrl } from '../article/identity.ts'
import { type PageLink, pageLinks } from './html-links.ts'
import { siteFeedUrls } from './site-feeds.ts'

export interface FeedLink {
  readonly url: string
  readonly title?: string
  /** `declared` by the page itself; `linked` where a link only looks like a feed. */
  readonly kind: 'declared' | 'linked'
}

const MAX_FEED_LINKS = 50
const FEED_TYPE =
  /^(?:application\/(?:(?:rss|atom|rdf|feed)\+(?:xml|json)|x-rss\+xml)|text\/(?:rss|atom)\+?(?:xml)?)/i
const LOOSE_TYPE = /^(?:application|text)\/(?:xml|json)/i
const FEED_WORD = /(?:^|[\W_])(?:rss\d?|atom|feeds?|rdf|xml-feed|json-feed)(?:[\W_]|$)/i
const COMMENTS = /comment|kommentar|commentaire|comentario|commento|reactie|komentar/i

/** The feeds that a page names, the likely ones first; feeds of comments last. */
export function feedLinks(html: string, url: string): FeedLink[] {
  const found = new Map<string, FeedLink>()
  const links = pageLinks(html, url)
  const declared = links.flatMap((link) => (isDeclaredFeed(link) ? [asFeed(link, 'declared')] : []))
  const linked = links.flatMap((link) => (isLinkedFeed(link) ? [asFeed(link, 'linked')] : []))
  for (const feed of [...declared, ...channelInPage(html, url), ...linked]) {
    if (!found.has(feed.url)) found.set(feed.url, feed)
  }
  const all = [...found.values()]
  return [...all.filter((feed) => !isOfComments(feed)), ...all.filter(isOfComments)].slice(0, MAX_FEED_LINKS)
}

/** Whether a feed is of what readers wrote, and not of articles. */
export function isOfComments({ title, url }: FeedLink): boolean {
  return COMMENTS.test(`${title ?? ''} ${new URL(url).pathname}`)
}

function isDeclaredFeed(link: PageLink): boolean {
  if (link.element !== 'link') return false
  const rel = (link.attributes.get('rel') ?? '').toLowerCase().split(/\s+/)
  const type = link.attributes.get('type')?.trim() ?? ''
  if (rel.includes('feed')) return true
  if (!rel.includes('alternate') || /oembed|wp-json/i.test(type + link.url)) return false
  return (
    FEED_TYPE.test(type) ||
    (LOOSE_TYPE.test(type) && FEED_WORD.test(`${link.attributes.get('title')} ${link.url}`))
  )
}

/** Links to the feed itself: by its file name, or by the word that is its whole text. */
function isLinkedFeed(link: PageLink): boolean {
  if (link.element !== 'a') return false
  const { hostname, pathname, search } = new URL(link.url)
  if (/^(?:www\.)?(?:feedly|inoreader|newsblur|netvibes|feedburner)\.com$/.test(hostname)) return false
  if (FEED_TYPE.test(link.attributes.get('type') ?? '')) return true
  const file =
    /\.(?:rss|atom|rdf)$|(?:^|\/)(?:rss|feeds?|atom|index)\d?\.(?:xml|json)$|(?:^|\/)(?:rss|feeds?|atom)\/?$/i
  if (
    file.test(pathname) ||
    /[?&](?:feed|format)=(?:rss2?|atom)\b/i.test(search) ||
    /^(?:feeds?|rss)\./.test(hostname)
  )
    return true
  return /^(?:rss|atom)(?:[ -]feed)?$/i.test(link.text) && FEED_WORD.test(pathname + search)
}

function asFeed(link: PageLink, kind: FeedLink['kind']): FeedLink {
  const title = (link.attributes.get('title') ?? link.text).trim()
  return title === '' ? { url: link.url, kind } : { url: link.url, title, kind }
}

/** YouTube names the channel of a handle only inside of its page. */
function channelInPage(html: string, url: string): FeedLink[] {
  if (!/(?:^|\.)youtube\.com$/.test(URL.parse(url)?.hostname ?? '')) return []
  const channel = /"(?:externalId|channelId)":"(UC[\w-]{22})"/.exec(html.slice(0, 3_000_000))?.[1]
  if (channel === undefined) return []
  return [{ url: `https://www.youtube.com/feeds/videos.xml?channel_id=${channel}`, kind: 'declared' }]
}

const COMMON_PATHS = [
  'feed',
  'rss',
  'rss.xml',
  'feed.xml',
  'atom.xml',
  'index.xml',
  'feed.json',
  'feeds',
  'rss/news',
  'index.rdf',
  '?feed=rss2',
]

/** Where the feeds of this address could be: those of the site it is on, then the common places; to be tried in order. */
export function guessFeedUrls(address: string): readonly string[] {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `https://${address}`)
  if (url === null || !/^https?:$/.test(url.protocol)) return []
  const known = siteFeedUrls(url)
  if (known.length > 0) return known
  const folder = new URL(
    /\.\w{2,5}$/.test(url.pathname) ? '.' : `${url.pathname.replace(/\/?$/, '')}/`,
    url.origin + url.pathname,
  )
  const folders = folder.pathname === '/' ? [folder] : [folder, new URL('/', url)]
  return [...new Set(folders.flatMap((base) => COMMON_PATHS.map((path) => new URL(path, base).href)))]
}

export interface ArticleLink {
  readonly url: string
  readonly title: string
}

const MAX_ARTICLE_LINKS = 60
const NO_ARTICLE =
  /(?:^|\/)(?:tags?|topics?|themen?|category|categories|kategorie|authors?|autor(?:en)?|search|suche|login|signin|register|abo|subscribe|newsletter|contact|kontakt|impressum|imprint|privacy|datenschutz|terms|agb|about|jobs|shop|hilfe|help|faq|feed|rss|page|seite)(?:\/|$)|\.(?:jpe?g|png|gif|webp|svg|pdf|zip|mp[34]|xml|json|css|js)$/i

/** The articles that an overview page links to, in its order, each with the longest text that links to it. */
export function articleLinks(html: string, url: string): ArticleLink[] {
  const own = siteOf(new URL(url).hostname)
  const self = canonicalUrl(url)
  const found = new Map<string, { url: string; title: string; score: number }>()
  for (const link of pageLinks(html, url)) {
    const key = canonicalUrl(link.url)
    if (link.element !== 'a' || key === undefined || key === self || siteOf(new URL(key).hostname) !== own)
      continue
    const score = articleScore(link)
    const known = found.get(key)
    if (known === undefined) found.set(key, { url: link.url, title: link.text, score })
    else {
      known.score = Math.max(known.score, score)
      if (link.text.length > known.title.length) known.title = link.text
    }
  }
  const articles = [...found.values()].filter(({ score, title }) => score >= 3 && title !== '')
  return articles.slice(0, MAX_ARTICLE_LINKS).map(({ url, title }) => ({ url: withoutFragment(url), title }))
}

function withoutFragment(url: string): string {
  const page = new URL(url)
  page.hash = ''
  return page.href
}

/** The last two labels, or three where the last two are short (`bbc.co.uk`). */
function siteOf(hostname: string): string {
  const labels = hostname.split('.')
  const isShort = labels.length > 2 && (labels.at(-1)?.length ?? 0) <= 3 && (labels.at(-2)?.length ?? 0) <= 3
  return labels.slice(isShort ? -3 : -2).join('.')
}

/** Headlines are long, stand in headings, and lead to addresses with a date, a number or many words. */
function articleScore(link: PageLink): number {
  const { pathname, search } = new URL(link.url)
  if (pathname === '/' || NO_ARTICLE.test(pathname)) return -9
  const words = link.text.split(/\s+/).length
  const isLong = words >= 5 || link.text.length >= 30 || /[\u3041-\ud7a3]{8}/.test(link.text)
  const slug = pathname.split('/').findLast((part) => part !== '') ?? ''
  const hasDate = /\/(?:19|20)\d\d[/-]?(?:[01]\d)(?:[/-]|$)/.test(pathname)
  const hasNumber = /\d{5,}/.test(pathname) || /[?&](?:id|p|article)=\d+/.test(search)
  const isWordy = slug.split(/[-_]/).length >= 4
  const points = [
    isLong && 2,
    link.isHeading && 2,
    hasDate && 2,
    hasNumber && 2,
    isWordy && 2,
    link.isAside && -3,
  ]
  return (
    points.reduce<number>((sum, point) => sum + (point || 0), 0) - (words <= 1 && !link.isHeading ? 2 : 0)
  )
}
