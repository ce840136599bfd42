/** The summary of a story, as a worker thread works it out. */
import { analyse } from '../language/analyse.ts'
import type { SummaryOptions } from '../summary/extractive.ts'
import { type StorySummary, summariseStory } from '../summary/story-summary.ts'

/** An article that tells the story in words of its own. */
export interface Teller {
  readonly id: string
  readonly language: string
  readonly headline: string
  readonly standfirst?: string
  readonly body: readonly string[]
  /** When it was published, if it says so. */
  readonly at?: number
  readonly seenAt: number
}

export interface StoryTask {
  /** Articles in one language, the one that speaks for the story first. */
  readonly tellers: readonly Teller[]
  readonly limits?: SummaryOptions
}

/** What the articles say together; undefined where there is none. */
export function tellStory({ tellers, limits }: StoryTask): StorySummary | undefined {
  return summariseStory(
    tellers.map(({ id, at, seenAt, language, ...text }) => ({
      id,
      at,
      seenAt,
      // The language was identified when the article came, from as much text; it is not for a summary to doubt it.
      analysis: { ...analyse({ ...text, declaredLanguage: language }), language },
    })),
    limits,
  )
}
