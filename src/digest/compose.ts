/**
 * Candidates → the content of an edition. Pure: what was held, the digest and the instant come in; the same input
 * gives the same edition.
 *
 * A story that this chain has carried does not return; its later articles are carried with it, silently.
 */
import type { Instant } from '../article/article.ts'
import { orderArticles, outletsOf, type Story } from '../story/story.ts'
import type { Digest } from './definition.ts'
import type { EditionContent, EditionItem } from './edition.ts'
import type { Candidate } from './library.ts'

export interface RankedStory {
  readonly story: Story
  /** Why it stands where it stands, in a line. */
  readonly because: string
}

/** Orders stories for an edition, the most important first, and says why; at most `size` of them. */
export type Rank = (
  stories: readonly Story[],
  options: { now: Instant; size: number; language: string },
) => readonly RankedStory[]

export function composeEdition(
  digest: Digest,
  candidates: readonly Candidate[],
  now: Instant,
  rank: Rank,
): EditionContent {
  const fresh = candidates.filter((candidate) => !candidate.wasCarried)
  const ranked = rank(
    fresh.map((candidate) => candidate.story),
    { now, size: digest.size, language: digest.language },
  )
  return {
    title: digest.title,
    language: digest.language,
    items: ranked.map(({ story, because }) => itemOf(story, digest.language, because)),
  }
}

/** The story speaks through its best article in the language of the digest, if it has one. */
function itemOf(story: Story, digestLanguage: string, because: string): EditionItem {
  const own = story.articles.filter((article) => digestLanguage.startsWith(article.language))
  const leader = orderArticles(own)[0] ?? story.articles[0]
  return {
    storyId: story.id,
    articleId: leader.id,
    headline: leader.headline,
    brief: leader.brief,
    ...(leader.url === undefined ? {} : { url: leader.url }),
    ...(leader.image === undefined ? {} : { image: leader.image }),
    outlets: [...new Set([leader.outlet, ...outletsOf(story)])],
    at: leader.publishedAt ?? leader.seenAt,
    carries: story.articles.map((article) => article.id),
    because,
  }
}
