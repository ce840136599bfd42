/**
 * Candidates → the content of an edition. Pure: what was held, the digest and the instant come in; the same input
 * gives the same edition.
 *
 * A story that this chain has carried does not return; its later articles are carried with it, silently.
 */
import type { Instant } from '../article/article.ts'
import { explain, rankStories } from '../story/rank.ts'
import { orderArticles, outletsOf, type Story } from '../story/story.ts'
import type { Digest } from './definition.ts'
import type { EditionContent, EditionItem } from './edition.ts'
import type { Candidate } from './library.ts'

/** The content of the next edition: at most `digest.size` stories, the most important first; none where nothing is new. */
export function composeEdition(
  digest: Digest,
  candidates: readonly Candidate[],
  now: Instant,
): EditionContent {
  const fresh = candidates.filter((candidate) => !candidate.wasCarried)
  const ranked = rankStories(fresh, { now, size: digest.size })
  return {
    title: digest.title,
    language: digest.language,
    items: ranked.map(({ candidate, score }) => itemOf(candidate.story, digest.language, explain(score))),
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
