/**
 * What of an article decides which story it belongs to: the stems of its headline, standfirst and lead, the names and
 * numbers that survive translation, its time, and a sketch by which copies are found. Small, plain JSON, so that
 * storage can keep it and an index can be rebuilt from it without reading the texts again.
 *
 * News is written with the event at the top (the inverted pyramid), so of a long body only the beginning counts, and
 * further down only what is said again and again. Background paragraphs tell earlier events, and would join stories.
 */
import type { Instant } from '../article/article.ts'
import { stemmerFor } from '../language/stems.ts'
import { stopWordsOf } from '../language/stop-words.ts'
import { foldWord, tokenise } from '../language/tokens.ts'
import { anchorsOf } from './anchors.ts'
import { commonplacesOf } from './commonplaces.ts'
import { type CopySketch, sketchOf } from './near-duplicates.ts'

/** The text of an article as far as stories are concerned. Absent and empty parts are the same. */
export interface StoryText {
  readonly id: string
  readonly headline: string
  readonly standfirst?: string
  readonly body?: readonly string[]
  /** Two- or three-letter language; `und` where it could not be told. */
  readonly language: string
  /** When it was published, or failing that, first seen. Without it no article is too old for another. */
  readonly at?: Instant
}

export interface StoryFeatures {
  readonly id: string
  readonly language: string
  readonly at?: Instant
  /** Distinct stems, those of headline and standfirst first. */
  readonly terms: readonly string[]
  /** How many of the terms are in headline or standfirst. */
  readonly topTerms: number
  /** Names and numbers in a form shared by languages; see `anchors.ts`. */
  readonly anchors: readonly string[]
  readonly copy: CopySketch
}

/** Words of the body that count as its lead, and how often a stem must recur in the rest to count as well. */
const LEAD_WORDS = 100
const MIN_RECURRENCE = 3
const MAX_BODY_WORDS = 1500
/** More terms than this say nothing new about the event; bounds what is stored and compared. */
const MAX_TERMS = 80
const MAX_ANCHORS = 40
/** A longer "word" is an address, a hash or an attack. */
const MAX_TERM_LENGTH = 40

/** The features of one article. Pure; costs about as much as stemming its first `MAX_BODY_WORDS` words. */
export function storyFeatures(text: StoryText): StoryFeatures {
  const language = text.language
  const top = [...wordsOf(text.headline, language), ...wordsOf(text.standfirst ?? '', language)]
  const body = bodyWords(text.body ?? [], language)
  const topTerms = termsOf(top, language)
  const lead = termsOf(body.slice(0, LEAD_WORDS), language)
  const terms = new Set([...topTerms, ...recurringTerms(body, language), ...lead])
  return {
    id: text.id,
    language,
    ...(text.at === undefined ? {} : { at: text.at }),
    terms: [...terms].slice(0, MAX_TERMS),
    topTerms: Math.min(topTerms.size, MAX_TERMS),
    anchors: anchorsOf(top.concat(body.slice(0, LEAD_WORDS)), language).slice(0, MAX_ANCHORS),
    copy: sketchOf(body.length > 0 ? [...wordsOf(text.standfirst ?? '', language), ...body] : top),
  }
}

/** Words as they stand in the text; "Mecklenburg-Vorpommern" gives two, so that either half is found. */
function wordsOf(text: string, language: string): string[] {
  return tokenise(text, language).flatMap((word) => word.split(/[-‐‑·]/u))
}

function bodyWords(body: readonly string[], language: string): string[] {
  const words: string[] = []
  for (const paragraph of body) {
    if (words.length >= MAX_BODY_WORDS) break
    for (const word of wordsOf(paragraph, language)) words.push(word)
  }
  return words.slice(0, MAX_BODY_WORDS)
}

function termsOf(words: readonly string[], language: string): Set<string> {
  const terms = new Set<string>()
  for (const word of words) {
    const term = termOf(word, language)
    if (term !== undefined) terms.add(term)
  }
  return terms
}

/** The stem under which a word is compared; undefined for one that says nothing about the event. */
function termOf(word: string, language: string): string | undefined {
  const folded = foldWord(word)
  if (folded.length > MAX_TERM_LENGTH || stopWordsOf(language).has(folded)) return undefined
  if (folded.length < 2 && !/\p{Script=Han}/u.test(folded)) return undefined
  const stem = stemmerFor(language)(word)
  return commonplacesOf(language).has(stem) ? undefined : stem
}

function recurringTerms(body: readonly string[], language: string): string[] {
  const counts = new Map<string, number>()
  for (const word of body) {
    const term = termOf(word, language)
    if (term !== undefined) counts.set(term, (counts.get(term) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count >= MIN_RECURRENCE)
    .sort((a, b) => b[1] - a[1])
    .map(([term]) => term)
}
