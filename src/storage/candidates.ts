/**
 * What a digest has seen and a chain of editions has not carried, without the texts: everything here is answered from indexes, so that
 * thousands of candidates cost little.
 *
 * An article is a candidate for a week, and in any case for the edition that follows the one before which it came, however long that
 * takes; after five weeks its time is over. A chain is remembered for as long: a story that it told earlier is a new one.
 */
import { type ExpressionBuilder, sql } from 'kysely'
import type { ArticleId, Instant, SourceId, StoryId } from '../article/article.ts'
import type { DigestId } from '../digest/definition.ts'
import type { Candidate, CandidateArticle, Candidates, Telling } from '../digest/desk.ts'
import type { EditionId } from '../digest/edition.ts'
import type { PassedName } from '../digest/passed.ts'
import type { Database } from './database.ts'
import type { Tables } from './schema.ts'

const dayMs = 24 * 60 * 60 * 1000
const usualMs = 7 * dayMs
const longestMs = 35 * dayMs
/** An article may be put into a story a little after it was seen: the edition after that still looks for it. */
const slackMs = 60 * 60 * 1000
/** More editions are not walked, however often a digest is posted. */
const longestChain = 5000
/** Ids in one statement. */
const mostIds = 500

/** As `EditionDesk.candidates`. */
export async function findCandidates(
  db: Database,
  digestId: DigestId,
  previous: EditionId | undefined,
  until: Instant,
): Promise<Candidates> {
  const chain = await chainOf(db, previous, until - longestMs)
  const [newest] = chain
  const seenFrom = seenFromOf(newest, until)
  const overdueFrom = newest === undefined ? seenFrom : (newest.seenFrom ?? newest.composedAt - usualMs)
  const told = await toldBy(db, chain)
  const untold = (each: PlacedArticle): boolean => !told.articles.has(each.article.id)
  const seen = await seenBetween(db, digestId, seenFrom, until)
  const fresh = seen.filter(untold)
  const late = overdueFrom < seenFrom ? await seenBetween(db, digestId, overdueFrom, seenFrom) : []
  const standing = await standingReasons(
    db,
    chain.filter(({ composedAt }) => composedAt > overdueFrom),
  )
  return {
    stories: groupStories(fresh, await carriedBeside(db, digestId, told, fresh, until), told.stories),
    seenFrom,
    overdue: late.filter(untold).flatMap(({ storyId, article: { id } }) => {
      const before = standing.get(id)
      if (before === 'too-late') return []
      return [{ articleId: id, storyId, ...(before === undefined ? {} : { standing: before }) }]
    }),
    standing: new Map([...standing].flatMap(([id, reason]) => (reason === 'too-late' ? [] : [[id, reason]]))),
  }
}

interface ChainLink extends Telling {
  readonly id: EditionId
  readonly composedAt: Instant
  readonly seenFrom: Instant | undefined
}

/** The editions of a chain, the newest first, back to an instant; the newest in any case. */
async function chainOf(
  db: Database,
  previous: EditionId | undefined,
  since: Instant,
): Promise<readonly ChainLink[]> {
  if (previous === undefined) return []
  const { rows } = await sql<{
    id: string
    number: number
    composed_at: number
    seen_from: number | null
  }>`
    with recursive chain(id, previous_id, number, composed_at, seen_from) as (
      select id, previous_id, number, composed_at, seen_from from edition where id = ${previous}
      union all
      select edition.id, edition.previous_id, edition.number, edition.composed_at, edition.seen_from
      from chain join edition on edition.id = chain.previous_id
      where edition.composed_at >= ${since}
    )
    select id, number, composed_at, seen_from from chain limit ${longestChain}
  `.execute(db)
  return rows.map((row) => ({
    id: row.id as EditionId,
    number: row.number,
    at: Number(row.composed_at),
    composedAt: Number(row.composed_at),
    seenFrom: row.seen_from === null ? undefined : Number(row.seen_from),
  }))
}

function seenFromOf(newest: ChainLink | undefined, until: Instant): Instant {
  const usual = until - usualMs
  if (newest === undefined) return usual
  return Math.max(until - longestMs, Math.min(usual, newest.composedAt - slackMs))
}

interface PlacedArticle {
  readonly storyId: StoryId
  readonly article: CandidateArticle
}

