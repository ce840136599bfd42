/**
 * Removing what is old, a few rows at a time. Each verb is one transaction: killed at any instant, what was removed is removed with
 * everything that hangs on it, and the rest is whole.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Instant } from '../article/article.ts'
import type { Place, Retention, RetentionInstants, Step } from '../digest/retention.ts'
import { type Database, giveBackPages } from './database.ts'
import { parseContent } from './edition-content.ts'
import { engineOf } from './engine.ts'
import { fullTextOf } from './full-text.ts'
import { headlineKey, headlineWords } from './headline-key.ts'
import { storyLock } from './placing.ts'

export function createRetention(db: Database): Retention {
  /** Of headlines that went; those that stay in others are told from them by `dropWords`. */
  const words = new Set<string>()
  const note = (rows: readonly { readonly headline: string }[]): void => {
    for (const { headline } of rows) for (const word of headlineWords(headlineKey(headline))) words.add(word)
  }
  return {
    dropBodies: (when, after, limit) =>
      step(db, oldBodies(when, after, limit), limit, async (trx, ids) => {
        note(await formerHeadlines(trx, ids))
        await dropBodies(trx, ids, when)
      }),
    dropArticles: (when, after, limit) =>
      step(db, oldArticles(when, after, limit), limit, async (trx, ids) => {
        note(await trx.selectFrom('article').select('headline').where('id', 'in', ids).execute())
        note(await formerHeadlines(trx, ids))
        await dropArticles(trx, ids)
      }),
    thinEditions: (when, after, limit) =>
      step(db, oldEditions(when, after, limit), limit, (trx, ids) => thinEditions(trx, ids, when)),
    dropEmptyStories: async (when, limit) => {
      const { rows } = await sql`
        delete from story where id in (
          select id from story as old where changed_at < ${when.articlesBefore}
            and not exists (select 1 from article where article.story_id = old.id)
            and not exists (select 1 from follow where follow.story_id = old.id)
            and not exists (select 1 from untold_story where untold_story.story_id = old.id)
          limit ${limit}
        ) returning id`.execute(db)
      return rows.length
    },
    dropEntries: async (when, limit) => {
      const { rows } = await sql`
        delete from passed_entry where (source_id, key) in (
          select source_id, key from passed_entry where missing_since < ${when.missingBefore} limit ${limit}
        ) returning key`.execute(db)
      return rows.length
    },
    dropSkipped: async ({ rememberedSince }, limit) => {
      const old = await dropSkipped(db, sql`slot < ${rememberedSince}`, limit)
      if (old === limit) return old
      const isWithdrawn = sql`digest_id in (select id from digest where withdrawn_at is not null)`
      return old + (await dropSkipped(db, isWithdrawn, limit - old))
    },
    dropWords: async (limit) => {
      const some = [...words].slice(0, limit)
      await db.transaction().execute((trx) => dropWords(trx, some))
      for (const word of some) words.delete(word)
      return words.size > 0
    },
    tidySearch: (pages) => db.transaction().execute((trx) => fullTextOf(trx).tidy(trx, pages)),
    shrink: (pages) => giveBackPages(db, pages),
  }
}

async function dropSkipped(db: Database, which: RawBuilder<unknown>, limit: number): Promise<number> {
  const { rows } = await sql`
    delete from skipped_passed where (digest_id, previous_id, article_id) in (
      select digest_id, previous_id, article_id from skipped_passed where ${which} limit ${limit}
    ) returning article_id`.execute(db)
  return rows.length
}

interface OldRow {
  id: string
  at: number
  is_needed: number | boolean
}

/** Walks on: looks at the rows of the query, removes those that nobody needs. */
function step(
  db: Database,
  query: RawBuilder<OldRow>,
  limit: number,
  remove: (trx: Database, ids: readonly string[]) => Promise<void>,
): Promise<Step> {
  return db.transaction().execute(async (trx) => {
    await engineOf(trx).lock(trx, storyLock)
    const { rows } = await query.execute(trx)
    const ids = rows.flatMap((row) => (Number(row.is_needed) === 1 ? [] : [row.id]))
    if (ids.length > 0) await remove(trx, ids)
    const last = rows.at(-1)
    if (last === undefined || rows.length < limit) return { removed: ids.length }
    return { removed: ids.length, next: { at: Number(last.at), id: last.id } }
  })
}

function behind(after: Place | undefined, at: string): RawBuilder<unknown> {
  return after === undefined ? sql`` : sql`and (${sql.ref(at)}, id) > (${after.at}, ${after.id})`
}

/**
 * About a row of `article`: an edition needs it, or a member who follows its story, or the folder in which its file lies; or it came
 * through another source since an instant.
 */
function isInUse({ rememberedSince }: RetentionInstants, comingSince: Instant): RawBuilder<boolean> {
  return sql<boolean>`(
    article.is_placed = 0
    or exists (
      select 1 from article_source
      where article_source.article_id = article.id and article_source.seen_at >= ${comingSince}
    )
    or exists (select 1 from follow where follow.story_id = article.story_id)
    or exists (select 1 from untold_story where untold_story.story_id = article.story_id)
    or exists (
      select 1 from edition_article join edition on edition.id = edition_article.edition_id
      where edition_article.article_id = article.id and (
        edition.composed_at >= ${rememberedSince}
        or exists (select 1 from delivery where delivery.edition_id = edition.id and delivery.settled_at is null)
      )
    )
    or (article.retired_at is null and exists (
      select 1 from article_source join source on source.id = article_source.source_id
      where article_source.article_id = article.id and source.kind = 'folder'
    ))
  )`
}

