/** What is held of a member, over all tables that name one. */
import type { StoryId } from '../article/article.ts'
import type { UserId } from '../digest/ledger.ts'
import { type Members, untoldLifeMs } from '../digest/member.ts'
import { scopeOf } from '../digest/place.ts'
import type { Database } from './database.ts'
import { draftLifeMs } from './guilds.ts'
import { forgetAdder, setUpBy } from './notices.ts'

export function createMembers(db: Database): Members {
  return {
    held: async (userId) => ({
      follows: await countOf(db, 'follow', userId),
      digests: await digestsOf(db, userId),
      drafts: await draftsOf(db, userId),
      untold: await countOf(db, 'untold_story', userId),
      setUp: await setUpBy(db, userId),
    }),

    forget: (userId) =>
      db.transaction().execute(async (trx) => {
        const follows = await trx.deleteFrom('follow').where('user_id', '=', userId).returning('id').execute()
        const digests = await trx
          .deleteFrom('subscription')
          .where('guild_id', '=', scopeOf(userId))
          .returning('id')
          .execute()
        const drafts = await trx.deleteFrom('draft').where('owner', '=', userId).returning('id').execute()
        const setUp = await setUpBy(trx, userId)
        await forgetAdder(trx, userId)
        return {
          follows: follows.length,
          digests: digests.length,
          drafts: drafts.length,
          untold: (await takeUntold(trx, userId)).length,
          setUp,
        }
      }),

    isUnreachable: async (userId) => {
      const row = await db
        .selectFrom('untold_story')
        .select('story_id')
        .where('user_id', '=', userId)
        .executeTakeFirst()
      return row !== undefined
    },

    takeUntold: (userId) => takeUntold(db, userId),

    dropOld: async (now) => {
      await db
        .deleteFrom('untold_story')
        .where('kept_at', '<', now - untoldLifeMs)
        .execute()
      await db
        .deleteFrom('draft')
        .where('changed_at', '<', now - draftLifeMs)
        .execute()
    },
  }
}

async function takeUntold(db: Database, userId: UserId): Promise<readonly StoryId[]> {
  const rows = await db
    .deleteFrom('untold_story')
    .where('user_id', '=', userId)
    .returning(['story_id', 'kept_at'])
    .execute()
  return rows.sort((a, b) => Number(b.kept_at) - Number(a.kept_at)).map((row) => row.story_id as StoryId)
}

async function countOf(db: Database, table: 'follow' | 'untold_story', userId: UserId): Promise<number> {
  const { count } = await db
    .selectFrom(table)
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function digestsOf(db: Database, userId: UserId): Promise<number> {
  const { count } = await db
    .selectFrom('subscription')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('guild_id', '=', scopeOf(userId))
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function draftsOf(db: Database, userId: UserId): Promise<number> {
  const { count } = await db
    .selectFrom('draft')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('owner', '=', userId)
    .executeTakeFirstOrThrow()
  return Number(count)
}
