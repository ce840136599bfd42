/** What a summariser is measured against: the first sentences, and the extractive summariser one can install. */
import {
  AbsoluteSummarizerConfig,
  DefaultTextParser,
  NullLogger,
  SorensenDiceSimilarity,
  Summarizer,
} from 'ts-textrank'
import { splitSentences } from '../../src/language/sentences.ts'

/** Whole sentences of a text until `words` words are reached or passed, joined by spaces. */
export type SummaryPeer = (text: string, language: string, words: number) => string

export const lead: SummaryPeer = (text, language, words) =>
  fill(splitSentences(text, language), words).join(' ')

const MAX_RANKED = 12

/** TextRank's ranking, filled to the length and put back into the order of the text. */
export const textRank: SummaryPeer = (text, language, words) => {
  const config = new AbsoluteSummarizerConfig(
    MAX_RANKED,
    new SorensenDiceSimilarity(),
    new DefaultTextParser(),
    0.85,
    Summarizer.SORT_SCORE,
  )
  const ranked = new Summarizer(config, new NullLogger()).summarize(text, language)
  return fill(ranked, words)
    .sort((a, b) => text.indexOf(a) - text.indexOf(b))
    .join(' ')
}

function fill(sentences: readonly string[], words: number): string[] {
  const chosen: string[] = []
  let count = 0
  for (const sentence of sentences) {
    if (count >= words) break
    chosen.push(sentence)
    count += sentence.trim().split(/\s+/u).length
  }
  return chosen
}
