/** A database with one digest of two sources, articles held in stories, and editions made of them. */
import type { TestContext } from 'node:test'
import type { ArticleId, Instant, SourceId, StoryId } from '../../src/article/article.ts'
import { type Digest, type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { Edition, EditionId } from '../../src/digest/edition.ts'
import type { AnalysedArticle } from '../../src/digest/library.ts'
import {
  type ComposedEdition,
  composeAt,
  type EditionMaking,
  type MadeEdition,
  makeEdition,
} from '../../src/jobs/compose.ts'
import { searchStems } from '../../src/language/search-text.ts'
import { openStorage, type Storage } from '../../src/storage/storage.ts'
import { storyFeatures } from '../../src/story/features.ts'
import { findNews } from '../../src/story/movement.ts'
import { analysedArticle } from './articles.ts'
import { newDatabase } from './engines.ts'

const wire = 'folder:wire/articles' as SourceId
const courier = 'folder:wire/courier' as SourceId
/** Of another digest. */
const elsewhere = 'folder:elsewhere/articles' as SourceId

export interface HeldArticle extends Partial<AnalysedArticle> {
  readonly story: string
  readonly at: Instant
  readonly source?: 'wire' | 'courier' | 'elsewhere'
  /** The key of the article it repeats. */
  readonly copyOf?: string
}

export interface Newsroom {
  readonly storage: Storage
  readonly digest: Digest
  /** Holds an article under a key, or changes the one that is held under it, and puts it into its story. */
  readonly hold: (key: string, article: HeldArticle) => Promise<ArticleId>
  readonly idOf: (key: string) => ArticleId
  /** The key of an article. */
  readonly keyOf: (id: ArticleId) => string
  readonly make: (now: Instant, previous?: EditionId, more?: Partial<EditionMaking>) => Promise<MadeEdition>
  /** As `make`, where there is something to say. */
  readonly edition: (now: Instant, previous?: EditionId) => Promise<Edition>
  /** What an edition of that instant would say; nothing is frozen. */
  readonly compose: (
    now: Instant,
    previous?: EditionId,
    more?: Partial<EditionMaking>,
  ) => Promise<ComposedEdition>
}

export async function openNewsroom(
  t: TestContext,
  definition: Readonly<Record<string, unknown>> = {},
): Promise<Newsroom> {
  // Nothing here is about what survives a crash, and a disk that must keep every write is slow.
  const storage = await openStorage(await newDatabase(t, 'in memory'))
  t.after(() => storage.close())
  const common = { language: 'en', schedule: { times: ['07:30'], zone: 'UTC' } }
  const digest = {
    id: 'wire' as DigestId,
    ...definitionSchema.parse({
      ...common,
      title: 'Harbour Wire',
      sources: [{ folder: 'articles' }, { folder: 'courier' }],
      ...definition,
    }),
  }
  const other = {
    id: 'elsewhere' as DigestId,
    ...definitionSchema.parse({ ...common, title: 'Elsewhere', sources: [{ folder: 'articles' }] }),
  }
  const source = (id: SourceId) => ({ id, kind: 'folder', address: id, fulltext: 'always' }) as const
  await storage.intake.setHouseDigests(
    [
      { digest, sources: [source(wire), source(courier)] },
      { digest: other, sources: [source(elsewhere)] },
    ],
    0,
  )
  const ids = new Map<string, ArticleId>()
  const keys = new Map<ArticleId, string>()
  const making = { desk: storage.desk, findNews: async (task) => findNews(task) } satisfies EditionMaking
  const idOf = (key: string): ArticleId => {
    const id = ids.get(key)
    if (id === undefined) throw new Error(`no article ${key}`)
    return id
  }
  const make: Newsroom['make'] = (now, previous, more = {}) =>
    makeEdition({ ...making, ...more }, { digest, previous, slot: now, now })
  return {
    storage,
    digest,
    idOf,
    keyOf: (id) => keys.get(id) ?? id,
    hold: async (key, { story, at, source: from = 'wire', copyOf, ...given }) => {
      const article = wholeArticle(given)
      const sourceId = { wire, courier, elsewhere }[from]
      const held = await storage.intake.hold({ sourceId, keys: [key] }, JSON.stringify(article), article, at)
      ids.set(key, held.id)
      keys.set(held.id, key)
      await storage.intake.assignStories(
        [
          {
            articleId: held.id,
            storyId: story as StoryId,
            ...(copyOf === undefined ? {} : { copyOf: idOf(copyOf) }),
          },
        ],
        [],
      )
      return held.id
    },
    make,
    edition: async (now, previous) => {
      const made = await make(now, previous)
      if (made.kind !== 'edition') throw new Error('there was nothing to say')
      return made.edition
    },
    compose: (now, previous, more = {}) => composeAt({ ...making, ...more }, { digest, previous, now }),
  }
}

/** An article with the features and stems of its own text. */
export function wholeArticle(given: Partial<AnalysedArticle>): AnalysedArticle {
  const article = analysedArticle(given)
  const { headline, standfirst, body, language, publishedAt } = article
  return {
    ...article,
    stems: searchStems([headline, standfirst ?? '', ...body], language),
    features: JSON.stringify(
      storyFeatures({
        id: '',
        headline,
        body,
        language,
        ...(standfirst === undefined ? {} : { standfirst }),
        ...(publishedAt === undefined ? {} : { at: publishedAt }),
      }),
    ),
    ...given,
  }
}
