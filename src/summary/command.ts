/**
 * One line of the `summarise` command: `{id, text, title?, language?, sentences?|words?|characters?}` in,
 * `{id, language, sentences, indexes}` out.
 */
import { z } from 'zod'
import { selectSentences } from './select-sentences.ts'

const count = z.number().int().min(1).max(1_000_000).nullish()

/** A text to summarise, with an id that is given back as it came. At most one of the three lengths is meant. */
export const summariseInput = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  title: z.string().nullish(),
  language: z.string().nullish(),
  sentences: count,
  words: count,
  characters: count,
})

export interface SummariseLine {
  readonly id: string | number
  /** ISO 639-1, or `und`. */
  readonly language: string
  /** Whole sentences, verbatim, in the order of the text. */
  readonly sentences: readonly string[]
  /** The place of each among all sentences of the text, from 0. */
  readonly indexes: readonly number[]
}

/** Summarises one line. Throws a `ZodError` that names every wrong field. */
export function summariseLine(input: unknown): SummariseLine {
  const line = summariseInput.parse(input)
  const selection = selectSentences(line.text, {
    title: line.title ?? undefined,
    language: line.language ?? undefined,
    sentences: line.sentences ?? undefined,
    words: line.words ?? undefined,
    characters: line.characters ?? undefined,
  })
  return { id: line.id, ...selection }
}
