/** Editions under way, one row each: whoever writes it makes the edition. A process that is alone needs none. */
import { sql } from 'kysely'
import type { EditionDesk, EditionToMake } from '../digest/desk.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'

export function createMaking(db: Database): Pick<EditionDesk, 'beginMaking' | 'endMaking' | 'dropMaking'> {
  const { isAlone } = engineOf(db)
  return {
    beginMaking: async (edition, { owner, now, leaseMs }) => {
      if (isAlone) return 'ours'
      const { digestId, slot, previous } = edition
      const { rows } = await sql`
        insert into edition_making (digest_id, slot, previous_id, owner, lease_until, said_nothing)
        values (${digestId}, ${slot}, ${previous ?? ''}, ${owner}, ${now + leaseMs}, 0)
        on conflict (digest_id, slot, previous_id)
          do update set owner = excluded.owner, lease_until = excluded.lease_until, said_nothing = 0
          where edition_making.lease_until <= ${now}
            or (edition_making.owner = excluded.owner and edition_making.said_nothing = 0)
        returning owner`.execute(db)
      if (rows.length > 0) return 'ours'
      const row = await rowOf(db, edition).executeTakeFirst()
      return row?.said_nothing === 1 ? 'nothing' : 'others'
    },

    endMaking: async ({ digestId, slot, previous }, owner, outcome) => {
      if (isAlone) return
      const key = { digest_id: digestId, slot, previous_id: previous ?? '', owner }
      if (outcome === 'made') {
        await db
          .deleteFrom('edition_making')
          .where((e) => e.and(key))
          .execute()
      } else {
        await db
          .updateTable('edition_making')
          .set({ said_nothing: 1 })
          .where((e) => e.and(key))
          .execute()
      }
    },

    dropMaking: async (before) => {
      await db.deleteFrom('edition_making').where('lease_until', '<', before).execute()
    },
  }
}

function rowOf(db: Database, { digestId, slot, previous }: EditionToMake) {
  return db
    .selectFrom('edition_making')
    .select('said_nothing')
    .where('digest_id', '=', digestId)
    .where('slot', '=', slot)
    .where('previous_id', '=', previous ?? '')
}
