/** One line of the `language` command: `{id, text}` in, `{id, language, confidence}` out. */
import { z } from 'zod'
import { identifyLanguage } from './identify.ts'

/** Text to identify, with an id that is given back as it came. */
export const languageInput = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
})

export interface LanguageLine {
  readonly id: string | number
  /** ISO 639-1, or `und`. */
  readonly language: string
  /** 0 to 1. */
  readonly confidence: number
}

/** Identifies the language of one line. Throws a `ZodError` that names every wrong field. */
export function languageLine(input: unknown): LanguageLine {
  const { id, text } = languageInput.parse(input)
  return { id, ...identifyLanguage(text) }
}
