/**
 * Key terms of an article: the people, places and organisations it names, by what can be seen on the surface (no
 * lists of names beyond the countries that ICU knows). A name is a run of capitalised words; a run of one word counts
 * only if it is capitalised inside a sentence too, and in German, where every noun is, only if something else speaks
 * for it: it is the last word of a longer name, an acronym, a country, or stands after "in" or "nach" and never after
 * an article. Languages without capitals give their repeated content words instead, as topics.
 */
import type { KeyTerm as NamedTerm, TermKind } from '../article/article.ts'
import {
  calendarWords,
  countryNames,
  GERMAN_ADJECTIVE,
  GERMAN_DETERMINERS,
  GERMAN_MEASURES,
  GERMAN_NAME_LINKS,
  GERMAN_NOUN_ENDING,
  LOCATIVES,
  NAME_LINKS,
  OCCUPATION_ENDING,
  ORGANISATION_WORDS,
  TITLES,
} from './name-words.ts'
import { stopWordsOf } from './stop-words.ts'
import { tokenise } from './tokens.ts'

export interface KeyTerm extends NamedTerm {
  /** How often the article names it, short forms ("Raisi") included. */
  readonly count: number
}

export interface TermSource {
  readonly headline: string
  readonly sentences: readonly { readonly text: string }[]
  readonly language: string
}

const MAX_TERMS = 12
/** Names further down are background. */
const MAX_SENTENCES = 60
const MIN_TOPIC_COUNT = 2

