/**
 * Makes hostile markup harmless before a DOM is built: one pass over the characters, no regular expression that can
 * backtrack, memory proportional to what is kept. Comments, scripts, styles and drawings go (JSON-LD is set aside);
 * nesting, tag length, text nodes and the whole document are cut at fixed lengths; `html`, `head` and `body` are put
 * where they belong, because the DOM library does not invent them as browsers do. What is beyond a limit is dropped
 * silently: a page that needs more than this is not an article.
 */

/** Characters of input that are looked at; embedded JSON makes real pages several million long. */
const MAX_INPUT = 24_000_000
/** Characters of markup that reach the DOM. */
const MAX_MARKUP = 1_500_000
/** Tags, entities and stray `<`: each becomes a node. The largest real pages we have seen reach ten thousand. */
const MAX_NODES = 20_000
const MAX_DEPTH = 100
/** Sum over all elements of their depth: what walking from every element to the root would cost. */
const MAX_TOTAL_DEPTH = 400_000
const MAX_TAG_LENGTH = 10_000
const MAX_TEXT_NODE = 100_000
const MAX_JSON_LD = 500_000
const MAX_JSON_LD_BLOCKS = 30

/** What the rest of the folder and readability look at; every other attribute would only be memory. */
const KEPT_ATTRIBUTES = words(
  'alt class content datetime dir hidden href http-equiv id itemprop itemtype lang name property pubdate rel role src type',
)

/** Elements dropped with all they hold. */
const DROPPED = words('script style svg template math canvas iframe object select noscript noframes')
const VOID = words('area base br col embed hr img input link meta param source track wbr')
/** Elements that leave us in the head; any other begins the body. */
const HEAD = words('meta link base title')
/** A start tag of these ends an open element of the same kind directly before it. */
const SIBLINGS = words('p li dt dd tr td th option a')
/** These end an open paragraph; dropped by depth, they still separate text. */
const BLOCKS = words(
  'address article aside blockquote center div dl dt dd fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header li main menu nav ol p section table tbody td th thead tr ul',
)

export interface BoundMarkup {
  /** One `html` element with one `head` and one `body`. */
  readonly markup: string
  /** Contents of the page's `application/ld+json` scripts, as written. */
  readonly jsonLd: readonly string[]
}

interface State {
  readonly html: string
  /** Where reading goes on. */
  at: number
  readonly head: string[]
  readonly body: string[]
  inHead: boolean
  htmlAttributes: string
  bodyAttributes: string
  length: number
  nodes: number
  totalDepth: number
  readonly open: string[]
  /** Start tags left out because of depth, by name: as many end tags are left out. */
  readonly skipped: Map<string, number>
  /** Dropped elements that have no end tag in the rest of the page. */
  readonly endless: Set<string>
  readonly jsonLd: string[]
}

/** The markup a DOM may be built of. Never throws; takes time linear in the length of `html`. */
export function boundMarkup(html: string): BoundMarkup {
  const state: State = {
    html: html.length > MAX_INPUT ? html.slice(0, MAX_INPUT) : html,
    at: 0,
    head: [],
    body: [],
    inHead: true,
    htmlAttributes: '',
    bodyAttributes: '',
    length: 0,
    nodes: 0,
    totalDepth: 0,
    open: [],
    skipped: new Map(),
    endless: new Set(),
    jsonLd: [],
  }
  while (state.at < state.html.length && !isFull(state)) step(state)
  const { head, body, htmlAttributes, bodyAttributes } = state
  return {
    markup: `<!doctype html><html${htmlAttributes}><head>${head.join('')}</head><body${bodyAttributes}>${body.join('')}</body></html>`,
    jsonLd: state.jsonLd,
  }
}

function isFull(state: State): boolean {
  return state.length >= MAX_MARKUP || state.nodes >= MAX_NODES || state.totalDepth >= MAX_TOTAL_DEPTH
}

function step(state: State): void {
  const { html, at } = state
  const next = html.indexOf('<', at)
  const end = next === -1 ? html.length : next
  if (end > at) emitText(state, html.slice(at, Math.min(end, at + MAX_TEXT_NODE)))
  if (next === -1) {
    state.at = html.length
  } else if (html.startsWith('<!--', next)) {
    skipPast(state, '-->', next + 4)
  } else if (/^[!?]/.test(html.charAt(next + 1))) {
    skipPast(state, '>', next + 2)
  } else if (/^[a-z]/i.test(html.charAt(next + 1)) || /^\/[a-z]/i.test(html.slice(next + 1, next + 3))) {
    readTag(state, next)
  } else {
    state.nodes++
    emitText(state, '&lt;')
    state.at = next + 1
  }
}

function skipPast(state: State, mark: string, from: number): void {
  const found = state.html.indexOf(mark, from)
  state.at = found === -1 ? state.html.length : found + mark.length
}

