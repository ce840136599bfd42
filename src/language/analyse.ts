/**
 * One analysis of an article, made once and reused by summaries, stories and search: language, sentences, words,
 * stems, key terms and figures. It is plain JSON and compact: stems are held once, in `vocabulary`, and sentences
 * point into it by number.
 *
 * The language is identified from the text; what the source declares only breaks ties.
 */

import { type Figure, figuresOf } from './figures.ts'
import type { IdentifiedLanguage } from './identify.ts'
import { identifyLanguage } from './identify.ts'
import { readingMinutes } from './reading-time.ts'
import { splitSentences } from './sentences.ts'
import { stemmerFor } from './stems.ts'
import { stopWordsOf } from './stop-words.ts'
import { type KeyTerm, keyTermsOf } from './terms.ts'
import { countWords, tokenise } from './tokens.ts'

export interface AnalysedText {
  /** Verbatim, without surrounding white space. */
  readonly text: string
  /** How many words it has, stop words included. */
  readonly words: number
  /** Its content words in order, repeats included, as indexes into `Analysis.vocabulary`. */
  readonly stems: readonly number[]
}

export interface AnalysedSentence extends AnalysedText {
  /** Index of its paragraph in the article's body; 0 in a standfirst. */
  readonly paragraph: number
  readonly figures: readonly Figure[]
}

export interface Analysis {
  /** ISO 639-1 language, or `und`. */
  readonly language: string
  /** 0 to 1, as `identifyLanguage` gives it. */
  readonly languageConfidence: number
  /** Distinct stems of content words, in order of first appearance: headline, standfirst, body. */
  readonly vocabulary: readonly string[]
  readonly headline: AnalysedText
  /** The sentences of the standfirst; empty where there is none. */
  readonly standfirst: readonly AnalysedSentence[]
  /** The sentences of the body in reading order. */
  readonly sentences: readonly AnalysedSentence[]
  /** People, places, organisations and other names, the most telling first. */
  readonly terms: readonly KeyTerm[]
  /** Words of standfirst and body. */
  readonly words: number
  /** Whole minutes a reader needs, at least 1. */
  readonly readingMinutes: number
}

export interface ArticleText {
  readonly headline: string
  readonly standfirst?: string | undefined
  readonly body: readonly string[]
  /** What the source declares, as a BCP 47 tag. */
  readonly declaredLanguage?: string | undefined
}

/**
 * More than this of an article is not analysed: no summary lies so far down, and text is foreign and may be endless.
 */
const MAX_SENTENCES = 600
const MAX_PARAGRAPH_CHARACTERS = 20_000
const MAX_SENTENCE_CHARACTERS = 4000

/** Analyses an article. Never throws; an empty article gives an empty analysis in language `und`. */
export function analyse(article: ArticleText): Analysis {
  const { language, confidence } = identify(article)
  const index = stemIndex(language)
  const headline = index.read(article.headline.trim())
  const standfirst = readSentences(
    article.standfirst === undefined ? [] : [article.standfirst],
    language,
    index,
  )
  const sentences = readSentences(article.body, language, index)
  const words = [...standfirst, ...sentences].reduce((sum, sentence) => sum + sentence.words, 0)
  return {
    language,
    languageConfidence: confidence,
    vocabulary: index.vocabulary,
    headline,
    standfirst,
    sentences,
    terms: keyTermsOf({ headline: headline.text, sentences: [...standfirst, ...sentences], language }),
    words,
    readingMinutes: readingMinutes(words || headline.words, language),
  }
}

/** The text that tells the language: headline and standfirst, and the body as far as the identifier reads. */
function identify({ headline, standfirst, body, declaredLanguage }: ArticleText): IdentifiedLanguage {
  const beginning = [headline, standfirst ?? '', ...body.slice(0, 4)].join('\n')
  return identifyLanguage(beginning, declaredLanguage === undefined ? {} : { prior: declaredLanguage })
}

export interface StemIndex {
  readonly vocabulary: readonly string[]
  /** Reads a piece of text, adding new stems to the vocabulary. */
  readonly read: (text: string) => AnalysedText
}

/** An empty vocabulary of a language, and the way to fill it. */
export function stemIndex(language: string): StemIndex {
  const vocabulary: string[] = []
  const places = new Map<string, number>()
  const stem = stemmerFor(language)
  const stopWords = stopWordsOf(language)
  const place = (word: string): number => {
    const stemmed = stem(word)
    let at = places.get(stemmed)
    if (at === undefined) {
      at = vocabulary.push(stemmed) - 1
      places.set(stemmed, at)
    }
    return at
  }
  const read = (text: string): AnalysedText => {
    const tokens = tokenise(text, language)
    const stems = tokens.filter((token) => isContent(token, stopWords)).map(place)
    return { text, words: countWords(text, tokens.length), stems }
  }
  return { vocabulary, read }
}

/** A lone letter is an initial or an elided article; a lone Han character is a word. */
function isContent(token: string, stopWords: ReadonlySet<string>): boolean {
  if (token.length === 1 && !/[\p{N}\p{Script=Han}\p{Script=Hangul}]/u.test(token)) return false
  return !stopWords.has(token.toLowerCase())
}

export interface PlacedSentence {
  readonly text: string
  /** Index of its paragraph. */
  readonly paragraph: number
}

/** The sentences of some paragraphs, none longer or further down than is analysed. */
export function placeSentences(paragraphs: readonly string[], language: string): PlacedSentence[] {
  const placed: PlacedSentence[] = []
  for (const [paragraph, text] of paragraphs.entries()) {
    for (const sentence of splitSentences(text.slice(0, MAX_PARAGRAPH_CHARACTERS), language)) {
      if (placed.length === MAX_SENTENCES) return placed
      placed.push({ text: sentence.slice(0, MAX_SENTENCE_CHARACTERS), paragraph })
    }
  }
  return placed
}

function readSentences(
  paragraphs: readonly string[],
  language: string,
  index: StemIndex,
): AnalysedSentence[] {
  return placeSentences(paragraphs, language).map(({ text, paragraph }) => ({
    ...index.read(text),
    paragraph,
    figures: figuresOf(text, language),
  }))
}
