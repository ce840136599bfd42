/**
 * Every number that a sentence names, in digits or in words, with its unit and what it counts. "12 Millionen", "12 Mio."
 * and "12.000.000" are one number, and so are "zwölf" and "12"; "40 metres" and "40 kilometres" are two.
 */
import { readNumber, scaleOf } from '../../language/figures.ts'
import { calendarWords } from '../../language/name-words.ts'
import { readNumberWords } from '../../language/number-words.ts'
import { stemmerFor } from '../../language/stems.ts'
import { stopWordsOf } from '../../language/stop-words.ts'
import { foldWord } from '../../language/tokens.ts'
import { CURRENCY_SIGNS, unitOf } from './units.ts'

export interface NumberMention {
  /** As it stands in the text. */
  readonly text: string
  readonly value: number
  /** A key of `units.ts`; undefined where it counts something else, or nothing that can be told. */
  readonly unit: string | undefined
  /** Stems of the content words right after it; empty where another kind of word follows. */
  readonly counted: readonly string[]
  /** The stem of the capitalised word right before it: "Halle 3", "March 2024". */
  readonly label?: string
  /** The other number of a score, a time or a range: "3-1", "14:20". */
  readonly partner?: number
}

type Kind = 'digits' | 'word' | 'sign'

interface Token {
  readonly kind: Kind
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Digits with their marks and groups, words, signs that stand for units. */
const TOKEN =
  /(\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\p{Nd}+(?:[.,'’]\p{Nd}+)*)|(\p{L}[\p{L}\p{M}]*²?(?:\/h)?)|([%€$£¥₽°½¼¾])/gu
/** Nothing but this stands between a number and what belongs to it. */
const JOINT = /^[\s\u00a0\u202f-]*$/
const SCALE_JOINT = /^\.?[\s\u00a0\u202f-]*$/
const PAIR_JOINT = /^(?:[-–:]|:)$/
const COUNTED_WORDS = 3
const YEAR = /^[12]\d{3}$/
/** "p.m." is read as one word, and "8.11am" as "8:11am". */
const HALF_OF_DAY = /\b([ap])\.\s?m\b\.?/giu
const POINTED_TIME = /\b(\d{1,2})\.(\d{2})(?=\s?(?:[ap]m|uhr)\b)/giu
/** "6. Dezember": the point of a day's number. */
const DAY_POINT = /^\.\s?$/
/** Suffixes of digits: "£3.4m", "40k". */
const SUFFIX_SCALES: ReadonlyMap<string, number> = new Map([
  ['k', 1e3],
  ['m', 1e6],
  ['mn', 1e6],
  ['bn', 1e9],
  ['tn', 1e12],
])

/** Words that are as good as a number, in all languages that are checked. */
const QUANTITIES: readonly (readonly [value: number, pattern: RegExp])[] = [
  [
    0.5,
    /^(?:½|half|hälften?|halbe[nrms]?|moitié|demie?s?|mitad|metà|metade|helft|halve|halva|halvdelen|połow\p{L}*)$/iu,
  ],
  [0.25, /^(?:¼|quarter|viertel[ns]?|quart|cuarto|quarto|kwart|fjärdedel\p{L}*|fjerdedel\p{L}*)$/iu],
  [1 / 3, /^(?:drittel[ns]?|tiers|tercio|terzo|terço|tredjedel\p{L}*)$/iu],
  [
    12,
    /^(?:dutzende?n?|dozens?|douzaines?|docenas?|dozzin[ae]|dúzias?|dozijn\p{L}*|dussin\p{L}*|tuzin\p{L}*)$/iu,
  ],
  [
    100,
    /^(?:hunderten?|hundreds|centaines?|centenares|cientos|centinai[ao]|centenas|honderden|hundratals|hundre\p{L}*|setki)$/iu,
  ],
  [
    1000,
    /^(?:tausenden?|thousands|milliers?|miles|migliaia|milhares|duizenden|tusentals|tusind\p{L}*|tusenvis|tysiące)$/iu,
  ],
  [
    2.0001,
    /^(?:doppelt\p{L}*|verdoppel\p{L}*|double[ds]?|doubling|twice|doubl\p{L}*|doble|doppio|dobro|dubb\p{L}*)$/iu,
  ],
]

/** The numbers of a sentence, in order. */
export function numbersOf(sentence: string, language: string): NumberMention[] {
  const text = sentence.replace(HALF_OF_DAY, '$1m').replace(POINTED_TIME, '$1:$2')
  const tokens = tokensOf(text)
  const words = tokens.map(({ kind, text: each }) => (kind === 'word' ? each : ''))
  const mentions: NumberMention[] = []
  for (let at = 0; at < tokens.length; ) {
    const read = readAt(text, tokens, words, at, language)
    if (read === undefined) at++
    else {
      mentions.push(read.mention)
      at = read.next
    }
  }
  return mentions
}

/** The units that a sentence names, with a number or without. */
export function unitsIn(sentence: string): Set<string> {
  const units = new Set<string>()
  for (const { kind, text } of tokensOf(sentence)) {
    const unit = kind === 'sign' || text.length > 1 ? unitOf(text) : undefined
    if (unit !== undefined) units.add(unit)
  }
  return units
}

function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map((match) => ({
    kind: match[1] !== undefined ? 'digits' : match[2] !== undefined ? 'word' : 'sign',
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }))
}

interface ReadAt {
  readonly mention: NumberMention
  readonly next: number
}

function readAt(
  text: string,
  tokens: readonly Token[],
  words: readonly string[],
  at: number,
  language: string,
): ReadAt | undefined {
  const token = tokens[at]
  if (token === undefined) return undefined
  if (token.kind === 'digits') {
    return complete(text, tokens, { from: at, to: at + 1, value: readNumber(token.text) }, language)
  }
  const quantity = QUANTITIES.find(([, pattern]) => pattern.test(token.text))?.[0]
  const spelled = token.kind === 'word' ? readNumberWords(words, at, language) : undefined
  if (spelled !== undefined) {
    return complete(text, tokens, { from: at, to: at + spelled.words, value: spelled.value }, language)
  }
  const scale = quantity ?? (scaleOf(token.text) > 1e3 ? scaleOf(token.text) : undefined)
  if (scale === undefined) return undefined
  return { mention: { text: token.text, value: scale, unit: undefined, counted: [] }, next: at + 1 }
}

interface Bare {
  /** The tokens that are the number itself. */
  readonly from: number
  readonly to: number
  readonly value: number
}

/** A bare number with its scale, unit, partner and label. */
function complete(text: string, tokens: readonly Token[], bare: Bare, language: string): ReadAt {
  const sign = signBefore(tokens, bare.from, text)
  const { value, next } = scaled(text, tokens, bare, sign !== undefined)
  const gap = gapBefore(text, tokens, next)
  const isJoined = (next > bare.to ? SCALE_JOINT : JOINT).test(gap)
  const unit = sign ?? (isJoined ? followingUnit(tokens, next) : undefined)
  const isDay = DAY_POINT.test(gap) && isCalendarWord(tokens[next], language)
  const isYear = YEAR.test(tokens[bare.from]?.text ?? '')
  const counts = unit === undefined && !isYear && (isJoined || isDay)
  const partner = partnerOf(text, tokens, bare)
  return {
    mention: {
      text: text.slice(tokens[bare.from]?.start ?? 0, tokens[next - 1]?.end),
      value,
      unit,
      counted: counts ? countedAt(text, tokens, next, language, isDay ? 1 : COUNTED_WORDS) : [],
      ...labelBefore(text, tokens, bare.from, language),
      ...(partner === undefined ? {} : { partner }),
    },
    next: unit !== undefined && sign === undefined ? next + 1 : next,
  }
}

/** The value with its scale ("Mio.", "k"), and the token after both. */
function scaled(
  text: string,
  tokens: readonly Token[],
  { to, value }: Bare,
  isMoney: boolean,
): { readonly value: number; readonly next: number } {
  const gap = gapBefore(text, tokens, to)
  const follows = tokens[to]
  if (follows?.kind !== 'word') return { value, next: to }
  const suffix = gap === '' ? SUFFIX_SCALES.get(follows.text.toLowerCase()) : undefined
  if (suffix !== undefined && (isMoney || follows.text !== 'm'))
    return { value: value * suffix, next: to + 1 }
  const scale = SCALE_JOINT.test(gap) ? scaleOf(follows.text) : 1
  return scale === 1 ? { value, next: to } : { value: Math.round(value * scale * 1000) / 1000, next: to + 1 }
}

function gapBefore(text: string, tokens: readonly Token[], at: number): string {
  return text.slice(tokens[at - 1]?.end ?? 0, tokens[at]?.start ?? text.length)
}

function isCalendarWord(token: Token | undefined, language: string): boolean {
  return token !== undefined && calendarWords(language).has(foldWord(token.text))
}

function signBefore(tokens: readonly Token[], at: number, text: string): string | undefined {
  const before = tokens[at - 1]
  if (before === undefined || !CURRENCY_SIGNS.has(before.text)) return undefined
  return JOINT.test(text.slice(before.end, tokens[at]?.start)) ? unitOf(before.text) : undefined
}

/** "12 %", "12 Prozent", "12 per cent", "90 square metres". */
function followingUnit(tokens: readonly Token[], at: number): string | undefined {
  const word = tokens[at]?.text ?? ''
  const after = tokens[at + 1]?.text ?? ''
  if (/^(?:per|pour|por)$/iu.test(word))
    return unitOf(after) === '%' || /^cent$/iu.test(after) ? '%' : undefined
  if (/^square$/iu.test(word)) return `${unitOf(after) ?? after}²`
  return unitOf(word)
}

/** The stems of the content words that follow directly; none where a function word does. */
function countedAt(
  text: string,
  tokens: readonly Token[],
  at: number,
  language: string,
  most: number,
): string[] {
  const stopWords = stopWordsOf(language)
  const stem = stemmerFor(language)
  const first = tokens[at]
  if (first?.kind !== 'word' || stopWords.has(foldWord(first.text))) return []
  const counted: string[] = []
  for (let next = at; counted.length < most; next++) {
    const token = tokens[next]
    if (token?.kind !== 'word') break
    if (next > at && !JOINT.test(text.slice(tokens[next - 1]?.end, token.start))) break
    if (!stopWords.has(foldWord(token.text))) counted.push(stem(token.text))
  }
  return counted
}

function labelBefore(
  text: string,
  tokens: readonly Token[],
  at: number,
  language: string,
): { label?: string } {
  const before = tokens[at - 1]
  const isLabel =
    before?.kind === 'word' &&
    at > 1 &&
    tokens[at]?.kind === 'digits' &&
    /^\p{Lu}/u.test(before.text) &&
    /^\s$/u.test(text.slice(before.end, tokens[at]?.start)) &&
    !stopWordsOf(language).has(foldWord(before.text))
  return isLabel ? { label: stemmerFor(language)(before.text) } : {}
}

function partnerOf(text: string, tokens: readonly Token[], { from, to }: Bare): number | undefined {
  const pairs = [
    [tokens[from - 1], tokens[from], tokens[from - 1]],
    [tokens[to - 1], tokens[to], tokens[to]],
  ]
  for (const [left, right, other] of pairs) {
    if (left?.kind !== 'digits' || right?.kind !== 'digits') continue
    if (PAIR_JOINT.test(text.slice(left.end, right.start))) return readNumber(other?.text ?? '')
  }
  return undefined
}