interface Told {
  /** Where each carried article stands now, and when its text last changed; of retired articles neither. */
  readonly articles: ReadonlyMap<
    ArticleId,
    { readonly told: Telling; readonly storyId?: StoryId; readonly updatedAt: Instant }
  >
  readonly stories: ReadonlyMap<StoryId, Telling>
}

/** The articles that a chain has carried, and the stories it has told, as they stand now. */
async function toldBy(db: Database, chain: readonly ChainLink[]): Promise<Told> {
  const articles = new Map<ArticleId, { told: Telling; storyId?: StoryId; updatedAt: Instant }>()
  const stories = new Map<StoryId, Telling>()
  const links = new Map<string, ChainLink>(chain.map((link) => [link.id, link]))
  for (let start = 0; start < chain.length; start += mostIds) {
    const ids = chain.slice(start, start + mostIds).map(({ id }) => id)
    const rows = await db
      .selectFrom('edition_article as carried')
      .leftJoin('article', (join) =>
        join.onRef('article.id', '=', 'carried.article_id').on('article.retired_at', 'is', null),
      )
      .leftJoin('story', 'story.id', 'carried.story_id')
      .select(['carried.edition_id', 'carried.article_id', 'carried.story_id as told_story_id'])
      .select(['story.merged_into', 'article.story_id', 'article.updated_at'])
      .where('carried.edition_id', 'in', ids)
      .execute()
    for (const row of rows) {
      const link = links.get(row.edition_id)
      if (link === undefined) continue
      const told = { number: link.number, at: link.at }
      const storyId = (row.story_id ?? row.merged_into ?? row.told_story_id) as StoryId
      if ((stories.get(storyId)?.number ?? 0) < told.number) stories.set(storyId, told)
      const id = row.article_id as ArticleId
      if ((articles.get(id)?.told.number ?? 0) >= told.number) continue
      articles.set(id, {
        told,
        ...(row.story_id === null ? {} : { storyId: row.story_id as StoryId }),
        updatedAt: Number(row.updated_at ?? 0),
      })
    }
  }
  return { articles, stories }
}

/** The carried articles that matter now: those of stories with something fresh, or that have changed themselves, with all of their story. */
async function carriedBeside(
  db: Database,
  digestId: DigestId,
  told: Told,
  fresh: readonly PlacedArticle[],
  until: Instant,
): Promise<readonly PlacedArticle[]> {
  const stories = new Set<StoryId | undefined>(fresh.map(({ storyId }) => storyId))
  for (const { storyId, updatedAt, told: telling } of told.articles.values()) {
    if (updatedAt > telling.at) stories.add(storyId)
  }
  stories.delete(undefined)
  const ids = [...told.articles].flatMap(([id, { storyId }]) => (stories.has(storyId) ? [id] : []))
  const found: PlacedArticle[] = []
  for (let start = 0; start < ids.length; start += mostIds) {
    const rows = await db
      .selectFrom('article')
      .select('article.id')
      .select(candidateColumns)
      .select(sourceWithin(digestId).as('source_id'))
      .where('article.id', 'in', ids.slice(start, start + mostIds))
      .execute()
    for (const row of rows) {
      const telling = told.articles.get(row.id as ArticleId)?.told
      if (row.story_id === null || telling === undefined) continue
      found.push({
        storyId: row.story_id as StoryId,
        article: { ...candidateOf(row, until), told: telling },
      })
    }
  }
  return found
}

const candidateColumns = [
  'article.story_id',
  'article.outlet',
  'article.language',
  'article.published_at',
  'article.seen_at',
  'article.updated_at',
  'article.copy_of',
] as const

/** The source of the digest that brought an article; null where none did. */
function sourceWithin(digestId: DigestId) {
  return sql<string | null>`(
    select min(article_source.source_id) from article_source
    join digest_source on digest_source.source_id = article_source.source_id
    where article_source.article_id = article.id and digest_source.digest_id = ${digestId}
  )`
}

/**
 * Articles in a story that the digest saw first after `from` and up to `until`, whichever of its sources brought them. Another digest may
 * have seen them long before.
 */
