/** Subscriptions that are not being served: noted with the first failure, forgotten when all is well again. */
import type { Refusal, SubscriptionId } from '../digest/ledger.ts'
import type { Database } from './database.ts'

/** The first failure is remembered, the last one is told. */
export async function noteFailing(
  trx: Database,
  subscription_id: string,
  { code, reason }: Refusal,
  now: number,
): Promise<void> {
  await trx
    .insertInto('subscription_health')
    .values({ subscription_id, failing_since: now, failed_at: now, code, reason, told_owner_at: null })
    .onConflict((c) => c.column('subscription_id').doUpdateSet({ failed_at: now, code, reason }))
    .execute()
}

/** What failed for that reason, if it did, does so no more. */
export async function forgetFailing(
  trx: Database,
  ids: readonly SubscriptionId[],
  code: string,
): Promise<void> {
  await trx
    .deleteFrom('subscription_health')
    .where('code', '=', code)
    .where('subscription_id', 'in', ids)
    .execute()
}
