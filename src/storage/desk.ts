/** The desk where editions are made: what may be carried next, its texts, and the freezing of what is carried. */
import { sql } from 'kysely'
import type { Article, ArticleId, Instant, SourceId, StoryId } from '../article/article.ts'
import type { DigestId } from '../digest/definition.ts'
import type { EditionDesk, NextEdition, SkippedSlot } from '../digest/desk.ts'
import type { EditionId } from '../digest/edition.ts'
import type { FilterableArticle } from '../digest/filter.ts'
import type { Passed } from '../digest/passed.ts'
import type { NewsText } from '../story/statements.ts'
import { storyOf } from '../story/story.ts'
import { findCandidates } from './candidates.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'
import { createMaking } from './making.ts'
import { articleColumns, articleOf, editionOf, newId, stringsOf } from './rows.ts'
import { summariesOf } from './summarising.ts'

/** Ids, or rows, in one statement. */
const mostAtOnce = 500

export function createEditionDesk(db: Database): EditionDesk {
  return {
    candidates: (digestId, previous, until) => findCandidates(db, digestId, previous, until),

    filterable: (ids) => inParts(ids, (part) => filterable(db, part)),

    features: async (ids) => {
      const rows = await inParts(ids, (part) =>
        db.selectFrom('article').select(['id', 'features']).where('id', 'in', part).execute(),
      )
      return new Map(rows.map((row) => [row.id as ArticleId, row.features]))
    },

    texts: (wanted) => inParts(wanted, (part) => textsAt(db, part)),

    stories: async (digestId, ids) => {
      const articles = await inParts(ids, (part) => articlesWithin(db, digestId, part))
      const byStory = Map.groupBy(articles, (article) => article.storyId)
      const summaries = await summariesOf(db, ids)
      return ids.flatMap((id) => storyOf(id, byStory.get(id) ?? [], summaries.get(id)) ?? [])
    },

    findNext: async (digestId, slot, previous) => {
      const row = await standing(db, digestId, slot, previous).executeTakeFirst()
      return row && editionOf(row)
    },

    freeze: (next) => db.transaction().execute((trx) => freeze(trx, next)),

    skip: (skipped) => db.transaction().execute((trx) => skip(trx, skipped)),

    ...createMaking(db),
  }
}

async function inParts<In, Out>(
  all: readonly In[],
  read: (part: readonly In[]) => Promise<readonly Out[]>,
): Promise<Out[]> {
  const found: Out[] = []
  for (let start = 0; start < all.length; start += mostAtOnce) {
    found.push(...(await read(all.slice(start, start + mostAtOnce))))
  }
  return found
}

async function filterable(
  db: Database,
  ids: readonly ArticleId[],
): Promise<readonly (FilterableArticle & { readonly id: ArticleId })[]> {
  const rows = await db
    .selectFrom('article')
    .select(['id', 'source_id', 'outlet', 'language', 'headline', 'standfirst', 'stems'])
    .where('id', 'in', ids)
    .execute()
  return rows.map((row) => ({
    id: row.id as ArticleId,
    sourceId: row.source_id as SourceId,
    outlet: row.outlet,
    language: row.language,
    headline: row.headline,
    ...(row.standfirst === null ? {} : { standfirst: row.standfirst }),
    stems: row.stems,
  }))
}

/** What an article said at an instant is its first revision that was replaced later, or else what it says now. */
async function textsAt(
  db: Database,
  wanted: readonly { readonly id: ArticleId; readonly at: Instant }[],
): Promise<readonly NewsText[]> {
  const ids = wanted.map(({ id }) => id)
  const rows = await db
    .selectFrom('article')
    .select(['id', 'headline', 'standfirst', 'body', 'language', 'published_at', 'seen_at', 'updated_at'])
    .where('id', 'in', ids)
    .execute()
  const revisions = await db
    .selectFrom('article_revision')
    .selectAll()
    .where('article_id', 'in', ids)
    .orderBy('replaced_at')
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const replacedOf = Map.groupBy(revisions, (each) => each.article_id)
  return wanted.flatMap(({ id, at }) => {
    const row = byId.get(id)
    if (row === undefined) return []
    const replaced = replacedOf.get(id)?.find((each) => each.replaced_at > at)
    const text = replaced ?? row
    const changedAt = replaced === undefined && row.updated_at > row.seen_at ? Number(row.updated_at) : 0
    const publishedAt = Math.min(Number(row.published_at ?? row.seen_at), Number(row.seen_at))
    return [
      {
        id,
        headline: text.headline,
        ...(text.standfirst === null ? {} : { standfirst: text.standfirst }),
        body: stringsOf(text.body),
        language: row.language,
        at: Math.max(publishedAt, changedAt),
      },
    ]
  })
}

