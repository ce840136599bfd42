/**
 * ROUGE-1, ROUGE-2 and ROUGE-L F1 (C.-Y. Lin, "ROUGE: A Package for Automatic Evaluation of Summaries", 2004), one
 * reference a text. Words are runs of letters and digits in lower case, Porter-stemmed for English only, as is usual.
 * ROUGE-L takes candidate and reference as one sequence each.
 */
import snowball from 'snowball-stemmers'

export interface Rouge {
  readonly r1: number
  readonly r2: number
  readonly rl: number
}

const porter = snowball.newStemmer('porter')
const stems = new Map<string, string>()

function porterStem(word: string): string {
  let stem = stems.get(word)
  if (stem === undefined) {
    stem = word.length > 3 ? porter.stem(word) : word
    stems.set(word, stem)
  }
  return stem
}

/** The words that are compared. */
export function rougeWords(text: string, language: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return language === 'en' ? words.map(porterStem) : words
}

/** Cuts a summary after its first `budget` words (of white space). */
export function cutAtWords(text: string, budget: number): string {
  return text.trim().split(/\s+/u).slice(0, budget).join(' ')
}

export function rouge(candidate: string, reference: string, language: string): Rouge {
  const a = rougeWords(candidate, language)
  const b = rougeWords(reference, language)
  return {
    r1: overlapF1(a, b),
    r2: overlapF1(pairs(a), pairs(b)),
    rl: f1(longestCommonSubsequence(a, b), a.length, b.length),
  }
}

function pairs(words: readonly string[]): string[] {
  return words.slice(1).map((word, at) => `${words[at] ?? ''} ${word}`)
}

function overlapF1(candidate: readonly string[], reference: readonly string[]): number {
  const open = new Map<string, number>()
  for (const gram of reference) open.set(gram, (open.get(gram) ?? 0) + 1)
  let hits = 0
  for (const gram of candidate) {
    const left = open.get(gram) ?? 0
    if (left > 0) {
      hits++
      open.set(gram, left - 1)
    }
  }
  return f1(hits, candidate.length, reference.length)
}

function f1(hits: number, candidates: number, references: number): number {
  return hits === 0 ? 0 : (2 * hits) / (candidates + references)
}

function longestCommonSubsequence(a: readonly string[], b: readonly string[]): number {
  let previous = new Array<number>(b.length + 1).fill(0)
  for (const word of a) {
    const current = [0]
    for (const [at, other] of b.entries()) {
      current.push(
        word === other ? (previous[at] ?? 0) + 1 : Math.max(previous[at + 1] ?? 0, current[at] ?? 0),
      )
    }
    previous = current
  }
  return previous.at(-1) ?? 0
}
