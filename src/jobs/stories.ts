/**
 * Held articles → stories. A thread of its own knows the articles of the last days and decides (`openThread`); storage
 * remembers. What is not placed yet is found in storage and nowhere else, so whatever fails, no article is lost: a
 * thread that ends is built again from storage, and what it did not answer is asked again.
 *
 * Articles older than the window are out of the thread's sight and stay where they are, also when their text changes.
 */
import type { ArticleId, Instant, StoryId } from '../article/article.ts'
import type { PlacedFeatures, Placing, UnplacedArticle } from '../digest/placing.ts'
import type { Log } from '../log.ts'
import type { PlacementChanges } from '../story/placements.ts'

export interface Stories {
  /**
   * Places every article that is held and not placed. Never fails: what could not be placed is logged, and tried again
   * with the next call.
   */
  readonly place: () => Promise<void>
  /** Articles that were retired: their copies get another original. Never fails. */
  readonly remove: (articleIds: readonly ArticleId[]) => Promise<void>
  /** Another process places articles from now on: what the thread knows is out of date when it is asked again. */
  readonly forget: () => Promise<void>
  /** Ends the thread at once. What is not placed is placed after the next start. */
  readonly close: () => Promise<void>
}

/** Articles whose features could not be read are `unreadable`; they count as articles without words. */
export interface StoryAnswer extends PlacementChanges {
  readonly unreadable: readonly string[]
}

/** The thread; see `work/story-thread.ts`. Whatever it fails with has ended it. */
export interface StoryThread {
  readonly restore: (articles: readonly PlacedFeatures[]) => Promise<StoryAnswer>
  readonly settle: (taken: readonly StoryId[]) => Promise<StoryAnswer>
  readonly place: (articles: readonly UnplacedArticle[], since: Instant) => Promise<StoryAnswer>
  readonly remove: (ids: readonly ArticleId[]) => Promise<StoryAnswer>
  readonly close: () => Promise<void>
}

export interface StoriesJob {
  readonly now: () => Instant
  readonly intake: Placing
  readonly openThread: () => StoryThread
  readonly log: Log
}

/** Articles placed together: what comes at once does not depend on its order. */
const batchSize = 250
const windowMs = 14 * 24 * 60 * 60 * 1000
/** More articles than these are not kept in memory; older ones leave the window early. */
const mostHeld = 60_000
const windowCheckMs = 60 * 60 * 1000
/** After a failure that trying again at once did not mend. */
const restMs = 30_000
/** So many articles that each end the thread alone are no coincidence: then it is not the articles. */
const mostCulprits = 3

