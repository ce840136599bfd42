/** Articles in stories: what waits to be placed, where everything belongs, and where the articles of a lost story went. */
import { setImmediate as afterInput } from 'node:timers/promises'
import { sql } from 'kysely'
import type { ArticleId, Instant, StoryId } from '../article/article.ts'
import type { PlacedFeatures, Placing, StoryAssignment, StoryRedirect } from '../digest/placing.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'
import type { AssertKept } from './roles.ts'

const pageSize = 100
/** Ids in one statement. */
const mostIds = 500
const statementsAtOnce = 20
/** Whoever changes many stories has this lock: two that did so in different orders would wait for each other. */
export const storyLock = ['stories']

export function createPlacing(db: Database, assertKept?: AssertKept): Placing {
  return {
    unplaced: async (limit) => {
      const rows = await db
        .selectFrom('article')
        .select(['id', 'story_id', 'copy_of', 'seen_at', 'features', 'content_hash'])
        // A literal, so that the index of unplaced articles serves.
        .where(sql<boolean>`is_placed = 0`)
        .where('retired_at', 'is', null)
        .orderBy('seen_at')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        articleId: row.id as ArticleId,
        features: row.features,
        seenAt: Number(row.seen_at),
        contentHash: row.content_hash,
        ...(row.story_id === null ? {} : { storyId: row.story_id as StoryId }),
        ...(row.copy_of === null ? {} : { copyOf: row.copy_of as ArticleId }),
      }))
    },

    assignStories: (assignments, gone, now = 0) =>
      db.transaction().execute(async (trx) => {
        await engineOf(trx).lock(trx, storyLock)
        await assertKept?.(trx, 'editorial')
        await touchStoriesOf(
          trx,
          assignments.map(({ articleId }) => articleId),
          now,
        )
        await foundStories(trx, new Set(assignments.map(({ storyId }) => storyId)), now)
        for await (const assignment of withPauses(assignments)) await assign(trx, assignment)
        for (const redirect of gone) await redirectStory(trx, redirect, now)
      }),

    windowStart: async (since, most) => {
      const row = await db
        .selectFrom('article')
        .select('seen_at')
        .orderBy('seen_at', 'desc')
        .offset(most)
        .limit(1)
        .executeTakeFirst()
      return Math.max(since, row === undefined ? since : Number(row.seen_at) + 1)
    },

    placedSince: async function* (since) {
      yield (await originalsBefore(db, since)).map(placedOf)
      let after = { seenAt: since, id: '' }
      for (;;) {
        const rows = await placedAfter(db, after)
        yield rows.map(placedOf)
        const last = rows.at(-1)
        if (last === undefined || rows.length < pageSize) return
        after = { seenAt: Number(last.seen_at), id: last.id }
      }
    },

    storiesGoneSince: async (since) => {
      const rows = await db
        .selectFrom('story')
        .select('id')
        .where('merged_into', 'is not', null)
        // Stories of older versions have no time; they may be needed.
        .where((e) => e.or([e('changed_at', '>=', since), e('changed_at', '=', 0)]))
        .execute()
      return rows.map(({ id }) => id as StoryId)
    },
  }
}

interface PlacedRow {
  readonly id: string
  readonly story_id: string | null
  readonly copy_of: string | null
  readonly seen_at: number
  readonly features: string
}

function placedOf(row: PlacedRow): PlacedFeatures {
  return {
    articleId: row.id as ArticleId,
    storyId: (row.story_id ?? row.id) as StoryId,
    seenAt: Number(row.seen_at),
    features: row.features,
    ...(row.copy_of === null ? {} : { copyOf: row.copy_of as ArticleId }),
  }
}

function placed(db: Database) {
  return (
    db
      .selectFrom('article')
      .select(['id', 'story_id', 'copy_of', 'seen_at', 'features'])
      .where('retired_at', 'is', null)
      .where('story_id', 'is not', null)
      .where('is_placed', '=', 1)
      // What members asked for by its address is nobody's news: it stands alone and draws nothing to it.
      .where('source_id', 'not in', (e) => e.selectFrom('source').select('id').where('kind', '=', 'link'))
      .orderBy('seen_at')
      .orderBy('id')
  )
}

