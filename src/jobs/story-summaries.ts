/**
 * Stories that have changed → what their articles say together. A change is noted where the story is stored, so a story
 * is found here after any crash; one that changes again and again is summarised when it has been quiet for a moment.
 *
 * Only articles that speak for themselves are asked, copies add nothing; and of a story told once in a language, its one
 * article's own summary is what there is to say.
 */
import type { Article, ArticleId, Instant } from '../article/article.ts'
import type { Library } from '../digest/library.ts'
import type { ChangedStory, Summarising } from '../digest/placing.ts'
import type { Log } from '../log.ts'
import { orderArticles, ownDepths, type StoryDepths } from '../story/story.ts'
import type { StorySummary } from '../summary/story-summary.ts'

export interface StorySummariesJob {
  readonly now: () => Instant
  readonly summarising: Summarising
  readonly library: Pick<Library, 'findStory'>
  /** Runs in a worker with a time limit. */
  readonly tell: (
    tellers: readonly {
      readonly id: ArticleId
      readonly language: string
      readonly headline: string
      readonly standfirst?: string
      readonly body: readonly string[]
      readonly at?: Instant
      readonly seenAt: Instant
    }[],
  ) => Promise<StorySummary | undefined>
  readonly log: Log
}

/** A story that changed less than this ago is about to change again: its articles come from several sources. */
const quietMs = 1000
const storiesAtOnce = 50
/** More articles say nothing new; bounds the work for a story of hundreds. */
const mostTellers = 12

/** Summarises stories that have changed and that several texts tell, at most fifty. Gives how many. */
export async function summariseChanged(job: StorySummariesJob): Promise<number> {
  const until = job.now() - quietMs
  while ((await job.summarising.settleSingles(until)) > 0);
  const changed = await job.summarising.changedStories(until, storiesAtOnce)
  for (const story of changed) await summariseOne(job, story)
  return changed.length
}

async function summariseOne(job: StorySummariesJob, changed: ChangedStory): Promise<void> {
  const { summarising, library, log } = job
  const story = await library.findStory(changed.storyId)
  const tellers = (story?.articles ?? []).filter(({ copyOf }) => copyOf === undefined)
  const summaries = new Map<string, StoryDepths>()
  if (tellers.length > 1) {
    for (const [language, articles] of Map.groupBy(tellers, (article) => article.language)) {
      const depths = await depthsIn(job, articles).catch((error: unknown) => {
        log.error({ err: error, story: changed.storyId, language }, 'story.unsummarised')
        return undefined
      })
      if (depths !== undefined) summaries.set(language, depths)
    }
  }
  await summarising.keepSummaries(changed, summaries)
  log.debug({ story: changed.storyId, languages: [...summaries.keys()] }, 'story.summarised')
}

async function depthsIn(
  { tell }: StorySummariesJob,
  articles: readonly Article[],
): Promise<StoryDepths | undefined> {
  const [first, ...others] = speakers(articles)
  if (first === undefined) return undefined
  if (others.length === 0) return ownDepths(first)
  const told = await tell(
    [first, ...others].map(({ id, language, headline, standfirst, body, publishedAt, seenAt }) => ({
      id,
      language,
      headline,
      ...(standfirst === undefined ? {} : { standfirst }),
      body,
      seenAt,
      ...(publishedAt === undefined ? {} : { at: publishedAt }),
    })),
  )
  if (told === undefined) return undefined
  const attributed = ({ text, articleId }: StorySummary['brief']) => ({
    text,
    articleId: articleId as ArticleId,
  })
  return { brief: attributed(told.brief), sentences: told.summary.map(attributed) }
}

/** The article that speaks for the story and the newest others: they know the newest figures. */
function speakers(articles: readonly Article[]): readonly Article[] {
  const [first, ...others] = orderArticles(articles)
  if (first === undefined) return []
  const ageOf = ({ publishedAt, seenAt }: Article): Instant => publishedAt ?? seenAt
  const newest = new Set([...others].sort((a, b) => ageOf(b) - ageOf(a)).slice(0, mostTellers - 1))
  return [first, ...others.filter((article) => newest.has(article))]
}
