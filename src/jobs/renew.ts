/**
 * Held articles that an older analysis worked out, or one with other limits, are worked out anew: one after another, in
 * the background, the newest first. Nobody sees them as changed.
 */
import type { Instant } from '../article/article.ts'
import type { AnalysedArticle } from '../digest/library.ts'
import type { OutdatedArticle, Renewing } from '../digest/renewing.ts'
import type { Log } from '../log.ts'

export interface RenewJob {
  readonly now: () => Instant
  readonly renewing: Renewing
  /** What every article should bear; see `analysisMark`. */
  readonly mark: string
  /** Runs in a worker with a time limit. */
  readonly analyse: (article: OutdatedArticle) => Promise<AnalysedArticle>
  readonly log: Log
}

const articlesAtOnce = 20

/** Renews what is outdated now, in the background. */
export function startRenewing(job: RenewJob): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController()
  const running = renewOutdated(job, stopping.signal).catch((error: unknown) =>
    job.log.error({ err: error }, 'articles.unrenewed'),
  )
  return {
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

/** Resolves when nothing is left to renew, or soon after `signal` is aborted. Gives how many articles were renewed. */
export async function renewOutdated(job: RenewJob, signal: AbortSignal): Promise<number> {
  const { renewing, mark, analyse, now, log } = job
  let renewed = 0
  while (!signal.aborted) {
    const articles = await renewing.outdated(mark, articlesAtOnce)
    if (articles.length === 0) break
    for (const article of articles) {
      if (signal.aborted) return renewed
      try {
        await renewing.renew(article, await analyse(article), now())
        renewed += 1
      } catch (error) {
        if (signal.aborted) return renewed
        log.error({ err: error, article: article.articleId }, 'article.unrenewed')
        await renewing.giveUpRenewing(article.articleId, mark)
      }
    }
  }
  if (renewed > 0) log.info({ articles: renewed }, 'articles.renewed')
  return renewed
}
