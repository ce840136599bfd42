/** What became of articles and stories while an index took in new ones: noted before each move, told at the end. */
import type { StrandBook } from './strands.ts'

export type StoryChange =
  /** All articles of one story now belong to another; the first id is not used again. */
  | { readonly kind: 'merged'; readonly from: string; readonly into: string }
  /** Some articles of a story now form another; one for each other story. */
  | { readonly kind: 'split'; readonly from: string; readonly into: string }

export interface ChangeLog {
  /** Notes the story an article has; to be called before it may change. */
  readonly remember: (article: number) => void
  /** The numbers of articles that were in another story, or in none, when they were first remembered. */
  readonly moved: () => number[]
  readonly changes: () => StoryChange[]
}

export function createChangeLog(book: StrandBook): ChangeLog {
  const formerOf = new Map<number, string | undefined>()
  const storyOf = (article: number): string | undefined => book.of(article)?.story

  return {
    remember(article) {
      if (!formerOf.has(article)) formerOf.set(article, storyOf(article))
    },
    moved: () =>
      [...formerOf].flatMap(([article, former]) => {
        const story = storyOf(article)
        return story === undefined || story === former ? [] : [article]
      }),
    changes() {
      const routes = new Map<string, Set<string>>()
      for (const [article, former] of formerOf) {
        const story = storyOf(article)
        if (former === undefined || story === undefined || story === former) continue
        routes.set(former, (routes.get(former) ?? new Set()).add(story))
      }
      return [...routes].flatMap(([from, targets]) => {
        const kind = book.ofStory(from).length === 0 && targets.size === 1 ? 'merged' : 'split'
        return [...targets].map((into): StoryChange => ({ kind, from, into }))
      })
    },
  }
}
