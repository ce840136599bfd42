/** What owners decide about subscriptions, on a SQLite file: changes, pauses, and slots out of turn. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { ChannelId, GuildId, MessageId, Subscription, WorkerId } from '../../src/digest/ledger.ts'
import { openStorage, type Storage } from '../../src/storage/storage.ts'
import { newDatabase, test } from '../support/engines.ts'

const digestId = 'wire' as DigestId
const guildId = '1' as GuildId
const otherGuild = '2' as GuildId
const news = '10' as ChannelId
const lounge = '11' as ChannelId
const worker = 'worker' as WorkerId
const hour = 3_600_000
const now = Date.parse('2026-11-20T06:00:00Z')
const schedule = { times: ['07:30'], weekdays: ['mon', 'fri'] as const, zone: 'UTC' }
const digest = {
  id: digestId,
  ...definitionSchema.parse({ title: 'Wire', language: 'en', sources: [{ folder: 'a' }], schedule }),
}

async function open(t: TestContext): Promise<Storage> {
  const storage = await openStorage(await newDatabase(t, 'in memory'))
  t.after(() => storage.close())
  await storage.intake.setHouseDigests([{ digest, sources: [] }], 0)
  return storage
}

async function subscribe({ subscriptions }: Storage, channelId = news): Promise<Subscription> {
  await subscriptions.add({ guildId, channelId, digestId, schedule, createdAt: now, plannedUntil: now })
  const all = await subscriptions.ofGuild(guildId)
  return all.find((each) => each.channelId === channelId) ?? assert.fail()
}

const claimAll = ({ ledger }: Storage, at: number) =>
  ledger.claim({ owner: worker, now: at, leaseMs: 60_000, limit: 9 })

test('a change of the schedule begins at now and is searched for at once; nobody else reaches the row', async (t) => {
  const storage = await open(t)
  const { subscriptions, ledger } = storage
  const { id } = await subscribe(storage)
  const daily = { times: ['05:00', '18:00'], weekdays: schedule.weekdays, zone: 'Europe/Berlin' }
  assert.equal(await subscriptions.change(otherGuild, id, { schedule: daily }, now), 'unknown')
  assert.equal(await subscriptions.find(otherGuild, id), undefined)
  assert.equal(await subscriptions.change(guildId, id, { schedule: daily, notice: 'silent' }, now), 'changed')
  const changed = await subscriptions.find(guildId, id)
  assert.deepEqual(changed?.schedule, daily)
  assert.equal(changed?.notice, 'silent')
  assert.equal(changed?.plannedUntil, now)
  assert.equal(changed?.plannedKey, '2026-11-20T07:00')
  assert.deepEqual(
    (await ledger.due(now, 9)).map((each) => [each.id, each.dueAt]),
    [[id, 0]],
  )
  await subscriptions.change(guildId, id, { notice: 'usual' }, now + hour)
  assert.equal((await subscriptions.find(guildId, id))?.plannedUntil, now)
})

test('a digest stands once in a channel, and stays where it is while it is being posted', async (t) => {
  const storage = await open(t)
  const { subscriptions, ledger, desk } = storage
  const { id } = await subscribe(storage)
  await subscribe(storage, lounge)
  assert.equal(await subscriptions.change(guildId, id, { channelId: lounge }, now), 'exists')
  assert.equal(await subscriptions.change(guildId, id, { channelId: news }, now), 'changed')
  assert.equal((await subscriptions.find(guildId, id))?.channelSince, undefined)
  await ledger.planExtra(id, now, now)
  const [delivery] = await claimAll(storage, now)
  assert.ok(delivery)
  const content = { title: 'Wire', language: 'en', items: [], hasLead: false, minutes: 0 }
  const edition = await desk.freeze({
    digestId,
    slot: now,
    previous: undefined,
    composedAt: now,
    content: { ...content, sections: 'none' },
    seenFrom: 0,
    passed: [],
  })
  const begun = { editionId: edition.id, parts: 1, late: false, part: 0, anew: false, now }
  assert.equal(await ledger.beginPart(delivery, { ...begun, leaseUntil: now + hour }), true)
  const away = '12' as ChannelId
  assert.equal(await subscriptions.change(guildId, id, { channelId: away }, now), 'busy')
  await subscriptions.pause(guildId, id, now)
  assert.equal((await storage.reports.at(id, now))?.kind, 'under-way')
  await ledger.recordPart(delivery, 0, { channelId: news, messageId: '900' as MessageId }, now)
  assert.equal(await ledger.markSent(delivery, now + 1), true)
  assert.deepEqual(await storage.reports.newest(id), {
    number: 1,
    slot: now,
    postedAt: now + 1,
    messageId: '900',
    channelId: news,
  })
  assert.equal(await subscriptions.change(guildId, id, { channelId: away }, now + 2), 'changed')
  assert.equal((await subscriptions.find(guildId, id))?.channelSince, now + 2)
})

test('a pause lets go of what was not begun, plans nothing, and ends without catching up', async (t) => {
  const storage = await open(t)
  const { subscriptions, ledger, reports } = storage
  const { id } = await subscribe(storage)
  await ledger.planExtra(id, now, now)
  const [claimed] = await claimAll(storage, now)
  assert.ok(claimed)
  assert.equal(await subscriptions.pause(otherGuild, id, now), false)
  assert.equal(await subscriptions.pause(guildId, id, now + 1), true)
  assert.equal(await subscriptions.pause(guildId, id, now + hour), true)
  assert.equal((await subscriptions.find(guildId, id))?.pausedAt, now + 1)
  assert.deepEqual(await reports.at(id, now), { kind: 'skipped', reason: 'paused' })
  assert.equal(await ledger.markSkipped(claimed, 'late', now + 2), false)
  const later = now + 30 * 24 * hour
  assert.deepEqual(await ledger.due(later, 9), [])
  assert.equal(await ledger.planExtra(id, later, later), true)
  assert.equal((await claimAll(storage, later)).length, 1)
  assert.equal(await subscriptions.resume(guildId, id, later), true)
  assert.equal(await subscriptions.resume(guildId, id, later + hour), true)
  const resumed = await subscriptions.find(guildId, id)
  assert.equal(resumed?.pausedAt, undefined)
  assert.equal(resumed?.plannedUntil, later)
  assert.equal((await ledger.due(later, 9)).length, 1)
})

test('a slot out of turn is promised once; what waits unposted folds into it, and the search stays where it is', async (t) => {
  const storage = await open(t)
  const { ledger, subscriptions, reports } = storage
  const { id } = await subscribe(storage)
  assert.equal(await reports.at(id, now), undefined)
  assert.equal(await ledger.planExtra(id, now, now), true)
  assert.equal(await ledger.planExtra(id, now, now), false)
  assert.deepEqual(await reports.at(id, now), { kind: 'under-way', isPutOff: false })
  assert.equal(await ledger.planExtra(id, now + 60_000, now + 60_000), true)
  assert.equal((await reports.at(id, now))?.kind, 'skipped')
  assert.equal((await claimAll(storage, now + 60_000)).length, 1)
  assert.equal((await subscriptions.find(guildId, id))?.plannedUntil, now)
  assert.equal(await reports.newest(id), undefined)
})
