/**
 * Whether a text that somebody else wrote about some articles (a language model) says only what they say, as far as
 * that can be checked on the surface: every name, number and quotation must stand in them, most words of every
 * sentence must be theirs, and no sentence may deny what they affirm, or the other way round.
 *
 * It is strict on purpose. A true summary that is refused costs nothing, because the extractive one takes its place; a
 * false one that passes costs a reader's trust. What it cannot see are false relations between true parts.
 *
 * It is for the languages of `languages.ts` alone.
 */
import type { ArticleText } from '../../language/analyse.ts'
import { identifyLanguage } from '../../language/identify.ts'
import { splitSentences } from '../../language/sentences.ts'
import { unknownNumbers } from './known-numbers.ts'
import { unknownNames } from './names.ts'
import { numbersOf } from './numbers.ts'
import { unknownQuotes } from './quotes.ts'
import { contentStems, readSource, type Source } from './source.ts'
import { turnedSentences } from './statements.ts'

export interface Doubt {
  readonly kind:
    | 'name'
    | 'number'
    | 'negation'
    | 'opposite'
    | 'quotation'
    | 'unsupported'
    | 'language'
    | 'empty'
  /** The word or sentence that the articles do not bear out. */
  readonly text: string
}

/** At most this share of a sentence's content words may be new; one always may. */
const MAX_NEW = 0.5
/** Fewer characters are in no language that could be told. */
const MIN_TELLING_CHARACTERS = 40

/** What in `text` the articles do not bear out, in order; nothing where it passes. Pure and never throws. */
export function checkAgainst(articles: readonly ArticleText[], text: string, language: string): Doubt[] {
  return checkText(readSource(articles, language), text)
}

/** The same for texts that were read already. */
export function checkText(source: Source, text: string): Doubt[] {
  const { language } = source
  if (!/\p{L}/u.test(text)) return [{ kind: 'empty', text }]
  const sentences = splitSentences(text, language)
  const foreign = foreignSentence([text, ...sentences], language)
  if (foreign !== undefined) return [foreign]
  const statements = source.sentences.flatMap((sentence) => sentence.statements)
  const { denied, opposed } = turnedSentences(text, statements, language)
  const numbers = sentences.flatMap((sentence) =>
    unknownNumbers(numbersOf(sentence, language), contentStems(sentence, language), source.sentences),
  )
  return [
    ...doubts('name', unknownNames(sentences, source)),
    ...doubts(
      'number',
      numbers.map((number) => number.text),
    ),
    ...doubts('quotation', unknownQuotes(text, source.text, language)),
    ...doubts('negation', denied),
    ...doubts('opposite', opposed),
    ...doubts(
      'unsupported',
      sentences.filter((sentence) => !isSupported(sentence, source)),
    ),
  ]
}

const doubts = (kind: Doubt['kind'], texts: readonly string[]): Doubt[] =>
  texts.map((text) => ({ kind, text }))

/** A short sentence full of names is in no language for certain, so the source's gets the benefit of a tie. */
function foreignSentence(texts: readonly string[], language: string): Doubt | undefined {
  for (const text of texts) {
    if (text.length < MIN_TELLING_CHARACTERS) continue
    const told = identifyLanguage(text, { prior: language }).language
    if (told !== language && told !== 'und') return { kind: 'language', text: told }
  }
  return undefined
}

/** Whether the source has enough of a sentence's content words in some form, and one at the least. */
function isSupported(sentence: string, { stems, language }: Source): boolean {
  const content = [...contentStems(sentence, language)]
  const unknown = content.filter((stem) => !stems.has(stem) && !isPartOfKnown(stem, stems, language))
  return unknown.length < content.length && unknown.length <= Math.max(1, content.length * MAX_NEW)
}

const MIN_PART = 5

/** German joins words: "Brückenbau" is half known from "Brücke", and "Brücke" from "Brückenbau". */
function isPartOfKnown(stem: string, stems: ReadonlySet<string>, language: string): boolean {
  if (stem.length < MIN_PART || !['de', 'nl', 'sv', 'da', 'no'].includes(language)) return false
  for (const known of stems) {
    if (known.length < MIN_PART) continue
    if (known.startsWith(stem) || known.endsWith(stem) || stem.startsWith(known) || stem.endsWith(known))
      return true
  }
  return false
}
