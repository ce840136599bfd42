/**
 * Sentences of a paragraph, as verbatim slices of it. `Intl.Segmenter` (Unicode UAX #29 with the locale's tailoring)
 * proposes boundaries; most of its mistakes are boundaries too many, so pairs of neighbours are merged again where
 * the first ends in an abbreviation, an initial or an ordinal, where a quotation goes on with its speaker, or where a
 * short quotation would be torn apart. Boundaries it misses are added: after a point without a space ("dit.Le"), after
 * the Greek question mark, and at Thai spaces before words that begin a clause.
 *
 * It never changes or drops a visible character; only the white space between sentences is lost.
 */
import { abbreviationKind } from './abbreviations.ts'
import { stopWordsOf } from './stop-words.ts'

/** A half-open range of the text. */
interface Slice {
  start: number
  end: number
}

/** A quotation longer than this, in characters, is cut into its sentences after all. */
const MAX_WHOLE_QUOTE = 300

/** Languages that write an ordinal as a number with a point. */
const ORDINAL_POINT: ReadonlySet<string> = new Set(
  'de da no fi cs sk sl hr sr bs hu pl tr et lv lb is mk'.split(' '),
)

const segmenters = new Map<string, Intl.Segmenter>()
const LOCALE = /^[a-z]{2,3}$/

function sentenceSegmenter(language: string): Intl.Segmenter {
  const locale = LOCALE.test(language) && segmenters.size < 100 ? language : 'und'
  let segmenter = segmenters.get(locale)
  if (segmenter === undefined) {
    segmenter = new Intl.Segmenter(locale, { granularity: 'sentence' })
    segmenters.set(locale, segmenter)
  }
  return segmenter
}

/** The sentences of one paragraph in order, each trimmed; an empty list for blank text. */
export function splitSentences(text: string, language: string): string[] {
  if (!/\S/u.test(text)) return []
  const proposed = [...sentenceSegmenter(language).segment(text)].flatMap(({ index, segment }) =>
    addMissed(segment, language).map(({ start, end }) => ({ start: index + start, end: index + end })),
  )
  giveMarkToNext(text, proposed)
  const sentences: Slice[] = []
  for (const slice of proposed) {
    const previous = sentences.at(-1)
    if (previous !== undefined && belongsTogether(text, previous, slice, language)) previous.end = slice.end
    else sentences.push(slice)
  }
  return mergeQuotes(text, sentences)
    .map(({ start, end }) => text.slice(start, end).trim())
    .filter((sentence) => sentence !== '')
}

/**
 * "… ont fui.Le ministre", "… 19.La reine", "… parti.\"Il faut", "… à l'AFP.Chez les", "… 99 ans.À cette": joined by
 * whoever removed the line break.
 */
const GLUED =
  /(?<=(?:[\p{Ll}\p{N}]{2}|\p{Lu}{2})[.!?…]["”»“)]?)(?=[“«„]?\p{Lu}[\p{Ll}'’])|(?<=[\p{Ll}\p{N}]{2}[.!?…]["”»“)]?)(?=\p{Lu} \p{Ll}{2})/gu
