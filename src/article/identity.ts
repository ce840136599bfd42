/**
 * Which texts are one article. Publishers edit guids, address parameters, titles and dates, mostly one at a time, so
 * each of address, guid and title can hold an article together while another one changes; the weaker a mark is, the
 * more must agree with it. A home page as address, a short guid and a short title say nothing on their own.
 *
 * Two sources that carry one address carry one article. Two sources never share an article by guid or title alone:
 * agencies send the same words to many publishers, and those are a story, not an article.
 */
import type { Instant } from './article.ts'
import { sameness } from './line.ts'

/** What is known of a text when it comes in. */
export interface ArticleMarks {
  readonly sourceId: string
  /** The feed's own id. */
  readonly guid?: string
  readonly url?: string
  readonly headline?: string
  readonly publishedAt?: Instant
}

const HOUR_MS = 3_600_000
/** Columns such as “The day in brief” come back; the same title means the same article only this long. */
const SAME_TITLE_MS = 36 * HOUR_MS
const MIN_TITLE_CHARS = 16
const MIN_WIDE_TITLE_CHARS = 8
const MAX_KEY_CHARS = 512

/**
 * Keys under which an article is found again, strongest first. Two texts that are one article share at least one key;
 * sharing a key is not enough, `sameArticle` decides.
 */
export function articleKeys(marks: ArticleMarks): string[] {
  const address = articleAddress(marks.url)
  const linked = guidAddress(marks.guid)
  const title = tellingTitle(marks.headline)
  const keys = [
    address && `url:${address}`,
    linked && `url:${linked}`,
    marks.guid?.trim() && `guid:${marks.sourceId}:${marks.guid.trim()}`,
    title && `title:${marks.sourceId}:${title}`,
  ]
  return [...new Set(keys.flatMap((key) => (key ? [key.slice(0, MAX_KEY_CHARS)] : [])))]
}

/** Whether two texts are one article. Symmetric; see the truth table in the tests. */
export function sameArticle(a: ArticleMarks, b: ArticleMarks): boolean {
  if (sharesAddress(a, b)) return true
  if (a.sourceId !== b.sourceId) return false
  const hasSameTitle = sharesTitle(a, b)
  if (sharesGuid(a, b)) return hasSameTitle || !areBothElsewhere(a, b) || isUnique(a.guid ?? '')
  return hasSameTitle && isSameDay(a, b) && sharesPlace(a, b)
}

function sharesAddress(a: ArticleMarks, b: ArticleMarks): boolean {
  const addresses = new Set([articleAddress(a.url), guidAddress(a.guid)])
  return [articleAddress(b.url), guidAddress(b.guid)].some(
    (address) => address !== undefined && addresses.has(address),
  )
}

const sharesGuid = (a: ArticleMarks, b: ArticleMarks) =>
  (a.guid ?? '').trim() !== '' && a.guid?.trim() === b.guid?.trim()

function sharesTitle(a: ArticleMarks, b: ArticleMarks): boolean {
  const title = tellingTitle(a.headline)
  return title !== undefined && title === tellingTitle(b.headline)
}

/** Both have an address of their own, and not the same one. */
function areBothElsewhere(a: ArticleMarks, b: ArticleMarks): boolean {
  const first = articleAddress(a.url)
  const second = articleAddress(b.url)
  return first !== undefined && second !== undefined && first !== second
}

/** Guids like `1` or `item-3` are positions in a feed and are given again; long ones are not. */
const isUnique = (guid: string) => guid.trim().length >= 16 || /^(?:https?:|tag:|urn:)/i.test(guid.trim())

function isSameDay(a: ArticleMarks, b: ArticleMarks): boolean {
  if (a.publishedAt === undefined || b.publishedAt === undefined) return true
  return Math.abs(a.publishedAt - b.publishedAt) <= SAME_TITLE_MS
}

/** The same host, or an address missing. */
function sharesPlace(a: ArticleMarks, b: ArticleMarks): boolean {
  const first = canonicalUrl(a.url ?? '')
  const second = canonicalUrl(b.url ?? '')
  return first === undefined || second === undefined || new URL(first).host === new URL(second).host
}

/** A title long enough to be one article's only. */
function tellingTitle(headline: string | undefined): string | undefined {
  const title = sameness(headline ?? '')
  const least = /[\u3041-\ud7a3]/.test(title) ? MIN_WIDE_TITLE_CHARS : MIN_TITLE_CHARS
  return title.length >= least ? title : undefined
}

const guidAddress = (guid: string | undefined) =>
  /^https?:\/\//i.test(guid?.trim() ?? '') ? articleAddress(guid) : undefined

