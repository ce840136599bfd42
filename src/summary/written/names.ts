/**
 * Names in a summary that its source does not have: invented ones, misspelt ones, and full names put together from two
 * people. A name may be inflected or derived ("Talheims", "Talheimer"), never merely begin alike ("Martin", "Martinez").
 *
 * In German every noun has a capital. A noun that the source lacks passes only if it is plainly a common one: by its
 * ending, because it is made of words that the source has, or because every newspaper uses it.
 */
import { stopWordsOf } from '../../language/stop-words.ts'
import { foldWord, tokenise } from '../../language/tokens.ts'
import { isNeutralNoun, NEUTRAL_OPENERS } from './neutral-words.ts'
import { isNumeric, type Source, wordsOf } from './source.ts'

/** A name and its derivation share all but these endings. */
const DERIVED =
  /(?:ische[nrms]?|isch|erinnen|erin|ianer|aner|ern|ens|ers|er|ens|en|es|ian|ish|ans|an|s|n|e)$/u
const MIN_NAME_BASE = 4
const COMMON_GERMAN_ENDING =
  /(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|ität|itäten|ismus|nisse?n?|ierung|barkeit|losigkeit|jährige[nrms]?)$/u
/** At the head of an English sentence such a plural is no name: "Investigators", "Officials". */
const COMMON_OPENER =
  /(?:ists|tors|tions|sions|ments|ings|ials|dents|ities|workers|fighters|makers|keepers)$/u
/** At the head of a German sentence: "Vermutlich soll …", "Geplant ist …". */
const GERMAN_ADVERB = /^\p{L}{3,}(?:lich|weise|maßen|falls)$/iu
const GERMAN_PARTICIPLE = /^(?:\p{L}{0,4}ge\p{L}{3,}(?:t|en)|\p{L}{3,}iert)$/iu
const GERMAN_AUXILIARY =
  /^(?:ist|sind|war|waren|wird|werden|wurden?|hat|haben|hatten?|sei|seien|bleib(?:t|en))$/u
const MIN_COMPOUND_PART = 4
const MIN_COMPOUND_REST = 3

/** The names in `sentences` that the source does not have, each as it stands there. */
export function unknownNames(sentences: readonly string[], source: Source): string[] {
  return [
    ...sentences.flatMap((sentence) => unknownWords(sentence, source)),
    ...mixedNames(sentences, source),
  ]
}

function unknownWords(sentence: string, source: Source): string[] {
  const words = tokenise(sentence, source.language)
  return words.flatMap((word, at) =>
    wordsOf(word, source.language).length > 1
      ? unknownParts(word, source)
      : isUnknownName(word, words, at, source)
        ? [word]
        : [],
  )
}

/** "Skerra-Brücke": every capitalised part by itself, unless the source has the whole. */
function unknownParts(word: string, source: Source): string[] {
  if (isKnown(word, source)) return []
  const parts = word.split(/[-‐‑]/).filter((part) => /^\p{Lu}/u.test(part) && part.length > 1)
  return parts.some((part) => !isKnown(part, source) && !isCommonNoun(part, source)) ? [word] : []
}

function isUnknownName(word: string, words: readonly string[], at: number, source: Source): boolean {
  const { language } = source
  if (!/^\p{Lu}/u.test(word) && !/\p{Lu}/u.test(word.slice(1))) return false
  if (stopWordsOf(language).has(foldWord(word)) || isNumeric(word, language) || isKnown(word, source))
    return false
  if (language === 'de') return !isCommonGerman(word, words, at, source)
  return at > 0 || !isCommonOpener(word, source)
}

/** The word itself, its stem, or what it is derived from. */
function isKnown(word: string, { words, stems, stem }: Source): boolean {
  const folded = foldWord(word)
  if (words.has(folded) || stems.has(stem(word))) return true
  const base = folded.replace(DERIVED, '')
  if (base.length < MIN_NAME_BASE) return false
  return words.has(base) || [...words].some((known) => known.startsWith(base) && isForm(known, base))
}

/** Whether `known` is `base` with nothing but an ending. */
function isForm(known: string, base: string): boolean {
  return known.length - base.length <= 4 && known.replace(DERIVED, '') === base
}

function isCommonGerman(word: string, words: readonly string[], at: number, source: Source): boolean {
  if (isCommonNoun(word, source)) return true
  if (at > 0) return false
  const isParticiple = GERMAN_PARTICIPLE.test(word) && GERMAN_AUXILIARY.test(words[1] ?? '')
  return isParticiple || GERMAN_ADVERB.test(word) || NEUTRAL_OPENERS.has(foldWord(word))
}

function isCommonNoun(word: string, source: Source): boolean {
  if (source.language !== 'de') return false
  const folded = foldWord(word)
  return COMMON_GERMAN_ENDING.test(folded) || isNeutralNoun(word) || isCompoundOfKnown(folded, source)
}

/** "Brückenbau" where the source has a bridge or something that ends in "-bau", and "Brand" where it has a "Großbrand". */
function isCompoundOfKnown(word: string, { words, lowerWords }: Source): boolean {
  for (const known of words) {
    const [part, whole] = known.length < word.length ? [known, word] : [word, known]
    if (part.length < MIN_COMPOUND_PART || whole.length - part.length < MIN_COMPOUND_REST) continue
    if (lowerWords.has(known)) continue
    if (whole.endsWith(part) || (part.length > MIN_COMPOUND_PART && whole.startsWith(part))) return true
  }
  return false
}

function isCommonOpener(word: string, { language }: Source): boolean {
  const folded = foldWord(word)
  return NEUTRAL_OPENERS.has(folded) || (language === 'en' && COMMON_OPENER.test(folded))
}

/** In German, "Brackenfurter" before a name says where, not who. */
const GERMAN_ORIGIN = /\p{L}{4,}er$/u

/** Two names that stand together in the summary and nowhere near each other in the source: "Adaeze Quill". */
function mixedNames(sentences: readonly string[], source: Source): string[] {
  return sentences.flatMap((sentence) => {
    const words = tokenise(sentence, source.language)
    return words.flatMap((word, at) => {
      const next = words[at + 1] ?? ''
      if (!sentence.includes(`${word} ${next}`) || !isOwnName(word, source) || !isOwnName(next, source))
        return []
      if (source.language === 'de' && GERMAN_ORIGIN.test(word)) return []
      return areNear(word, next, source) ? [] : [`${word} ${next}`]
    })
  })
}

/** A word that the source has and always writes with a capital. */
function isOwnName(word: string, source: Source): boolean {
  const { words, lowerWords, language } = source
  const folded = foldWord(word)
  if (!/^\p{Lu}/u.test(word) || !words.has(folded) || lowerWords.has(folded)) return false
  if (stopWordsOf(language).has(folded) || isNumeric(word, language)) return false
  return language !== 'de' || (!isNeutralNoun(word) && !COMMON_GERMAN_ENDING.test(folded))
}

/** Whether two words stand next to each other in the source, or with one between them. */
function areNear(one: string, other: string, { sequences }: Source): boolean {
  const [a, b] = [foldWord(one), foldWord(other)]
  return sequences.some((sequence) =>
    sequence.some((word, at) => word === a && sequence.slice(Math.max(0, at - 2), at + 3).includes(b)),
  )
}
