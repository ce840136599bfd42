/** A digest → what its filter does to the articles it has seen of late, worked out in a thread of its own. */
import type { Instant } from '../article/article.ts'
import type { FilterEffects, FindFilterEffects } from '../digest/filter-effects.ts'
import type { FindHeldArticles, HeldArticle } from '../digest/filter-preview.ts'
import type { DigestFilters } from '../digest/filter-rule.ts'

export interface FilterLooking {
  readonly now: () => Instant
  readonly filterable: FindHeldArticles
  /** Runs in a worker. */
  readonly tell: (task: {
    readonly articles: readonly HeldArticle[]
    readonly filters: DigestFilters
  }) => Promise<FilterEffects>
}

const days = 7
const dayMs = 24 * 60 * 60 * 1000
/** Of more, the newest are looked at: whole texts go to the thread. */
const mostArticles = 1000

export function createFilterEffects({ now, filterable, tell }: FilterLooking): FindFilterEffects {
  return async ({ id, filters }) => {
    const articles = await filterable(id, now() - days * dayMs, mostArticles)
    return { ...(await tell({ articles, filters })), days, isPart: articles.length === mostArticles }
  }
}
