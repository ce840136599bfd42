/**
 * A plain text file, as people save it from the web → an article. The first line that is neither furniture nor a
 * credit is the headline; credits are looked for around it and at the end; one short paragraph below it, if the text
 * that follows is clearly longer, is the standfirst. Language plays no part in any of this but the phrase tables.
 *
 * A first line too long for a headline means that the file has none: it is refused, since a guessed headline
 * would be shown to everybody.
 */
import type { ArticleDraft } from './article.ts'
import { findTail, isBoilerplateLine, removeBoilerplate } from './boilerplate.ts'
import { type Credits, MARKER_AT_END, readAddress, readByline, readSource } from './credits.ts'
import {
  cleanLine,
  columns,
  endsSentence,
  LINE_BREAK,
  roughSentenceCount,
  SPACELESS,
  sameness,
} from './line.ts'
import { type Block, blocksOf, fillingOf, isBrokenByWidth, paragraphsOf } from './wrapped-lines.ts'

export type TextProblem = 'no-headline' | 'no-text'
export type TextReading =
  | { readonly kind: 'article'; readonly draft: ArticleDraft }
  | { readonly kind: TextProblem }

/** Longest first line that is still taken for a headline, in columns. */
export const MAX_HEADLINE_COLUMNS = 300
const MAX_STANDFIRST_COLUMNS = 350
/** Lines that may stand between the start of a file and its text. */
const HEAD_PARAGRAPHS = 8
const TAIL_PARAGRAPHS = 12

/** Reads the text of a file; never throws. */
export function readTextFile(text: string): TextReading {
  const joined = text.replace(/\u00ad[ \t]*\n[ \t]*/g, '')
  const blocks = blocksOf(joined.split(LINE_BREAK).map(cleanLine))
  const head = takeHeadline(blocks)
  if (head === undefined) return { kind: 'no-headline' }
  const filling = fillingOf(head.rest)
  const paragraphs = head.rest.flatMap((block) => paragraphsOf(block, filling, isCredit))
  return composeArticle(head.headline, paragraphs, head.credits)
}

/** The article of a headline and all paragraphs below it, credits and furniture among them. */
export function composeArticle(headline: string, paragraphs: readonly string[], known: Credits): TextReading {
  const { texts, credits, isParted } = takeCredits(paragraphs, known)
  const body = dropRepeated(removeBoilerplate(texts), headline)
  if (body.length === 0) return { kind: 'no-text' }
  const standfirst = isStandfirst(body, isParted) ? body[0] : undefined
  const draft: ArticleDraft = {
    headline,
    ...(standfirst !== undefined && { standfirst }),
    body: standfirst === undefined ? body : body.slice(1),
    ...credits,
    authors: credits.authors ?? [],
  }
  return { kind: 'article', draft }
}

interface Head {
  readonly headline: string
  readonly credits: Credits
  /** The blocks below the headline. */
  readonly rest: readonly Block[]
}

function takeHeadline(blocks: readonly Block[]): Head | undefined {
  let credits: Credits = {}
  for (const [index, block] of blocks.entries()) {
    for (const [at, line] of block.entries()) {
      const found = readAddress(line) ?? readByline(line) ?? readSource(line)
      if (found !== undefined) credits = { ...found, ...credits }
      const below = () => firstTextLine(block.slice(at + 1), blocks.slice(index + 1))
      if (found !== undefined || isNavigation(line, below)) continue
      const lines = headlineLines(block.slice(at), blocks.slice(index + 1))
      const headline = unlabelled(lines.join(' '))
      if (headline === '' || columns(headline) > MAX_HEADLINE_COLUMNS) return undefined
      const remaining = block.slice(at + lines.length)
      const rest = [...(remaining.length > 0 ? [remaining] : []), ...blocks.slice(index + 1)]
      return { headline, credits, rest }
    }
  }
  return undefined
}

function firstTextLine(block: Block, following: readonly Block[]): string | undefined {
  return [block, ...following.slice(0, HEAD_PARAGRAPHS)].flat().find((line) => !isCredit(line))
}

/** Furniture, a trail such as `Home > Politics`, or the one word of a section with the headline below it. */
function isNavigation(line: string, below: () => string | undefined): boolean {
  if (isBoilerplateLine(line) || (columns(line) < 80 && /\S\s[>›»]\s\S/.test(line))) return true
  if (line.includes(' ') || columns(line) > 24 || SPACELESS.test(line)) return false
  const next = below()
  return next?.includes(' ') === true && columns(next) <= 140 && !endsSentence(next)
}

/** A headline that a program broke over two or three lines stands alone between blank lines, and goes on. */
function headlineLines(block: Block, following: readonly Block[]): readonly string[] {
  const [first = '', second] = block
  if (second === undefined || block.length > 3 || following.length === 0) return [first]
  if (endsSentence(first) || columns(first) > 110) return [first]
  const { width } = fillingOf(following)
  const isWhole = block.every((line, index) => {
    const next = block[index + 1]
    return next === undefined || (!isCredit(next) && goesOn(line, next, width))
  })
  return isWhole ? block : [first]
}

function goesOn(line: string, next: string, width: number): boolean {
  if (/^\p{Ll}/u.test(next) || /[,–—-]$/u.test(line)) return true
  return width > 0 && !endsSentence(next) && isBrokenByWidth(line, next, width) && columns(line) > width * 0.6
}

