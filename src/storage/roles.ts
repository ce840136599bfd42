/** Roles of processes: one row each, won by whoever writes it first, and free again when it was not renewed in time. */
import { sql } from 'kysely'
import type { WorkerId } from '../digest/ledger.ts'
import type { RoleLeases, RoleName } from '../digest/role.ts'
import { OutsideError } from '../errors.ts'
import type { Database } from './database.ts'
import { engineOf } from './engine.ts'

/** Within a transaction: fails where a role that this process had is another's by now. Until it ends nobody takes the role. */
export type AssertKept = (trx: Database, name: RoleName) => Promise<void>

export function createRoleLeases(db: Database): RoleLeases & { readonly assertKept: AssertKept } {
  const { isAlone, now } = engineOf(db)
  const held = new Map<RoleName, WorkerId>()
  return {
    take: async (name, owner, leaseMs) => {
      if (isAlone) return true
      const { rows } = await sql`
        insert into role_lease (name, owner, until) values (${name}, ${owner}, ${now} + ${leaseMs})
        on conflict (name) do update set owner = excluded.owner, until = excluded.until
          where role_lease.owner = excluded.owner or role_lease.until <= ${now}
        returning owner`.execute(db)
      const isTaken = rows.length > 0
      if (isTaken) held.set(name, owner)
      return isTaken
    },
    giveUp: async (name, owner) => {
      held.delete(name)
      await db.deleteFrom('role_lease').where('name', '=', name).where('owner', '=', owner).execute()
    },
    assertKept: async (trx, name) => {
      const owner = held.get(name)
      if (owner === undefined) return
      const row = await trx
        .selectFrom('role_lease')
        .select('owner')
        .where('name', '=', name)
        .modifyEnd(engineOf(trx).keptStill('role_lease'))
        .executeTakeFirst()
      if (row?.owner !== owner)
        throw new OutsideError(`Another process has the role ${name} by now.`, { retry: true })
    },
  }
}