async function seenBetween(
  db: Database,
  digestId: DigestId,
  from: Instant,
  until: Instant,
): Promise<readonly PlacedArticle[]> {
  const rows = await db
    .selectFrom('digest_source')
    .innerJoin('article_source', 'article_source.source_id', 'digest_source.source_id')
    .innerJoin('article', 'article.id', 'article_source.article_id')
    .select('article.id')
    .select(candidateColumns)
    .select('article_source.source_id')
    .where('digest_source.digest_id', '=', digestId)
    .where('article_source.seen_at', '>', from)
    .where('article_source.seen_at', '<=', until)
    .where('article.retired_at', 'is', null)
    .where('article.story_id', 'is not', null)
    // What nobody saw before, this digest did not either: that spares most articles the closer look.
    .where((e) => e.or([e('article.seen_at', '>', from), e.not(e.exists(seenBefore(e, digestId, from)))]))
    .execute()
  // Several sources of the digest may have brought an article: it stands once, with the same one each time.
  const first = new Map<string, (typeof rows)[number]>()
  for (const row of rows) {
    const other = first.get(row.id)
    if (other === undefined || row.source_id < other.source_id) first.set(row.id, row)
  }
  return [...first.values()].flatMap((row) =>
    row.story_id === null ? [] : [{ storyId: row.story_id as StoryId, article: candidateOf(row, until) }],
  )
}

function seenBefore(e: ExpressionBuilder<Tables, 'article'>, digestId: DigestId, from: Instant) {
  return e
    .selectFrom('article_source as before')
    .innerJoin('digest_source as reader', 'reader.source_id', 'before.source_id')
    .select('before.source_id')
    .whereRef('before.article_id', '=', 'article.id')
    .where('reader.digest_id', '=', digestId)
    .where('before.seen_at', '<=', from)
}

interface CandidateRow {
  readonly id: string
  readonly source_id: string | null
  readonly outlet: string
  readonly language: string
  readonly published_at: number | null
  readonly seen_at: number
  readonly updated_at: number
  readonly copy_of: string | null
}

function candidateOf(row: CandidateRow, until: Instant): CandidateArticle {
  const seenAt = Number(row.seen_at)
  const updatedAt = Number(row.updated_at)
  return {
    id: row.id as ArticleId,
    sourceId: (row.source_id ?? '') as SourceId,
    outlet: row.outlet,
    language: row.language,
    ...(row.published_at === null ? {} : { publishedAt: Number(row.published_at) }),
    seenAt,
    updatedAt: updatedAt > until ? seenAt : updatedAt,
    ...(row.copy_of === null ? {} : { copyOf: row.copy_of as ArticleId }),
  }
}

/** The newest reason that these editions recorded for each article. */
async function standingReasons(
  db: Database,
  chain: readonly ChainLink[],
): Promise<ReadonlyMap<ArticleId, PassedName | 'too-late'>> {
  const reasons = new Map<ArticleId, PassedName | 'too-late'>()
  // Older editions first: what a newer one recorded replaces it.
  for (const { id } of chain.toReversed()) {
    const rows = await db
      .selectFrom('edition_passed')
      .select(['article_id', 'reason'])
      .where('edition_id', '=', id)
      .execute()
    for (const { article_id, reason } of rows) {
      if (isReason(reason)) reasons.set(article_id as ArticleId, reason)
    }
  }
  return reasons
}

const reasonNames: ReadonlySet<string> = new Set<PassedName | 'too-late'>([
  'filtered',
  'copy',
  'below-cut',
  'not-moved',
  'quiet',
  'too-late',
])

function isReason(text: string): text is PassedName | 'too-late' {
  return reasonNames.has(text)
}

/** Stories with a fresh article, or a carried one whose text has changed since; each with its carried articles. */
function groupStories(
  fresh: readonly PlacedArticle[],
  carried: readonly PlacedArticle[],
  told: ReadonlyMap<StoryId, Telling>,
): readonly Candidate[] {
  const candidates: Candidate[] = []
  for (const [storyId, placed] of Map.groupBy([...fresh, ...carried], (each) => each.storyId)) {
    if (!placed.some(({ article }) => hasSomethingNew(article))) continue
    const [first, ...rest] = placed
      .map(({ article }) => article)
      .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    if (first === undefined) continue
    const telling = told.get(storyId)
    candidates.push({
      storyId,
      articles: [first, ...rest],
      ...(telling === undefined ? {} : { told: telling }),
    })
  }
  return candidates.sort((a, b) => (a.storyId < b.storyId ? -1 : a.storyId > b.storyId ? 1 : 0))
}

function hasSomethingNew({ told, updatedAt }: CandidateArticle): boolean {
  return told === undefined || updatedAt > told.at
}