/** The articles of these stories that came through a source of the digest, with what their first source allows to be shown. */
async function articlesWithin(
  db: Database,
  digestId: DigestId,
  ids: readonly StoryId[],
): Promise<readonly Article[]> {
  const rows = await db
    .selectFrom('article')
    .innerJoin('source', 'source.id', 'article.source_id')
    .select(articleColumns)
    .select('source.fulltext')
    .where('article.story_id', 'in', ids)
    .where('article.retired_at', 'is', null)
    .where((e) =>
      e.exists(
        e
          .selectFrom('article_source')
          .innerJoin('digest_source', 'digest_source.source_id', 'article_source.source_id')
          .select('article_source.source_id')
          .whereRef('article_source.article_id', '=', 'article.id')
          .where('digest_source.digest_id', '=', digestId),
      ),
    )
    .execute()
  return rows.map(articleOf)
}

function standing(db: Database, digestId: DigestId, slot: Instant, previous: EditionId | undefined) {
  return db
    .selectFrom('edition')
    .selectAll()
    .where('digest_id', '=', digestId)
    .where('slot', '=', slot)
    .where('previous_id', '=', previous ?? '')
}

async function freeze(
  trx: Database,
  { digestId, slot, previous, composedAt, content, seenFrom, passed }: NextEdition,
) {
  const before =
    previous &&
    (await trx.selectFrom('edition').select('number').where('id', '=', previous).executeTakeFirst())
  const id = newId<EditionId>()
  const inserted = await trx
    .insertInto('edition')
    .values({
      id,
      digest_id: digestId,
      slot,
      previous_id: previous ?? '',
      number: (before ? before.number : 0) + 1,
      composed_at: composedAt,
      content: JSON.stringify(content),
      seen_from: seenFrom,
    })
    .onConflict((c) => c.columns(['digest_id', 'slot', 'previous_id']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (inserted === undefined)
    return editionOf(await standing(trx, digestId, slot, previous).executeTakeFirstOrThrow())
  const carried = content.items.flatMap((item) => item.carries.map((articleId) => [articleId, item.storyId]))
  await sql`
    insert into edition_article (edition_id, article_id, story_id)
    select ${id}, c0, c1 from ${engineOf(trx).manyRows(carried, 2)} where true on conflict do nothing
  `.execute(trx)
  await sql`
    insert into edition_passed (edition_id, article_id, story_id, reason, detail)
    select ${id}, c0, c1, c2, c3 from ${engineOf(trx).manyRows(passed.map(passedRow), 4)}
  `.execute(trx)
  await forgetSkipped(trx, digestId, previous)
  return editionOf(inserted)
}

/** Each slot that passes takes the place of the one before it: all of its reasons are told anew. */
async function skip(trx: Database, { digestId, slot, previous, passed }: SkippedSlot): Promise<void> {
  await engineOf(trx).lock(trx, [`skipped ${digestId} ${previous ?? ''}`])
  await forgetSkipped(trx, digestId, previous)
  await sql`
    insert into skipped_passed (digest_id, previous_id, slot, article_id, reason, detail)
    select ${digestId}, ${previous ?? ''}, cast(${slot} as bigint), c0, c2, c3 from ${engineOf(trx).manyRows(passed.map(passedRow), 4)}
  `.execute(trx)
}

async function forgetSkipped(trx: Database, digestId: DigestId, previous: string | undefined): Promise<void> {
  await trx
    .deleteFrom('skipped_passed')
    .where('digest_id', '=', digestId)
    .where('previous_id', '=', previous ?? '')
    .execute()
}

function passedRow({ articleId, storyId, why: { reason, ...detail } }: Passed): readonly string[] {
  return [articleId, storyId, reason, JSON.stringify(detail)]
}
