/** Times, a place or a definition in storage that nobody can read any more: one subscription or digest rests, and all others go on. On a SQLite file. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { ChannelId, GuildId, WorkerId } from '../../src/digest/ledger.ts'
import { sayTimes } from '../../src/digest/schedule-words.ts'
import { sayIn } from '../../src/discord/text/say.ts'
import { sayRefusal } from '../../src/discord/views/permission-words.ts'
import { planDue } from '../../src/jobs/plan.ts'
import { createLog } from '../../src/log.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { openStorage, type Storage } from '../../src/storage/storage.ts'

const guildId = '1' as GuildId
const slot = Date.parse('2026-11-20T07:30:00Z')
const schedule = { times: ['07:30'], zone: 'UTC' }
/** A zone that was renamed away, and what somebody wrote by hand. */
const unreadable = ['{"times":["07:30"],"weekdays":["mon"],"zone":"Mars/Olympus"}', 'every day']

/** Three subscriptions; the schedules of the first two cannot be read. */
async function openWorld(t: TestContext): Promise<{ storage: Storage; db: Database }> {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-unreadable-'))
  const url = `sqlite:${join(folder, 'a.sqlite')}`
  const storage = await openStorage(url)
  const db = await openDatabase(url)
  t.after(async () => {
    await storage.close()
    await db.destroy()
    await rm(folder, { recursive: true })
  })
  const definition = definitionSchema.parse({
    title: 'Wire',
    language: 'en',
    sources: [{ folder: 'articles' }],
    schedule,
  })
  const digestId = 'wire' as DigestId
  await storage.intake.setHouseDigests([{ digest: { id: digestId, ...definition }, sources: [] }], 0)
  const since = slot - 3_600_000
  for (const [index, text] of [...unreadable, undefined].entries()) {
    const channelId = String(index) as ChannelId
    const times = { schedule: definition.schedule, createdAt: since, plannedUntil: since }
    await storage.subscriptions.add({ guildId, channelId, digestId, ...times })
    if (text === undefined) continue
    await db.updateTable('subscription').set({ schedule: text }).where('channel_id', '=', channelId).execute()
  }
  return { storage, db }
}

function planning({ ledger }: Storage, now: number) {
  const lines: string[] = []
  const log = createLog({ level: 'info', sink: (line) => void lines.push(line) })
  return { lines, plan: () => planDue({ ledger, now: () => now, catchUpMs: 3_600_000, log }) }
}

test('the others are posted, and of what cannot be read the log speaks once', async (t) => {
  const { storage } = await openWorld(t)
  const { lines, plan } = planning(storage, slot)
  await plan()
  await plan()
  const due = await storage.ledger.claim({ owner: 'me' as WorkerId, now: slot, leaseMs: 1000, limit: 10 })
  assert.deepEqual(
    due.map((each) => each.subscription.channelId),
    ['2'],
  )
  assert.equal(lines.filter((line) => line.includes('schedule.unreadable')).length, unreadable.length)
})

test('its owner reads what is the matter and what to do, and once it is done all is well', async (t) => {
  const { storage } = await openWorld(t)
  const { plan } = planning(storage, slot)
  await plan()
  const failing = await storage.ledger.health(guildId)
  assert.equal(failing.length, unreadable.length)
  const [first] = failing
  assert.ok(first)
  assert.match(sayRefusal(first, [], sayIn('en')), /cannot read its times .+ choose its times anew/)
  const standing = await storage.subscriptions.find(guildId, first.subscriptionId)
  assert.equal(standing && sayTimes(standing.schedule, 'en'), '–')
  const change = { schedule: { ...schedule, weekdays: ['fri'] } } as const
  await storage.subscriptions.change(guildId, first.subscriptionId, change, slot - 1)
  assert.equal((await storage.ledger.health(guildId)).length, unreadable.length - 1)
  await plan()
  const due = await storage.ledger.claim({ owner: 'me' as WorkerId, now: slot, leaseMs: 1000, limit: 10 })
  assert.ok(due.some((each) => each.subscription.id === first.subscriptionId))
})

