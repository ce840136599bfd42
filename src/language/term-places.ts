/**
 * Where in a text the terms of a query stand. The text is read as the index read it, so that what search found is found
 * here again; a word counts as found, too, where it begins as it was typed.
 */

import { foldMarks } from './plain-letters.ts'
import type { SearchQuery, SearchTerm, WordSequence } from './search-query.ts'
import { foldedWords, indexWordsOf } from './search-words.ts'
import { tokenise } from './tokens.ts'

/** A half-open range of the text that one term of the query takes up. */
export interface TermPlace {
  readonly start: number
  readonly end: number
  /** Index of the term among the wanted ones. */
  readonly term: number
}

/** Finds the query's terms in pieces of one article, at most as many words of it as search reads. */
export interface TermFinder {
  readonly placesIn: (text: string) => readonly TermPlace[]
}

const MAX_WORDS = 3000
const MAX_CHARACTERS = 40_000

/** A finder of the wanted terms in an article in that language. */
export function termFinder(query: SearchQuery, language: string): TermFinder {
  const terms = query.wanted.map((term) => sequencesOf(term, language))
  const formsOf = formsIn(language)
  const mayBegin = beginnings(terms.flat(), language, formsOf)
  let wordsLeft = MAX_WORDS
  return {
    placesIn: (text) => {
      const words = wordsOf(text, language, wordsLeft)
      wordsLeft -= words.length
      const formsAt = (at: number): Forms => {
        const placed = words[at]
        return placed === undefined ? [] : formsOf(placed.word)
      }
      return words.flatMap((placed, at) => {
        if (!mayBegin(placed.word)) return []
        return terms.flatMap((sequences, term) => {
          const length = Math.max(0, ...sequences.map((sequence) => matchedWords(formsAt, at, sequence)))
          const end = words[at + length - 1]?.end
          return length === 0 || end === undefined ? [] : [{ start: placed.start, end, term }]
        })
      })
    },
  }
}

function sequencesOf(term: SearchTerm, language: string): readonly WordSequence[] {
  return [...term.exact, ...term.respelt, ...term.near]
    .filter((reading) => reading.language === undefined || reading.language === language)
    .flatMap((reading) => reading.sequences)
}

interface PlacedWord {
  readonly start: number
  readonly end: number
  /** As it stands in the text. */
  readonly word: string
}

/** The index words of a word, and the same unstemmed; several where it has inner marks. */
type Forms = readonly (readonly string[])[]

function wordsOf(text: string, language: string, most: number): readonly PlacedWord[] {
  let from = 0
  return tokenise(text.slice(0, MAX_CHARACTERS), language)
    .slice(0, most)
    .map((word) => {
      const start = text.indexOf(word, from)
      from = start + word.length
      return { start, end: from, word }
    })
}

/** Words repeat. */
function formsIn(language: string): (word: string) => Forms {
  const known = new Map<string, Forms>()
  return (word) => {
    const forms = known.get(word) ?? [indexWordsOf(word, language), foldedWords(word)]
    known.set(word, forms)
    return forms
  }
}

/** Languages whose stemmers take letters off the beginning of words. */
const CUT_BEFORE: ReadonlySet<string> = new Set(['ar', 'ga', 'ta'])
const INNER_MARK = /[^\p{L}\p{M}\p{N}]/u

/** Tells quickly which words cannot begin any of the sequences: nearly all of a text, most by their first letter. */
function beginnings(
  sequences: readonly WordSequence[],
  language: string,
  formsOf: (word: string) => Forms,
): (word: string) => boolean {
  const whole = new Set(sequences.map(({ words }) => words[0] ?? ''))
  const open = sequences
    .filter(({ words, isBeginning }) => isBeginning && words.length === 1)
    .map(({ words }) => words[0] ?? '')
  const letters = new Set([...whole].map((word) => word.charAt(0)))
  const isOff = (word: string) =>
    !CUT_BEFORE.has(language) && !INNER_MARK.test(word) && !letters.has(foldMarks(word).charAt(0))
  return (word) =>
    !isOff(word) &&
    formsOf(word).some((form) =>
      form.some((part) => whole.has(part) || open.some((beginning) => part.startsWith(beginning))),
    )
}

/** How many words of the text from `at` on the sequence takes up; 0 where it does not stand there. */
function matchedWords(formsAt: (at: number) => Forms, at: number, sequence: WordSequence): number {
  return Math.max(...[0, 1].map((form) => matchedInForm((place) => formsAt(place)[form] ?? [], at, sequence)))
}

function matchedInForm(
  partsAt: (at: number) => readonly string[],
  at: number,
  sequence: WordSequence,
): number {
  let matched = 0
  let count = 0
  while (matched < sequence.words.length) {
    const parts = partsAt(at + count)
    const here = count === 0 ? parts.slice(firstPart(parts, sequence)) : parts
    if (here.length === 0 || !agree(here, sequence, matched)) return 0
    matched += here.length
    count += 1
  }
  return count
}

/** A hyphenated word may be found by its later parts alone. */
function firstPart(parts: readonly string[], sequence: WordSequence): number {
  const at = parts.findIndex((part) => agree([part], sequence, 0))
  return at < 0 ? parts.length : at
}

/** Whether index words fit the sequence from a place on; behind its end everything does. */
function agree(parts: readonly string[], { words, isBeginning }: WordSequence, from: number): boolean {
  return parts.every((part, k) => {
    const word = words[from + k]
    if (word === undefined || part === word) return true
    return isBeginning && from + k === words.length - 1 && part.startsWith(word)
  })
}
