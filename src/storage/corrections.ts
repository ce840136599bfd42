/**
 * Corrections of posted editions. What became of an article is noted in the transaction that changes it; which messages show it is marked
 * a moment later, and each of those is claimed with a lease. What a message is to show follows from the rows, so that doing it twice does no harm.
 */
import { sql } from 'kysely'
import type { ArticleId, Instant } from '../article/article.ts'
import type { CorrectionDesk, PartToCorrect } from '../digest/correcting.ts'
import { type Correction, correctedForMs, gatherCorrectionsMs, isSameHeadline } from '../digest/correction.ts'
import type { EditionId } from '../digest/edition.ts'
import type { ChannelId, DeliveryId, GuildId, MessageId, RoleId } from '../digest/ledger.ts'
import type { Database } from './database.ts'
import { parseContent } from './edition-content.ts'
import { engineOf } from './engine.ts'
import type { EditionCorrectionRow } from './schema.ts'

/** An edition may be posted so long after it was composed, and is corrected for a day after that. */
const composedForMs = correctedForMs + 48 * 60 * 60 * 1000
/** A message that was edited so often stays as it is: somebody's headline goes to and fro. */
const mostEdits = 6

export function createCorrections(db: Database): CorrectionDesk {
  return {
    spread: (now) => db.transaction().execute((trx) => spread(trx, now)),

    claim: ({ owner, now, leaseMs, limit }) =>
      db.transaction().execute(async (trx) => {
        const claimable = sql`done_version < version and lease_until <= ${now}
          and sent_at > ${now - correctedForMs} and edits < ${mostEdits}`
        const { rows } = await sql<{ delivery_id: string; part: number }>`
          with picked as materialized (
            select delivery_id, part from correction_edit where ${claimable} order by lease_until, sent_at limit ${limit}
            ${engineOf(trx).unclaimed('correction_edit')}
          )
          update correction_edit set owner = ${owner}, lease_until = ${now + leaseMs}, attempt = attempt + 1 from picked
          where correction_edit.delivery_id = picked.delivery_id and correction_edit.part = picked.part
          returning correction_edit.delivery_id, correction_edit.part`.execute(trx)
        const claimed = await Promise.all(rows.map((row) => partOf(trx, row.delivery_id, row.part)))
        return claimed.flatMap((each) => (each === undefined ? [] : [{ ...each, owner }]))
      }),

    of: async (editionId) => {
      const rows = await db
        .selectFrom('edition_correction')
        .selectAll()
        .where('edition_id', '=', editionId)
        .execute()
      return new Map(rows.flatMap((row) => correctionsOf(row)))
    },

    settle: async ({ deliveryId, part, owner }, version, shown) => {
      await db
        .updateTable('correction_edit')
        .set({
          done_version: version,
          owner: null,
          attempt: 0,
          ...(shown === undefined ? {} : { shown, edits: sql`edits + 1` }),
        })
        .where('delivery_id', '=', deliveryId)
        .where('part', '=', part)
        .where('owner', '=', owner)
        .execute()
    },

    postpone: async ({ deliveryId, part, owner }, at, isUntried) => {
      await db
        .updateTable('correction_edit')
        .set({ owner: null, lease_until: at, ...(isUntried ? { attempt: 0 } : {}) })
        .where('delivery_id', '=', deliveryId)
        .where('part', '=', part)
        .where('owner', '=', owner)
        .execute()
    },

    endLeases: async (now) => {
      if (!engineOf(db).isAlone) return
      await db
        .updateTable('correction_edit')
        .set({ owner: null, lease_until: now })
        .where('owner', 'is not', null)
        .execute()
    },

    dropOld: async (now) => {
      const before = now - 2 * correctedForMs
      await db.deleteFrom('correction_edit').where('sent_at', '<', before).execute()
      await db
        .deleteFrom('edition_correction')
        .where('noted_at', '<', before - composedForMs)
        .execute()
    },
  }
}

