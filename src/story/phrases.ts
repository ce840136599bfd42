/**
 * Words and phrases to be found in a sentence, written as people read them. A list is text, its items parted by white space:
 *
 *   gestorben   the word itself, in any case
 *   getötet*    words that begin so
 *   =may        the word in this very case
 *   #           any number, in digits
 *   ums+leben   words one after the other
 *   räumt…ein   words in this order, at most eight others between them
 *
 * All lists of a kind are looked for in one pass over the words: what a word may begin is found by the word.
 */
import { foldWord } from '../language/tokens.ts'

/** By so many letters open words are found. */
const KEY_LETTERS = 3

/** The words of a sentence, as they stand and folded. */
export interface SentenceWords {
  readonly asWritten: readonly string[]
  readonly folded: readonly string[]
  /** The first letters of each, by which open words are found: worked out once for all finders. */
  readonly beginnings: readonly string[]
}

export function sentenceWords(words: readonly string[]): SentenceWords {
  const folded = words.map(foldWord)
  return { asWritten: words, folded, beginnings: folded.map((word) => word.slice(0, KEY_LETTERS)) }
}

/** The names of the lists of which the sentence has a phrase, each once, in the order of the lists. */
export type PhraseFinder<Name extends string = string> = (words: SentenceWords) => readonly Name[]

/** How many words may stand in a gap. */
const MAX_GAP = 8

interface Part {
  readonly text: string
  readonly kind: 'word' | 'beginning' | 'exact' | 'number'
  /** Others may stand before it. */
  readonly afterGap: boolean
}

interface Phrase {
  readonly list: number
  readonly first: Part
  readonly rest: readonly Part[]
}

/** A finder for named lists. Errors: throws where an item begins with a number or with fewer letters than can be looked up. */
export function phraseFinder<Name extends string>(
  lists: readonly (readonly [name: Name, list: string])[],
): PhraseFinder<Name> {
  const byWord = new Map<string, Phrase[]>()
  const byBeginning = new Map<string, Phrase[]>()
  for (const [list, [, text]] of lists.entries()) {
    for (const item of text.split(/\s+/u)) if (item !== '') hold(phraseOf(item, list), byWord, byBeginning)
  }
  return (words) => {
    const found = new Set<number>()
    const look = (phrases: readonly Phrase[] | undefined, at: number): void => {
      if (phrases === undefined) return
      for (const phrase of phrases) if (beginsAt(phrase, words, at)) found.add(phrase.list)
    }
    words.folded.forEach((word, at) => {
      look(byWord.get(word), at)
      look(byBeginning.get(words.beginnings[at] ?? ''), at)
    })
    if (found.size === 0) return []
    return lists.flatMap(([name], list) => (found.has(list) ? [name] : []))
  }
}

function hold(phrase: Phrase, byWord: Map<string, Phrase[]>, byBeginning: Map<string, Phrase[]>): void {
  const { kind, text } = phrase.first
  const isOpen = kind === 'beginning'
  if (kind === 'number' || (isOpen && text.length < KEY_LETTERS))
    throw new Error(`no phrase can begin with "${text}"`)
  const map = isOpen ? byBeginning : byWord
  const key = isOpen ? text.slice(0, KEY_LETTERS) : foldWord(text)
  map.set(key, [...(map.get(key) ?? []), phrase])
}

function phraseOf(item: string, list: number): Phrase {
  const [first, ...rest] = item.split(/(?=[+…])/u).map(partOf)
  if (first === undefined) throw new Error('a phrase has at least one word')
  return { list, first, rest }
}

function partOf(written: string): Part {
  const afterGap = written.startsWith('…')
  const text = written.replace(/^[+…]/u, '')
  if (text === '#') return { text, kind: 'number', afterGap }
  if (text.startsWith('=')) return { text: text.slice(1), kind: 'exact', afterGap }
  if (text.endsWith('*')) return { text: foldWord(text.slice(0, -1)), kind: 'beginning', afterGap }
  return { text: foldWord(text), kind: 'word', afterGap }
}

function beginsAt({ first, rest }: Phrase, words: SentenceWords, at: number): boolean {
  if (!isPart(first, words, at)) return false
  let here = at
  for (const part of rest) {
    const last = here + 1 + (part.afterGap ? MAX_GAP : 0)
    let next = here + 1
    while (next <= last && !isPart(part, words, next)) next++
    if (next > last) return false
    here = next
  }
  return true
}

function isPart({ text, kind }: Part, { asWritten, folded }: SentenceWords, at: number): boolean {
  const word = folded[at]
  if (word === undefined) return false
  switch (kind) {
    case 'word':
      return word === text
    case 'beginning':
      return word.startsWith(text)
    case 'exact':
      return asWritten[at] === text
    case 'number':
      return /^\p{N}/u.test(word)
  }
}
