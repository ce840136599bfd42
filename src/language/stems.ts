/**
 * The stem of a word, so that "Verhandlungen" and "Verhandlung" count as one. Snowball algorithms (M. Porter,
 * https://snowballstem.org) for the languages that have one; words of other languages stand for themselves.
 *
 * German umlauts are folded before stemming by the algorithm itself; the original Porter stemmer is not used for
 * English, the newer "english" one confuses fewer words.
 */
import snowball from 'snowball-stemmers'
import { foldWord } from './tokens.ts'

const ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ['ar', 'arabic'],
  ['ca', 'catalan'],
  ['cs', 'czech'],
  ['da', 'danish'],
  ['de', 'german'],
  ['en', 'english'],
  ['es', 'spanish'],
  ['eu', 'basque'],
  ['fi', 'finnish'],
  ['fr', 'french'],
  ['ga', 'irish'],
  ['hu', 'hungarian'],
  ['hy', 'armenian'],
  ['it', 'italian'],
  ['nb', 'norwegian'],
  ['nl', 'dutch'],
  ['nn', 'norwegian'],
  ['no', 'norwegian'],
  ['pt', 'portuguese'],
  ['ro', 'romanian'],
  ['ru', 'russian'],
  ['sl', 'slovene'],
  ['sv', 'swedish'],
  ['ta', 'tamil'],
  ['tr', 'turkish'],
])

/** Words are few and repeat: the caches hold the working vocabulary of a language and are emptied when full. */
const MAX_CACHED_WORDS = 50_000
/** Longer "words" are addresses, hashes or attacks; they are kept as they are. */
const MAX_STEMMED_LENGTH = 40

export type Stemmer = (word: string) => string

const stemmers = new Map<string | undefined, Stemmer>()

/** A function from a word, as it stands in the text, to its folded stem. The same function for the same language. */
export function stemmerFor(language: string): Stemmer {
  const algorithm = ALGORITHMS.get(language)
  let stemmer = stemmers.get(algorithm)
  if (stemmer === undefined) {
    stemmer = cached(plainStemmer(algorithm))
    stemmers.set(algorithm, stemmer)
  }
  return stemmer
}

function plainStemmer(algorithm: string | undefined): Stemmer {
  if (algorithm === undefined) return foldWord
  const snowballStemmer = snowball.newStemmer(algorithm)
  return (word) => {
    const folded = foldWord(word)
    return folded.length > MAX_STEMMED_LENGTH ? folded : snowballStemmer.stem(folded)
  }
}

function cached(stem: Stemmer): Stemmer {
  const known = new Map<string, string>()
  return (word) => {
    const hit = known.get(word)
    if (hit !== undefined) return hit
    const stemmed = stem(word)
    if (known.size >= MAX_CACHED_WORDS) known.clear()
    if (word.length <= MAX_STEMMED_LENGTH) known.set(word, stemmed)
    return stemmed
  }
}
