/** A story: the articles, from any sources, about one event. */
import type { Article, Instant, StoryId } from '../article/article.ts'

export interface Story {
  readonly id: StoryId
  /** The articles held, the one that speaks for the story first. Never empty. */
  readonly articles: readonly [Article, ...Article[]]
  /** When the first of its articles was seen. */
  readonly startedAt: Instant
  /** When the newest of its articles was seen or changed. */
  readonly movedAt: Instant
}

/**
 * The article that speaks for its story comes first: the one with a standfirst and the longer text;
 * among equals the newer, then the smaller id, so that the choice does not depend on the order of input.
 */
export function orderArticles(articles: readonly Article[]): readonly Article[] {
  return [...articles].sort(
    (a, b) =>
      weight(b) - weight(a) ||
      (b.publishedAt ?? b.seenAt) - (a.publishedAt ?? a.seenAt) ||
      (a.id < b.id ? -1 : 1),
  )
}

/** 0 to 5: a standfirst counts as much as 2,000 characters of body; more than 3,000 add nothing. */
function weight(article: Article): number {
  const characters = article.body.reduce((sum, paragraph) => sum + paragraph.length, 0)
  return (article.standfirst === undefined ? 0 : 2) + Math.floor(Math.min(characters, 3000) / 1000)
}

/** Builds a story from its articles; undefined where there is none. */
export function storyOf(id: StoryId, articles: readonly Article[]): Story | undefined {
  const [first, ...rest] = orderArticles(articles)
  if (first === undefined) return undefined
  return {
    id,
    articles: [first, ...rest],
    startedAt: Math.min(...articles.map((article) => article.seenAt)),
    movedAt: Math.max(...articles.map((article) => article.updatedAt)),
  }
}

/** The outlets that tell the story, each once, in the order of its articles. */
export function outletsOf(story: Story): readonly string[] {
  return [...new Set(story.articles.map((article) => article.outlet))]
}
