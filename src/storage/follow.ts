/**
 * Followed stories. What a member knows is a set of articles (`follow_told`), begun with what the story held when they
 * began to follow: an article that is put into the story late, or after another, is still news to them once.
 */
import { sql } from 'kysely'
import type { ArticleId, Instant, StoryId } from '../article/article.ts'
import {
  type Follow,
  type FollowId,
  type Follows,
  type MovedFollow,
  mostFollows,
  silentMs,
  type TellPlace,
} from '../digest/follow.ts'
import type { ChannelId, GuildId, UserId, WorkerId } from '../digest/ledger.ts'
import type { Reader } from '../digest/library.ts'
import { UserError } from '../errors.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'
import { isArticleFor, isArticleForFollow } from './readers.ts'
import { newId } from './rows.ts'
import type { FollowRow } from './schema.ts'

/** An article may be put into its story so long after it was seen. What is older came with another story, and is no news. */
const slackMs = 60 * 60 * 1000
/** In one round; after an upgrade all are looked at once. */
const mostLooked = 2000

export function createFollows(db: Database): Follows {
  return {
    add: (follow, now) => db.transaction().execute((trx) => add(trx, follow, now)),

    remove: (userId, storyId) =>
      db.transaction().execute(async (trx) => {
        await joinMergedStories(trx, userId)
        const row = await trx
          .deleteFrom('follow')
          .where('user_id', '=', userId)
          .where('story_id', '=', await currentStory(trx, storyId))
          .returning('id')
          .executeTakeFirst()
        return row !== undefined
      }),

    ofMember: (userId) =>
      db.transaction().execute(async (trx) => {
        await joinMergedStories(trx, userId)
        const rows = await trx
          .selectFrom('follow')
          .selectAll()
          .where('user_id', '=', userId)
          .orderBy('since', 'desc')
          .orderBy('id')
          .execute()
        return rows.map(followOf)
      }),

    moved: ({ owner, now, leaseMs, limit }) =>
      db.transaction().execute(async (trx) => {
        await joinMergedStories(trx)
        await endSilent(trx, now)
        const rows = await claim(trx, { owner, now, leaseUntil: now + leaseMs, limit })
        if (rows.length < limit) await markLooked(trx, now)
        const moved = await Promise.all(rows.map((row) => movedOf(trx, row, owner)))
        return moved.filter((each) => each !== undefined).sort((a, b) => (a.id < b.id ? -1 : 1))
      }),

    told: (follow, articleIds, now) =>
      db.transaction().execute(async (trx) => {
        await settle(trx, follow, articleIds, now)
      }),

    keptUntold: (follow, articleIds, now) =>
      db.transaction().execute(async (trx) => {
        const row = await settle(trx, follow, articleIds, now)
        if (row === undefined) return
        await trx
          .insertInto('untold_story')
          .values({ user_id: row.user_id, story_id: row.story_id, kept_at: now })
          .onConflict((c) => c.columns(['user_id', 'story_id']).doUpdateSet({ kept_at: now }))
          .execute()
      }),

    postpone: (follow, at) => giveBack(db, follow, { lease_until: at }),

    wait: (follow, at) => giveBack(db, follow, { lease_until: at, attempt: 0 }),

    forgetMember: async (userId) => {
      const rows = await db.deleteFrom('follow').where('user_id', '=', userId).returning('id').execute()
      return rows.length
    },
  }
}

