/**
 * What a model is asked to do: shorten the texts of one story, cut to what it can be given. The same cut texts are
 * what its answer is checked against, so that nothing it was not given counts as known.
 *
 * No task is made for a language in which answers cannot be checked, or for texts too short to be shortened.
 */
import type { ArticleText } from '../../language/analyse.ts'
import { DEFAULT_LIMITS, type SummaryOptions } from '../extractive.ts'
import { checkedLanguages } from './languages.ts'

export interface WritingTask {
  /** What the model is given, the leading article first, each text cut at the end of a paragraph or sentence. */
  readonly texts: readonly ArticleText[]
  /** ISO 639-1: that of the texts, and to be that of the answer. */
  readonly language: string
  readonly maxSentences: number
  readonly maxCharacters: number
  readonly maxBriefCharacters: number
}

/**
 * What all texts may take together, as `estimateTokens` counts. With instructions and answer it stays within the 4,096
 * tokens to which local servers cut a conversation unless told otherwise.
 */
export const MAX_TEXT_TOKENS = 2200
/** More articles say nothing new. */
const MAX_TEXTS = 3
/** Shorter bodies are summaries already. */
const MIN_BODY_CHARACTERS = 400

/** How many tokens a text takes at most in practice: three bytes each, which errs on the safe side in every script. */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 3)
}

/** The task for these articles, the leading one first, all in `language`; undefined where none can be made. */
export function writingTask(
  articles: readonly ArticleText[],
  language: string,
  options: SummaryOptions = {},
): WritingTask | undefined {
  const bodies = articles.reduce((sum, { body }) => sum + body.join(' ').length, 0)
  if (!checkedLanguages.has(language) || bodies < MIN_BODY_CHARACTERS) return undefined
  const chosen = articles.slice(0, MAX_TEXTS)
  const shares = shareOut(chosen.map(tokensOf), MAX_TEXT_TOKENS)
  return {
    ...DEFAULT_LIMITS,
    ...options,
    texts: chosen.map((article, at) => cutText(article, shares[at] ?? 0)),
    language,
  }
}

function tokensOf({ headline, standfirst, body }: ArticleText): number {
  return estimateTokens([headline, standfirst ?? '', ...body].join('\n'))
}

/** Each gets what it wants or an equal share of what the smaller ones leave. */
function shareOut(wanted: readonly number[], total: number): number[] {
  const shares = wanted.map(() => 0)
  let left = total
  const bySize = [...wanted.keys()].sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0))
  for (const [done, at] of bySize.entries()) {
    const share = Math.min(wanted[at] ?? 0, Math.floor(left / (wanted.length - done)))
    shares[at] = share
    left -= share
  }
  return shares
}

/** Headline and standfirst, and as many whole paragraphs as fit; the whole article where it does. */
function cutText(article: ArticleText, maxTokens: number): ArticleText {
  const { headline, standfirst, body } = article
  if (tokensOf(article) <= maxTokens) return article
  let left = maxTokens - estimateTokens(headline) - estimateTokens(standfirst ?? '')
  const kept: string[] = []
  for (const paragraph of body) {
    const cost = estimateTokens(paragraph) + 1
    if (cost > left) {
      if (kept.length === 0 && left > 0) kept.push(cutParagraph(paragraph, left))
      break
    }
    kept.push(paragraph)
    left -= cost
  }
  return { headline, ...(standfirst === undefined ? {} : { standfirst }), body: kept }
}

/** The beginning of a paragraph up to a full stop, or a space where there is none. */
function cutParagraph(paragraph: string, maxTokens: number): string {
  const room = Buffer.from(paragraph)
    .subarray(0, maxTokens * 3)
    .toString()
    .replace(/\ufffd+$/u, '')
  const end = Math.max(room.lastIndexOf('. '), room.lastIndexOf('.\n'))
  return end > room.length / 3
    ? room.slice(0, end + 1)
    : room.slice(0, Math.max(room.lastIndexOf(' '), 0) || room.length)
}
