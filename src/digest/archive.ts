/**
 * What everybody may read on the web: the digests of the house that do not keep to themselves (`public: false`), their editions, and the
 * articles that came through their sources. A server's own digests, withdrawn ones, and what only they gathered, are never in it.
 * Storage implements it.
 */
import type { Article, ArticleId, SourceId, StoryId } from '../article/article.ts'
import type { Story } from '../story/story.ts'
import type { Corrections } from './correction.ts'
import type { Digest, DigestId } from './definition.ts'
import type { Edition } from './edition.ts'
import type { ReadAt } from './own-sources.ts'
import { sourcesOf } from './source-list.ts'

/** An edition as it reads today: with corrected headlines, and what became of its articles. */
export interface PublishedEdition extends Edition {
  readonly corrections: Corrections
}

/**
 * A digest that is published. Subscriptions that began at different times have editions of the same number: the archive holds each
 * number once, as the first that was composed, so that an address never comes to mean another edition.
 */
export interface PublishedDigest {
  readonly digest: Digest
  /** Where its sources are read now. */
  readonly readAt: () => Promise<ReadAt>
  readonly newest: () => Promise<PublishedEdition | undefined>
  /** The newest first; only those before a number, where one is given. */
  readonly editions: (page: {
    readonly before?: number
    readonly limit: number
  }) => Promise<readonly PublishedEdition[]>
  readonly findEdition: (number: number) => Promise<PublishedEdition | undefined>
}

/** A story as it may be published, and where it was told. */
export interface PublishedStory {
  readonly story: Story
  /** In whose language and zone it is shown: the one that told it last. */
  readonly digest: Digest
  /** Its articles whose source lets everybody read the whole of them here. */
  readonly open: ReadonlySet<ArticleId>
  /** The newest first. */
  readonly toldIn: readonly Edition[]
}

export interface PublishedArticle {
  readonly article: Article
  readonly digest: Digest
  /** Whether its source lets everybody read the whole of it here. */
  readonly showsFulltext: boolean
}

export interface Archive {
  /** By title. */
  readonly digests: () => Promise<readonly PublishedDigest[]>
  readonly findDigest: (id: DigestId) => Promise<PublishedDigest | undefined>
  /** Follows a story that was merged into another; with its published articles alone. */
  readonly findStory: (id: StoryId) => Promise<PublishedStory | undefined>
  readonly findArticle: (id: ArticleId) => Promise<PublishedArticle | undefined>
  /** The stories in which these articles are today; those that are not published, or no longer held, are left out. */
  readonly storiesOf: (ids: readonly ArticleId[]) => Promise<ReadonlyMap<ArticleId, StoryId>>
}

/** The edition with the headlines that its articles bear today. */
export function asItReadsToday(edition: Edition, corrections: Corrections): PublishedEdition {
  const items = edition.items.map((item) => {
    const correction = corrections.get(item.articleId)
    return correction?.kind === 'headline' ? { ...item, headline: correction.headline } : item
  })
  return { ...edition, items, corrections }
}

export function isPublished(digest: Digest): boolean {
  return digest.public !== false
}

/** The sources of these digests whose articles may be read here as a whole: files of the house, and where the digest says so. */
export function openSources(digests: readonly Digest[]): ReadonlySet<SourceId> {
  const open = digests.flatMap((digest) =>
    sourcesOf(digest.id, digest).filter((_, at) => {
      const source = digest.sources[at]
      return source !== undefined && ('folder' in source || source.fulltext === 'public')
    }),
  )
  return new Set(open.map(({ id }) => id))
}

/** The first of these digests that names the article's source; one of them at any rate. */
export function digestOfArticle(
  digests: readonly [Digest, ...Digest[]],
  { sourceId }: Pick<Article, 'sourceId'>,
): Digest {
  const named = digests.find((digest) => sourcesOf(digest.id, digest).some(({ id }) => id === sourceId))
  return named ?? digests[0]
}