/** A query of its own, so that the closer look is planned for so many and not for all. */
function oldest(which: RawBuilder<unknown>, after: Place | undefined, limit: number): RawBuilder<unknown> {
  return sql`
    select id, story_id, seen_at, updated_at, retired_at, is_placed
    from article where ${which} ${behind(after, 'seen_at')} order by seen_at, id limit ${limit}`
}

function oldBodies(when: RetentionInstants, after: Place | undefined, limit: number): RawBuilder<OldRow> {
  return sql<OldRow>`
    select id, seen_at as at, (article.updated_at >= ${when.bodiesBefore} or ${isInUse(when, when.bodiesBefore)}) as is_needed
    from (${oldest(sql`body_dropped_at is null and seen_at < ${when.bodiesBefore}`, after, limit)}) as article
    order by seen_at, id`
}

async function dropBodies(trx: Database, ids: readonly string[], { now }: RetentionInstants): Promise<void> {
  await trx.updateTable('article').set({ body: '[]', body_dropped_at: now }).where('id', 'in', ids).execute()
  await trx.deleteFrom('article_revision').where('article_id', 'in', ids).execute()
}

const formerHeadlines = (trx: Database, ids: readonly string[]) =>
  trx.selectFrom('article_revision').select('headline').where('article_id', 'in', ids).execute()

/** Lists and search offer no word that leads nowhere. */
async function dropWords(trx: Database, words: readonly string[]): Promise<void> {
  const unused: string[] = []
  for (const word of words) if (!(await fullTextOf(trx).isInHeadline(trx, word))) unused.push(word)
  if (unused.length > 0) await trx.deleteFrom('headline_word').where('word', 'in', unused).execute()
}

function oldArticles(when: RetentionInstants, after: Place | undefined, limit: number): RawBuilder<OldRow> {
  const before = when.articlesBefore
  return sql<OldRow>`
    select id, seen_at as at, (
      article.updated_at >= ${before} or coalesce(article.retired_at, 0) >= ${before} or ${isInUse(when, when.rememberedSince)}
      or exists (select 1 from article as copy where copy.copy_of = article.id and copy.seen_at >= ${before})
    ) as is_needed
    from (${oldest(sql`seen_at < ${before}`, after, limit)}) as article
    order by seen_at, id`
}

/** Their keys, revisions and places in search go with them by themselves. */
async function dropArticles(trx: Database, ids: readonly string[]): Promise<void> {
  const stories = await trx.selectFrom('article').select('story_id').where('id', 'in', ids).execute()
  const storyIds = [...new Set(stories.flatMap((row) => row.story_id ?? []))]
  await rememberListed(trx, ids)
  await trx.updateTable('article').set({ copy_of: null }).where('copy_of', 'in', ids).execute()
  await trx.deleteFrom('edition_passed').where('article_id', 'in', ids).execute()
  await trx.deleteFrom('skipped_passed').where('article_id', 'in', ids).execute()
  await trx.deleteFrom('article').where('id', 'in', ids).execute()
  if (storyIds.length === 0) return
  await trx
    .deleteFrom('story')
    .where('id', 'in', storyIds)
    .where('merged_into', 'is', null)
    .where((e) =>
      e.not(
        e.exists(e.selectFrom('article').select('article.id').whereRef('article.story_id', '=', 'story.id')),
      ),
    )
    .execute()
}

/** A feed may list an entry for years: until it does not, the entry is known. */
async function rememberListed(trx: Database, ids: readonly string[]): Promise<void> {
  await sql`
    insert into passed_entry (source_id, key)
    select distinct article_source.source_id, article_key.key
    from article_source
      join source on source.id = article_source.source_id
      join article_key on article_key.article_id = article_source.article_id
    where article_source.article_id in (${sql.join(ids)}) and source.kind in ('feed', 'page')
    on conflict (source_id, key) do update set missing_since = null`.execute(trx)
}

function oldEditions(when: RetentionInstants, after: Place | undefined, limit: number): RawBuilder<OldRow> {
  return sql<OldRow>`
    select id, composed_at as at, (
      exists (select 1 from subscription where subscription.last_edition_id = edition.id)
      or exists (select 1 from delivery where delivery.edition_id = edition.id and delivery.settled_at is null)
    ) as is_needed
    from (
      select id, composed_at from edition
      where thinned_at is null and composed_at < ${when.editionsBefore} ${behind(after, 'composed_at')}
      order by composed_at, id limit ${limit}
    ) as edition order by composed_at, id`
}

/** What was carried stays on record as long as the article is held. */
async function thinEditions(
  trx: Database,
  ids: readonly string[],
  { now }: RetentionInstants,
): Promise<void> {
  const rows = await trx.selectFrom('edition').select(['id', 'content']).where('id', 'in', ids).execute()
  for (const { id, content } of rows) {
    const thin = thinned(content)
    await trx.updateTable('edition').set({ content: thin, thinned_at: now }).where('id', '=', id).execute()
  }
  await trx.deleteFrom('edition_passed').where('edition_id', 'in', ids).execute()
  await trx.deleteFrom('edition_correction').where('edition_id', 'in', ids).execute()
  await trx
    .deleteFrom('edition_article')
    .where('edition_id', 'in', ids)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('article')
            .select('article.id')
            .whereRef('article.id', '=', 'edition_article.article_id'),
        ),
      ),
    )
    .execute()
}

/** Its title and language. */
function thinned(content: string): string {
  const { title, language } = parseContent(content)
  return JSON.stringify({ title, language, items: [] })
}
