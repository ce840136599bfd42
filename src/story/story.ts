/** A story: the articles, from any sources, about one event. */
import type { Article, ArticleId, Instant, StoryId } from '../article/article.ts'

/** A sentence of a story's summary, and the article it was taken from, verbatim. */
export interface AttributedSentence {
  readonly text: string
  readonly articleId: ArticleId
}

/** What a story's articles in one language say together, at two depths. */
export interface StoryDepths {
  readonly brief: AttributedSentence
  /** The summary, in reading order; never empty. */
  readonly sentences: readonly AttributedSentence[]
}

export interface Story {
  readonly id: StoryId
  /** The articles held, the one that speaks for the story first. Never empty. */
  readonly articles: readonly [Article, ...Article[]]
  /** When the first of its articles was seen. */
  readonly startedAt: Instant
  /** When the newest of its articles was seen or changed. */
  readonly movedAt: Instant
  /**
   * By language, for languages in which two or more of its articles speak for themselves. Absent for a while after a
   * story has changed, and for a story told once: then its article's own summary is the story's.
   */
  readonly summaries: ReadonlyMap<string, StoryDepths>
}

/**
 * The article that speaks for its story comes first: the one with a standfirst and the longer text; among equals the one
 * that copies no other, then the newer, then the smaller id, so that the choice does not depend on the order of input.
 */
export function orderArticles(articles: readonly Article[]): readonly Article[] {
  return [...articles].sort(
    (a, b) =>
      weight(b) - weight(a) ||
      Number(a.copyOf !== undefined) - Number(b.copyOf !== undefined) ||
      (b.publishedAt ?? b.seenAt) - (a.publishedAt ?? a.seenAt) ||
      (a.id < b.id ? -1 : 1),
  )
}

/** 0 to 5: a standfirst counts as much as 2,000 characters of body; more than 3,000 add nothing. */
function weight(article: Article): number {
  const characters = article.body.reduce((sum, paragraph) => sum + paragraph.length, 0)
  return (article.standfirst === undefined ? 0 : 2) + Math.floor(Math.min(characters, 3000) / 1000)
}

/**
 * Builds a story from its articles; undefined where there is none. A summary that cites an article which is not among
 * them (it was withdrawn since, or its source is not one of the digest's) is not this story's and is left out.
 */
export function storyOf(
  id: StoryId,
  articles: readonly Article[],
  summaries: ReadonlyMap<string, StoryDepths> = new Map(),
): Story | undefined {
  const [first, ...rest] = orderArticles(articles)
  if (first === undefined) return undefined
  return {
    id,
    articles: [first, ...rest],
    startedAt: Math.min(...articles.map((article) => article.seenAt)),
    movedAt: Math.max(...articles.map((article) => article.updatedAt)),
    summaries: citingOnly(articles, summaries),
  }
}

function citingOnly(
  articles: readonly Article[],
  summaries: ReadonlyMap<string, StoryDepths>,
): ReadonlyMap<string, StoryDepths> {
  if (summaries.size === 0) return summaries
  const ids = new Set(articles.map(({ id }) => id))
  return new Map(
    [...summaries].filter(([, { brief, sentences }]) =>
      [brief, ...sentences].every(({ articleId }) => ids.has(articleId)),
    ),
  )
}

/** An article's own summary, as that of a story. */
export function ownDepths({ id, brief, summary }: Article): StoryDepths {
  return {
    brief: { text: brief, articleId: id },
    sentences: summary.map((text) => ({ text, articleId: id })),
  }
}

/** The outlets that tell the story, each once, in the order of its articles. */
export function outletsOf(story: Story): readonly string[] {
  return [...new Set(story.articles.map((article) => article.outlet))]
}
