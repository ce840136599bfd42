/**
 * Typed text → what its parts mean: times, numbers, words of the vocabulary, zones. Which language a text is in is told by how many of its
 * words each language knows; a word that only another language knows is still understood. Nothing is passed over: a part that
 * means nothing comes out as `unknown`.
 */
import { longestPhrase, type Meaning, vocabularies } from './schedule-vocabulary.ts'
import { zoneIdOf } from './zone-ids.ts'
import {
  findZone,
  foldName,
  type Home,
  longestZoneName,
  type ScheduleLanguage,
  scheduleLanguages,
  type ZoneFound,
} from './zones.ts'

export type Item = (
  | Meaning
  | ZoneFound
  /** Minutes of the day, or undefined for a time that no clock shows, such as 25:00. */
  | { readonly kind: 'time'; readonly minutes: number | undefined }
  /** Hours from UTC, which are no zone. */
  | { readonly kind: 'offset' }
  | { readonly kind: 'dash'; readonly joins: boolean }
  | { readonly kind: 'break' }
  | { readonly kind: 'unknown'; readonly isZone: boolean }
) & { readonly raw: string }

/** The text in the language it was found to be in. */
export interface ReadText {
  readonly language: ScheduleLanguage
  readonly items: readonly Item[]
}

/** `home` decides where the text itself does not. */
export function readText(typed: string, home: Home): ReadText {
  const tokens = tokensOf(typed)
  const order = likeliestFirst(tokens, home.language)
  const [language = home.language] = order
  const items: Item[] = []
  for (let index = 0; index < tokens.length; ) {
    const token = tokens[index]
    if (token === undefined) break
    if (token.kind !== 'word') {
      items.push(token)
      index += 1
      continue
    }
    const { item, length } = meaningAt(tokens, index, order, { ...home, language })
    items.push(item)
    index += length
  }
  return { language, items }
}

type Token = Item | { readonly kind: 'word'; readonly raw: string; readonly folded: string }

/** `nothing`: the text is understood and says nothing. Undefined: another pattern may fit. */
type Lexed = Token | 'nothing' | undefined

/** What names of the zone database begin with. */
const areas = /^(?:africa|america|antarctica|arctic|asia|atlantic|australia|etc|europe|indian|pacific|us)\//i

