/** A role among processes: one has it, another takes over when it has ended, and what the first still wants to store is refused. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { StoryId } from '../../src/article/article.ts'
import type { WorkerId } from '../../src/digest/ledger.ts'
import { type Role, startRole } from '../../src/jobs/role.ts'
import { createLog } from '../../src/log.ts'
import { openStorage, type Storage } from '../../src/storage/storage.ts'
import { agencyText } from '../story/made-up-news.ts'
import { newDatabase, test, testOn } from '../support/engines.ts'
import { openStoryDesk } from '../support/stories.ts'

const log = createLog({ level: 'silent' })

interface Process {
  readonly storage: Storage
  readonly role: Role
  readonly taken: Promise<void>
  readonly lost: Promise<void>
}

async function start(t: TestContext, url: string, name: string, leaseMs: number): Promise<Process> {
  const storage = await openStorage(url)
  const taken = Promise.withResolvers<void>()
  const lost = Promise.withResolvers<void>()
  const role = await startRole({
    leases: storage.roles,
    name: 'editorial',
    worker: name as WorkerId,
    leaseMs,
    onTaken: taken.resolve,
    onLost: lost.resolve,
    log,
  })
  t.after(async () => {
    await role.stop()
    await storage.close()
  })
  return { storage, role, taken: taken.promise, lost: lost.promise }
}

test('a role that is given up is another’s soon after', async (t) => {
  const url = await newDatabase(t)
  const first = await start(t, url, 'a', 1000)
  await first.taken
  assert.equal(first.role.isOurs(), true)
  await first.role.stop()
  assert.equal(first.role.isOurs(), false)
  const second = await start(t, url, 'b', 1000)
  await second.taken
})

testOn(
  'PostgreSQL',
  'one of two has the role, and the other takes it when the first does not renew it',
  async (t) => {
    const url = await newDatabase(t)
    const gone = await openStorage(url)
    assert.equal(await gone.roles.take('editorial', 'gone' as WorkerId, 700), true)
    const next = await start(t, url, 'next', 400)
    assert.equal(next.role.isOurs(), false)
    assert.equal(await gone.roles.take('editorial', 'gone' as WorkerId, 700), true)
    await gone.close()
    await next.taken
    assert.equal(next.role.isOurs(), true)
  },
)

testOn('PostgreSQL', 'whoever has lost the role puts no article into a story', async (t) => {
  const desk = await openStoryDesk(t)
  await desk.hold(agencyText('a', 0))
  const { roles, intake } = desk.storage
  const [waiting] = await intake.unplaced(1)
  assert.ok(waiting)
  const assignment = { ...waiting, storyId: 's' as StoryId }
  assert.equal(await roles.take('editorial', 'we' as WorkerId, 1), true)
  const next = await start(t, desk.url, 'next', 400)
  await next.taken
  await assert.rejects(intake.assignStories([assignment], [], 1), /Another process has the role/)
  assert.equal((await intake.unplaced(1)).length, 1)
  await next.storage.intake.assignStories([assignment], [], 1)
})

test('whoever takes the role over knows from storage what the others have placed', async (t) => {
  const desk = await openStoryDesk(t)
  const first = desk.open()
  const second = desk.open()
  await desk.hold(agencyText('a', 0))
  await first.place()
  await desk.hold(agencyText('b', 0))
  await second.place()
  await first.forget()
  await desk.hold(agencyText('c', 0))
  await first.place()
  const places = await desk.places('a', 'b', 'c')
  assert.deepEqual(new Set(Object.values(places).map(({ story }) => story)), new Set([places.a?.story]))
  assert.equal(Object.values(places).filter(({ copyOf }) => copyOf === undefined).length, 1)
  assert.equal(desk.logged.filter(({ msg }) => msg === 'stories.restored').length, 3)
})
