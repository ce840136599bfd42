/**
 * Lines of a text file → paragraphs. Blank lines part paragraphs; within a block, a line break is either the author's
 * or made by a program that filled lines to a width. The latter is known by its own rule: the next word would not have
 * fitted. Where lines are longer than any such program makes them, every break is the author's, save one in mid-sentence.
 */
import { columns, endsSentence, SPACELESS } from './line.ts'

/** No program wraps wider than this. */
const MAX_WIDTH = 130
const BULLET = /^(?:[-*•‣–—·]|\d{1,3}[.)])\s/u

/** A run of lines without a blank one between them, clean and not empty. */
export type Block = readonly string[]

/** Blocks of lines: what stands between blank lines, or lines of signs alone such as `-----`. */
export function blocksOf(lines: readonly string[]): Block[] {
  const blocks: string[][] = []
  let current: string[] = []
  for (const line of [...lines, '']) {
    if (/[\p{L}\p{N}]/u.test(line)) current.push(line)
    else if (current.length > 0) {
      blocks.push(current)
      current = []
    }
  }
  return blocks
}

/** How lines of one text are joined: the width they were filled to (0: they were not), and its words. */
export interface Filling {
  readonly width: number
  readonly vocabulary: ReadonlySet<string>
}

/** Finds out the filling from all blocks of a text. */
export function fillingOf(blocks: readonly Block[]): Filling {
  const broken = blocks
    .flatMap((block) => block.slice(0, -1))
    .filter((line) => line.includes(' ') || SPACELESS.test(line))
  const widest = broken.reduce((width, line) => Math.max(width, columns(line)), 0)
  const full = broken.filter((line) => columns(line) >= widest * 0.75)
  const isFilled = widest >= 30 && widest <= MAX_WIDTH && full.length >= broken.length * 0.5
  return { width: isFilled ? widest : 0, vocabulary: vocabularyOf(blocks) }
}

/** Whole words only: the halves of a word that a line break parted would prove each other. */
function vocabularyOf(blocks: readonly Block[]): Set<string> {
  const whole = blocks.map((block) => block.join('\n').replace(/\p{L}+[-‐]\n\p{L}+/gu, ' '))
  return new Set(whole.flatMap((text) => text.toLowerCase().match(/\p{L}+(?:-\p{L}+)*/gu) ?? []))
}

/** The paragraphs of a block. A line that `standsApart` by what it says is never joined, if it can begin anew. */
export function paragraphsOf(
  block: Block,
  filling: Filling,
  standsApart: (line: string) => boolean,
): string[] {
  const paragraphs: string[] = []
  let current: string[] = []
  for (const [index, line] of block.entries()) {
    const next = block[index + 1]
    current.push(line)
    const isApart =
      (current.length === 1 && standsApart(line)) || (endsSentence(line) && standsApart(next ?? ''))
    if (next !== undefined && !isApart && isBrokenByWidth(line, next, filling.width)) continue
    paragraphs.push(joinLines(current, filling.vocabulary).replace(/^[-*‣]\s+/u, '• '))
    current = []
  }
  return paragraphs
}

/** Whether the break after `line` was made by filling lines, not by the author. */
export function isBrokenByWidth(line: string, next: string, width: number): boolean {
  if (BULLET.test(next)) return false
  const goesOn = !endsSentence(line) && /^[\p{Ll}\p{N}(„“"«]/u.test(next) && !/[:：]$/.test(line)
  if (width === 0) return goesOn && /^\p{Ll}/u.test(next)
  if (columns(line) + 1 + firstWordColumns(next) > width) return true
  return goesOn || (!endsSentence(line) && columns(line) > width * 0.6)
}

function firstWordColumns(line: string): number {
  const word = /^\S*/.exec(line)?.[0] ?? ''
  return SPACELESS.test(word.slice(0, 1)) ? 4 : columns(word)
}

function joinLines(lines: readonly string[], vocabulary: ReadonlySet<string>): string {
  const parts: string[] = []
  let last = ''
  for (const line of lines) {
    if (last !== '') {
      const seam = seamBetween(last, line, vocabulary)
      if (seam === 'hyphen') parts.push((parts.pop() ?? '').replace(/[-‐]$/u, ''))
      else if (seam === 'space') parts.push(' ')
    }
    parts.push(line)
    last = line
  }
  return parts.join('')
}

/** What stands between two joined lines: a space, nothing, or nothing in place of a hyphen made by the wrapping. */
function seamBetween(
  line: string,
  next: string,
  vocabulary: ReadonlySet<string>,
): 'space' | 'nothing' | 'hyphen' {
  if (SPACELESS.test(line.slice(-1)) && SPACELESS.test(next.slice(0, 1))) return 'nothing'
  const left = /(\p{L}+)[-‐]$/u.exec(line.slice(-60))?.[1]?.toLowerCase()
  if (left === undefined) return 'space'
  const right = /^\p{L}+/u.exec(next)?.[0] ?? ''
  if (CONJUNCTION.test(right)) return 'space'
  if (!/^\p{Ll}/u.test(right)) return 'nothing'
  const isKnownWith =
    vocabulary.has(`${left}-${right}`) || (vocabulary.has(left) && vocabulary.has(right) && left.length > 2)
  return isKnownWith && !vocabulary.has(left + right) ? 'nothing' : 'hyphen'
}

/** `Haupt- und Nebensatz`: the hyphen stands for the rest of a word. */
const CONJUNCTION = /^(?:und|oder|bzw|beziehungsweise|sowie|bis|and|or|to|et|ou|y|o|e|en|of|och|og|i|и)$/u
