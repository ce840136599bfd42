/** Claims of two processes on one database, while a model takes longer over its summaries than a lease holds. */
import assert from 'node:assert/strict'
import { mock, type TestContext } from 'node:test'
import { type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { ChannelId, Delivery, GuildId, WorkerId } from '../../src/digest/ledger.ts'
import { createClaims } from '../../src/jobs/claims.ts'
import { planDue } from '../../src/jobs/plan.ts'
import { createLog } from '../../src/log.ts'
import { openStorage, type Storage } from '../../src/storage/storage.ts'
import { newDatabase, test } from '../support/engines.ts'
import { openHost } from '../support/host.ts'

const slot = Date.parse('2026-11-20T07:30:00Z')
const leaseMs = 60_000
const log = createLog({ level: 'silent' })
/** More than are under way at once: the others are claimed and wait. */
const channels = 66

/** A model that answers everybody when it is told to. */
async function openModel(t: TestContext) {
  const answering = Promise.withResolvers<void>()
  const host = await openHost(t, {
    '/': (_, response) => void answering.promise.then(() => response.end('{}')),
  })
  return { url: host.url, answer: answering.resolve }
}

async function openTwice(t: TestContext): Promise<readonly [Storage, Storage]> {
  const url = await newDatabase(t)
  const mine = await openStorage(url)
  const others = await openStorage(url)
  t.after(async () => {
    await mine.close()
    await others.close()
  })
  return [mine, others]
}

async function subscribe({ intake, subscriptions }: Storage): Promise<void> {
  const schedule = { times: ['07:30'], zone: 'UTC' }
  const definition = { title: 'Wire', language: 'en', sources: [{ folder: 'articles' }], schedule }
  const digest = { id: 'wire' as DigestId, ...definitionSchema.parse(definition) }
  await intake.setHouseDigests([{ digest, sources: [] }], 0)
  const since = slot - 3_600_000
  for (let channel = 0; channel < channels; channel += 1) {
    await subscriptions.add({
      guildId: '1' as GuildId,
      channelId: String(channel) as ChannelId,
      digestId: digest.id,
      schedule: digest.schedule,
      createdAt: since,
      plannedUntil: since,
    })
  }
}

test('what one process composes for longer than a lease holds is claimed by no other', async (t) => {
  mock.timers.enable({ apis: ['setInterval'] })
  t.after(() => mock.timers.reset())
  const model = await openModel(t)
  const [mine, others] = await openTwice(t)
  await subscribe(mine)
  let now = slot
  await planDue({ ledger: mine.ledger, now: () => now, catchUpMs: 3_600_000, log })
  const ends: boolean[] = []
  const deliver = async (delivery: Delivery): Promise<void> => {
    await (await fetch(model.url)).text()
    ends.push(await mine.ledger.markSent(delivery, now))
  }
  const all = Promise.withResolvers<void>()
  const claims = createClaims({
    ledger: mine.ledger,
    worker: 'mine' as WorkerId,
    leaseMs,
    now: () => now,
    deliver,
    onEnded: () => void claims.advance().then(() => claims.isIdle() && all.resolve()),
    log,
  })
  await claims.advance()
  const worker = 'other' as WorkerId
  for (let passed = 0; passed < 3 * leaseMs; passed += leaseMs / 3) {
    now += leaseMs / 3
    mock.timers.tick(leaseMs / 3)
    // The renewal that was asked for just now is on disk before the next write.
    await mine.ledger.release([], now)
    assert.deepEqual(await others.ledger.claim({ owner: worker, now, leaseMs, limit: 100 }), [])
  }
  model.answer()
  await all.promise
  await claims.close()
  assert.deepEqual([ends.length, ends.every(Boolean)], [channels, true])
})