/** Tried in this order at each place of the text. */
const patterns: readonly (readonly [RegExp, (match: readonly string[]) => Lexed])[] = [
  [/\s+|[.:'’"“”„«»]/uy, () => 'nothing'],
  [/[a-z_]{2,}(?:\/[a-z0-9_+-]+)+/iuy, ([raw = '']) => zoneToken(raw)],
  [/(?:utc|gmt)\s*[+-]\s*(\d{1,2}(?::?\d{2})?)(?!\d)/iuy, ([raw = '', offset]) => offsetToken(raw, offset)],
  [/(\d{1,2})[:.](\d{2})(?::00)?(?!\d)/uy, timeToken],
  // "8 h 18 h" is two times, and "8h00 heure de Paris" is one with its zone.
  [
    /(\d{1,2})\s?h\s?(\d{2})(?:\s?min(?!\p{L}))?(?!\d|\s?h(?:s|rs?|eures|oras)?(?!\p{L})|[:.]\d)/iuy,
    timeToken,
  ],
  [/(\d{1,2})\s*uhr\s+(\d{2})(?!\d|\s*uhr|\s?h|[:.]\d)/iuy, timeToken],
  [/(\d{2})(\d{2})(?!\d)/uy, timeToken],
  [/\d{1,2}(?!\d)/uy, ([raw = '']) => ({ kind: 'number', value: Number(raw), raw })],
  // Touching a number it is the half of the day in every language: `12am` is no German "am".
  [/(?<=\d)am(?!\p{L})/iuy, ([raw = '']) => ({ kind: 'half', half: 'am', raw })],
  [/(?<=\d)pm(?!\p{L})/iuy, ([raw = '']) => ({ kind: 'half', half: 'pm', raw })],
  [/[ap]\.\s?m(?!\p{L})/iuy, ([raw = '']) => wordToken(raw, raw.replace(/[.\s]/g, ''))],
  [/feira[2-6]|[\p{L}\p{M}]+/iuy, ([raw = '']) => wordToken(raw, raw)],
  [/(?<=\p{L})-(?=\p{L})/uy, ([raw = '']) => ({ kind: 'dash', joins: true, raw })],
  [/-/uy, ([raw = '']) => ({ kind: 'dash', joins: false, raw })],
  [/[,;&+|/•·()]/uy, ([raw = '']) => ({ kind: 'break', raw })],
  [/\S+/uy, ([raw = '']) => ({ kind: 'unknown', isZone: false, raw })],
]

function tokensOf(typed: string): readonly Token[] {
  const text = typed
    .normalize('NFC')
    .replace(/([2-6])\s?ª/gu, ' feira$1 ')
    .normalize('NFKC')
    .slice(0, typed.length + 100)
    .replace(/[\u2010-\u2015\u2212]/gu, '-')
    // What stands in parentheses after a zone is its name in words.
    .replace(/([a-z_]+\/[a-z0-9_+/-]+|\butc)\s*\([^()]*\)/giu, '$1')
  const tokens: Token[] = []
  for (let at = 0; at < text.length; ) {
    const { lexed, end } = lexAt(text, at)
    if (lexed !== 'nothing') tokens.push(lexed)
    at = end
  }
  return tokens
}

function lexAt(text: string, at: number): { readonly lexed: Token | 'nothing'; readonly end: number } {
  for (const [pattern, lex] of patterns) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    const lexed = match === null ? undefined : lex(match)
    if (match !== null && lexed !== undefined) return { lexed, end: at + match[0].length }
  }
  return { lexed: 'nothing', end: at + 1 }
}

/** Slashes also stand between days: what does not begin like a zone is left to the other patterns. */
function zoneToken(raw: string): Lexed {
  const zone = zoneIdOf(raw)
  if (zone !== undefined) return { kind: 'zone', zone, raw }
  return areas.test(raw) ? { kind: 'unknown', isZone: true, raw } : undefined
}

function offsetToken(raw: string, offset: string | undefined): Lexed {
  return Number(offset?.replace(':', '')) === 0 ? { kind: 'zone', zone: 'UTC', raw } : { kind: 'offset', raw }
}

function timeToken([raw = '', hour, minute = '00']: readonly string[]): Lexed {
  const isTime = Number(hour) < 24 && Number(minute) < 60
  return { kind: 'time', minutes: isTime ? Number(hour) * 60 + Number(minute) : undefined, raw }
}

function wordToken(raw: string, word: string): Lexed {
  return { kind: 'word', raw, folded: foldName(word) }
}

/** The languages by how many words of the text each knows; the person's own one where several know as many. */
function likeliestFirst(tokens: readonly Token[], own: ScheduleLanguage): readonly ScheduleLanguage[] {
  const known = (language: ScheduleLanguage): number => {
    let count = language === own ? 0.5 : 0
    if (vocabularies[language].get('pm')?.kind === 'half') {
      count += tokens.filter((token) => token.kind === 'half').length
    }
    for (let index = 0; index < tokens.length; ) {
      const phrase = phrasesAt(tokens, index, longestPhrase).find(({ text }) =>
        vocabularies[language].has(text),
      )
      count += phrase?.words ?? 0
      index += phrase?.length ?? 1
    }
    return count
  }
  const counts = new Map(scheduleLanguages.map((language) => [language, known(language)]))
  return scheduleLanguages.toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))
}

interface Phrase {
  readonly text: string
  readonly raw: string
  readonly words: number
  /** Tokens it takes, with the hyphens between its words. */
  readonly length: number
}

/** The phrases of at most `most` words that begin at a token, the longest first. */
function phrasesAt(tokens: readonly Token[], start: number, most: number): readonly Phrase[] {
  const phrases: Phrase[] = []
  const words: Extract<Token, { kind: 'word' }>[] = []
  for (let index = start; index < tokens.length && words.length < most; index += 1) {
    const token = tokens[index]
    if (token?.kind === 'dash' && token.joins && words.length > 0) continue
    if (token?.kind !== 'word') break
    words.push(token)
    phrases.unshift({
      text: words.map(({ folded }) => folded).join(' '),
      raw: words.map(({ raw }) => raw).join(' '),
      words: words.length,
      length: index - start + 1,
    })
  }
  return phrases
}

/** The longest phrase that means something: in the language of the text, as a zone, or in another language. */
function meaningAt(
  tokens: readonly Token[],
  start: number,
  order: readonly ScheduleLanguage[],
  home: Home,
): { readonly item: Item; readonly length: number } {
  const phrases = phrasesAt(tokens, start, Math.max(longestPhrase, longestZoneName))
  for (const { text, raw, length } of phrases) {
    const own = vocabularies[home.language].get(text)
    if (own !== undefined) return { item: { ...own, raw }, length }
    const zone = findZone(text, home)
    if (zone !== undefined) return { item: { ...zone, raw }, length }
    for (const language of order) {
      const meaning = vocabularies[language].get(text)
      if (meaning !== undefined) return { item: { ...meaning, raw }, length }
    }
  }
  return { item: { kind: 'unknown', isZone: false, raw: tokens[start]?.raw ?? '' }, length: 1 }
}