async function giveBack(
  db: Database,
  { id, owner }: Pick<MovedFollow, 'id' | 'owner'>,
  change: { readonly lease_until: Instant; readonly attempt?: number },
): Promise<boolean> {
  const row = await db
    .updateTable('follow')
    .set({ owner: null, ...change })
    .where('id', '=', id)
    .where('owner', '=', owner)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The member knows these articles from now on, and the lease ends. Undefined where they have stopped following in the meantime. */
async function settle(
  trx: Database,
  { id, owner }: Pick<MovedFollow, 'id' | 'owner'>,
  articleIds: readonly ArticleId[],
  now: Instant,
): Promise<Pick<FollowRow, 'user_id' | 'story_id'> | undefined> {
  const row = await trx
    .updateTable('follow')
    .set({ told_at: now })
    .where('id', '=', id)
    .returning(['user_id', 'story_id'])
    .executeTakeFirst()
  if (row === undefined) return undefined
  await know(trx, id, articleIds)
  await trx
    .updateTable('follow')
    .set({ owner: null, lease_until: now, attempt: 0 })
    .where('id', '=', id)
    .where('owner', '=', owner)
    .execute()
  return row
}

async function add(
  trx: Database,
  { userId, storyId, guildId, place, locale }: Omit<Follow, 'id' | 'since' | 'toldAt'>,
  now: Instant,
): Promise<'added' | 'exists' | 'gone'> {
  await engineOf(trx).lock(trx, [`follows of ${userId}`])
  await joinMergedStories(trx, userId)
  const story = await currentStory(trx, storyId)
  const followed = await trx.selectFrom('follow').select('story_id').where('user_id', '=', userId).execute()
  if (followed.some((row) => row.story_id === story)) return 'exists'
  if (followed.length >= mostFollows) {
    throw new UserError(
      'too-many-follows',
      `You follow ${mostFollows} stories already. Stop following one, then follow this one.`,
      { most: mostFollows },
    )
  }
  const known = await articlesIn(trx, story, { userId, ...(guildId === undefined ? {} : { guildId }) })
  if (known.length === 0) return 'gone'
  const id = newId<FollowId>()
  await trx
    .insertInto('follow')
    .values({
      id,
      user_id: userId,
      story_id: story,
      guild_id: guildId ?? null,
      channel_id: place.kind === 'thread' ? place.channelId : null,
      locale: locale ?? null,
      since: now,
      told_at: null,
      owner: null,
      lease_until: now,
      attempt: 0,
    })
    .execute()
  await know(trx, id, known)
  return 'added'
}

async function articlesIn(trx: Database, story: StoryId, reader: Reader): Promise<readonly ArticleId[]> {
  const rows = await trx
    .selectFrom('article')
    .select('id')
    .where('story_id', '=', story)
    .where('retired_at', 'is', null)
    .where(isArticleFor(reader))
    .execute()
  return rows.map((row) => row.id as ArticleId)
}

async function know(trx: Database, id: FollowId, articleIds: readonly ArticleId[]): Promise<void> {
  for (const articleId of articleIds) {
    await trx
      .insertInto('follow_told')
      .values({ follow_id: id, article_id: articleId })
      .onConflict((c) => c.doNothing())
      .execute()
  }
}

/** The story that stands today in the place of one that went into others. */
async function currentStory(trx: Database, id: StoryId): Promise<StoryId> {
  const { rows } = await sql<{ id: string }>`
    with recursive way(id, merged_into, step) as (
      select id, merged_into, 0 from story where id = ${id}
      union all
      select story.id, story.merged_into, step + 1 from way join story on story.id = way.merged_into where step < 50
    )
    select id from way order by step desc limit 1`.execute(trx)
  return (rows[0]?.id ?? id) as StoryId
}

/**
 * Brings follows to the stories that stand today: those of a member, or all. Begins with a write, so that what is read after it is not
 * changed by another process. A member who followed both stories keeps one follow, which knows what either was told.
 */
async function joinMergedStories(trx: Database, userId?: UserId): Promise<void> {
  await trx.updateTable('follow').set({ attempt: 0 }).where('id', '=', '').execute()
  const stale = await trx
    .selectFrom('follow')
    .select(['id', 'user_id', 'story_id', 'since'])
    // Not a join: PostgreSQL would begin with the stories, of which there are many more.
    .where(sql<boolean>`(select merged_into from story where story.id = follow.story_id) is not null`)
    .where(userId === undefined ? isStirred : sql<boolean>`follow.user_id = ${userId}`)
    .modifyEnd(engineOf(trx).unclaimed('follow'))
    .execute()
  for (const { id, user_id, story_id } of stale.sort((a, b) => a.since - b.since)) {
    const story = await currentStory(trx, story_id as StoryId)
    const other = await trx
      .selectFrom('follow')
      .select('id')
      .where('user_id', '=', user_id)
      .where('story_id', '=', story)
      .where('id', '!=', id)
      .executeTakeFirst()
    if (other === undefined)
      await trx.updateTable('follow').set({ story_id: story }).where('id', '=', id).execute()
    else await fold(trx, id, other.id)
  }
}

async function fold(trx: Database, from: string, into: string): Promise<void> {
  await sql`
    insert into follow_told (follow_id, article_id)
    select ${into}, article_id from follow_told where follow_id = ${from} on conflict do nothing`.execute(trx)
  await trx.deleteFrom('follow').where('id', '=', from).execute()
}

async function endSilent(trx: Database, now: Instant): Promise<void> {
  await trx
    .deleteFrom('follow')
    .where('since', '<=', now - silentMs)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('article')
            .select('article.id')
            .whereRef('article.story_id', '=', 'follow.story_id')
            .where('article.retired_at', 'is', null)
            .where('article.seen_at', '>', now - silentMs),
        ),
      ),
    )
    .execute()
}