const CASELESS: ReadonlySet<string> = new Set(
  'ar fa he ur hi mr bn ta te th ja zh ko km lo my ka am'.split(' '),
)
const NAME = String.raw`\p{Lu}[\p{L}\p{M}\p{N}’'-]*`
const runOf = (links: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{N}’'-])${NAME}(?:(?: (?:${links})){0,2} ${NAME})*`, 'gu')
const RUN = runOf(NAME_LINKS)
const GERMAN_RUN = runOf(GERMAN_NAME_LINKS)
const WORD_CHARACTER = /[\p{L}\p{M}\p{N}.]/u
const ACRONYM = /^\p{Lu}[\p{Lu}\p{N}-]{1,6}$/u
const POSSESSIVE = /['’]s$|['’]$/u

/** One capitalised run where it stands. */
interface Mention {
  readonly words: readonly string[]
  readonly isInitial: boolean
  /** The word before it, lower case; empty at the start of a sentence. */
  readonly before: string
}

interface Name {
  text: string
  count: number
  title: number
  locative: number
  readonly first: number
}

/** The key terms of an article, the most telling first; at most twelve. */
export function keyTermsOf(source: TermSource): KeyTerm[] {
  if (CASELESS.has(source.language)) return topicsOf(source)
  const texts = [
    ...(isTitleCase(source.headline) ? [] : [source.headline]),
    ...source.sentences.map(({ text }) => text),
  ]
  const mentions = texts.slice(0, MAX_SENTENCES).flatMap((text) => mentionsIn(text, source.language))
  const names = collect(mentions, source.language)
  return [...names.values()]
    .map((name) => ({ name, weight: weightOf(name, source.headline) }))
    .sort((a, b) => b.weight - a.weight || a.name.first - b.name.first)
    .slice(0, MAX_TERMS)
    .map(({ name }) => ({ text: name.text, kind: kindOf(name, source.language), count: name.count }))
}

function weightOf({ text, count, first }: Name, headline: string): number {
  const isInHeadline = text.split(' ').some((word) => headline.includes(word))
  return count + (isInHeadline ? 3 : 0) + 2 / (1 + first / 5) + (text.includes(' ') ? 0.5 : 0)
}

/** English headlines capitalise every word; such a headline tells nothing of names. */
function isTitleCase(headline: string): boolean {
  const words = headline.split(/\s+/u).filter((word) => /^\p{L}{4,}/u.test(word))
  return words.length > 2 && words.filter((word) => /^\p{Lu}/u.test(word)).length / words.length > 0.7
}

function isGerman(language: string): boolean {
  return language === 'de' || language === 'lb'
}

function mentionsIn(text: string, language: string): Mention[] {
  const stopWords = stopWordsOf(language)
  const mentions: Mention[] = []
  for (const match of text.matchAll(isGerman(language) ? GERMAN_RUN : RUN)) {
    const before = text.slice(Math.max(0, match.index - 40), match.index)
    const isInitial = !/[\p{L}\p{N}]/u.test(before) || /[.!?:“„«"]\s*$/u.test(before)
    const words = match[0].split(' ')
    const lead = words.findIndex((word) => !stopWords.has(word.toLowerCase()))
    if (lead === -1) continue
    const previous = lead > 0 ? (words[lead - 1] ?? '') : lastWord(before)
    mentions.push({
      words: words.slice(lead),
      isInitial: isInitial && lead === 0,
      before: previous.toLowerCase().replace(/\.$/, ''),
    })
  }
  return mentions
}

/** The word right before, parted by a space, a bracket or an opening quotation mark; otherwise nothing. */
function lastWord(text: string): string {
  let end = text.length
  while (end > 0 && ' („“"'.includes(text[end - 1] ?? '')) end--
  if (end === text.length) return ''
  let start = end
  while (start > 0 && WORD_CHARACTER.test(text[start - 1] ?? '')) start--
  return text.slice(start, end)
}

/** The names that the mentions speak for, by their plain form. */
function collect(mentions: readonly Mention[], language: string): Map<string, Name> {
  const names = new Map<string, Name>()
  const german = isGerman(language)
  const evidence = evidenceOf(mentions)
  const full = new Map<string, string>()
  const parts = mentions.flatMap((mention) =>
    german ? germanParts(mention, evidence) : [withoutTitle(mention)],
  )
  for (const { words } of parts) {
    const last = plain(words.at(-1) ?? '')
    if (words.length > 1 && !full.has(last)) full.set(last, words.map(plainCase).join(' '))
  }
  for (const [place, mention] of parts.entries()) {
    const text = mention.words.map(plainCase).join(' ')
    if (!isName(mention, evidence, full, language)) continue
    add(names, mention.words.length === 1 ? (full.get(plain(text)) ?? text) : text, mention, place)
  }
  return names
}

function add(names: Map<string, Name>, text: string, { before, words }: Mention, place: number): void {
  const known = names.get(text) ?? { text, count: 0, title: 0, locative: 0, first: place }
  known.count++
  if (TITLES.has(before) || OCCUPATION_ENDING.test(before)) known.title++
  if (LOCATIVES.has(before) && words.length <= 2) known.locative++
  names.set(text, known)
}

interface Evidence {
  /** Words that stand capitalised inside a sentence. */
  readonly inside: ReadonlySet<string>
  /** Words that follow a determiner somewhere. */
  readonly determined: ReadonlySet<string>
  readonly counts: ReadonlyMap<string, number>
}

function evidenceOf(mentions: readonly Mention[]): Evidence {
  const inside = new Set<string>()
  const determined = new Set<string>()
  const counts = new Map<string, number>()
  for (const { words, isInitial, before } of mentions) {
    for (const [at, word] of words.entries()) {
      const form = plain(word)
      counts.set(form, (counts.get(form) ?? 0) + 1)
      if (at > 0 || !isInitial) inside.add(form)
    }
    if (GERMAN_DETERMINERS.has(before) || isGermanAdjective(before)) determined.add(plain(words[0] ?? ''))
  }
  return { inside, determined, counts }
}

function isGermanAdjective(word: string): boolean {
  return /^\p{Ll}{4,}(?:en|em|er|es|e)$/u.test(word) && !LOCATIVES.has(word)
}

/** A run of German capitals is cut at its common nouns: "Präsident Wladimir Putin Ende Oktober" → "Wladimir Putin". */
function germanParts(mention: Mention, { determined }: Evidence): Mention[] {
  const parts: Mention[] = []
  let words: string[] = []
  let before = mention.before
  const close = (): void => {
    if (words.length > 0) parts.push({ words, before, isInitial: mention.isInitial && parts.length === 0 })
    words = []
  }
  for (const [at, word] of mention.words.entries()) {
    const isLink = /^\p{Ll}/u.test(word)
    const isNoun =
      TITLES.has(word.toLowerCase()) ||
      GERMAN_MEASURES.has(word.toLowerCase()) ||
      (at === 0 && (/\d$/.test(mention.before) || GERMAN_ADJECTIVE.test(word))) ||
      (at < mention.words.length - 1 && OCCUPATION_ENDING.test(word)) ||
      (!isLink && mention.words.length > 1 && determined.has(plain(word)) && at < mention.words.length - 1) ||
      calendarWords('de').has(word.toLowerCase())
    if (isNoun || (isLink && words.length === 0)) {
      close()
      before = word.toLowerCase()
    } else words.push(word)
  }
  while (/^\p{Ll}/u.test(words.at(-1) ?? 'X')) words.pop()
  close()
  return parts
}

function withoutTitle(mention: Mention): Mention {
  const [first = '', ...rest] = mention.words
  const isTitle = TITLES.has(first.toLowerCase()) || (rest.length > 1 && OCCUPATION_ENDING.test(first))
  if (rest.length === 0 || !isTitle) return mention
  return { words: rest, before: first.toLowerCase(), isInitial: false }
}

function isName(
  { words, isInitial, before }: Mention,
  { inside, determined, counts }: Evidence,
  full: ReadonlyMap<string, string>,
  language: string,
): boolean {
  const german = isGerman(language)
  const [first = ''] = words
  const form = plain(first)
  if (words.length > 3 + words.filter((word) => /^\p{Ll}/u.test(word)).length) return false
  if (words.length > 1) return !(german && words.some((word) => isGermanNoun(word, determined)))
  if (form.length < 2 || calendarWords(language).has(form) || TITLES.has(form)) return false
  if (full.has(form) || ACRONYM.test(first) || countryNames(language).has(form)) return true
  if (!german) return !isInitial || inside.has(form)
  if (determined.has(form) || isGermanNoun(first, determined)) return false
  const isPlaceLike = ['in', 'nach', 'aus'].includes(before) && form.length > 3
  return isPlaceLike && (counts.get(form) ?? 0) > 1
}

function isGermanNoun(word: string, determined: ReadonlySet<string>): boolean {
  return GERMAN_NOUN_ENDING.test(word.toLowerCase()) && determined.has(plain(word))
}

function kindOf({ text, title, locative, count }: Name, language: string): TermKind {
  const words = text.toLowerCase().split(' ')
  if (countryNames(language).has(text.toLowerCase())) return 'place'
  if (words.some((word) => ORGANISATION_WORDS.has(word))) return 'organisation'
  if (title > 0) return 'person'
  if (locative * 2 >= count && locative > 0) return 'place'
  if (ACRONYM.test(text)) return 'organisation'
  return words.length > 1 && words.length < 4 && !/ (?:of|the|for|des|der) /u.test(` ${text} `)
    ? 'person'
    : 'name'
}

/** Lower case without a possessive, by which mentions are compared. */
function plain(word: string): string {
  return plainCase(word).toLowerCase()
}

function plainCase(word: string): string {
  return word.replace(POSSESSIVE, '').replace(/[-’']+$/u, '')
}

function topicsOf({ headline, sentences, language }: TermSource): KeyTerm[] {
  const stopWords = stopWordsOf(language)
  const counts = new Map<string, number>()
  for (const text of [headline, ...sentences.slice(0, MAX_SENTENCES).map((sentence) => sentence.text)]) {
    for (const word of tokenise(text, language)) {
      if ([...word].length < 2 || stopWords.has(word) || /^\p{N}/u.test(word)) continue
      counts.set(word, (counts.get(word) ?? 0) + 1)
    }
  }
  return [...counts]
    .filter(([, count]) => count >= MIN_TOPIC_COUNT)
    .sort((a, b) => b[1] - a[1])
    .slice(0, MAX_TERMS)
    .map(([text, count]) => ({ text, kind: 'topic', count }))
}
