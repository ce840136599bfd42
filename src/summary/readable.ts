/**
 * Whether a sentence can be read on its own. Some never can: half a quotation, a quotation without its speaker, a
 * caption, a byline, "read more", a heading, a line of addresses. Others lean on the sentence before them ("He said …",
 * "Dort …", "However …") and can follow it, but cannot stand without it.
 */
import { isBoilerplateLine } from '../article/boilerplate.ts'
import { tokenise } from '../language/tokens.ts'
import { MAX_OPENER_WORDS, OPENERS, UNSPACED_OPENERS } from './openers.ts'

export interface Readability {
  /** May stand in a summary. */
  readonly isWhole: boolean
  /** Is no part of what the article says: a caption, a byline, a pointer to something else. */
  readonly isFurniture: boolean
  /** Stands there only right after the sentence that precedes it in the article. */
  readonly leans: boolean
}

/** Fewer characters are a heading, an exclamation or a leftover; scripts without spaces say more in less. */
const MIN_CHARACTERS = 28
const MIN_CHARACTERS_UNSPACED = 10
const MIN_WORDS = 5
/** What a reader takes in at once; longer "sentences" are lists, tables or lost line breaks. */
const MAX_CHARACTERS = 600

const MAX_FURNITURE_CHARACTERS = 120

const UNSPACED = new Set(['ja', 'zh', 'th', 'lo', 'km', 'my'])
const ENDS_WHOLE = /[.!?…。！？।؟۔։።៕ฯๆ][\])"”»“'’」』）]*$/u
const CREDIT =
  /(?<!\p{L})(?:fotos?|photos?|bild|bilder|image|imagen|immagine|video|credit|crédit|grafik|illustration|symbolbild|archivbild|archivfoto|fotografie|写真|фото)\s*[:©/]/iu
const AGENCY_CREDIT = /©|getty images|shutterstock|picture alliance|imago images/i
const ADDRESS = /https?:\/\/|www\.|\S@[\w-]+\.\p{L}/u
const TELEPHONE = /(?<!\p{L})(?:tel|telefon|phone|fax)\.?\s*:?\s*[+(\d]/iu
const POINTER =
  /(?<!\p{L})(?:lesen sie|mehr dazu|weiterlesen|lesen sie auch|klicken sie|read more|read also|click here|sign up|subscribe|scroll down|see also|watch the video|lire aussi|à lire|en savoir plus|cliquez|lea también|leer más|leggi anche|leia mais|leia também|lees ook|läs mer|läs också|læs også|les også|czytaj też|czytaj także|zobacz|čtěte také|читайте также|читайте також|newsletter|abonnieren|abonnez-vous)(?!\p{L})/iu
const BYLINE =
  /^(?:von|by|par|por|di|door|av|af|autor|author|text|redaktion|reporting by|editing by|additional reporting)\s*:?\s+\p{Lu}[\p{L}.'-]+(?:\s+(?:\p{Lu}[\p{L}.'-]*|und|and|et|y|e|en|och|og|&|,))*\.?$/u
const OPEN_TO_CLOSE: readonly (readonly [open: RegExp, close: RegExp])[] = [
  [/„/g, /[“”‟]/g],
  [/「/g, /」/g],
  [/[([]/g, /[)\]]/g],
]

/** Judges one sentence, verbatim, of an article in `language`. */
export function readability(sentence: string, language: string): Readability {
  const furniture = isFurniture(sentence)
  return {
    isWhole: !furniture && isWhole(sentence, language),
    isFurniture: furniture,
    leans: leans(sentence, language),
  }
}

function isWhole(sentence: string, language: string): boolean {
  const isUnspaced = UNSPACED.has(language)
  if (sentence.length > MAX_CHARACTERS) return false
  if (sentence.length < (isUnspaced ? MIN_CHARACTERS_UNSPACED : MIN_CHARACTERS)) return false
  if (!isUnspaced && sentence.split(/\s+/u, MIN_WORDS).length < MIN_WORDS) return false
  if (!ENDS_WHOLE.test(sentence) && language !== 'th') return false
  if (/^[\s\p{P}]*\p{Ll}/u.test(sentence) && /\p{Lu}/u.test(sentence.slice(1, 2)) === false) return false
  return quotesAreWhole(sentence) && !isBareQuote(sentence)
}

function isFurniture(sentence: string): boolean {
  return (
    (/[:©/]/.test(sentence) && CREDIT.test(sentence)) ||
    [AGENCY_CREDIT, ADDRESS, POINTER, BYLINE].some((pattern) => pattern.test(sentence)) ||
    (/\d/.test(sentence) && TELEPHONE.test(sentence)) ||
    (sentence.length <= MAX_FURNITURE_CHARACTERS && isBoilerplateLine(sentence))
  )
}

/** Every quotation mark and bracket that opens is closed. */
function quotesAreWhole(sentence: string): boolean {
  if (count(sentence, /"/g) % 2 === 1) return false
  if (Math.abs(count(sentence, /«/g) - count(sentence, /»/g)) > 0) return false
  if (
    !sentence.includes('„') &&
    count(sentence, /“/g) !== count(sentence, /”/g) &&
    count(sentence, /“/g) > 0
  ) {
    return false
  }
  return OPEN_TO_CLOSE.every(
    ([open, close]) => count(sentence, open) === 0 || count(sentence, open) === count(sentence, close),
  )
}

function count(text: string, mark: RegExp): number {
  return text.match(mark)?.length ?? 0
}

/** Nothing but a quotation: nobody is named who said it. */
function isBareQuote(sentence: string): boolean {
  if (!/^["“„«»”‘「『]/u.test(sentence)) return false
  const outside = sentence.replace(/["“„«»”‘「『][^"“”„«»’」』]*["“”«»’」』]/gu, '')
  return (outside.match(/\p{L}/gu)?.length ?? 0) < 5
}

function leans(sentence: string, language: string): boolean {
  const bare = sentence.replace(/^[^\p{L}\p{N}]+/u, '')
  const unspaced = Object.hasOwn(UNSPACED_OPENERS, language) ? UNSPACED_OPENERS[language] : undefined
  if (unspaced !== undefined) return unspaced.test(bare)
  const openers = Object.hasOwn(OPENERS, language) ? OPENERS[language] : undefined
  if (openers === undefined) return false
  if (openers.saidSomeone?.test(sentence) === true) return true
  if (openers.exceptions?.test(bare) === true) return false
  return beginsWith(bare, openers.leaning)
}

function beginsWith(sentence: string, phrases: ReadonlySet<string>): boolean {
  const words = sentence
    .slice(0, 80)
    .toLowerCase()
    .replaceAll('’', "'")
    .split(/[\s,:;.!?–—]+/u, MAX_OPENER_WORDS)
  for (let length = 1; length <= words.length; length++) {
    if (phrases.has(words.slice(0, length).join(' '))) return true
  }
  return false
}

/** True for a headline, standfirst or sentence that says the same as another: most words of the shorter are shared. */
export function saysTheSame(a: string, b: string, language: string): boolean {
  const left = new Set(tokenise(a.toLowerCase(), language))
  const right = new Set(tokenise(b.toLowerCase(), language))
  const smaller = Math.min(left.size, right.size)
  if (smaller === 0) return false
  let shared = 0
  for (const word of left) if (right.has(word)) shared++
  return shared / smaller >= 0.8
}
