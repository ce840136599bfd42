/** A digest and its sources as rows, whoever made it: the house or a server. */

import type { GuildId } from '../digest/ledger.ts'
import type { HouseDigest, HouseSource } from '../digest/library.ts'
import type { Database } from './database.ts'

/** Puts the definition and makes its sources exactly these. Belongs inside the caller's transaction. */
export async function putDigest(
  db: Database,
  { digest, sources }: HouseDigest,
  guildId: GuildId | null,
  now: number,
): Promise<void> {
  const { id, ...rest } = digest
  const definition = JSON.stringify(rest)
  await db
    .insertInto('digest')
    .values({ id, definition, guild_id: guildId, withdrawn_at: null })
    .onConflict((c) => c.column('id').doUpdateSet({ definition, withdrawn_at: null }))
    .execute()
  await db.deleteFrom('digest_source').where('digest_id', '=', id).execute()
  for (const source of sources) {
    await putSource(db, source, digest.language, guildId === null, now)
    await db
      .insertInto('digest_source')
      .values({ digest_id: id, source_id: source.id })
      .onConflict((c) => c.doNothing())
      .execute()
  }
}

/**
 * A source keeps what is remembered of polling it. What may be shown of it is the house's word: a server that names the same
 * address cannot change it. A source that was given up is tried again when somebody names it anew.
 */
async function putSource(
  db: Database,
  source: HouseSource,
  language: string,
  isHouse: boolean,
  now: number,
): Promise<void> {
  const said = { outlet: source.outlet ?? null, fulltext: source.fulltext }
  const isPolled = source.kind !== 'folder'
  await db
    .insertInto('source')
    .values({
      ...said,
      id: source.id,
      kind: source.kind,
      address: source.address,
      host: isPolled ? (URL.parse(source.address)?.host ?? null) : null,
      language,
      next_poll_at: isPolled ? now : null,
      poll_state: null,
      read_at: null,
      failing_since: null,
      trouble: null,
    })
    .onConflict((c) =>
      c
        .column('id')
        .doUpdateSet((e) =>
          isHouse ? said : { next_poll_at: e.fn.coalesce('source.next_poll_at', e.val(now)) },
        ),
    )
    .execute()
}
