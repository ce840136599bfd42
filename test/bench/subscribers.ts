/** Every channel of a stand-in is subscribed to the digest `wire`, and due at one time of day. */
import type { StandIn } from '../../src/rehearsal/standin/types.ts'
import type { Database } from '../../src/storage/database.ts'

const atOnce = 500

export async function subscribeAll(db: Database, { world }: StandIn, slot: number): Promise<void> {
  const time = new Date(slot).toISOString().slice(11, 16)
  const rows = world.guilds().flatMap((guild) =>
    world.channels(guild.id).map((channel) => ({
      id: `s${channel.id.slice(-11)}`,
      guild_id: guild.id,
      channel_id: channel.id,
      digest_id: 'wire',
      schedule: JSON.stringify({ times: [time], zone: 'UTC' }),
      created_at: 0,
      planned_until: slot - 7_200_000,
      planned_key: null,
      next_slot_at: 0,
      last_edition_id: null,
    })),
  )
  for (let start = 0; start < rows.length; start += atOnce) {
    await db
      .insertInto('subscription')
      .values(rows.slice(start, start + atOnce))
      .execute()
  }
}