/** Called in the transaction that has changed or retired an article: what editions that told it lately say of it now. */
export async function noteCorrections(trx: Database, id: ArticleId, now: Instant): Promise<void> {
  const editions = await trx
    .selectFrom('edition_article')
    .innerJoin('edition', 'edition.id', 'edition_article.edition_id')
    .select(['edition.id', 'edition.content'])
    .where('edition_article.article_id', '=', id)
    .where('edition.composed_at', '>', now - composedForMs)
    .execute()
  if (editions.length === 0) return
  const today = await trx
    .selectFrom('article')
    .select(['headline', 'retired_at', 'content_hash', 'source_id'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const isWithdrawn = today.retired_at !== null && !(await hasMoved(trx, id, today))
  for (const edition of editions) {
    const item = parseContent(edition.content).items.find(({ articleId }) => articleId === id)
    if (item === undefined) continue
    if (isWithdrawn) await note(trx, edition.id, id, { kind: 'withdrawn', headline: null }, now)
    else if (today.retired_at !== null || isSameHeadline(item.headline, today.headline)) {
      await note(trx, edition.id, id, { kind: 'as-was', headline: null }, now)
    } else {
      await note(trx, edition.id, id, { kind: 'headline', headline: today.headline }, now)
    }
  }
}

/** A file that only has another name now is another article with the same bytes. */
async function hasMoved(
  trx: Database,
  id: ArticleId,
  { content_hash, source_id }: { readonly content_hash: string; readonly source_id: string },
): Promise<boolean> {
  const twin = await trx
    .selectFrom('article')
    .select('id')
    .where('source_id', '=', source_id)
    .where('content_hash', '=', content_hash)
    .where('retired_at', 'is', null)
    .where('id', '<>', id)
    .executeTakeFirst()
  return twin !== undefined
}

/** Nothing is noted where it is known already, and nothing is taken back that was never said. */
async function note(
  trx: Database,
  editionId: string,
  articleId: ArticleId,
  wanted: Pick<EditionCorrectionRow, 'kind' | 'headline'>,
  now: Instant,
): Promise<void> {
  const known = await trx
    .selectFrom('edition_correction')
    .select(['kind', 'headline'])
    .where('edition_id', '=', editionId)
    .where('article_id', '=', articleId)
    .executeTakeFirst()
  const { kind, headline } = known ?? { kind: 'as-was', headline: null }
  const isSame = kind === wanted.kind && isSameHeadline(headline ?? '', wanted.headline ?? '')
  if (isSame) return
  const row = { ...wanted, noted_at: now, spread_at: null }
  await trx
    .insertInto('edition_correction')
    .values({ edition_id: editionId, article_id: articleId, ...row })
    .onConflict((c) => c.columns(['edition_id', 'article_id']).doUpdateSet(row))
    .execute()
}

/** Messages that were posted since an edition was spread are marked as well: they show what the edition said when it was composed. */
async function spread(trx: Database, now: Instant): Promise<number> {
  await engineOf(trx).lock(trx, ['spreading of corrections'])
  const { rows } = await sql<{ edition_id: string; version: number }>`
    select edition_id, max(noted_at) as version from edition_correction
    where noted_at > ${now - composedForMs}
    group by edition_id
    having min(case when spread_at is null then noted_at end) <= ${now - gatherCorrectionsMs}
      or (min(case when spread_at is null then noted_at end) is null and exists (
        select 1 from delivery join delivery_part on delivery_part.delivery_id = delivery.id
        where delivery.edition_id = edition_correction.edition_id
          and delivery_part.message_id is not null and delivery_part.sent_at > ${now - correctedForMs}
          and not exists (
            select 1 from correction_edit
            where correction_edit.delivery_id = delivery.id and correction_edit.part = delivery_part.part
          )
      ))`.execute(trx)
  for (const { edition_id, version } of rows) {
    await sql`
      insert into correction_edit
        (delivery_id, part, edition_id, sent_at, version, done_version, shown, edits, owner, lease_until, attempt)
      select delivery.id, delivery_part.part, cast(${edition_id} as text), delivery_part.sent_at, cast(${Number(version)} as bigint), 0, null, 0, null, 0, 0
      from delivery join delivery_part on delivery_part.delivery_id = delivery.id
      where delivery.edition_id = ${edition_id}
        and delivery_part.message_id is not null and delivery_part.sent_at > ${now - correctedForMs}
      on conflict (delivery_id, part) do update set version = excluded.version
        where correction_edit.version < excluded.version`.execute(trx)
    await trx
      .updateTable('edition_correction')
      .set({ spread_at: now })
      .where('edition_id', '=', edition_id)
      .where('spread_at', 'is', null)
      .execute()
  }
  return rows.length
}

function correctionsOf(row: EditionCorrectionRow): readonly (readonly [ArticleId, Correction])[] {
  const at = Number(row.noted_at)
  const id = row.article_id as ArticleId
  if (row.kind === 'withdrawn') return [[id, { kind: 'withdrawn', at }]]
  if (row.kind === 'as-was' || row.headline === null) return []
  return [[id, { kind: 'headline', headline: row.headline, at }]]
}

async function partOf(
  trx: Database,
  deliveryId: string,
  part: number,
): Promise<Omit<PartToCorrect, 'owner'> | undefined> {
  const row = await trx
    .selectFrom('correction_edit')
    .innerJoin('delivery', 'delivery.id', 'correction_edit.delivery_id')
    .innerJoin('subscription', 'subscription.id', 'delivery.subscription_id')
    .innerJoin('delivery_part', (join) =>
      join
        .onRef('delivery_part.delivery_id', '=', 'correction_edit.delivery_id')
        .onRef('delivery_part.part', '=', 'correction_edit.part'),
    )
    .select(['correction_edit.edition_id', 'correction_edit.version', 'correction_edit.shown'])
    .select([
      'correction_edit.attempt',
      'delivery.late',
      'subscription.guild_id',
      'delivery_part.mentioned_role',
    ])
    .select(['delivery_part.message_id', 'subscription.channel_id as usual', 'delivery_part.channel_id'])
    .where('correction_edit.delivery_id', '=', deliveryId)
    .where('correction_edit.part', '=', part)
    .executeTakeFirst()
  if (row === undefined || row.message_id === null) return undefined
  return {
    deliveryId: deliveryId as DeliveryId,
    part,
    editionId: row.edition_id as EditionId,
    late: row.late === 1,
    guildId: row.guild_id as GuildId,
    channelId: (row.channel_id ?? row.usual) as ChannelId,
    messageId: row.message_id as MessageId,
    ...(row.mentioned_role === null ? {} : { roleId: row.mentioned_role as RoleId }),
    version: Number(row.version),
    ...(row.shown === null ? {} : { shown: row.shown }),
    attempt: row.attempt,
  }
}