/** "… park. ‘there’ll be …", "… well. iPhone sales …": sentences that begin in lower case all the same. */
const OPENS_LOWER = /(?<=[\p{Ll}\p{N}]{2}[.!?…]["”»’]? )(?=[‘“«„]\p{Ll}|\p{Ll}\p{Lu}\p{Ll})/gu
const ADDRESS_TAIL = /(?:https?:|www\.|@)\S*$/
const GREEK_QUESTION = /(?<=\p{Ll};)\s+(?=\p{Lu})/gu
const THAI_CLAUSE =
  /(?<=[\u0e00-\u0e7f]) +(?=(?:ทั้งนี้|ขณะที่|นอกจากนี้|อย่างไรก็ตาม|ต่อมา|เบื้องต้น|ล่าสุด|โดย|ด้าน|สำหรับ|เมื่อวันที่|ส่วน|แต่|หลังจาก))/gu
const MIN_THAI_SENTENCE = 40

/** A closing mark after a space ("« Oui. » Il"), which ICU gives to the sentence that follows. */
const STRAY_CLOSER = /^["”»](?=\s)/

/** Cuts a proposed sentence where ICU misses a boundary. */
function addMissed(segment: string, language: string): Slice[] {
  const cuts: number[] = []
  if (STRAY_CLOSER.test(segment)) cuts.push(1)
  for (const { index } of segment.matchAll(GLUED)) {
    if (!ADDRESS_TAIL.test(segment.slice(Math.max(0, index - 80), index))) cuts.push(index)
  }
  for (const { index } of segment.matchAll(OPENS_LOWER)) cuts.push(index)
  if (language === 'el') for (const { index } of segment.matchAll(GREEK_QUESTION)) cuts.push(index)
  if (language === 'th') cuts.push(...thaiCuts(segment))
  const bounds = [0, ...cuts.sort((a, b) => a - b), segment.length]
  return bounds.slice(1).map((end, at) => ({ start: bounds[at] ?? 0, end }))
}

function thaiCuts(segment: string): number[] {
  const cuts: number[] = []
  for (const { index } of segment.matchAll(THAI_CLAUSE)) {
    if (index - (cuts.at(-1) ?? 0) >= MIN_THAI_SENTENCE) cuts.push(index)
  }
  return cuts
}

const FIRST_WORD = /^[^\p{L}\p{N}]{0,5}([\p{L}\p{M}]+)/u
/** An abbreviation is shorter than this, with the marks around it. */
const LAST_WORD_REACH = 28
const LAST_WORD = /([\p{L}\p{M}\p{N}.-]{1,24})\.["”»“')\]]?$/u
const CLOSER_ONLY = /^["”»]$/
const STARTS_LOWER = /^["'([]?\p{Ll}(?!\p{Lu})/u
const ENDS_SENTENCE = /[.!?…。！？।؟։។။።]["”»“'’)\]」』]*$/u
const ENDS_QUOTED = /[!?.,…]["”»“’]$/u
const SPEAKER_DASH = /^[–—-]\s?\p{Ll}|^,/u
const JAPANESE_GOES_ON = /^(?:と|って|など|を|に|は|の|が|も|、)/
const CHINESE_SPEAKER = /^[^，。！？“]{0,12}(?:说|說|表示|称|稱|道|指出|强调|強調|问|問)/

/** Whether a proposed boundary is none. */
function belongsTogether(text: string, previous: Slice, next: Slice, language: string): boolean {
  const whole = text.slice(Math.max(previous.start, previous.end - 120), previous.end)
  const tail = whole.trimEnd()
  const gap = whole.slice(tail.length)
  const head = text.slice(next.start, Math.min(next.end, next.start + 60)).trimStart()
  if (tail === '' || head === '' || CLOSER_ONLY.test(head)) return true
  if (gap.includes('\n')) return !/\n\s*\n/.test(gap) && !ENDS_SENTENCE.test(tail) && STARTS_LOWER.test(head)
  if (STARTS_LOWER.test(head)) return true
  if (ENDS_QUOTED.test(tail) && SPEAKER_DASH.test(head)) return true
  if (language === 'ja' && /[」』]$/.test(tail)) return JAPANESE_GOES_ON.test(head)
  if (language === 'zh' && /[”」]$/.test(tail)) return CHINESE_SPEAKER.test(head)
  const lastWord = LAST_WORD.exec(tail.slice(-LAST_WORD_REACH))?.[1]
  if (lastWord === undefined) return false
  return pointBelongsToWord(lastWord, tail.length === lastWord.length + 1, head, language)
}

/** Languages in which a capital letter after "Mio." or "Inc." need not begin a sentence. */
const CAPITALS_MID_SENTENCE: ReadonlySet<string> = new Set(['de', 'en', 'lb'])

/** Whether "word." before `head` is an abbreviation, an initial or an ordinal rather than the end of a sentence. */
function pointBelongsToWord(word: string, isAlone: boolean, head: string, language: string): boolean {
  const beginsAnew = startsWithFunctionWord(head, language)
  if (/^\d{1,3}$/.test(word)) {
    if (isAlone) return true
    return word.length <= 2 && ORDINAL_POINT.has(language) && /^\p{L}/u.test(head) && !beginsAnew
  }
  if (/^[IVX]{1,5}$/.test(word) && ORDINAL_POINT.has(language)) return !beginsAnew
  if (language === 'en' && word === 'I') return false
  if (/^\p{Ll}$/u.test(word)) return !beginsAnew || /^\p{L}{5}/u.test(head)
  if (/^\p{L}$|^(?:\p{L}\.)+\p{L}$/u.test(word)) return !beginsAnew
  const kind = abbreviationKind(word.toLowerCase(), language)
  if (kind === 'numbered') return /^[\d§IVXLC]/.test(head)
  if (kind === 'before') return !beginsAnew || /^\p{Lu}/u.test(word)
  return kind === 'either' && !beginsAnew && (CAPITALS_MID_SENTENCE.has(language) || !/^\p{Lu}/u.test(head))
}

/** "The", "Die", "Il": a capitalised word of grammar is the best sign of a new sentence. */
function startsWithFunctionWord(head: string, language: string): boolean {
  const word = FIRST_WORD.exec(head)?.[1]
  if (word === undefined || !/^\p{Lu}/u.test(word)) return false
  if (word.length > 1 && word === word.toUpperCase()) return false
  if (word.length === 1 && /^\P{L}{0,5}\p{L}\./u.test(head)) return false
  return stopWordsOf(language).has(word.toLowerCase())
}

const CLOSERS: Readonly<Record<string, string>> = {
  '„': '“”"',
  '“': '”',
  '”': '”',
  '«': '»',
  '»': '«»',
  '「': '」',
  '『': '』',
  '"': '"',
}
const ANY_QUOTE = /[„“”«»「『"]/

/** Puts quotations of several short sentences together again. */
function mergeQuotes(text: string, sentences: readonly Slice[]): Slice[] {
  if (sentences.length < 2 || !ANY_QUOTE.test(text)) return [...sentences]
  const merged: Slice[] = []
  for (let at = 0; at < sentences.length; at++) {
    const first = sentences[at]
    if (first === undefined) break
    const last = closingSentence(text, sentences, at)
    merged.push({ start: first.start, end: sentences[last]?.end ?? first.end })
    at = last
  }
  return merged
}

/** The index of the sentence that closes what the one at `at` leaves open; `at` itself where none does in time. */
function closingSentence(text: string, sentences: readonly Slice[], at: number): number {
  const start = sentences[at]?.start ?? 0
  let open: string | undefined
  for (let here = at; here < sentences.length; here++) {
    const slice = sentences[here]
    if (slice === undefined || (here > at && slice.end - start > MAX_WHOLE_QUOTE)) return at
    if (here > at && /\n/.test(text.slice(slice.start - 1, slice.start))) return at
    open = openQuote(text.slice(slice.start, slice.end), open)
    if (open === undefined) return here
  }
  return at
}

/**
 * A straight mark between two glued sentences (`dit."Il faut`) opens the second where all marks before it are closed.
 */
function giveMarkToNext(text: string, slices: readonly Slice[]): void {
  if (!text.includes('"')) return
  for (const [at, slice] of slices.entries()) {
    const next = slices[at + 1]
    if (next === undefined || text[slice.end - 1] !== '"' || /\s/.test(text[next.start] ?? ' ')) continue
    if (count(text, '"', slice.end - 1) % 2 === 1) continue
    slice.end--
    next.start--
  }
}

function count(text: string, character: string, end: number): number {
  let found = 0
  for (let at = text.indexOf(character); at !== -1 && at < end; at = text.indexOf(character, at + 1)) found++
  return found
}

/** The quotation mark that is open after `sentence`, given the one that is open before it. */
function openQuote(sentence: string, before: string | undefined): string | undefined {
  let open = before
  for (let at = 0; at < sentence.length; at++) {
    const mark = sentence[at] ?? ''
    if (open !== undefined) {
      if (CLOSERS[open]?.includes(mark) === true) open = undefined
    } else if (Object.hasOwn(CLOSERS, mark) && opensHere(sentence, at, mark)) open = mark
  }
  return open
}

/** A mark that both opens and closes opens at the start of a word only. */
function opensHere(sentence: string, at: number, mark: string): boolean {
  if (mark !== '”' && mark !== '»' && mark !== '"') return true
  return (at === 0 || /[\s(]/.test(sentence[at - 1] ?? '')) && /\S/.test(sentence[at + 1] ?? ' ')
}
