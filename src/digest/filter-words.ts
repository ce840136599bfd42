/**
 * Words and phrases that people write to find articles by: `Wahl` finds "Wahlen", `*streik` finds "Warnstreiks",
 * `Tag der Arbeit` finds its words in that order. Case, accents, hyphens and punctuation do not matter.
 *
 * An article is searched in its stems, with the words stemmed as its own language does. A star leaves a word open at
 * that end; such a word is also looked for in headline and standfirst as they stand, where words are still whole.
 */

import { foldAccents } from '../language/plain-letters.ts'
import { searchStems } from '../language/search-text.ts'
import { stemmerFor } from '../language/stems.ts'
import { foldWord, tokenise } from '../language/tokens.ts'
import { type Needle, type Scan, scanFor } from './filter-scan.ts'

/** What of an article is searched. `stems` as `searchStems` gives them, empty where they are not worked out yet. */
export interface SearchableArticle {
  readonly language: string
  readonly headline: string
  readonly standfirst?: string | undefined
  readonly stems: string
}

/** How far a word reaches: all that is known of the text, or the headline alone. */
export type Reach = 'text' | 'headline'

/** A word or phrase as it was typed; never empty. */
export interface TypedWords {
  /** Hyphenated words are parted; all of their parts but the last are `isJoined`. */
  readonly words: readonly { readonly text: string; readonly isJoined: boolean }[]
  readonly isOpenBefore: boolean
  readonly isOpenAfter: boolean
}

export type WordsResult = { readonly kind: 'words'; readonly typed: TypedWords } | WordsProblem

/** `problem` goes on after the key in a file, as in `words: …`; `code` names the same for people who read another language. */
export interface WordsProblem {
  readonly kind: 'problem'
  readonly code: 'star-inside' | 'no-letter' | 'many-words' | 'short-star'
  readonly problem: string
}

function refused(code: WordsProblem['code'], problem: string): WordsProblem {
  return { kind: 'problem', code, problem }
}

const MAX_WORDS = 12
const HYPHENS = /[-‐‑·]/

/** Reads `Wahl`, `*streik`, `bahn*` or `Tag der Arbeit`. */
export function readWords(text: string): WordsResult {
  const given = text.trim()
  const inner = given.replace(/^\*|\*$/g, '')
  if (inner.includes('*'))
    return refused('star-inside', 'may have a star at its beginning or end only, as in "*streik"')
  const words = tokenise(foldWord(inner)).flatMap((word) =>
    word.split(HYPHENS).map((part, at, parts) => ({ text: part, isJoined: at < parts.length - 1 })),
  )
  if (words.length === 0) return refused('no-letter', 'has no letter or digit to look for')
  if (words.length > MAX_WORDS)
    return refused('many-words', `has more than ${MAX_WORDS} words; a part of it will do`)
  if (inner.length < given.length && words.length === 1 && [...(words[0]?.text ?? '')].length < 2)
    return refused('short-star', 'needs at least two letters beside the star')
  return {
    kind: 'words',
    typed: { words, isOpenBefore: given.startsWith('*'), isOpenAfter: given.endsWith('*') },
  }
}

/** Looks for any number of words in one pass. */
export interface WordFinder {
  /** Which of the words stand in an article, by their place in the list. */
  readonly wordsIn: (article: SearchableArticle, reach: Reach) => ReadonlySet<number>
  /** At how many places any of the words stands. */
  readonly placesIn: (article: SearchableArticle, reach: Reach) => number
}

export function wordFinder(typed: readonly TypedWords[]): WordFinder {
  const scanStems = byLanguage((language) =>
    scanFor(
      typed.flatMap((each, id) => stemNeedles(each, id, language)),
      UNSPACED.has(language) ? 'unspaced' : 'stems',
    ),
  )
  const open = typed.flatMap((each, id) =>
    each.isOpenBefore || each.isOpenAfter ? [textNeedle(each, id)] : [],
  )
  const scanText = open.length === 0 ? undefined : scanFor(open, 'text')
  const places = (article: SearchableArticle, reach: Reach, found?: (id: number) => void): number =>
    Math.max(
      scanStems(article.language)(stemsOf(article, reach), found),
      scanText === undefined ? 0 : scanText(textOf(article, reach), found),
    )
  return {
    wordsIn: (article, reach) => {
      let found: Set<number> | undefined
      places(article, reach, (id) => {
        found ??= new Set()
        found.add(id)
      })
      return found ?? NONE
    },
    placesIn: places,
  }
}

const NONE: ReadonlySet<number> = new Set()

function stemsOf({ stems, headline, standfirst, language }: SearchableArticle, reach: Reach): string {
  if (reach === 'headline') return searchStems([headline], language)
  return stems === '' ? searchStems([headline, standfirst ?? ''], language) : stems
}

/** Headline, and standfirst where the reach allows it: words as they stand, in lower case. */
function textOf({ headline, standfirst }: SearchableArticle, reach: Reach): string {
  return foldWord(reach === 'headline' || standfirst === undefined ? headline : `${headline}\n${standfirst}`)
}

/** Languages are few: articles bear those that identification knows. */
function byLanguage(make: (language: string) => Scan): (language: string) => Scan {
  const made = new Map<string, Scan>()
  return (language) => {
    const known = made.get(language) ?? make(language)
    made.set(language, known)
    return known
  }
}

/** Languages whose words a dictionary cuts. */
const UNSPACED: ReadonlySet<string> = new Set(['ja', 'zh', 'th', 'lo', 'km', 'my'])

/** Stands for the beginning of a hyphenated word, which is stemmed as one: "general-strike" → "general-strik". */
const BEGINNING = 'general-'

/**
 * A word is looked for by its stem, which stemmers make otherwise with an accent or as the end of a hyphenated word; and
 * as it was typed, for the inner parts of hyphenated words are not stemmed, and of some words only the inflected forms
 * are ("Konzerns" → "konzern", but "Konzern" → "konz"). Open at its end it is a beginning, which stemming would cut.
 */
function stemNeedles(
  { words, isOpenBefore, isOpenAfter }: TypedWords,
  id: number,
  language: string,
): readonly Needle[] {
  const stem = stemmerFor(language)
  const stems = words.map(({ text, isJoined }) => foldAccents(isJoined ? text : stem(text)))
  const last = foldAccents(words.at(-1)?.text ?? '')
  const endings = [stem(last), stem(BEGINNING + last).slice(BEGINNING.length), last]
  const forms = [
    stems,
    words.map(({ text }) => stem(foldAccents(text))),
    ...endings.map((ending) => [...stems.slice(0, -1), ending]),
  ]
  const before = isOpenBefore ? 'inside' : 'edge'
  const closed = forms.map(
    (form): Needle => ({ id, text: foldAccents(form.join(' ')), before, after: 'edge' }),
  )
  const open: Needle = { id, text: [...stems.slice(0, -1), last].join(' '), before, after: 'inside' }
  return isOpenAfter ? [...closed, open] : closed
}

function textNeedle({ words, isOpenBefore, isOpenAfter }: TypedWords, id: number): Needle {
  return {
    id,
    text: words.map(({ text }) => foldAccents(text)).join(' '),
    before: isOpenBefore ? 'inside' : 'edge',
    after: isOpenAfter ? 'inside' : 'edge',
  }
}
