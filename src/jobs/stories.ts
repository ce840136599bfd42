/** The stories index in step with storage: built from stored features after a start, and told of every article since. */
import type { ArticleId, Instant, StoryId } from '../article/article.ts'
import type { Intake } from '../digest/library.ts'
import { createStoryIndex } from '../story/cluster.ts'
import type { StoryFeatures } from '../story/features.ts'
import { parseFeatures } from '../story/stored-features.ts'

export interface HeldFeatures {
  readonly articleId: ArticleId
  /** As storage keeps them: JSON. */
  readonly features: string
  readonly seenAt: Instant
}

export interface Stories {
  /** Places articles in stories and stores where they, and every article that moved because of them, belong. */
  readonly place: (articles: readonly HeldFeatures[]) => Promise<void>
  readonly remove: (articleId: ArticleId) => void
}

/** Articles that were held and not yet placed when the last run ended are placed now. */
export async function openStories(intake: Intake): Promise<Stories> {
  const restore: { features: StoryFeatures; story: string }[] = []
  const unplaced: HeldFeatures[] = []
  for await (const row of intake.allFeatures()) {
    if (row.storyId === undefined) unplaced.push(row)
    else restore.push({ features: featuresOf(row), story: row.storyId })
  }
  const index = createStoryIndex({ restore })
  const place = async (articles: readonly HeldFeatures[]): Promise<void> => {
    if (articles.length === 0) return
    const { stories, changes } = index.add(articles.map(featuresOf))
    await intake.assignStories(
      [...stories].map(([articleId, storyId]) => ({
        articleId: articleId as ArticleId,
        storyId: storyId as StoryId,
      })),
      changes.flatMap((change) =>
        change.kind === 'merged' ? [{ from: change.from as StoryId, into: change.into as StoryId }] : [],
      ),
    )
  }
  await place(unplaced)
  return { place, remove: (articleId) => index.remove([articleId]) }
}

/** Features were worked out before the article had an id, and dated where it bore no date. */
function featuresOf({ articleId, features, seenAt }: HeldFeatures): StoryFeatures {
  const parsed = parseFeatures(features)
  return { ...parsed, id: articleId, at: parsed.at ?? seenAt }
}
