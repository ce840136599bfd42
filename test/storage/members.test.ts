/** What is held of a member, and its end. */
import assert from 'node:assert/strict'
import type { StoryId } from '../../src/article/article.ts'
import type { UserId, WorkerId } from '../../src/digest/ledger.ts'
import { untoldLifeMs } from '../../src/digest/member.ts'
import { test } from '../support/engines.ts'
import { openNewsroom } from '../support/newsroom.ts'

const mika = '100000000000000002' as UserId
const ben = '100000000000000003' as UserId
const now = Date.parse('2026-11-20T06:00:00Z')
const bridge = 'bridge' as StoryId
const worker = 'w' as WorkerId

async function opened(t: import('node:test').TestContext) {
  const room = await openNewsroom(t)
  const { follows, drafts } = room.storage
  await room.hold('one', { story: bridge, at: now })
  for (const userId of [mika, ben])
    await follows.add({ userId, storyId: bridge, place: { kind: 'dm' }, locale: 'de' }, now)
  await drafts.put('draft', mika, { title: 'Half a digest' }, now)
  return room
}

/** The story moves, and Discord lets nobody write to anybody. */
async function keepUntold({ storage, hold }: Awaited<ReturnType<typeof opened>>): Promise<void> {
  await hold('two', { story: bridge, at: now + 1 })
  for (const each of await storage.follows.moved({ owner: worker, now: now + 2, leaseMs: 1000, limit: 9 }))
    await storage.follows.keptUntold(each, each.news, now + 2)
}

test('what is held of a member is counted, and forgotten with all of it, and nothing of others', async (t) => {
  const room = await opened(t)
  const { members, follows, drafts } = room.storage
  await keepUntold(room)
  assert.deepEqual(await members.held(mika), { follows: 1, drafts: 1, untold: 1, digests: 0, setUp: 0 })
  assert.deepEqual(await members.held(ben), { follows: 1, drafts: 0, untold: 1, digests: 0, setUp: 0 })
  assert.deepEqual(await members.forget(mika), { follows: 1, drafts: 1, untold: 1, digests: 0, setUp: 0 })
  assert.deepEqual(await members.held(mika), { follows: 0, drafts: 0, untold: 0, digests: 0, setUp: 0 })
  assert.deepEqual(await members.forget(mika), { follows: 0, drafts: 0, untold: 0, digests: 0, setUp: 0 })
  assert.equal(await drafts.find('draft', mika, now), undefined)
  assert.equal((await follows.ofMember(ben))[0]?.locale, 'de')
  assert.deepEqual(await members.held(ben), { follows: 1, drafts: 0, untold: 1, digests: 0, setUp: 0 })
})

test('what could not be told is handed out once, and makes its member unreachable until then', async (t) => {
  const room = await opened(t)
  const { members, follows } = room.storage
  assert.equal(await members.isUnreachable(mika), false)
  await keepUntold(room)
  assert.equal(await members.isUnreachable(mika), true)
  const taken = await Promise.all([members.takeUntold(mika), members.takeUntold(mika)])
  assert.deepEqual(taken.flat(), [bridge])
  assert.equal(await members.isUnreachable(mika), false)
  assert.equal(await members.isUnreachable(ben), true)
  const again = { owner: worker, now: now + 3, leaseMs: 1000, limit: 9 }
  assert.deepEqual(await follows.moved(again), [], 'it counts as told')
})

test('what waits without anything sent is claimed as for the first time, what is in doubt is not', async (t) => {
  const { storage, hold } = await opened(t)
  const { follows } = storage
  await hold('two', { story: bridge, at: now + 1 })
  const claim = { owner: worker, now: now + 2, leaseMs: 1000, limit: 9 }
  const [one, other] = await follows.moved(claim)
  assert.ok(one && other)
  assert.equal(await follows.wait(one, now + 500), true)
  assert.equal(await follows.postpone(other, now + 500), true)
  const again = await follows.moved({ ...claim, now: now + 600 })
  assert.deepEqual(
    new Map(again.map(({ id, attempt }) => [id, attempt])),
    new Map([
      [one.id, 1],
      [other.id, 2],
    ]),
  )
})

test('after a month nothing waits any more, and drafts go after a day', async (t) => {
  const room = await opened(t)
  await keepUntold(room)
  const { members } = room.storage
  await members.dropOld(now + 24 * 60 * 60 * 1000 + 1)
  assert.deepEqual(await members.held(mika), { follows: 1, drafts: 0, untold: 1, digests: 0, setUp: 0 })
  await members.dropOld(now + 3 + untoldLifeMs)
  assert.deepEqual(await members.held(mika), { follows: 1, drafts: 0, untold: 0, digests: 0, setUp: 0 })
})
