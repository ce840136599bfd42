/** What the fleet test says of claims that dead processes left: it speaks where one was given for too long, taken too early, or passed by. */
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { type Database, openDatabase } from '../src/storage/database.ts'
import { newDatabase, testOn } from './support/engines.ts'
import { leasesMs, takeoversOf, type Watched } from './support/fleet-takeovers.ts'
import { watchClaims } from './support/watched-claims.ts'

const leases = { ...leasesMs, delivery: 10_000, role_lease: 3000 }
const minute = 60_000

testOn(
  'PostgreSQL',
  'a claim of a dead process is to be taken up after its lease, and at once then',
  async (t) => {
    const db = await openDatabase(await newDatabase(t))
    t.after(() => db.destroy())
    await watchClaims(db)
    const keys = ['seen', 'spared', 'early', 'long', 'passed']
    await promise(db, keys)
    const over = (): number => Date.now() - 1

    await claim(db, 'dead', 'seen', over())
    await claim(db, 'living', 'seen', Date.now() + minute)
    await claim(db, 'dead', 'spared', over())
    for (let look = 0; look < 10; look += 1) await claim(db, 'living', 'nothing', Date.now() + minute)
    await claim(db, 'living', 'spared', Date.now() + minute)
    await claim(db, 'dead', 'early', Date.now() + minute)
    await claim(db, 'living', 'early', Date.now() + minute)
    await claim(db, 'dead', 'long', Date.now() + 10 * minute)
    await claim(db, 'dead', 'passed', over())
    for (let look = 0; look < 11; look += 1) await claim(db, 'living', 'nothing', Date.now() + minute)

    const machineAt = Date.now()
    const fleet: Watched = {
      clockAt: (at) => at,
      machineAtOf: (at) => at,
      crews: () => [
        { name: 'dead', halts: () => [], end: () => ({ how: 'killed', at: machineAt, machineAt }) },
        { name: 'living', halts: () => [], end: () => undefined },
      ],
    }
    const { kinds, wrong } = await takeoversOf(db, fleet, leases)
    const said = wrong.map((each) =>
      /^crosspost (\w+) 0 of dead .*?(too early|held|passed by 11|never)/.exec(each)?.slice(1),
    )
    assert.deepEqual(
      said.map(String).sort(),
      [
        'early,held',
        'early,too early',
        'long,held',
        'long,never',
        'passed,never',
        'passed,passed by 11',
      ].sort(),
    )
    assert.deepEqual([kinds.crosspost?.left, kinds.crosspost?.taken], [5, 3])
  },
)

/** Messages to be crossposted, of no delivery. */
async function promise(db: Database, keys: readonly string[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx)
    const rows = keys.map((key) => ({
      delivery_id: key,
      part: 0,
      channel_id: '1',
      message_id: '1',
      since: 0,
      due_at: 0,
    }))
    await trx.insertInto('crosspost').values(rows).execute()
  })
}

/** In the words of the bot, by a process of that name; of what is not there it is a look in vain. */
async function claim(db: Database, process: string, key: string, until: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select set_config('application_name', ${`test.${process}`}, true)`.execute(trx)
    await sql`
      with picked as materialized (select delivery_id from crosspost where delivery_id = ${key})
      update crosspost set due_at = ${until} from picked where crosspost.delivery_id = picked.delivery_id`.execute(
      trx,
    )
  })
}