function readTag(state: State, start: number): void {
  const end = findTagEnd(state.html, start)
  state.at = end + 1
  const tag = state.html.slice(start, Math.min(end, start + MAX_TAG_LENGTH))
  const name = /^<\/?([a-z][^\s/>]{0,40})/i.exec(tag)?.[1]?.toLowerCase() ?? ''
  const isWhole = end - start < MAX_TAG_LENGTH
  const isEnd = tag.startsWith('</')
  const attributes = isWhole && !isEnd ? keepAttributes(tag.slice(1 + name.length)) : ''
  if (isEnd) readEndTag(state, name)
  else readStartTag(state, name, attributes)
}

/** The attributes that are kept, written anew; a style that hides becomes `hidden`. */
function keepAttributes(text: string): string {
  if (!/[a-z]/i.test(text)) return ''
  let kept = ''
  for (const match of text.matchAll(/([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)) {
    const name = (match[1] ?? '').toLowerCase()
    const value = match[2] ?? match[3] ?? match[4]
    if (name === 'style' && /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(value ?? ''))
      kept += ' hidden'
    else if (KEPT_ATTRIBUTES.has(name))
      kept += value === undefined ? ` ${name}` : ` ${name}="${value.replaceAll('"', '&quot;')}"`
  }
  return kept
}

/** The index of the `>` that ends a tag; one inside a quoted attribute value does not. */
function findTagEnd(html: string, start: number): number {
  let quote = ''
  let previous = ''
  for (let at = start + 1; at < html.length; at++) {
    const char = html.charAt(at)
    if (quote !== '') {
      if (char === quote) quote = ''
    } else if (char === '>') {
      return at
    } else if ((char === '"' || char === "'") && previous === '=') {
      quote = char
    }
    if (char > ' ') previous = char
  }
  return html.length
}

function readStartTag(state: State, name: string, attributes: string): void {
  if (name === 'html') state.htmlAttributes ||= attributes
  else if (name === 'body') {
    state.bodyAttributes ||= attributes
    state.inHead = false
  } else if (name === 'head') return
  else if (DROPPED.has(name)) dropElement(state, name, attributes)
  else if (VOID.has(name)) emitElement(state, name, attributes)
  else openElement(state, name, attributes)
}

function openElement(state: State, name: string, attributes: string): void {
  const { open } = state
  const last = open.at(-1)
  if (last === name && SIBLINGS.has(name)) {
    open.pop()
    emit(state, `</${name}>`)
  } else if (last === 'p' && BLOCKS.has(name)) open.pop()
  if (open.length >= MAX_DEPTH) {
    state.skipped.set(name, (state.skipped.get(name) ?? 0) + 1)
    if (BLOCKS.has(name)) emitBreak(state)
    return
  }
  open.push(name)
  emitElement(state, name, attributes)
}

function readEndTag(state: State, name: string): void {
  if (name === 'head') state.inHead = false
  if (name === 'html' || name === 'body' || name === 'head') return
  const skipped = state.skipped.get(name) ?? 0
  if (skipped > 0) {
    state.skipped.set(name, skipped - 1)
    return
  }
  const at = state.open.lastIndexOf(name)
  if (at === -1) return
  state.open.length = at
  emit(state, `</${name}>`)
}

function dropElement(state: State, name: string, attributes: string): void {
  if (state.endless.has(name)) return
  const closing = new RegExp(`</${name}[\\s/>]`, 'gi')
  closing.lastIndex = state.at
  const found = closing.exec(state.html)
  if (found === null) {
    state.endless.add(name)
    return
  }
  const content = state.html.slice(state.at, Math.min(found.index, state.at + MAX_JSON_LD))
  if (name === 'script' && /ld\+json/i.test(attributes) && state.jsonLd.length < MAX_JSON_LD_BLOCKS)
    state.jsonLd.push(content)
  skipPast(state, '>', found.index)
}

function emitText(state: State, text: string): void {
  for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', at + 1)) state.nodes++
  if (state.inHead && /\S/.test(text) && state.open.length === 0) state.inHead = false
  emit(state, text)
}

function emitElement(state: State, name: string, attributes: string): void {
  if (!HEAD.has(name)) state.inHead = false
  state.nodes++
  state.totalDepth += state.open.length
  emit(state, `<${name}${attributes}>`)
}

/** Where nesting is cut, blocks are still told apart. */
function emitBreak(state: State): void {
  if (state.body.at(-1) === BREAK) return
  state.nodes += 2
  emit(state, BREAK)
}

const BREAK = '<br><br>'

function emit(state: State, piece: string): void {
  const target = state.inHead ? state.head : state.body
  target.push(piece)
  state.length += piece.length
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}