export function openStories(job: StoriesJob): Stories {
  const { intake, log, now } = job
  let thread: StoryThread | undefined
  let isClosed = false
  let window: { readonly since: Instant; readonly checkedAt: Instant } | undefined
  let restUntil = Number.NEGATIVE_INFINITY
  /** Articles that end the thread; left unplaced until the next start. */
  const culprits = new Set<ArticleId>()
  let last: Promise<unknown> = Promise.resolve()
  let upcoming: Promise<void> | undefined

  /** One piece of work at a time, in the order of the calls. */
  function inTurn(work: () => Promise<void>, begun: () => void = () => undefined): Promise<void> {
    const done = last.then(async () => {
      begun()
      if (isClosed || now() < restUntil) return
      try {
        await work()
      } catch (error) {
        if (isClosed) return
        restUntil = now() + restMs
        log.error({ err: error }, 'stories.failed')
      }
    })
    last = done
    return done
  }

  async function since(): Promise<Instant> {
    if (window === undefined || Math.abs(now() - window.checkedAt) >= windowCheckMs)
      window = { since: await intake.windowStart(now() - windowMs, mostHeld), checkedAt: now() }
    return window.since
  }

  async function openThread(): Promise<StoryThread> {
    if (isClosed) throw new Error('the stories are closed')
    const opened = job.openThread()
    thread = opened
    try {
      const from = await since()
      let articles = 0
      for await (const page of intake.placedSince(from)) {
        articles += page.length
        report(await opened.restore(page))
      }
      await store(await opened.settle(await intake.storiesGoneSince(from)), [])
      log.info({ articles }, 'stories.restored')
      return opened
    } catch (error) {
      await dropThread()
      throw error
    }
  }

  async function dropThread(): Promise<void> {
    const dropped = thread
    thread = undefined
    await dropped?.close()
  }

  /** Asks the thread, and another one where it ends. Undefined where that ended as well. */
  async function ask(
    request: (thread: StoryThread) => Promise<StoryAnswer>,
  ): Promise<StoryAnswer | undefined> {
    for (const isLast of [false, true]) {
      const asked = thread ?? (await openThread())
      try {
        return await request(asked)
      } catch (error) {
        await dropThread()
        if (isClosed) throw error
        log.error({ err: error, isLast }, 'stories.thread-ended')
      }
    }
    return undefined
  }

  function report({ unreadable }: StoryAnswer): void {
    for (const article of unreadable) log.warn({ article }, 'article.features-unreadable')
  }

  /** What is not stored is not known: the thread is built again from what is. */
  async function store(answer: StoryAnswer, asked: readonly UnplacedArticle[]): Promise<void> {
    report(answer)
    if (answer.placed.length === 0 && answer.gone.length === 0) return
    const hashes = new Map<string, string>(
      asked.map(({ articleId, contentHash }) => [articleId, contentHash]),
    )
    try {
      await intake.assignStories(
        answer.placed.map(({ id, story, copyOf }) => {
          const contentHash = hashes.get(id)
          return {
            articleId: id as ArticleId,
            storyId: story as StoryId,
            ...(copyOf === undefined ? {} : { copyOf: copyOf as ArticleId }),
            ...(contentHash === undefined ? {} : { contentHash }),
          }
        }),
        answer.gone.map(({ from, into, isMerged }) => ({
          from: from as StoryId,
          into: into as StoryId,
          isMerged,
        })),
        now(),
      )
    } catch (error) {
      await dropThread()
      throw error
    }
    const { placed, gone } = answer
    log.debug({ asked: asked.length, placed: placed.length, gone: gone.length }, 'stories.changed')
  }

  /** Gives the articles that could not be placed because the thread ended. */
  async function placeBatch(articles: readonly UnplacedArticle[]): Promise<boolean> {
    const from = await since()
    const answer = await ask((asked) => asked.place(articles, from))
    if (answer !== undefined) await store(answer, articles)
    return answer !== undefined
  }

  /** Finds out which articles of a batch end the thread, and places the others. */
  async function placeOneByOne(articles: readonly UnplacedArticle[]): Promise<void> {
    const found: ArticleId[] = []
    for (const article of articles) {
      if (await placeBatch([article])) continue
      found.push(article.articleId)
      if (found.length > mostCulprits) throw new Error('the story thread ends whatever it is asked')
    }
    for (const article of found) {
      culprits.add(article)
      log.error({ article }, 'article.unplaceable')
    }
  }

  /** An article that has left the window stays in its story. */
  async function keepPlaces(articles: readonly UnplacedArticle[]): Promise<void> {
    const kept = articles.flatMap(({ storyId, ...article }) =>
      storyId === undefined ? [] : { ...article, storyId },
    )
    if (kept.length > 0) await intake.assignStories(kept, [], now())
  }

  async function placeAll(): Promise<void> {
    for (;;) {
      const found = await intake.unplaced(batchSize + culprits.size)
      const articles = found.filter(({ articleId }) => !culprits.has(articleId))
      if (articles.length === 0) return
      const from = await since()
      const isPast = ({ storyId, seenAt }: UnplacedArticle): boolean => storyId !== undefined && seenAt < from
      await keepPlaces(articles.filter(isPast))
      const current = articles.filter((article) => !isPast(article))
      if (current.length > 0 && !(await placeBatch(current))) await placeOneByOne(current)
    }
  }

  return {
    place: () => {
      // A call that comes while articles are placed may bring more: it waits for the next round, with others like it.
      upcoming ??= inTurn(placeAll, () => {
        upcoming = undefined
      })
      return upcoming
    },
    remove: (ids) =>
      inTurn(async () => {
        if (ids.length === 0 || thread === undefined) return
        const answer = await ask((asked) => asked.remove(ids))
        if (answer !== undefined) await store(answer, [])
      }),
    forget: () =>
      inTurn(async () => {
        window = undefined
        culprits.clear()
        await dropThread()
      }),
    close: async () => {
      isClosed = true
      await dropThread()
      await last
    },
  }
}
