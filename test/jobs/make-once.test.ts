/** One edition for all processes that publish: who makes it, who waits, and who takes over. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { EditionDesk } from '../../src/digest/desk.ts'
import type { WorkerId } from '../../src/digest/ledger.ts'
import { type MadeOnce, makeOnce } from '../../src/jobs/make-once.ts'
import { findNews } from '../../src/story/movement.ts'
import { testOn } from '../support/engines.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'

const slot = Date.parse('2026-11-20T07:30:00Z')
const leaseMs = 60_000

interface Maker {
  readonly make: (at?: number) => Promise<MadeOnce>
  readonly stop: () => void
  /** How often a model was asked. */
  readonly asked: () => number
  /** Fulfilled when a model is asked, or another process is found at work. */
  readonly writes: Promise<void>
  readonly waits: Promise<void>
}

/** A process; `answer` is what its model waits for. */
function maker(
  { storage, digest }: Newsroom,
  name: string,
  answer: Promise<void> = Promise.resolve(),
): Maker {
  let asked = 0
  const stopping = new AbortController()
  const writes = Promise.withResolvers<void>()
  const waits = Promise.withResolvers<void>()
  const desk: EditionDesk = {
    ...storage.desk,
    beginMaking: async (...begin) => {
      const whose = await storage.desk.beginMaking(...begin)
      if (whose === 'others') waits.resolve()
      return whose
    },
  }
  const making = {
    desk,
    findNews: async (task: Parameters<typeof findNews>[0]) => findNews(task),
    writeSummaries: async () => {
      asked += 1
      writes.resolve()
      await answer
      return new Map()
    },
    worker: name as WorkerId,
    leaseMs,
    stopping: stopping.signal,
  }
  return {
    make: (at = slot) => makeOnce({ ...making, now: () => at }, { digest, previous: undefined, slot }),
    stop: () => stopping.abort(),
    asked: () => asked,
    writes: writes.promise,
    waits: waits.promise,
  }
}

async function opened(t: TestContext, articles: number): Promise<Newsroom> {
  const newsroom = await openNewsroom(t, { summaries: 'model' })
  for (let at = 0; at < articles; at += 1)
    await newsroom.hold(`a${at}`, { story: `s${at}`, at: slot - 3_600_000, headline: `Bridge ${at} opens` })
  return newsroom
}

testOn(
  'PostgreSQL',
  'of two processes that need an edition one makes it, and the other waits for it',
  async (t) => {
    const newsroom = await opened(t, 2)
    const answer = Promise.withResolvers<void>()
    const [first, second] = [maker(newsroom, 'first', answer.promise), maker(newsroom, 'second')]
    const making = first.make()
    await first.writes
    const waiting = second.make()
    await second.waits
    answer.resolve()
    const [made, found] = await Promise.all([making, waiting])
    assert.ok(typeof made === 'object' && typeof found === 'object')
    assert.equal(found.id, made.id)
    assert.deepEqual([first.asked(), second.asked()], [1, 0])
    const again = await maker(newsroom, 'third').make()
    assert.ok(typeof again === 'object' && again.id === made.id)
  },
)

testOn(
  'PostgreSQL',
  'an edition that a dead process had begun is made by another when its lease is over',
  async (t) => {
    const newsroom = await opened(t, 2)
    const edition = { digestId: newsroom.digest.id, slot, previous: undefined }
    await newsroom.storage.desk.beginMaking(edition, { owner: 'dead' as WorkerId, now: slot, leaseMs })
    const early = maker(newsroom, 'early')
    const waiting = early.make()
    await early.waits
    early.stop()
    assert.equal(await waiting, 'stopped')
    const later = maker(newsroom, 'later')
    assert.equal(typeof (await later.make(slot + leaseMs)), 'object')
    assert.equal(later.asked(), 1)
  },
)

testOn(
  'PostgreSQL',
  'that there is nothing to say is found by one process, and holds for the others',
  async (t) => {
    const newsroom = await opened(t, 0)
    assert.equal(await maker(newsroom, 'first').make(), 'nothing')
    await newsroom.hold('late', { story: 's', at: slot - 1, headline: 'Ferry runs again' })
    assert.equal(await maker(newsroom, 'second').make(), 'nothing')
    assert.equal(typeof (await maker(newsroom, 'second').make(slot + leaseMs)), 'object')
  },
)

testOn('PostgreSQL', 'what could not be made is made by the next one at once', async (t) => {
  const newsroom = await opened(t, 2)
  const answer = Promise.withResolvers<void>()
  const failing = maker(newsroom, 'failing', answer.promise)
  const making = failing.make()
  await failing.writes
  answer.reject(new Error('the storage is gone'))
  await assert.rejects(making, /the storage is gone/)
  assert.equal(typeof (await maker(newsroom, 'next').make()), 'object')
})

testOn('SQLite', 'a process that is alone asks nobody', async (t) => {
  const newsroom = await opened(t, 2)
  const only = maker(newsroom, 'only')
  assert.equal(typeof (await only.make()), 'object')
  assert.equal(only.asked(), 1)
})