/** Articles seen after another, or with it and of a later id; a page of them. */
function placedAfter(db: Database, { seenAt, id }: { readonly seenAt: Instant; readonly id: string }) {
  return placed(db).where(sql<boolean>`(seen_at, id) > (${seenAt}, ${id})`).limit(pageSize).execute()
}

/** Articles seen before an instant that articles seen since copy. */
function originalsBefore(db: Database, since: Instant) {
  return placed(db)
    .where('seen_at', '<', since)
    .where('id', 'in', (e) =>
      e
        .selectFrom('article as copy')
        .select('copy.copy_of')
        .where('copy.copy_of', 'is not', null)
        .where('copy.retired_at', 'is', null)
        .where('copy.seen_at', '>=', since),
    )
    .execute()
}

/** Lets answers through between writes: a statement of an embedded database holds up everything while it runs. */
async function* withPauses<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  let count = 0
  for (const item of items) {
    if (count++ % statementsAtOnce === 0) await afterInput()
    yield item
  }
}

/** Makes sure that stories exist, stand, and count as changed. */
async function foundStories(db: Database, ids: ReadonlySet<StoryId>, now: Instant): Promise<void> {
  for await (const id of withPauses(ids)) {
    await db
      .insertInto('story')
      .values({ id, merged_into: null, changed_at: now, revision: 1, summarised_revision: 0 })
      .onConflict((c) =>
        c.column('id').doUpdateSet({ merged_into: null, changed_at: now, revision: sql`story.revision + 1` }),
      )
      .execute()
  }
}

/** Counts a change of the stories that these articles are in. */
export async function touchStoriesOf(
  db: Database,
  articleIds: readonly ArticleId[],
  now: Instant,
): Promise<void> {
  for (let start = 0; start < articleIds.length; start += mostIds) {
    const ids = articleIds.slice(start, start + mostIds)
    await db
      .updateTable('story')
      .set({ changed_at: now, revision: sql`revision + 1` })
      .where('id', 'in', (e) => e.selectFrom('article').select('story_id').where('id', 'in', ids))
      .execute()
  }
}

async function assign(
  db: Database,
  { articleId, storyId, copyOf, contentHash }: StoryAssignment,
): Promise<void> {
  await db
    .updateTable('article')
    .set({
      story_id: storyId,
      copy_of: copyOf ?? null,
      is_placed: sql`case when content_hash = ${contentHash ?? ''} then 1 else is_placed end`,
    })
    .where('id', '=', articleId)
    .execute()
}

async function redirectStory(
  db: Database,
  { from, into, isMerged = true }: StoryRedirect,
  now: Instant,
): Promise<void> {
  if (from === into) return
  const left = await db
    .selectFrom('article')
    .select('id')
    .where('story_id', '=', from)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  if (left !== undefined && !isMerged) return
  await db.updateTable('article').set({ story_id: into }).where('story_id', '=', from).execute()
  await db
    .updateTable('story')
    .set({ merged_into: into, changed_at: now, summarised_revision: sql`revision` })
    .where('id', '=', from)
    .execute()
  await db.deleteFrom('story_summary').where('story_id', '=', from).execute()
}

/** The copies of an article that is retired get the longest of them as their original, until they are placed anew. */
export async function bequeathCopies(db: Database, original: ArticleId): Promise<void> {
  const copies = await db
    .selectFrom('article')
    .select('id')
    .where('copy_of', '=', original)
    .where('retired_at', 'is', null)
    .orderBy((e) => e.fn('length', ['body']), 'desc')
    .orderBy('id')
    .execute()
  const heir = copies[0]?.id ?? null
  await db.updateTable('article').set({ copy_of: heir }).where('copy_of', '=', original).execute()
  if (heir !== null) await db.updateTable('article').set({ copy_of: null }).where('id', '=', heir).execute()
}
