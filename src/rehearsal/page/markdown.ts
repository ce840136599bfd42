/**
 * Discord Markdown → nodes. Follows what Discord's own client formats, so that a forgery (a headline that
 * closes its own bold, a masked link, a heading smuggled in after a line break) is seen here as a member would
 * see it there. It knows no page: `markdown-view.ts` turns the nodes into elements.
 *
 * All input is hostile: closers are looked for by plain scans, nesting is bounded, nothing backtracks.
 */

export type TimestampStyle = 't' | 'T' | 'd' | 'D' | 'f' | 'F' | 'R' | 's' | 'S'
export type MentionKind = 'user' | 'role' | 'channel' | 'everyone' | 'command'
type SpanKind = 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler'

export type MarkdownNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: SpanKind; readonly children: readonly MarkdownNode[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'code-block'; readonly text: string; readonly language?: string }
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly children: readonly MarkdownNode[] }
  | { readonly kind: 'subtext' | 'quote'; readonly children: readonly MarkdownNode[] }
  | {
      readonly kind: 'list'
      readonly start?: number
      readonly items: readonly (readonly MarkdownNode[])[]
    }
  | {
      readonly kind: 'link'
      readonly href: string
      readonly masked: boolean
      readonly children: readonly MarkdownNode[]
    }
  | { readonly kind: 'mention'; readonly of: MentionKind; readonly id: string; readonly name?: string }
  | { readonly kind: 'timestamp'; readonly seconds: number; readonly style: TimestampStyle }
  | { readonly kind: 'emoji'; readonly name: string; readonly id: string }

interface Scope {
  readonly depth: number
  readonly inQuote: boolean
  readonly inLink: boolean
  /** Headings, lists, quotes and subtext are only looked for where a line may begin. */
  readonly blocks: boolean
}

interface Match {
  readonly node: MarkdownNode
  /** Offset after what was taken. */
  readonly end: number
}

const maxDepth = 12

/** The nodes of a message text, an embed field or a text display. */
export function parseMarkdown(text: string): readonly MarkdownNode[] {
  return parse(text.replaceAll('\r\n', '\n'), { depth: 0, inQuote: false, inLink: false, blocks: true })
}

function parse(text: string, scope: Scope): readonly MarkdownNode[] {
  if (scope.depth > maxDepth) return [{ kind: 'text', text }]
  const nodes: MarkdownNode[] = []
  let plain = ''
  const flush = () => {
    if (plain !== '') nodes.push({ kind: 'text', text: plain })
    plain = ''
  }
  let at = 0
  while (at < text.length) {
    const match = matchAt(text, at, scope)
    if (match) {
      flush()
      nodes.push(match.node)
      at = match.end
      continue
    }
    const escaped = text.charAt(at) === '\\' && /[^0-9A-Za-z\s]/.test(text.charAt(at + 1))
    if (escaped) at += 1
    plain += text.charAt(at)
    at += 1
  }
  flush()
  return nodes
}

function matchAt(text: string, at: number, scope: Scope): Match | undefined {
  if (scope.blocks && (at === 0 || text.charAt(at - 1) === '\n')) {
    const block = blockAt(text, at, scope)
    if (block) return block
  }
  switch (text.charAt(at)) {
    case '\n':
      return { node: { kind: 'break' }, end: at + 1 }
    case '`':
      return codeBlockAt(text, at) ?? inlineCodeAt(text, at)
    case '*':
      return spanAt(text, at, '**', 'bold', scope) ?? starItalicAt(text, at, scope)
    case '_':
      return spanAt(text, at, '__', 'underline', scope) ?? underscoreItalicAt(text, at, scope)
    case '~':
      return spanAt(text, at, '~~', 'strike', scope)
    case '|':
      return spanAt(text, at, '||', 'spoiler', scope)
    case '[':
      return scope.inLink ? undefined : maskedLinkAt(text, at, scope)
    case '<':
      return angleAt(text, at, scope)
    case '@':
      return everyoneAt(text, at)
    case 'h':
      return scope.inLink ? undefined : bareLinkAt(text, at)
    default:
      return undefined
  }
}