/** The canonical form of an address that can be one article's: not a home page. */
function articleAddress(url: string | undefined): string | undefined {
  const canonical = canonicalUrl(url ?? '')
  if (canonical === undefined) return undefined
  const { pathname, search, hash } = new URL(canonical)
  return pathname === '/' && search === '' && hash === '' ? undefined : canonical
}

const TRACKING =
  /^(?:utm_.*|utm[a-z]+|pk_.*|piwik_.*|mtm_.*|matomo_.*|at_.*|ns_.*|guce_.*|vero_.*|oly_.*|sfmc_.*|elq.*|_hs.*|hsa_.*|hsctatracking|sc_.*|wt_.*|wtmc|wt\.mc.*|xtor|fbclid|fb_.*|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_cid|mc_eid|mkt_tok|_ga|_gl|_openstat|__twitter_impression|ref|ref_|ref_src|ref_url|referrer|refer|referer|cmpid|cmp|cmp_.*|campaign_id|ito|ocid|smid|smtyp|spm|guccounter|trk.*|s_cid|icid|ncid|dm_i|sr_share|share|sharesource|shared|wpisrc|wpmm|mbid|cndid|seid|partner|origin|ftag|rss|feed|amp|outputtype|print)$/i
/** Parameters that track when they say where a reader came from, and identify otherwise. */
const SOURCE_PARAMETER = /^(?:source|src|from|via|channel|mode|type|output)$/i
const SOURCE_VALUE =
  /^(?:rss|feed|atom|feedburner|twitter|facebook|newsletter|email|mail|social|share|amp|app|push|telegram|whatsapp|x)$/i

/**
 * The address as an identity, not to be fetched: https, without `www.` and mobile hosts, AMP forms, tracking parameters,
 * fragment, index file and trailing slash; parameters sorted. Undefined where it is no http(s) address.
 */
export function canonicalUrl(address: string): string | undefined {
  const url = parseWeb(address)
  if (url === undefined) return undefined
  const inner = unwrapAmpCache(url)
  const host = canonicalHost(inner)
  const path = canonicalPath(inner.pathname)
  const query = canonicalQuery(inner.searchParams)
  const fragment = inner.hash.startsWith('#!') ? inner.hash : ''
  return `https://${host}${path}${query}${fragment}`
}

function parseWeb(address: string): URL | undefined {
  const url = address.length > 4096 ? null : URL.parse(address.trim())
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '' ? url : undefined
}

/** `google.com/amp/s/host/path` and `*.cdn.ampproject.org/c/s/host/path` hold the address of the page. */
function unwrapAmpCache(url: URL): URL {
  const held = /^(?:www\.)?google\.[a-z.]+$/.test(url.hostname)
    ? /^\/amp\/(?:s\/)?(.+)$/.exec(url.pathname)
    : url.hostname.endsWith('.cdn.ampproject.org')
      ? /^\/[cv]\/(?:s\/)?(.+)$/.exec(url.pathname)
      : null
  return (held?.[1] && parseWeb(`https://${held[1]}${url.search}`)) || url
}

/** Ports other than the scheme's own stay, and so do short hosts such as `m.de`. */
function canonicalHost(url: URL): string {
  const host = url.hostname.replace(/\.$/, '')
  const isName = /[a-z]/.test(host) && !host.includes(':')
  const bare = isName
    ? host
        .replace(/^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.[^.]+)/, '')
        .replace(/^([a-z]{2,3})\.m\.(?=[^.]+\.[^.]+)/, '$1.')
    : host
  return url.port === '' ? bare : `${bare}:${url.port}`
}

function canonicalPath(path: string): string {
  const short = path
    .replace(/\/{2,}/g, '/')
    .replace(/^\/amp(?=\/.)/, '')
    .replace(/\/(?:index|default)\.(?:html?|php|aspx?|jsp)$/i, '/')
    .replace(/(?:\/amp|\.amp)?\/?$/, '')
    .replace(/(?:\.amp)(?=\.html?$)/, '')
  return short === '' ? '/' : short.replace(/%[\da-f]{2}/gi, plainEscape)
}

/** RFC 3986 §6.2.2: unreserved characters stand for themselves, other escapes are upper case. */
function plainEscape(encoded: string): string {
  const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16))
  return /[\w.~-]/.test(character) ? character : encoded.toUpperCase()
}

function canonicalQuery(parameters: URLSearchParams): string {
  const kept = [...parameters].filter(
    ([name, value]) =>
      name !== '' && !TRACKING.test(name) && !(SOURCE_PARAMETER.test(name) && SOURCE_VALUE.test(value)),
  )
  if (kept.length === 0) return ''
  const sorted = kept.toSorted(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
  return `?${new URLSearchParams(sorted)}`
}
