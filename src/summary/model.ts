/**
 * Summaries written by a language model, on the same terms as extractive ones. What writes is handed in as a function
 * (`ModelWriter`), so nothing here knows a network, a key or a price. What it writes is shown only if it is short
 * enough, plain text, and borne out by the article (`check.ts`); in any other case the extractive summary stands, and
 * the result says why. The article's text is data to the writer, never an instruction; that is the writer's duty.
 */
import type { Analysis, ArticleText } from '../language/analyse.ts'
import { splitSentences } from '../language/sentences.ts'
import { checkAgainst, type Doubt } from './check.ts'
import { DEFAULT_LIMITS, type Summary, type SummaryOptions, summarise } from './extractive.ts'

export interface WritingTask {
  readonly article: ArticleText
  /** ISO 639-1 language to write in: that of the article. */
  readonly language: string
  readonly maxSentences: number
  readonly maxCharacters: number
}

/** Writes a summary; rejects, or resolves to undefined, where it cannot or may not (budget, time). */
export type ModelWriter = (task: WritingTask) => Promise<string | undefined>

export type Refusal =
  | { readonly reason: 'failed'; readonly cause: unknown }
  | { readonly reason: 'declined' }
  | { readonly reason: 'too-long' }
  | { readonly reason: 'not-plain' }
  | { readonly reason: 'unfaithful'; readonly doubts: readonly Doubt[] }

export type ReaderSummary =
  | { readonly by: 'model'; readonly brief: string; readonly summary: readonly string[] }
  | {
      readonly by: 'extract'
      readonly brief: string
      readonly summary: readonly string[]
      readonly refusal: Refusal
    }

/** Markup, links, code and the talk around an answer ("Here is …:") are not plain text. */
const NOT_PLAIN = /https?:|www\.|[<>{}`*_#|]|\[[^\]]*\]\(|^[^.!?]{0,60}:\s*\n/u

/** The model's summary where it may be shown, otherwise the extractive one. Never rejects. */
export async function writtenSummary(
  article: ArticleText,
  analysis: Analysis,
  write: ModelWriter,
  options: SummaryOptions = {},
): Promise<ReaderSummary> {
  const limits = { ...DEFAULT_LIMITS, ...options }
  const { language } = analysis
  const { maxSentences, maxCharacters } = limits
  const extracted = summarise(analysis, options)
  let text: string | undefined
  try {
    text = await write({ article, language, maxSentences, maxCharacters })
  } catch (cause) {
    return instead(extracted, { reason: 'failed', cause })
  }
  const refusal = refuse(article, text?.trim(), limits)
  if (refusal !== undefined || text === undefined)
    return instead(extracted, refusal ?? { reason: 'declined' })
  const summary = splitSentences(text.trim(), language)
  const [first = ''] = summary
  return { by: 'model', brief: first.length <= limits.maxBriefCharacters ? first : extracted.brief, summary }
}

function instead({ brief, summary }: Summary, refusal: Refusal): ReaderSummary {
  return { by: 'extract', brief, summary, refusal }
}

function refuse(
  article: ArticleText,
  text: string | undefined,
  limits: { readonly maxSentences: number; readonly maxCharacters: number },
): Refusal | undefined {
  if (text === undefined || text === '') return { reason: 'declined' }
  if (text.length > limits.maxCharacters) return { reason: 'too-long' }
  if (NOT_PLAIN.test(text)) return { reason: 'not-plain' }
  if (splitSentences(text, 'und').length > limits.maxSentences + 1) return { reason: 'too-long' }
  const doubts = checkAgainst(article, text)
  return doubts.length > 0 ? { reason: 'unfaithful', doubts } : undefined
}
