/**
 * What the checks know of the texts that a model was given, worked out once: their sentences and clauses, the words
 * and stems in them, their numbers, and what they deny.
 */
import type { ArticleText } from '../../language/analyse.ts'
import { scaleOf } from '../../language/figures.ts'
import { readNumberWords } from '../../language/number-words.ts'
import { splitSentences } from '../../language/sentences.ts'
import { type Stemmer, stemmerFor } from '../../language/stems.ts'
import { stopWordsOf } from '../../language/stop-words.ts'
import { foldWord, tokenise } from '../../language/tokens.ts'
import type { NumberedSentence } from './known-numbers.ts'
import { numbersOf, unitsIn } from './numbers.ts'
import { type Statement, statementsOf } from './statements.ts'

export interface Source {
  readonly language: string
  /** All texts, one paragraph a line. */
  readonly text: string
  readonly sentences: readonly SourceSentence[]
  /** Every word, folded, the parts of hyphenated ones too. */
  readonly words: ReadonlySet<string>
  /** The words of each sentence in order, folded. */
  readonly sequences: readonly (readonly string[])[]
  /** Those that stand somewhere without a capital. */
  readonly lowerWords: ReadonlySet<string>
  readonly stems: ReadonlySet<string>
  readonly stem: Stemmer
}

export interface SourceSentence extends NumberedSentence {
  /** Index of the text that it stands in. */
  readonly from: number
  readonly words: ReadonlySet<string>
  readonly sequence: readonly string[]
  readonly statements: readonly Statement[]
}

/** Reads the texts. More than the caller's limits let through is not read: see `fitTexts`. */
export function readSource(texts: readonly ArticleText[], language: string): Source {
  const stem = stemmerFor(language)
  const sentences = texts.flatMap((text, from) =>
    paragraphsOf(text)
      .flatMap((paragraph) => splitSentences(paragraph, language))
      .map((sentence) => readSentence(sentence, from, language)),
  )
  const words = new Set(sentences.flatMap((sentence) => [...sentence.words]))
  const text = texts.flatMap(paragraphsOf).join('\n')
  return {
    language,
    text,
    sentences,
    words,
    sequences: sentences.map(({ sequence }) => sequence),
    lowerWords: new Set(wordsOf(text, language).filter((word) => /^\p{Ll}/u.test(word))),
    stems: new Set([...words].map(stem)),
    stem,
  }
}

function paragraphsOf({ headline, standfirst, body }: ArticleText): string[] {
  return [headline, standfirst ?? '', ...body].filter((paragraph) => paragraph !== '')
}

function readSentence(sentence: string, from: number, language: string): SourceSentence {
  const words = wordsOf(sentence, language).map(foldWord)
  return {
    from,
    words: new Set(words),
    sequence: tokenise(sentence, language).map(foldWord),
    stems: new Set(words.map(stemmerFor(language))),
    numbers: numbersOf(sentence, language),
    units: unitsIn(sentence),
    statements: statementsOf(sentence, language),
  }
}

/** The words of a text; a hyphenated word comes whole and in its parts. */
export function wordsOf(text: string, language: string): string[] {
  return tokenise(text, language).flatMap((word) =>
    /[-‐‑]/.test(word) ? [word, ...word.split(/[-‐‑]/).filter((part) => part.length > 1)] : [word],
  )
}

/** Whether a word is part of a number: digits, "zwölf", "Millionen". */
export function isNumeric(word: string, language: string): boolean {
  return /^\p{N}/u.test(word) || scaleOf(word) > 1 || readNumberWords([word], 0, language) !== undefined
}

/** The stems of a text's content words, numbers aside. */
export function contentStems(text: string, language: string): Set<string> {
  const stopWords = stopWordsOf(language)
  const stem = stemmerFor(language)
  return new Set(
    tokenise(text, language)
      .filter((word) => word.length > 1 && !stopWords.has(foldWord(word)) && !isNumeric(word, language))
      .map(stem),
  )
}
