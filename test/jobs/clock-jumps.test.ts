/** A machine's clock that is wrong for a while and then right: no slot is lost by it, and none is posted twice. On SQLite files. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { ChannelId, Delivery, GuildId, MessageId, WorkerId } from '../../src/digest/ledger.ts'
import { planDue } from '../../src/jobs/plan.ts'
import { createLog } from '../../src/log.ts'
import { openStorage } from '../../src/storage/storage.ts'

const hour = 3_600_000
const minute = 60_000
const day = 24 * hour
const leaseMs = minute
const digestId = 'wire' as DigestId
const guildId = '1' as GuildId
const log = createLog({ level: 'silent' })

const hourly = { cron: '0 * * * *', zone: 'UTC' }
const daily = { times: ['07:30'], zone: 'UTC' }
const yearly = { cron: '0 8 1 1 *', zone: 'UTC' }

/** A subscription that posts into a list of slots, whatever the clock shows. */
async function openDesk(t: TestContext, schedule: object, since: number) {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-clock-'))
  const url = `sqlite:${join(folder, 'a.sqlite')}`
  let storage = await openStorage(url)
  t.after(async () => {
    await storage.close()
    await rm(folder, { recursive: true })
  })
  const sources = [{ folder: 'articles' }]
  const definition = definitionSchema.parse({ title: 'Wire', language: 'en', sources, schedule })
  await storage.intake.setHouseDigests([{ digest: { id: digestId, ...definition }, sources: [] }], 0)
  await storage.subscriptions.add({
    guildId,
    channelId: '2' as ChannelId,
    digestId,
    schedule: definition.schedule,
    createdAt: since,
    plannedUntil: since,
  })
  const posted: number[] = []
  const claim = (now: number) => storage.ledger.claim({ owner: 'me' as WorkerId, now, leaseMs, limit: 10 })
  const plan = (now: number) => planDue({ ledger: storage.ledger, now: () => now, catchUpMs: 6 * hour, log })
  /** Begins to post, as far as a kill lets it. */
  const begin = async ({ slot, ...delivery }: Delivery, now: number) => {
    const content = {
      title: 'Wire',
      language: 'en',
      items: [],
      hasLead: false,
      sections: 'none',
      minutes: 0,
    } as const
    const previous = delivery.subscription.lastEditionId
    const next = { digestId, slot, previous, composedAt: now, content, seenFrom: 0, passed: [] }
    const { id } = await storage.desk.freeze(next)
    const part = { editionId: id, parts: 1, late: false, part: 0, anew: false, now }
    return storage.ledger.beginPart(delivery, { ...part, leaseUntil: now + leaseMs })
  }
  const post = async (delivery: Delivery, now: number): Promise<void> => {
    if (!(await begin(delivery, now))) return
    posted.push(delivery.slot)
    await storage.ledger.recordPart(
      delivery,
      0,
      { channelId: delivery.subscription.channelId, messageId: '7' as MessageId },
      now,
    )
    await storage.ledger.markSent(delivery, now)
  }
  const tick = async (now: number): Promise<void> => {
    await plan(now)
    for (let due = await claim(now); due.length > 0; due = await claim(now)) {
      for (const delivery of due) await post(delivery, now)
    }
  }
  return {
    posted: () => posted.map((slot) => new Date(slot).toISOString().slice(0, 16)).toSorted(),
    plan,
    claim,
    begin,
    tick,
    /** Ticks from one instant to another, both included. */
    walk: async (from: string, to: string, everyMs: number): Promise<void> => {
      for (let now = at(from); now <= at(to); now += everyMs) await tick(now)
    },
    restart: async (now: number): Promise<void> => {
      await storage.close()
      storage = await openStorage(url)
      await storage.ledger.endLeases(now)
    },
  }
}

const at = (text: string): number => Date.parse(`${text}Z`)