/** A row of `follow` of which nobody knows that nothing is news. */
const isStirred = sql<boolean>`follow.stirred is not null`

/**
 * What is not leased and has no news is not looked at again until something stirs. The count is the one that was seen together with the
 * articles: where something came since, it is another one.
 */
async function markLooked(trx: Database, now: Instant): Promise<void> {
  await trx
    .with(
      (name) => name('quiet').materialized(),
      (e) =>
        e
          .selectFrom('follow')
          .select(['follow.id', 'follow.stirred'])
          .where('follow.lease_until', '<=', now)
          .where(isStirred)
          .where((each) => each.not(each.exists(newsOf)))
          .orderBy('follow.lease_until')
          .limit(mostLooked),
    )
    .updateTable('follow')
    .from('quiet')
    .set({ stirred: null })
    .whereRef('follow.id', '=', 'quiet.id')
    .whereRef('follow.stirred', '=', 'quiet.stirred')
    .execute()
}

/** Leases the follows with news that have waited longest. A server that the bot has left is told nothing. */
async function claim(
  trx: Database,
  lease: {
    readonly owner: WorkerId
    readonly now: Instant
    readonly leaseUntil: Instant
    readonly limit: number
  },
): Promise<readonly FollowRow[]> {
  return trx
    .with(
      (name) => name('picked').materialized(),
      (e) =>
        e
          .selectFrom('follow')
          .leftJoin('guild', 'guild.id', 'follow.guild_id')
          .select('follow.id')
          .where('guild.left_at', 'is', null)
          .where('follow.lease_until', '<=', lease.now)
          .where(isStirred)
          .where((each) => each.exists(newsOf))
          .orderBy('follow.lease_until')
          .orderBy('follow.id')
          .limit(lease.limit)
          .modifyEnd(engineOf(trx).unclaimed('follow')),
    )
    .updateTable('follow')
    .from('picked')
    .set({ owner: lease.owner, lease_until: lease.leaseUntil, attempt: sql`attempt + 1` })
    .whereRef('follow.id', '=', 'picked.id')
    .returningAll()
    .execute()
}

/** About rows of `article` and `follow`: of its story and for its server, not known to its member, and no copy, which says nothing new. */
const isNews = sql<boolean>`(
  article.story_id = follow.story_id and article.retired_at is null and article.copy_of is null
    and article.seen_at > follow.since - ${sql.lit(slackMs)}
    and ${isArticleForFollow}
    and not exists (
      select 1 from follow_told where follow_told.follow_id = follow.id and follow_told.article_id = article.id
    )
)`

/** A subquery about a row of `follow`. */
const newsOf = sql<string>`(select article.id from article where ${isNews})`

async function movedOf(trx: Database, row: FollowRow, owner: WorkerId): Promise<MovedFollow | undefined> {
  const rows = await trx
    .selectFrom('follow')
    .innerJoin('article', (join) => join.on(isNews))
    .select('article.id')
    .where('follow.id', '=', row.id)
    .orderBy('article.seen_at')
    .orderBy('article.id')
    .execute()
  const [first, ...rest] = rows.map((each) => each.id as ArticleId)
  return first === undefined
    ? undefined
    : { ...followOf(row), news: [first, ...rest], owner, attempt: row.attempt }
}

function followOf(row: FollowRow): Follow {
  const place: TellPlace =
    row.channel_id === null ? { kind: 'dm' } : { kind: 'thread', channelId: row.channel_id as ChannelId }
  return {
    id: row.id as FollowId,
    userId: row.user_id as UserId,
    storyId: row.story_id as StoryId,
    ...(row.guild_id === null ? {} : { guildId: row.guild_id as GuildId }),
    place,
    ...(row.locale === null ? {} : { locale: row.locale }),
    since: Number(row.since),
    ...(row.told_at === null ? {} : { toldAt: Number(row.told_at) }),
  }
}
