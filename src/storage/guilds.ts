/** Servers: joining and leaving, settings, the digests they make, and what their owners have begun. */
import { z } from 'zod'
import { type Digest, type DigestDefinition, type DigestId, definitionSchema } from '../digest/definition.ts'
import {
  type Drafts,
  type GuildDigests,
  type GuildSettings,
  type Guilds,
  mostGuildDigests,
} from '../digest/guild.ts'
import type { GuildId, RoleId, UserId } from '../digest/ledger.ts'
import { sourcesOf } from '../digest/source-list.ts'
import { UserError } from '../errors.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'
import { forgetGuildNotices, noteAdder } from './notices.ts'
import { putDigest } from './put-digest.ts'
import { digestOf, digestsOf, newId } from './rows.ts'

const settingsSchema = z.object({
  language: z.string().exactOptional(),
  zone: z.string().exactOptional(),
  roleId: z
    .string()
    .transform((text) => text as RoleId)
    .exactOptional(),
})

export function createGuilds(db: Database): Guilds {
  const settingsOf = async (trx: Database, id: GuildId): Promise<GuildSettings> => {
    const row = await trx.selectFrom('guild').select('settings').where('id', '=', id).executeTakeFirst()
    return row === undefined ? {} : settingsSchema.parse(JSON.parse(row.settings))
  }
  const known = (trx: Database, id: GuildId, now: number) =>
    trx
      .insertInto('guild')
      .values({ id, joined_at: now, left_at: null, welcomed_at: null, settings: '{}' })
      .onConflict((c) => c.column('id').doNothing())
      .returning('id')
      .executeTakeFirst()
  return {
    joined: (id, now) =>
      db.transaction().execute(async (trx) => {
        if ((await known(trx, id, now)) !== undefined) return 'new'
        const back = await trx
          .updateTable('guild')
          .set({ left_at: null })
          .where('id', '=', id)
          .where('left_at', 'is not', null)
          .returning('id')
          .executeTakeFirst()
        return back === undefined ? 'known' : 'back'
      }),

    left: async (id, now) => {
      await db
        .updateTable('guild')
        .set({ left_at: now })
        .where('id', '=', id)
        .where('left_at', 'is', null)
        .execute()
    },

    present: async () => {
      const rows = await db.selectFrom('guild').select('id').where('left_at', 'is', null).execute()
      return rows.map(({ id }) => id as GuildId)
    },

    isToWelcome: async (id) => {
      const row = await db
        .selectFrom('guild')
        .select('id')
        .where('id', '=', id)
        .where('welcomed_at', 'is', null)
        .executeTakeFirst()
      return row !== undefined
    },

    welcomed: async (id, now) => {
      await db
        .updateTable('guild')
        .set({ welcomed_at: now })
        .where('id', '=', id)
        .where('welcomed_at', 'is', null)
        .execute()
    },

    settings: (id) => settingsOf(db, id),

    change: (id, change, now) =>
      db.transaction().execute(async (trx) => {
        await known(trx, id, now)
        await engineOf(trx).lock(trx, [`settings of ${id}`])
        const next = { ...(await settingsOf(trx, id)), ...change }
        const kept = Object.fromEntries(
          Object.entries(next).filter(([, value]) => value !== null && value !== undefined),
        )
        await trx
          .updateTable('guild')
          .set({ settings: JSON.stringify(kept) })
          .where('id', '=', id)
          .execute()
        return settingsSchema.parse(kept)
      }),

    forgetLeft: (before) =>
      db.transaction().execute(async (trx) => {
        const gone = await trx.selectFrom('guild').select('id').where('left_at', '<', before).execute()
        for (const { id } of gone) {
          await trx.deleteFrom('subscription').where('guild_id', '=', id).execute()
          // Its digests go, and with them what members have of them.
          const own = trx.selectFrom('digest').select('id').where('guild_id', '=', id)
          await trx.deleteFrom('subscription').where('digest_id', 'in', own).execute()
          await trx
            .updateTable('digest')
            .set({ withdrawn_at: before })
            .where('guild_id', '=', id)
            .where('withdrawn_at', 'is', null)
            .execute()
          await forgetGuildNotices(trx, id)
          await trx.deleteFrom('guild').where('id', '=', id).execute()
        }
        return gone.map(({ id }) => id as GuildId)
      }),
  }
}

