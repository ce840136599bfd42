/**
 * The links of a page in document order, found by one pass over its tags. Enough to look for feeds and articles in a page
 * of any size and state, without building a tree of it; scripts, styles and comments are skipped.
 */
import { lineOfHtml, resolveAddress } from './feed/markup.ts'
import { readAttributes } from './feed/xml-reader.ts'

export interface PageLink {
  readonly element: 'a' | 'link'
  /** Absolute http(s) address. */
  readonly url: string
  /** What a reader sees of an `a`; empty for a `link`. */
  readonly text: string
  readonly attributes: ReadonlyMap<string, string>
  /** Whether it stands in a menu, a header or a footer of the page. */
  readonly isAside: boolean
  /** Whether it stands in a heading or holds one. */
  readonly isHeading: boolean
}

const MAX_CHARS = 5_000_000
const MAX_LINKS = 10_000
const MAX_TEXT_CHARS = 2000

const TAG =
  /<!--|<(\/?)(a|link|base|script|style|noscript|template|nav|header|footer|aside|article|main|h[1-6])(?=[\s/>])/gi
const ASIDES = new Set(['nav', 'header', 'footer', 'aside'])
const COMMENT_END = /-->/g
const SKIPPED: ReadonlyMap<string, RegExp> = new Map([
  ['script', /<\/script/gi],
  ['style', /<\/style/gi],
  ['template', /<\/template/gi],
])

interface Walk {
  readonly html: string
  readonly links: PageLink[]
  /** Closing marks that do not come again, so that nobody looks for them twice. */
  readonly missing: Set<RegExp>
  base: string
  /** The first `base` of a page is the one that counts. */
  hasBase: boolean
  asides: number
  articles: number
  headings: number
}

/** `url` is where the page was found; the page's own `base` is heeded. */
export function pageLinks(page: string, url: string): PageLink[] {
  const html = page.slice(0, MAX_CHARS)
  const walk: Walk = {
    html,
    links: [],
    missing: new Set(),
    base: url,
    hasBase: false,
    asides: 0,
    articles: 0,
    headings: 0,
  }
  const tag = new RegExp(TAG)
  for (let match = tag.exec(html); match && walk.links.length < MAX_LINKS; match = tag.exec(html)) {
    tag.lastIndex = readTag(walk, match, tag.lastIndex)
  }
  return walk.links
}

/** Where to go on. */
function readTag(walk: Walk, match: RegExpExecArray, at: number): number {
  const name = match[2]?.toLowerCase()
  if (name === undefined) return afterMark(walk, COMMENT_END, at)
  const isClosing = match[1] === '/'
  count(walk, name, isClosing ? -1 : 1)
  if (isClosing) return at
  const skipTo = SKIPPED.get(name)
  if (skipTo !== undefined) return afterMark(walk, skipTo, at)
  if (name !== 'a' && name !== 'link' && name !== 'base') return at
  const attributes = new Map<string, string>()
  const end = readAttributes(walk.html, at, attributes).at
  const href = attributes.get('href')
  if (href === undefined) return end
  if (name === 'base') takeBase(walk, href)
  else addLink(walk, name, href, attributes, end)
  return end
}

function takeBase(walk: Walk, href: string): void {
  if (!walk.hasBase) walk.base = resolveAddress(href, walk.base)
  walk.hasBase = true
}

/** What never ends is read on in, since a page without the closing tag is a page nonetheless. */
function afterMark(walk: Walk, mark: RegExp, from: number): number {
  if (walk.missing.has(mark)) return from
  mark.lastIndex = from
  if (mark.exec(walk.html)) return mark.lastIndex
  walk.missing.add(mark)
  return from
}

function count(walk: Walk, name: string, step: 1 | -1): void {
  if (ASIDES.has(name)) walk.asides = Math.max(0, walk.asides + step)
  else if (name === 'article' || name === 'main') walk.articles = Math.max(0, walk.articles + step)
  else if (/^h[1-6]$/.test(name)) walk.headings = Math.max(0, walk.headings + step)
}

function addLink(
  walk: Walk,
  element: 'a' | 'link',
  href: string,
  attributes: Map<string, string>,
  end: number,
): void {
  const url = URL.parse(href.trim(), walk.base)
  if (url === null || !/^https?:$/.test(url.protocol)) return
  const inner = element === 'a' ? innerOf(walk.html, end) : ''
  walk.links.push({
    element,
    url: url.href,
    text: lineOfHtml(inner) || (attributes.get('title') ?? '').trim(),
    attributes,
    isAside: walk.asides > 0 && walk.articles === 0,
    isHeading: walk.headings > 0 || /<h[1-6][\s>]/i.test(inner),
  })
}

function innerOf(html: string, start: number): string {
  const inner = html.slice(start, start + MAX_TEXT_CHARS)
  const end = /<\/?a[\s>]/i.exec(inner)?.index
  return inner.slice(0, end)
}
