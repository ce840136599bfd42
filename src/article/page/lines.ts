/**
 * Which blocks inside the article's container are not its text: the headline again, datelines, bylines, picture
 * credits, links to other articles, furniture phrases. Works on what a block says, how much of it is link, and where it
 * stands; a rule that would take a large part of the prose is not applied.
 */
import { cutTail, isBoilerplateLine } from '../boilerplate.ts'
import { columns, endsSentence, sameness } from '../line.ts'
import type { Block } from './blocks.ts'
import type { PageDocument } from './dom.ts'
import { isCredit, isDateline, isEdgeFurniture, isFurniture, isSignOff, isTimeLine } from './furniture.ts'
import { isProse } from './prose.ts'

export interface LineContext {
  readonly headline: string | undefined
  readonly authors: readonly string[]
  /** What the page's pictures are said to show, as `sameness` has it. */
  readonly captions: ReadonlySet<string>
}

/** No rule may take more than this share of the prose. */
const MAX_LOSS = 0.35
const LINK_SHARE = 0.8

/** The blocks that are the article's own text, in order. */
export function keepArticleLines(blocks: readonly Block[], context: LineContext): Block[] {
  const rules: ((blocks: readonly Block[]) => Block[])[] = [
    (all) => withoutRepetition(all, context.headline),
    (all) => all.filter((block) => !isBoilerplateLine(block.text)),
    (all) => all.filter((block) => !isPointer(block)),
    (all) => all.filter((block) => !isCaption(block, context.captions)),
    (all) => all.filter((block) => !isMachineLine(block.text)),
    withoutDatelines,
    (all) => withoutBylines(all, context.authors),
    withoutHead,
    (all) => withoutTail(all, context.authors),
  ]
  let kept = [...blocks]
  for (const rule of rules) {
    const next = rule(kept)
    if (proseOf(next) >= proseOf(kept) * (1 - MAX_LOSS)) kept = next
  }
  return kept
}

function proseOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + (isProse(block) ? block.text.length : 0), 0)
}

/** Without the headline and without blocks that were said before (copies for small screens, pull quotes). */
function withoutRepetition(blocks: readonly Block[], headline: string | undefined): Block[] {
  const seen = new Set<string>(headline === undefined ? [] : [sameness(headline)])
  return blocks.filter((block) => {
    if (block.element.localName === 'h1') return false
    const key = sameness(block.text)
    if (key === '' || (seen.has(key) && (key.length >= 25 || key === sameness(headline ?? '')))) return false
    seen.add(key)
    return true
  })
}

/** A line that is (nearly) all link points elsewhere; in a list of results or a long sentence it may be content. */
function isPointer(block: Block): boolean {
  const share = block.linkLength / block.text.length
  if (block.kind === 'row') return false
  if (/^[^\p{L}\p{N}]*(?:>>|»|➡|→|►|▶|\+\+)/u.test(block.text) && share > 0.4) return true
  return (
    share >= LINK_SHARE || (share >= 0.6 && /^[^:]{3,40}:\s/.test(block.text) && !endsSentence(block.text))
  )
}

/** The alternative texts of a page's pictures; shown again as a block they are captions. */
export function readCaptions(document: PageDocument): Set<string> {
  const captions = new Set<string>()
  for (const picture of document.querySelectorAll('img[alt]')) {
    const key = sameness((picture.getAttribute('alt') ?? '').slice(0, MAX_CAPTION))
    if (key.length >= MIN_CAPTION) captions.add(key)
  }
  return captions
}

const MIN_CAPTION = 12
const MAX_CAPTION = 300

function isCaption(block: Block, captions: ReadonlySet<string>): boolean {
  if (block.kind === 'heading' || block.text.length > MAX_CAPTION) return false
  return (
    captions.has(sameness(block.text)) ||
    captions.has(sameness(block.text.replace(/\s*[(|©–][^(|©–]{2,60}$/u, '')))
  )
}

/** A date, a picture credit, a placeholder, or no words at all. */
function isMachineLine(text: string): boolean {
  if (isTimeLine(text) || isCredit(text) || isFurniture(text)) return true
  return !/[\p{L}\p{N}]/u.test(text) && !/^(?:[*_]\s?){3,}$/.test(text)
}

/** How many blocks at the start may be about when and by whom. */
const HEAD_BLOCKS = 6
const DATELINE_WORDS = 10

/** Without the line under the headline that says when and by whom. */
function withoutDatelines(blocks: readonly Block[]): Block[] {
  return blocks.filter(
    (block, index) =>
      index >= HEAD_BLOCKS || block.kind === 'heading' || !isDateline(block.text, DATELINE_WORDS),
  )
}

/** Lines that say little more than who wrote the article. */
function withoutBylines(blocks: readonly Block[], authors: readonly string[]): Block[] {
  const names = authors.map((author) => author.toLowerCase()).filter((name) => name.length > 2)
  return blocks.filter((block) => {
    if (block.text.length > 120 || endsSentence(block.text.replace(/\.$/, ''))) return true
    let rest = block.text.toLowerCase()
    for (const name of names) rest = rest.replaceAll(name, ' ')
    if (rest.length === block.text.length) return true
    const words = rest.match(/[\p{L}\p{N}]+/gu) ?? []
    return words.length > 5
  })
}

/** Without the labels that stand before the first paragraph. A heading directly before it stays. */
function withoutHead(blocks: readonly Block[]): Block[] {
  const first = blocks.findIndex((block) => isProse(block) && !isEdgeFurniture(block.text))
  if (first <= 0) return [...blocks]
  const before = blocks[first - 1]
  const keepsHeading = before?.kind === 'heading' && first > 1
  return blocks.slice(keepsHeading ? first - 1 : first)
}

const MAX_SIGNATURE = 24
/** How far from the end a text may be signed off. */
const SIGN_OFF_BLOCKS = 3

/**
 * Without what trails the last paragraph: the tail that has its own heading, then, from the end backwards, furniture,
 * links, the author's biography, headings under which nothing is left, and one signature (`amw`, `(dmk)`).
 */
function withoutTail(blocks: readonly Block[], authors: readonly string[]): Block[] {
  const left = new Set(cutTail(blocks.map((block) => block.text)))
  const all = blocks.filter((block) => left.has(block.text))
  const signOff = all.findIndex(
    (block, index) => index >= all.length - SIGN_OFF_BLOCKS && isSignOff(block.text),
  )
  const kept = signOff < 1 ? all : all.slice(0, signOff)
  let signatures = 0
  for (let last = kept.at(-1); last !== undefined && kept.length > 1; last = kept.at(-1)) {
    const { text } = last
    const isSignature = last.kind === 'paragraph' && columns(text) <= MAX_SIGNATURE && !endsSentence(text)
    const isLinks =
      last.linkLength > text.length * (endsSentence(text) ? LINK_SHARE : 0.4) && last.kind !== 'row'
    const isDangling = text.endsWith(':') && columns(text) <= 80
    if (isSignature && signatures++ > 1) break
    if (
      !(
        isSignature ||
        isLinks ||
        isDangling ||
        last.kind === 'heading' ||
        isEdgeFurniture(text) ||
        isBiography(text, authors)
      )
    )
      break
    kept.pop()
  }
  return kept
}

/** "Anna Berg is the editor of …": a closing paragraph that begins with an author's whole name. */
function isBiography(text: string, authors: readonly string[]): boolean {
  return authors.some((author) => author.includes(' ') && text.toLowerCase().startsWith(author.toLowerCase()))
}