export function createGuildDigests(db: Database): GuildDigests {
  const own = (trx: Database, guildId: GuildId) =>
    trx.selectFrom('digest').selectAll().where('guild_id', '=', guildId).where('withdrawn_at', 'is', null)
  const put = async (
    trx: Database,
    guildId: GuildId,
    digest: Digest,
    now: number,
    by: { readonly userId: UserId | undefined; readonly standing?: DigestDefinition },
  ): Promise<Digest> => {
    const sources = sourcesOf(digest.id, digest)
    await putDigest(trx, { digest, sources }, guildId, now)
    const { userId, standing } = by
    if (userId === undefined) return digest
    const before = new Set(standing === undefined ? [] : sourcesOf(digest.id, standing).map(({ id }) => id))
    const added = sources.map(({ id }) => id).filter((id) => !before.has(id))
    await noteAdder(trx, guildId, added, userId)
    return digest
  }
  return {
    list: async (guildId) => {
      const rows = await own(db, guildId).execute()
      return digestsOf(rows)
    },

    find: async (guildId, id) => {
      const row = await own(db, guildId).where('id', '=', id).executeTakeFirst()
      return row && digestOf(row)
    },

    add: (guildId, definition: DigestDefinition, now, userId) =>
      db.transaction().execute(async (trx) => {
        await engineOf(trx).lock(trx, [`digests of ${guildId}`])
        const count = (await own(trx, guildId).execute()).length
        if (count >= mostGuildDigests) {
          throw new UserError(
            'too-many-digests',
            `A server may make ${mostGuildDigests} digests. Remove one first.`,
            { most: mostGuildDigests },
          )
        }
        return put(trx, guildId, { id: newId<DigestId>(), ...definition }, now, { userId })
      }),

    replace: (guildId, id, definition, now, userId) =>
      db.transaction().execute(async (trx) => {
        await engineOf(trx).lock(trx, [`digests of ${guildId}`])
        const row = await own(trx, guildId).where('id', '=', id).executeTakeFirst()
        if (row === undefined) return undefined
        const standing = digestOf(row)
        const by = { userId, ...(standing === undefined ? {} : { standing }) }
        return put(trx, guildId, { id, ...definition }, now, by)
      }),

    change: (guildId, id, change, now, userId) =>
      db.transaction().execute(async (trx) => {
        await engineOf(trx).lock(trx, [`digests of ${guildId}`])
        const row = await own(trx, guildId).where('id', '=', id).executeTakeFirst()
        const digest = row && digestOf(row)
        if (digest === undefined) return undefined
        const { id: _, ...standing } = digest
        const definition = change(standing)
        return definition === undefined
          ? { id, ...standing }
          : put(trx, guildId, { id, ...definitionSchema.parse(definition) }, now, { userId, standing })
      }),

    withdraw: (guildId, id, now) =>
      db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable('digest')
          .set({ withdrawn_at: now })
          .where('guild_id', '=', guildId)
          .where('id', '=', id)
          .where('withdrawn_at', 'is', null)
          .returning('id')
          .executeTakeFirst()
        if (row === undefined) return false
        await trx
          .deleteFrom('subscription')
          .where('guild_id', '=', guildId)
          .where('digest_id', '=', id)
          .execute()
        return true
      }),
  }
}

/** What was begun and not gone on with is forgotten. */
export const draftLifeMs = 24 * 60 * 60 * 1000

export function createDrafts(db: Database): Drafts {
  return {
    put: async (id, owner, content, now) => {
      await db
        .deleteFrom('draft')
        .where('changed_at', '<', now - draftLifeMs)
        .execute()
      const row = { owner, content: JSON.stringify(content), changed_at: now }
      await db
        .insertInto('draft')
        .values({ id, ...row })
        .onConflict((c) => c.column('id').doUpdateSet(row).where('draft.owner', '=', owner))
        .execute()
    },
    find: async (id, owner, now) => {
      const row = await db
        .selectFrom('draft')
        .select('content')
        .where('id', '=', id)
        .where('owner', '=', owner)
        .where('changed_at', '>=', now - draftLifeMs)
        .executeTakeFirst()
      return row === undefined ? undefined : JSON.parse(row.content)
    },
    drop: async (id) => {
      await db.deleteFrom('draft').where('id', '=', id).execute()
    },
  }
}
