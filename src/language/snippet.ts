/**
 * The piece of a text that shows why it was found: at most 200 characters of the original, the found words marked.
 * It begins and ends with sentences where they fit and with words elsewhere, never inside what a reader sees as one
 * character; an ellipsis stands where a sentence was cut.
 *
 * Where no word is found in the text, its beginning is shown with nothing marked.
 */
import type { SearchQuery } from './search-query.ts'
import { splitSentences } from './sentences.ts'
import { type TermPlace, termFinder } from './term-places.ts'

export interface SnippetPart {
  readonly text: string
  /** Whether it is a word that was looked for. */
  readonly hit: boolean
}

export const maxSnippetCharacters = 200
const ELLIPSIS = '…'
/** What is left when both ends are cut. */
const ROOM = maxSnippetCharacters - 2 * ELLIPSIS.length
/** Characters kept before the first found word where its sentence is too long. */
const LEAD_IN = 60
/** Sentences of a longer paragraph are not looked for beyond this. */
const MAX_PARAGRAPH_CHARACTERS = 20_000

/** `paragraphs` in reading order, in `language`. Empty only where there is nothing to show. */
export function snippetOf(
  paragraphs: readonly string[],
  language: string,
  query: SearchQuery,
): readonly SnippetPart[] {
  const finder = termFinder(query, language)
  let best: { text: string; core: readonly TermPlace[]; places: readonly TermPlace[] } | undefined
  for (const text of paragraphs) {
    const found = finder.placesIn(text).map((place) => ({ ...place, ...wholeCharacters(text, place) }))
    const core = tellingRun(found)
    if (termsIn(core) > termsIn(best?.core ?? [])) best = { text, core, places: found }
  }
  if (best !== undefined) return parts(best.text, windowAround(best.text, best.core, language), best.places)
  const text = paragraphs.find((paragraph) => /\S/u.test(paragraph)) ?? ''
  return parts(text, openingOf(text, language), [])
}

/** A half-open range of a text. */
interface Span {
  readonly start: number
  readonly end: number
}

interface Window extends Span {
  readonly isCutBefore: boolean
  readonly isCutBehind: boolean
}

/** The places that fit into one snippet and hold the most terms; of such runs the shortest, then the earliest. */
function tellingRun(places: readonly TermPlace[]): readonly TermPlace[] {
  let best: readonly TermPlace[] = []
  for (const [from, { start }] of places.entries()) {
    const seen = new Set<number>()
    let run: readonly TermPlace[] = []
    for (let to = from; to < places.length && (places[to]?.end ?? 0) - start <= ROOM; to += 1) {
      const term = places[to]?.term ?? 0
      if (!seen.has(term)) run = places.slice(from, to + 1)
      seen.add(term)
    }
    const gain = seen.size - termsIn(best)
    if (gain > 0 || (gain === 0 && lengthOf(run) < lengthOf(best))) best = run
  }
  return best
}

function termsIn(places: readonly TermPlace[]): number {
  return new Set(places.map(({ term }) => term)).size
}

function lengthOf(places: readonly TermPlace[]): number {
  return (places.at(-1)?.end ?? 0) - (places[0]?.start ?? 0)
}

/** The range that is shown around the places that must be in it. */
function windowAround(text: string, core: readonly TermPlace[], language: string): Window {
  const first = Math.min(...core.map(({ start }) => start))
  const last = Math.max(...core.map(({ end }) => end))
  const sentences = sentencesOf(text, language)
  const windowOf = (start: number, end: number): Window => ({
    start,
    end,
    isCutBefore: !sentences.some((sentence) => sentence.start === start),
    isCutBehind: !sentences.some((sentence) => sentence.end === end),
  })
  const own = sentences.find(({ start, end }) => start <= first && first < end)
  const starts = [own?.start ?? first, wordStart(text, Math.max(0, first - LEAD_IN), first)]
  const start = starts.find((from) => fits(windowOf(from, last))) ?? first
  const end = sentences.findLast(
    (sentence) => sentence.end >= last && fits(windowOf(start, sentence.end)),
  )?.end
  return windowOf(start, end ?? wordEnd(text, last, start + ROOM))
}