test('a pause keeps what cannot be read, and a runtime that can read it has it posted again', async (t) => {
  const { storage, db } = await openWorld(t)
  const { plan } = planning(storage, slot - 2)
  await plan()
  for (const { subscriptionId } of await storage.ledger.health(guildId)) {
    await storage.subscriptions.pause(guildId, subscriptionId, slot - 2)
    await storage.subscriptions.resume(guildId, subscriptionId, slot - 1)
  }
  const rows = await db.selectFrom('subscription').select('schedule').orderBy('channel_id').limit(2).execute()
  assert.deepEqual(
    rows.map((row) => row.schedule),
    unreadable,
  )
  // A zone that is known again, as after an update of the runtime.
  const known = JSON.stringify({ ...schedule, weekdays: ['fri'] })
  await db.updateTable('subscription').set({ schedule: known }).where('channel_id', '=', '0').execute()
  await storage.ledger.searchAnew('other rules')
  await planning(storage, slot).plan()
  assert.equal((await storage.ledger.health(guildId)).length, unreadable.length - 1)
})

test('of a place that cannot be read the same is true, also for what was promised before', async (t) => {
  const { storage, db } = await openWorld(t)
  const standing = await storage.subscriptions.all()
  const ids = standing.map(({ id }) => id)
  await db
    .updateTable('subscription')
    .set({ schedule: JSON.stringify({ ...schedule, weekdays: ['fri'] }) })
    .execute()
  await db
    .updateTable('subscription')
    .set({ place: '{"kind":"moon"}' })
    .where('channel_id', '=', '0')
    .execute()
  await db.updateTable('subscription').set({ place: 'nowhere' }).where('channel_id', '=', '1').execute()
  assert.equal((await storage.subscriptions.all()).length, ids.length)
  const { lines, plan } = planning(storage, slot)
  await plan()
  await plan()
  const due = await storage.ledger.claim({ owner: 'me' as WorkerId, now: slot, leaseMs: 1000, limit: 10 })
  assert.deepEqual(
    due.map((each) => each.subscription.channelId),
    ['2'],
  )
  assert.equal(lines.filter((line) => line.includes('schedule.unreadable')).length, 2)
  // Unreadable since it was promised: claiming does not fail.
  await db.updateTable('subscription').set({ place: 'nowhere' }).execute()
  assert.deepEqual(
    await storage.ledger.claim({ owner: 'you' as WorkerId, now: slot, leaseMs: 1000, limit: 10 }),
    [],
  )
  const later = { owner: 'you' as WorkerId, now: slot + 2000, leaseMs: 1000, limit: 10 }
  assert.equal((await storage.ledger.claim(later)).length, 1)
})

test('a definition that cannot be read hides its digest and no other', async (t) => {
  const { storage, db } = await openWorld(t)
  const standing = await storage.library.findDigest('wire' as DigestId)
  assert.ok(standing)
  const { id: _, ...definition } = standing
  const broken = { ...standing, id: 'broken' as DigestId }
  await storage.intake.setHouseDigests(
    [standing, broken].map((digest) => ({ digest, sources: [] })),
    0,
  )
  await db.updateTable('digest').set({ definition: '{"title":' }).where('id', '=', 'broken').execute()
  const own = await storage.guildDigests.add(guildId, definition, 0, undefined)
  await db.updateTable('digest').set({ definition: '{}' }).where('id', '=', own.id).execute()
  assert.deepEqual(
    (await storage.library.digests(guildId)).map(({ id }) => id),
    ['wire'],
  )
  assert.deepEqual(
    (await storage.archive.digests()).map(({ digest }) => digest.id),
    ['wire'],
  )
  assert.equal(await storage.library.findDigest('broken' as DigestId), undefined)
  assert.deepEqual(await storage.guildDigests.list(guildId), [])
  assert.deepEqual([...(await storage.unreadableDigests())].sort(), ['broken', own.id].sort())
  assert.ok(await storage.guildDigests.replace(guildId, own.id, definition, 1, undefined))
  assert.equal((await storage.guildDigests.list(guildId)).length, 1)
})