const hours = (date: string, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${date}T${String(from + index).padStart(2, '0')}:00`)

for (const isRestarted of [false, true]) {
  const restarted = isRestarted ? ', restarted at each change' : ''

  test(`three hours ahead and right again, every slot is posted once${restarted}`, async (t) => {
    const desk = await openDesk(t, hourly, at('2026-11-20T10:01'))
    await desk.walk('2026-11-20T10:05', '2026-11-20T10:25', 20 * minute)
    if (isRestarted) await desk.restart(at('2026-11-20T13:20'))
    await desk.walk('2026-11-20T13:25', '2026-11-20T13:35', 10 * minute)
    if (isRestarted) await desk.restart(at('2026-11-20T10:30'))
    await desk.walk('2026-11-20T10:35', '2026-11-20T15:15', 20 * minute)
    assert.deepEqual(desk.posted(), hours('2026-11-20', 11, 15))
  })

  test(`three hours behind and right again, every slot is posted once${restarted}`, async (t) => {
    const desk = await openDesk(t, hourly, at('2026-11-20T10:01'))
    await desk.walk('2026-11-20T10:05', '2026-11-20T13:05', 20 * minute)
    if (isRestarted) await desk.restart(at('2026-11-20T10:10'))
    await desk.walk('2026-11-20T10:15', '2026-11-20T11:25', 20 * minute)
    if (isRestarted) await desk.restart(at('2026-11-20T14:25'))
    await desk.walk('2026-11-20T14:25', '2026-11-20T16:05', 20 * minute)
    assert.deepEqual(desk.posted(), hours('2026-11-20', 11, 16))
  })

  test(`a year ahead and right again, every slot is posted once, also when that year has passed${restarted}`, async (t) => {
    const desk = await openDesk(t, daily, at('2026-11-19T12:00'))
    await desk.tick(at('2026-11-20T07:31'))
    if (isRestarted) await desk.restart(at('2027-11-20T07:32'))
    await desk.tick(at('2027-11-20T07:33'))
    if (isRestarted) await desk.restart(at('2026-11-20T07:34'))
    await desk.walk('2026-11-20T07:35', '2026-11-23T07:35', day)
    await desk.walk('2027-11-14T07:31', '2027-11-21T07:31', day)
    const inNovember = Array.from({ length: 8 }, (_, index) =>
      new Date(at('2027-11-14T07:30') + index * day).toISOString().slice(0, 16),
    )
    const first = ['20', '21', '22', '23'].map((date) => `2026-11-${date}T07:30`)
    assert.deepEqual(desk.posted(), [...first, ...inNovember])
  })

  test(`a year behind and right again, every slot is posted once${restarted}`, async (t) => {
    const desk = await openDesk(t, daily, at('2026-11-19T12:00'))
    await desk.walk('2026-11-20T07:31', '2026-11-22T07:31', day)
    if (isRestarted) await desk.restart(at('2025-11-22T12:00'))
    await desk.walk('2025-11-22T12:00', '2025-11-22T16:00', hour)
    if (isRestarted) await desk.restart(at('2026-11-22T12:00'))
    await desk.walk('2026-11-22T12:00', '2026-11-23T08:00', hour)
    assert.deepEqual(
      desk.posted(),
      ['20', '21', '22', '23'].map((date) => `2026-11-${date}T07:30`),
    )
  })
}

test('a rare slot is not lost when a clock was ahead of it by more than a search looks back', async (t) => {
  const desk = await openDesk(t, yearly, at('2026-11-19T12:00'))
  await desk.tick(at('2026-11-20T12:00'))
  await desk.tick(at('2027-11-20T12:01'))
  await desk.tick(at('2026-11-20T12:02'))
  await desk.tick(at('2027-01-01T08:01'))
  assert.deepEqual(desk.posted(), ['2027-01-01T08:00'])
})

test('what was begun while the clock was ahead is ended soon after it is right, and its slot is not posted again', async (t) => {
  const desk = await openDesk(t, hourly, at('2026-11-20T10:01'))
  await desk.plan(at('2026-11-20T13:25'))
  const [begun] = await desk.claim(at('2026-11-20T13:25'))
  assert.ok(begun)
  await desk.begin(begun, at('2026-11-20T13:25'))
  await desk.plan(at('2026-11-20T10:30'))
  const [again, ...more] = await desk.claim(at('2026-11-20T10:32'))
  assert.deepEqual([again?.id, again?.parts.length, more.length], [begun.id, 1, 0])
})