function fits({ start, end, isCutBefore, isCutBehind }: Window): boolean {
  const ellipses = (isCutBefore ? ELLIPSIS.length : 0) + (isCutBehind ? ELLIPSIS.length : 0)
  return end - start + ellipses <= maxSnippetCharacters
}

/** Where the text begins: whole sentences that fit, or words. */
function openingOf(text: string, language: string): Window {
  const sentences = sentencesOf(text, language)
  const start = sentences[0]?.start ?? 0
  const whole = sentences.findLast(({ end }) => end - start <= maxSnippetCharacters)
  const end = whole?.end ?? wordEnd(text, start, start + ROOM)
  return { start, end, isCutBefore: false, isCutBehind: whole === undefined && end > start }
}

function sentencesOf(text: string, language: string): readonly Span[] {
  const readable = text.slice(0, MAX_PARAGRAPH_CHARACTERS)
  let from = 0
  const spans = splitSentences(readable, language).map((sentence) => {
    const start = text.indexOf(sentence, from)
    from = start + sentence.length
    return { start, end: from }
  })
  return readable.length < text.length ? spans.slice(0, -1) : spans
}

const words = new Intl.Segmenter('und', { granularity: 'word' })
const characters = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** The first beginning of a word in the range; its end where none is. */
function wordStart(text: string, from: number, until: number): number {
  for (const { index, isWordLike } of words.segment(text.slice(from, until))) {
    const isWhole = index > 0 || from === 0
    if (isWordLike === true && isWhole && isBoundary(text, from + index)) return from + index
  }
  return until
}

/** The last end of a word in the range; where none is, the last end of a whole character; else its beginning. */
function wordEnd(text: string, from: number, until: number): number {
  const range = text.slice(from, until + 1)
  const ends = [...words.segment(range)]
    .filter(({ isWordLike }) => isWordLike === true)
    .map(({ index, segment }) => from + index + segment.length)
  const end = ends.findLast((at) => at <= until && isBoundary(text, at))
  if (end !== undefined) return end
  const whole = [...characters.segment(range)].map(({ index, segment }) => from + index + segment.length)
  return whole.findLast((at) => at <= until && isBoundary(text, at)) ?? from
}

/** Below this no character joins another, line ends aside. */
const FIRST_JOINING = 0x300

/** Whether a reader sees a new character begin there. */
function isBoundary(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true
  if (text.charCodeAt(at) < FIRST_JOINING && text.charCodeAt(at - 1) < FIRST_JOINING) return true
  return characters.segment(text).containing(at)?.index === at
}

/** The range, widened to whole characters. */
function wholeCharacters(text: string, { start, end }: Span): Span {
  const first = isBoundary(text, start) ? undefined : characters.segment(text).containing(start)
  const last = isBoundary(text, end) ? undefined : characters.segment(text).containing(end)
  return {
    start: first?.index ?? start,
    end: last === undefined ? end : last.index + last.segment.length,
  }
}

function parts(text: string, window: Window, places: readonly TermPlace[]): readonly SnippetPart[] {
  const found: SnippetPart[] = []
  let between = window.isCutBefore ? ELLIPSIS : ''
  let at = window.start
  for (const place of [...places].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (place.end <= at || place.end > window.end) continue
    const start = Math.max(at, place.start)
    between += text.slice(at, start)
    if (between !== '') found.push({ text: between, hit: false })
    found.push({ text: text.slice(start, place.end), hit: true })
    between = ''
    at = place.end
  }
  between += text.slice(at, window.end) + (window.isCutBehind ? ELLIPSIS : '')
  return between === '' ? found : [...found, { text: between, hit: false }]
}