function isCredit(line: string): boolean {
  return (readAddress(line) ?? readByline(line) ?? readSource(line)) !== undefined || isBoilerplateLine(line)
}

/** `# …`, `Title: …`, `== … ==`. */
function unlabelled(line: string): string {
  return line
    .replace(/^#{1,6}\s+|^[=*_]{2,}\s*/u, '')
    .replace(/\s*[=*_]{2,}$/u, '')
    .replace(
      /^(?:title|headline|titel|überschrift|titre|título|titolo|заголовок|タイトル)\s*[:：]\s*(?=\S)/iu,
      '',
    )
    .trim()
}

interface TakenCredits {
  readonly texts: readonly string[]
  readonly credits: Credits
  /** Whether credits stood between the first paragraph and the second. */
  readonly isParted: boolean
}

function takeCredits(paragraphs: readonly string[], known: Credits): TakenCredits {
  let credits = known
  let isParted = false
  const texts: string[] = []
  const end = findTail(paragraphs)
  for (const [index, paragraph] of paragraphs.entries()) {
    const isHead = index < HEAD_PARAGRAPHS && texts.length < 2
    const found = creditOf(paragraph, placeOf(index, isHead, end))
    if (found === undefined) texts.push(paragraph)
    else {
      credits = { ...found, ...credits }
      isParted ||= texts.length === 1 && isHead
    }
  }
  const marker = takeMarker(texts)
  return { texts: marker.texts, credits: { ...marker.credits, ...credits }, isParted }
}

/** `after` is where an article is over: names and dates there belong to readers' comments or other articles. */
type Place = 'head' | 'middle' | 'foot' | 'after'

function placeOf(index: number, isHead: boolean, end: number): Place {
  if (isHead) return 'head'
  if (index >= end) return 'after'
  return index >= Math.max(end / 2, end - TAIL_PARAGRAPHS) ? 'foot' : 'middle'
}

function creditOf(paragraph: string, place: Place): Credits | undefined {
  const address = readAddress(paragraph)
  if (address !== undefined) return place === 'head' || place === 'foot' ? address : {}
  const source = place === 'middle' ? undefined : readSource(paragraph)
  if (source !== undefined || place === 'middle' || place === 'after') return source
  return place === 'head' || columns(paragraph) < 80 ? readByline(paragraph) : undefined
}

function takeMarker(texts: readonly string[]): { texts: readonly string[]; credits: Credits } {
  const last = texts.at(-1) ?? ''
  const outlet = MARKER_AT_END.exec(last)?.[1]
  if (outlet === undefined) return { texts, credits: {} }
  return { texts: [...texts.slice(0, -1), last.replace(MARKER_AT_END, '')], credits: { outlet } }
}

/** A short line may come twice on purpose (`He paused.`); a paragraph, or the headline again, does not. */
const REPEATABLE_COLUMNS = 40

function dropRepeated(paragraphs: readonly string[], headline: string): string[] {
  const seen = new Set<string>()
  const title = sameness(headline)
  return paragraphs.filter((paragraph, index) => {
    const key = sameness(paragraph)
    if (key === '' || (key === title && index < 3)) return false
    if (columns(paragraph) < REPEATABLE_COLUMNS) return true
    return !seen.has(key) && seen.add(key) !== undefined
  })
}

/** Relative to the usual paragraph: a standfirst is shorter, unless a byline parts it from the text. */
const STANDFIRST_SHARE = 0.8

function isStandfirst(body: readonly string[], isParted: boolean): boolean {
  const [first = '', ...rest] = body
  const long = columns(first)
  if (rest.length === 0 || long < 20 || long > MAX_STANDFIRST_COLUMNS || roughSentenceCount(first) > 2)
    return false
  if (/[:：]$/.test(first) || /^[•*–—-]\s/u.test(first) || hasPlaceLine(first)) return false
  if (rest.reduce((sum, paragraph) => sum + columns(paragraph), 0) < long * 2) return false
  if (isParted || hasPlaceLine(rest[0] ?? '')) return true
  return (endsSentence(first) || long >= 50) && long <= usualColumns(rest) * STANDFIRST_SHARE
}

/** `BERLIN (dpa) – …`, `LONDON, Nov 21 (Reuters) - …`: how an agency begins the text itself. */
function hasPlaceLine(paragraph: string): boolean {
  return /^(?:\p{Lu}[\p{Lu}\s/.-]{2,30}|\p{Lu}\p{L}+(?:[ /-]\p{Lu}\p{L}+){0,3})(?:,[^.]{0,25})?\s*(?:\([^()]{2,30}\)|[/(]\p{L}{2,10}[/)])?\s*(?:[–—]|-{1,2})\s/u.test(
    paragraph,
  )
}

/** The columns of the paragraph in the middle by size, headings and other short lines left out. */
function usualColumns(paragraphs: readonly string[]): number {
  const sizes = paragraphs.map(columns).sort((a, b) => a - b)
  const prose = sizes.filter((size) => size > 60)
  const considered = prose.length > 0 ? prose : sizes
  return considered[Math.floor(considered.length / 2)] ?? 0
}
