/** The ledger of deliveries: promises, claims, parts, ends, and the health of subscriptions. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { EditionId } from '../../src/digest/edition.ts'
import type {
  ChannelId,
  Claim,
  Delivery,
  GuildId,
  Ledger,
  MessageId,
  SlotPlan,
  Subscription,
  SubscriptionId,
  WorkerId,
} from '../../src/digest/ledger.ts'
import type { LocalKey } from '../../src/digest/local-clock.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { engineOf } from '../../src/storage/engine.ts'
import { createGroupCommit } from '../../src/storage/group-commit.ts'
import { openStorage, type Storage } from '../../src/storage/storage.ts'
import { isOn, newDatabase, test } from '../support/engines.ts'

const digestId = 'wire' as DigestId
const me = 'worker-a' as WorkerId
const other = 'worker-b' as WorkerId
const hour = 3_600_000
const leaseMs = 60_000
const digest = {
  id: digestId,
  ...definitionSchema.parse({
    title: 'Harbour Wire',
    language: 'en',
    sources: [{ folder: 'articles' }],
    schedule: { times: ['07:30'], zone: 'UTC' },
  }),
}

const standing = (id: string) => ({ channelId: '10' as ChannelId, messageId: id as MessageId })

async function open(t: TestContext): Promise<Storage> {
  const storage = await openStorage(await newDatabase(t))
  t.after(storage.close)
  await storage.intake.setHouseDigests([{ digest, sources: [] }], 0)
  return storage
}

async function subscribe(storage: Storage, guild: string, channel: string): Promise<Subscription> {
  const guildId = guild as GuildId
  const channelId = channel as ChannelId
  const { schedule } = digest
  await storage.subscriptions.add({ guildId, channelId, digestId, schedule, createdAt: 0, plannedUntil: 0 })
  const found = (await storage.subscriptions.ofGuild(guildId)).find((each) => each.channelId === channelId)
  assert.ok(found)
  return found
}

function planOf(
  subscription: SubscriptionId,
  slots: readonly number[],
  given: Partial<SlotPlan> = {},
): SlotPlan {
  const until = slots.at(-1) ?? 0
  return {
    subscription,
    dueAt: 0,
    slots: slots.map((at) => ({ at, key: '1970-01-01T00:00' as LocalKey })),
    from: { until: 0 },
    planned: { until },
    nextSlotAt: until + 24 * hour,
    ...given,
  }
}

function claim(ledger: Ledger, owner: WorkerId, now: number, limit = 10): Promise<readonly Delivery[]> {
  return ledger.claim({ owner, now, leaseMs, limit })
}

async function claimOne(ledger: Ledger, now: number, owner = me): Promise<Delivery> {
  const [delivery, ...more] = await claim(ledger, owner, now)
  assert.ok(delivery)
  assert.deepEqual(more, [])
  return delivery
}

async function freeze(storage: Storage, slot: number): Promise<EditionId> {
  const content = {
    title: 'Harbour Wire',
    language: 'en',
    items: [],
    hasLead: false,
    sections: 'none' as const,
    minutes: 0,
  }
  const next = { digestId, slot, previous: undefined, composedAt: slot, content, seenFrom: 0, passed: [] }
  return (await storage.desk.freeze(next)).id
}

function begun(editionId: EditionId, part: number, now: number, parts = 2) {
  return { editionId, parts, late: false, part, anew: false, now, leaseUntil: now + leaseMs }
}

test('a slot is promised once and claimed by one worker until its lease runs out', async (t) => {
  const storage = await open(t)
  const { ledger } = storage
  const { id } = await subscribe(storage, '1', '2')
  await ledger.plan([planOf(id, [hour])], hour)
  await ledger.plan([planOf(id, [hour])], hour)
  assert.deepEqual(await claim(ledger, me, hour - 1), [])
  const claims = await Promise.all([claim(ledger, me, hour), claim(ledger, other, hour)])
  assert.equal(claims.flat().length, 1)
  assert.deepEqual(await claim(ledger, other, hour + leaseMs - 1), [])
  const taken = await claimOne(ledger, hour + leaseMs, other)
  assert.equal(taken.attempt, 2)
  assert.equal(taken.owner, other)
})

test('of two searches that began alike one moves the subscription on', async (t) => {
  const storage = await open(t)
  const { id } = await subscribe(storage, '1', '2')
  const key = '1970-01-01T05:00' as LocalKey
  await storage.ledger.plan([planOf(id, [5 * hour], { planned: { until: 5 * hour, key } })], 6 * hour)
  await storage.ledger.plan([planOf(id, [3 * hour])], 6 * hour)
  const [subscription] = await storage.subscriptions.ofGuild('1' as GuildId)
  assert.deepEqual([subscription?.plannedUntil, subscription?.plannedKey], [5 * hour, key])
})

test('a subscription is due when its next slot comes, at once when its schedule changed, and never again without slots', async (t) => {
  const storage = await open(t)
  const { ledger } = storage
  const { id } = await subscribe(storage, '1', '2')
  const dueAt = async (now: number) => (await ledger.due(now, 10)).map((each) => each.dueAt)
  assert.deepEqual(await dueAt(hour), [0])
  await ledger.plan([planOf(id, [hour])], hour)
  assert.deepEqual(await dueAt(hour), [])
  assert.deepEqual(await dueAt(25 * hour), [25 * hour])
  assert.equal(await ledger.searchAnew('rules of 2026b'), true)
  assert.deepEqual(await dueAt(hour), [0])
  const from = { until: hour }
  await ledger.plan([planOf(id, [], { from, planned: from, nextSlotAt: undefined })], hour)
  assert.deepEqual(await dueAt(1000 * hour), [])
  // Of many processes that start under the same rules one has everything searched anew.
  assert.equal(await ledger.searchAnew('rules of 2026b'), false)
  assert.deepEqual(await dueAt(1000 * hour), [])
})

test('a search that began before the schedule changed leaves the next search to come', async (t) => {
  const storage = await open(t)
  const { ledger } = storage
  const { id } = await subscribe(storage, '1', '2')
  await ledger.plan([planOf(id, [hour])], hour)
  await ledger.searchAnew('rules of 2026b')
  const from = { until: hour }
  await ledger.plan([planOf(id, [25 * hour], { dueAt: 25 * hour, from })], 25 * hour)
  assert.equal((await ledger.due(25 * hour, 10)).length, 1)
})

test('a search that a wrong clock made far ahead is due again', async (t) => {
  const storage = await open(t)
  const { ledger } = storage
  const { id } = await subscribe(storage, '1', '2')
  await ledger.plan([planOf(id, [1000 * hour])], 1000 * hour)
  assert.deepEqual(
    (await ledger.due(hour, 10)).map((each) => each.id),
    [id],
  )
})

test('servers take turns, also where their slots were not planned at once', async (t) => {
  const storage = await open(t)
  const { ledger } = storage
  const large: SubscriptionId[] = []
  for (const channel of ['10', '11', '12', '13']) large.push((await subscribe(storage, '1', channel)).id)
  const small = await subscribe(storage, '2', '20')
  await ledger.plan(
    large.slice(0, 2).map((id) => planOf(id, [hour])),
    hour,
  )
  await ledger.plan(
    [...large.slice(2), small.id].map((id) => planOf(id, [hour])),
    hour,
  )
  const order = async (limit: number) =>
    (await claim(ledger, me, 2 * hour, limit)).map((each) => each.subscription.id)
  assert.deepEqual(new Set(await order(2)), new Set([large[0], small.id]))
  assert.deepEqual(await order(9), large.slice(1))
})

test('a subscription delivers its slots one after the other', async (t) => {
  const storage = await open(t)
  const { ledger } = storage
  const { id } = await subscribe(storage, '1', '2')
  await ledger.plan([planOf(id, [hour])], hour)
  const older = await claimOne(ledger, hour)
  await ledger.beginPart(older, begun(await freeze(storage, hour), 0, hour))
  await ledger.plan([planOf(id, [25 * hour], { from: { until: hour } })], 25 * hour)
  assert.deepEqual(
    (await claim(ledger, other, 25 * hour)).map((each) => each.slot),
    [hour],
  )
  assert.deepEqual(await claim(ledger, other, 25 * hour), [])
  const again: Claim = { id: older.id, owner: other }
  await ledger.markSent(again, 25 * hour)
  assert.equal((await claimOne(ledger, 25 * hour)).slot, 25 * hour)
})

test('a delivery of which nothing was posted folds into the newer one', async (t) => {
  const storage = await open(t)
  const { ledger } = storage
  const { id } = await subscribe(storage, '1', '2')
  await ledger.plan([planOf(id, [hour])], hour)
  const older = await claimOne(ledger, hour)
  await ledger.beginPart(older, begun(await freeze(storage, hour), 0, hour))
  await ledger.cancelPart(older, 0)
  await ledger.postpone(older, {
    at: 30 * hour,
    reason: 'Discord asked to wait.',
    uncertain: false,
    now: hour,
  })
  await ledger.plan([planOf(id, [25 * hour], { from: { until: hour } })], 25 * hour)
  assert.equal((await claimOne(ledger, 25 * hour)).slot, 25 * hour)
  assert.equal(await ledger.markSent(older, 26 * hour), false)
})

test('parts that were begun and not recorded are told from those that stand and those that were never seen', async (t) => {
  const storage = await open(t)
  const { ledger } = storage
  const { id } = await subscribe(storage, '1', '2')
  const editionId = await freeze(storage, hour)
  await ledger.plan([planOf(id, [hour])], hour)
  const first = await claimOne(ledger, hour)
  for (const part of [0, 1, 2]) await ledger.beginPart(first, begun(editionId, part, hour + part, 3))
  await ledger.recordPart(first, 0, standing('77'), hour + 5)
  await ledger.recordPart(first, 1, undefined, hour + 6)
  const again = await claimOne(ledger, hour + 2 * leaseMs, other)
  assert.deepEqual(again.parts, [
    { part: 0, begunAt: hour, sentAt: hour + 5, messageId: '77', channelId: '10' },
    { part: 1, begunAt: hour + 1, sentAt: hour + 6 },
    { part: 2, begunAt: hour + 2 },
  ])
  assert.deepEqual([again.editionId, again.late], [editionId, false])
})

test('a part keeps the instant at which it was begun first, unless it was certainly not posted', async (t) => {
  const storage = await open(t)
  const { ledger } = storage
  const { id } = await subscribe(storage, '1', '2')
  const editionId = await freeze(storage, hour)
  await ledger.plan([planOf(id, [hour])], hour)
  const delivery = await claimOne(ledger, hour)
  await ledger.beginPart(delivery, begun(editionId, 0, hour))
  await ledger.beginPart(delivery, begun(editionId, 0, hour + 7))
  const partsAt = async (now: number) => (await claimOne(ledger, now)).parts.map((each) => each.begunAt)
  assert.deepEqual(await partsAt(2 * hour), [hour])
  await ledger.beginPart(delivery, { ...begun(editionId, 0, 2 * hour), anew: true })
  assert.deepEqual(await partsAt(3 * hour), [2 * hour])
  await ledger.cancelPart(delivery, 0)
  assert.deepEqual(await partsAt(4 * hour), [])
})

test('the memory moves when all parts stand, and when they count as posted', async (t) => {
  const storage = await open(t)
  const { ledger, subscriptions } = storage
  const { id } = await subscribe(storage, '1', '2')
  const memory = async () => (await subscriptions.ofGuild('1' as GuildId))[0]?.lastEditionId
  for (const [slot, unseen] of [[hour, undefined] as const, [25 * hour, 'never seen'] as const]) {
    const editionId = await freeze(storage, slot)
    await ledger.plan([planOf(id, [slot])], slot)
    const delivery = await claimOne(ledger, slot)
    await ledger.beginPart(delivery, begun(editionId, 0, slot, 1))
    assert.notEqual(await memory(), editionId)
    assert.equal(await ledger.markSent(delivery, slot, unseen), true)
    assert.equal(await memory(), editionId)
    assert.deepEqual(await claim(ledger, me, slot + 9 * hour), [])
  }
})

test('whoever has lost the lease changes nothing, but what it posted is kept', async (t) => {
  const storage = await open(t)
  const { ledger } = storage
  const { id } = await subscribe(storage, '1', '2')
  const editionId = await freeze(storage, hour)
  await ledger.plan([planOf(id, [hour])], hour)
  const lost = await claimOne(ledger, hour)
  await ledger.beginPart(lost, begun(editionId, 0, hour, 1))
  const held = await claimOne(ledger, 2 * hour, other)
  assert.equal(await ledger.beginPart(lost, begun(editionId, 0, 2 * hour, 1)), false)
  assert.equal(await ledger.cancelPart(lost, 0), false)
  assert.equal(await ledger.markSkipped(lost, 'nothing new', 2 * hour), false)
  assert.equal(await ledger.recordPart(lost, 0, standing('77'), 2 * hour), false)
  await ledger.postpone(held, { at: 3 * hour, reason: 'x', uncertain: true, now: 2 * hour })
  assert.equal((await claimOne(ledger, 3 * hour)).parts[0]?.messageId, '77')
})

test('what is given back, or was leased to a process that is dead, can be claimed at once', async (t) => {
  const storage = await open(t)
  const { ledger } = storage
  const { id } = await subscribe(storage, '1', '2')
  await ledger.plan([planOf(id, [hour])], hour)
  await ledger.release([await claimOne(ledger, hour)], hour)
  const again = await claimOne(ledger, hour)
  assert.equal(again.attempt, 1)
  assert.equal(await ledger.nextClaimAt(), hour + leaseMs)
  if (isOn(t, 'PostgreSQL')) {
    // Another process may be alive.
    assert.equal(await ledger.endLeases(hour), 0)
    assert.equal(await ledger.nextClaimAt(), hour + leaseMs)
    return
  }
  assert.equal(await ledger.endLeases(hour), 1)
  assert.equal(await ledger.nextClaimAt(), hour)
  assert.equal((await claimOne(ledger, hour)).attempt, 2)
})

test('a subscription fails since its first failure, is news when it fails otherwise, and is well once it is served', async (t) => {
  const storage = await open(t)
  const { ledger } = storage
  const guildId = '1' as GuildId
  const { id } = await subscribe(storage, '1', '2')
  const failAt = async (slot: number, code: string) => {
    await ledger.plan([planOf(id, [slot])], slot)
    await ledger.markFailed(await claimOne(ledger, slot), { code, reason: `because of ${code}` }, slot)
  }
  assert.deepEqual(await ledger.health(guildId), [])
  await failAt(hour, '50013')
  await failAt(25 * hour, '10003')
  assert.deepEqual(await ledger.health(guildId), [
    {
      subscriptionId: id,
      failingSince: hour,
      failedAt: 25 * hour,
      code: '10003',
      reason: 'because of 10003',
    },
  ])
  assert.deepEqual(await ledger.health('9' as GuildId), [])
  assert.equal((await storage.subscriptions.ofGuild(guildId)).length, 1)
  await ledger.plan([planOf(id, [49 * hour])], 49 * hour)
  await ledger.markSent(await claimOne(ledger, 49 * hour), 49 * hour)
  assert.deepEqual(await ledger.health(guildId), [])
})

test('old deliveries are dropped a few at a time, but never the newest of a subscription, nor what a search may come upon again', async (t) => {
  const storage = await open(t)
  const { ledger } = storage
  const day = 24 * hour
  const now = 100 * day
  const busy = await subscribe(storage, '1', '2')
  const asleep = await subscribe(storage, '1', '3')
  const settle = async (id: SubscriptionId, slots: readonly number[]) => {
    for (const slot of slots) {
      await ledger.plan([planOf(id, [slot])], slot)
      await ledger.markSkipped(await claimOne(ledger, slot), 'nothing new', slot)
    }
  }
  await settle(asleep.id, [day, 2 * day])
  await settle(busy.id, [3 * day, 4 * day, 59 * day, 61 * day, 99 * day])
  await ledger.plan([planOf(busy.id, [5 * day])], 99 * day)
  const drop = (before: number) => ledger.dropOld({ before, now, limit: 2 })
  assert.equal(await drop(2 * day), 1)
  const counts = [await drop(now), await drop(now), await drop(now)]
  assert.deepEqual(counts, [2, 1, 0])
  // What is left keeps its promise: it cannot be planned again.
  const isPromised = async (id: SubscriptionId, slot: number) => !(await ledger.planExtra(id, slot, now))
  const left = [
    await isPromised(asleep.id, 2 * day),
    await isPromised(busy.id, 5 * day),
    await isPromised(busy.id, 61 * day),
    await isPromised(busy.id, 99 * day),
  ]
  assert.deepEqual(left, [true, true, true, true])
  assert.equal(await isPromised(busy.id, 4 * day), false)
})

test('of writes at once one that fails takes none with it; those that are committed together come in their order', async (t) => {
  const db = await openDatabase(await newDatabase(t))
  t.after(() => db.destroy())
  const together = createGroupCommit(db)
  const put = (key: string) =>
    together((trx) =>
      trx
        .insertInto('meta')
        .values({ key, value: '1' })
        .execute()
        .then(() => key),
    )
  const outcomes = await Promise.allSettled([put('a'), put('b'), put('a'), put('c')])
  const said = outcomes.map((each) => (each.status === 'fulfilled' ? each.value : each.status))
  // A server takes them side by side: of two that cannot both be, either may be the first there.
  const isOtherOrder = !engineOf(db).commitsTogether && said[0] === 'rejected'
  assert.deepEqual(said, isOtherOrder ? ['rejected', 'b', 'a', 'c'] : ['a', 'b', 'rejected', 'c'])
  const keys = await db.selectFrom('meta').select('key').orderBy('key').execute()
  assert.deepEqual(
    keys.map((row) => row.key),
    ['a', 'b', 'c'],
  )
})