// Blocks

function blockAt(text: string, at: number, scope: Scope): Match | undefined {
  return headingAt(text, at, scope) ?? quoteAt(text, at, scope) ?? listAt(text, at, scope)
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}

/** A block swallows the line break that ends it. */
function afterLine(text: string, end: number): number {
  return text.charAt(end) === '\n' ? end + 1 : end
}

function headingAt(text: string, at: number, scope: Scope): Match | undefined {
  const end = lineEnd(text, at)
  const line = text.slice(at, end)
  const mark = /^(#{1,3}|-#)[ \t]+(?=\S)/.exec(line)
  if (!mark) return undefined
  const children = parse(line.slice(mark[0].length), { ...scope, depth: scope.depth + 1, blocks: false })
  const level = mark[1]?.length
  const node: MarkdownNode =
    mark[1] === '-#'
      ? { kind: 'subtext', children }
      : { kind: 'heading', level: level === 1 ? 1 : level === 2 ? 2 : 3, children }
  return { node, end: afterLine(text, end) }
}

function quoteAt(text: string, at: number, scope: Scope): Match | undefined {
  if (scope.inQuote) return undefined
  const inner = { ...scope, depth: scope.depth + 1, inQuote: true }
  if (text.startsWith('>>> ', at)) {
    return { node: { kind: 'quote', children: parse(text.slice(at + 4), inner) }, end: text.length }
  }
  const lines: string[] = []
  let end = at
  while (end < text.length && text.startsWith('> ', end)) {
    const stop = lineEnd(text, end)
    lines.push(text.slice(end + 2, stop))
    end = afterLine(text, stop)
  }
  if (lines.length === 0) return undefined
  return { node: { kind: 'quote', children: parse(lines.join('\n'), inner) }, end }
}

const listMark = /^( {0,20})([-*]|\d{1,10}\.)[ \t]+(?=\S)/

function listAt(text: string, at: number, scope: Scope): Match | undefined {
  const first = listMark.exec(text.slice(at, lineEnd(text, at)))
  if (!first) return undefined
  const indent = first[1]?.length ?? 0
  const ordered = first[2]?.endsWith('.') === true
  const items: string[] = []
  let end = at
  while (end < text.length) {
    const stop = lineEnd(text, end)
    const line = text.slice(end, stop)
    const mark = listMark.exec(line)
    const depth = mark?.[1]?.length ?? /^ */.exec(line)?.[0].length ?? 0
    if (mark && depth <= indent) {
      if (depth < indent || (mark[2]?.endsWith('.') === true) !== ordered) break
      items.push(line.slice(mark[0].length))
    } else if (line.trim() !== '' && depth > indent) {
      items.push(`${items.pop() ?? ''}\n${line.slice(Math.min(depth, indent + 2))}`)
    } else break
    end = afterLine(text, stop)
  }
  const inner = { ...scope, depth: scope.depth + 1 }
  const node: MarkdownNode = {
    kind: 'list',
    items: items.map((item) => parse(item, inner)),
    ...(ordered ? { start: Number.parseInt(first[2] ?? '1', 10) } : {}),
  }
  return { node, end }
}

// Code

function codeBlockAt(text: string, at: number): Match | undefined {
  if (!text.startsWith('```', at)) return undefined
  const close = text.indexOf('```', at + 3)
  if (close === -1) return undefined
  const inner = text.slice(at + 3, close)
  const language = /^([a-z0-9_+\-.#]{1,32})\n/i.exec(inner)?.[1]
  const code = (language === undefined ? inner : inner.slice(language.length))
    .replace(/^\n{1,4000}/, '')
    .trimEnd()
  if (code.trim() === '') return undefined
  const node: MarkdownNode = {
    kind: 'code-block',
    text: code,
    ...(language === undefined ? {} : { language }),
  }
  return { node, end: afterLine(text, close + 3) }
}

function inlineCodeAt(text: string, at: number): Match | undefined {
  let ticks = at
  while (text.charAt(ticks) === '`') ticks += 1
  const fence = text.slice(at, ticks)
  for (let close = text.indexOf(fence, ticks); close !== -1; close = text.indexOf(fence, close + 1)) {
    const touches = text.charAt(close + fence.length) === '`' || text.charAt(close - 1) === '`'
    if (touches) continue
    const code = text.slice(ticks, close).replace(/^ (?=`)|(?<=`) $/g, '')
    return { node: { kind: 'code', text: code }, end: close + fence.length }
  }
  return undefined
}

// Spans

/** Where `fence` next closes, not escaped and not part of a longer run; -1 where it never does. */
function closerOf(text: string, from: number, fence: string): number {
  const char = fence.charAt(0)
  for (let at = from; at < text.length; at += 1) {
    if (text.charAt(at) === '\\' && char !== '|' && char !== '~') {
      at += 1
      continue
    }
    if (!text.startsWith(fence, at)) continue
    const runsOn = char !== '|' && text.charAt(at + fence.length) === char
    if (!runsOn && at > from) return at
  }
  return -1
}

function spanAt(text: string, at: number, fence: string, kind: SpanKind, scope: Scope): Match | undefined {
  if (!text.startsWith(fence, at)) return undefined
  const from = at + fence.length
  const close = closerOf(text, from, fence)
  return close === -1 ? undefined : span(kind, text.slice(from, close), close + fence.length, scope)
}

function span(kind: SpanKind, inner: string, end: number, scope: Scope): Match {
  const children = parse(inner, { ...scope, depth: scope.depth + 1, blocks: false })
  return { node: { kind, children }, end }
}

function starItalicAt(text: string, at: number, scope: Scope): Match | undefined {
  if (!/\S/.test(text.charAt(at + 1)) || text.charAt(at + 1) === '*') return undefined
  for (let close = at + 1; close < text.length; close += 1) {
    const char = text.charAt(close)
    if (char === '\\') close += 1
    else if (char === '*') {
      if (text.charAt(close + 1) === '*') close += 1
      else if (/\s/.test(text.charAt(close - 1))) return undefined
      else return span('italic', text.slice(at + 1, close), close + 1, scope)
    }
  }
  return undefined
}

function underscoreItalicAt(text: string, at: number, scope: Scope): Match | undefined {
  const isWord = (char: string) => /[\p{L}\p{N}_]/u.test(char)
  if (at > 0 && isWord(text.charAt(at - 1))) return undefined
  for (let close = at + 1; close < text.length; close += 1) {
    const char = text.charAt(close)
    if (char === '\\') close += 1
    else if (char === '_') {
      if (text.charAt(close + 1) === '_') close += 1
      else if (close > at + 1 && !isWord(text.charAt(close + 1)))
        return span('italic', text.slice(at + 1, close), close + 1, scope)
    }
  }
  return undefined
}

// Links, mentions, timestamps, emoji

/** Only http(s) is ever a link, on Discord as here. */
function webAddress(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined
  return new URL(text).href
}

function maskedLinkAt(text: string, at: number, scope: Scope): Match | undefined {
  const label = bracketEnd(text, at, '[', ']')
  if (label === -1 || label === at + 1 || text.charAt(label + 1) !== '(') return undefined
  const close = bracketEnd(text, label + 1, '(', ')')
  if (close === -1) return undefined
  const target = /^\s*<?([^\s<>]+)>?(?:\s+["'][^"']*["'])?\s*$/.exec(text.slice(label + 2, close))?.[1]
  const href = webAddress(target ?? '')
  if (href === undefined) return undefined
  const inner = { ...scope, depth: scope.depth + 1, inLink: true, blocks: false }
  const children = parse(text.slice(at + 1, label), inner)
  return { node: { kind: 'link', href, masked: true, children }, end: close + 1 }
}

function bracketEnd(text: string, at: number, open: string, close: string): number {
  let depth = 0
  for (let i = at; i < text.length && i < at + 2100; i += 1) {
    const char = text.charAt(i)
    if (char === '\\') i += 1
    else if (char === open) depth += 1
    else if (char === close) {
      depth -= 1
      if (depth === 0) return i
    }
  }
  return -1
}

function bareLinkAt(text: string, at: number): Match | undefined {
  const found = /^https?:\/\/[^\s<]+/i.exec(text.slice(at, at + 2048))?.[0]
  if (found === undefined) return undefined
  const trimmed = withoutTail(found)
  const href = webAddress(trimmed)
  if (href === undefined) return undefined
  const children: MarkdownNode[] = [{ kind: 'text', text: trimmed }]
  return { node: { kind: 'link', href, masked: false, children }, end: at + trimmed.length }
}

/** Punctuation that ends a sentence, and a bracket nobody opened inside the address, are not part of it. */
function withoutTail(address: string): string {
  let end = address.length
  while (end > 0) {
    const char = address.charAt(end - 1)
    const head = address.slice(0, end)
    const isLooseBracket = char === ')' && head.split(')').length > head.split('(').length
    if (!isLooseBracket && !'.,:;"\'!?]*_~|'.includes(char)) break
    end -= 1
  }
  return address.slice(0, end)
}

const mention = /^<(@[!&]?|#)(\d{15,22})>/
const command = /^<\/([-_'\p{L}\p{N} ]{1,100}):(\d{15,22})>/u
const emoji = /^<a?:([A-Za-z0-9_]{1,64}):(\d{15,22})>/
const timestamp = /^<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/
const bracketedLink = /^<(https?:\/\/[^\s<>]{1,2048})>/i

function angleAt(text: string, at: number, scope: Scope): Match | undefined {
  const rest = text.slice(at, at + 2100)
  const found = (match: RegExpExecArray, node: MarkdownNode): Match => ({ node, end: at + match[0].length })
  const person = mention.exec(rest)
  if (person) {
    const of = person[1] === '#' ? 'channel' : person[1] === '@&' ? 'role' : 'user'
    return found(person, { kind: 'mention', of, id: person[2] ?? '' })
  }
  const slash = command.exec(rest)
  if (slash) return found(slash, { kind: 'mention', of: 'command', id: slash[2] ?? '', name: slash[1] ?? '' })
  const picture = emoji.exec(rest)
  if (picture) return found(picture, { kind: 'emoji', name: picture[1] ?? '', id: picture[2] ?? '' })
  const time = timestamp.exec(rest)
  const seconds = Number(time?.[1])
  if (time && Math.abs(seconds) <= 8_640_000_000_000)
    return found(time, { kind: 'timestamp', seconds, style: styleOf(time[2]) })
  const link = scope.inLink ? null : bracketedLink.exec(rest)
  const href = webAddress(link?.[1] ?? '')
  if (!link || href === undefined) return undefined
  const children: MarkdownNode[] = [{ kind: 'text', text: link[1] ?? '' }]
  return found(link, { kind: 'link', href, masked: false, children })
}

function styleOf(letter: string | undefined): TimestampStyle {
  const styles: readonly TimestampStyle[] = ['t', 'T', 'd', 'D', 'f', 'F', 'R', 's', 'S']
  return styles.find((style) => style === letter) ?? 'f'
}

function everyoneAt(text: string, at: number): Match | undefined {
  const name = ['@everyone', '@here'].find((candidate) => text.startsWith(candidate, at))
  if (name === undefined) return undefined
  return { node: { kind: 'mention', of: 'everyone', id: '', name }, end: at + name.length }
}
