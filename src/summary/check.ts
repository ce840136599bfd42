/**
 * Whether a text that somebody else wrote about an article (a language model) says only what the article says, as far
 * as that can be checked on the surface: every name and every number must stand in the article, and a sentence must
 * not deny what the article affirms, or the other way round.
 *
 * It is strict on purpose. A true summary that is refused costs nothing, because the extractive one takes its place; a
 * false one that passes costs a reader's trust. What it cannot see are false relations between true parts.
 */
import { type ArticleText, analyse } from '../language/analyse.ts'
import { readNumber } from '../language/figures.ts'
import { GERMAN_DETERMINERS } from '../language/name-words.ts'
import { splitSentences } from '../language/sentences.ts'
import { stemmerFor } from '../language/stems.ts'
import { stopWordsOf } from '../language/stop-words.ts'
import { foldWord, tokenise } from '../language/tokens.ts'
import { NEGATIONS } from './negations.ts'

export interface Doubt {
  readonly kind: 'name' | 'number' | 'negation' | 'language' | 'empty'
  /** The word or sentence that the article does not bear out. */
  readonly text: string
}

/** A sentence of the article is what one of the text speaks of when they share this much of their content words. */
const SAME_STATEMENT = 0.5
/** A word counts as another form of one in the article when they begin alike over so many letters. */
const SHARED_BEGINNING = 5
const NUMBER = /\p{N}+(?:[.,:'’\u00a0\u202f]\p{N}+)*/gu

/** What in `text` the article does not bear out, in order; nothing where it passes. Pure and never throws. */
export function checkAgainst(article: ArticleText, text: string): Doubt[] {
  const { language } = analyse(article)
  if (!/\p{L}/u.test(text)) return [{ kind: 'empty', text }]
  const told = analyse({ headline: '', body: [text] }).language
  if (told !== language && told !== 'und' && language !== 'und') return [{ kind: 'language', text: told }]
  const source = [article.headline, article.standfirst ?? '', ...article.body].join('\n')
  const sentences = splitSentences(text, language)
  return [
    ...sentences.flatMap((sentence) => unknownNames(sentence, source, language)),
    ...unknownNumbers(text, source),
    ...turnedStatements(sentences, splitSentences(source, language), language),
  ]
}

/** Capitalised words that the article does not have in any form; in German only where they stand as a name does. */
function unknownNames(sentence: string, source: string, language: string): Doubt[] {
  const stem = stemmerFor(language)
  const known = new Set(tokenise(source, language).map(foldWord))
  const stems = new Set([...known].map(stem))
  const beginnings = new Set([...known].map((word) => word.slice(0, SHARED_BEGINNING)))
  const isKnown = (word: string): boolean => {
    const folded = foldWord(word)
    return known.has(folded) || stems.has(stem(word)) || beginnings.has(folded.slice(0, SHARED_BEGINNING))
  }
  const words = tokenise(sentence, language)
  return words.flatMap((word, at): Doubt[] => {
    if (!/^\p{Lu}/u.test(word) || stopWordsOf(language).has(foldWord(word)) || isKnown(word)) return []
    if (language === 'de' && !standsAsName(words, at)) return []
    return [{ kind: 'name', text: word }]
  })
}

/** A German noun with an article or adjective before it is a common noun; two capitals in a row are a name. */
function standsAsName(words: readonly string[], at: number): boolean {
  const before = words[at - 1] ?? ''
  if (/^\p{Lu}/u.test(words[at + 1] ?? '') || (at > 1 && /^\p{Lu}/u.test(before))) return true
  const isDetermined =
    GERMAN_DETERMINERS.has(before.toLowerCase()) || /^\p{Ll}{3,}(?:e|en|em|er|es)$/u.test(before)
  return !isDetermined && !/^\p{N}/u.test(before)
}

function unknownNumbers(text: string, source: string): Doubt[] {
  const known = new Set((source.match(NUMBER) ?? []).map(readNumber))
  return (text.match(NUMBER) ?? []).flatMap((number) =>
    known.has(readNumber(number)) ? [] : [{ kind: 'number', text: number } as const],
  )
}

/** Sentences that deny what the article's sentence on the same matter affirms, or affirm what it denies. */
function turnedStatements(
  sentences: readonly string[],
  source: readonly string[],
  language: string,
): Doubt[] {
  const statements = source.map((sentence) => statementOf(sentence, language))
  return sentences.flatMap((sentence): Doubt[] => {
    const said = statementOf(sentence, language)
    const counterparts = statements.filter(({ stems }) => overlap(said.stems, stems) >= SAME_STATEMENT)
    const agrees = counterparts.some(({ isNegated }) => isNegated === said.isNegated)
    const isUnfounded = said.isNegated && counterparts.length === 0
    return (counterparts.length > 0 && !agrees) || isUnfounded ? [{ kind: 'negation', text: sentence }] : []
  })
}

interface Statement {
  readonly stems: ReadonlySet<string>
  readonly isNegated: boolean
}

function statementOf(sentence: string, language: string): Statement {
  const words = tokenise(sentence, language)
  const stopWords = stopWordsOf(language)
  const negations = Object.hasOwn(NEGATIONS, language) ? NEGATIONS[language] : undefined
  const stem = stemmerFor(language)
  return {
    stems: new Set(words.filter((word) => word.length > 1 && !stopWords.has(foldWord(word))).map(stem)),
    isNegated: negations?.test(sentence) === true,
  }
}

/** The share of the shorter statement's words that the other has too. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const smaller = Math.min(a.size, b.size)
  if (smaller < 2) return 0
  let shared = 0
  for (const word of a) if (b.has(word)) shared++
  return shared / smaller
}
