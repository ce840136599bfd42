/** Notices, on SQLite: one for each problem, gathered by person, told once, and gone when all is well again. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { SourceId } from '../../src/article/article.ts'
import { type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type {
  ChannelId,
  Delivery,
  Failure,
  GuildId,
  SubscriptionId,
  UserId,
  WorkerId,
} from '../../src/digest/ledger.ts'
import { openStorage, type Storage } from '../../src/storage/storage.ts'
import { newDatabase, test } from '../support/engines.ts'

const digestId = 'wire' as DigestId
const harbour = '1' as GuildId
const olivia = '100' as UserId
const pia = '101' as UserId
const worker = 'worker-a' as WorkerId
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const refused: Failure = {
  code: '50013',
  reason: 'I cannot post there',
  missing: ['SendMessages'],
  isToBeTold: true,
}
const definition = definitionSchema.parse({
  title: 'Harbour Wire',
  language: 'en',
  sources: [{ folder: 'articles' }],
  schedule: { times: ['07:30'], zone: 'UTC' },
})

async function open(t: TestContext): Promise<Storage> {
  const storage = await openStorage(await newDatabase(t, 'in memory'))
  t.after(storage.close)
  await storage.intake.setHouseDigests([{ digest: { id: digestId, ...definition }, sources: [] }], 0)
  return storage
}

async function subscribe({ subscriptions }: Storage, channel: string, addedBy?: UserId) {
  const channelId = channel as ChannelId
  await subscriptions.add({
    guildId: harbour,
    channelId,
    digestId,
    schedule: definition.schedule,
    createdAt: 0,
    plannedUntil: 0,
    ...(addedBy === undefined ? {} : { addedBy }),
  })
  const found = (await subscriptions.ofGuild(harbour)).find((each) => each.channelId === channelId)
  return found?.id ?? assert.fail()
}

/** The next delivery of each, which comes to that end. */
async function letEnd(
  { ledger }: Storage,
  ids: readonly SubscriptionId[],
  now: number,
  end: (delivery: Delivery) => Promise<boolean>,
): Promise<void> {
  for (const id of ids) await ledger.planExtra(id, now, now)
  const deliveries = await ledger.claim({ owner: worker, now, leaseMs: minute, limit: ids.length })
  assert.equal(deliveries.length, ids.length)
  for (const delivery of deliveries) assert.ok(await end(delivery))
}

const fail = (storage: Storage, ids: readonly SubscriptionId[], now: number, failure = refused) =>
  letEnd(storage, ids, now, (delivery) => storage.ledger.markFailed(delivery, failure, now))

const succeed = (storage: Storage, ids: readonly SubscriptionId[], now: number) =>
  letEnd(storage, ids, now, (delivery) => storage.ledger.markSent(delivery, now))

const claimAll = ({ notices }: Storage, now: number) =>
  notices.claim({ owner: worker, now, leaseMs: minute, limit: 20 })

test('many failures at once are one message for each person, the first few at length', async (t) => {
  const storage = await open(t)
  const ids = await Promise.all(Array.from({ length: 30 }, (_, at) => subscribe(storage, `c${at}`, olivia)))
  await fail(storage, [...ids, await subscribe(storage, 'p', pia), await subscribe(storage, 'o')], hour)
  assert.deepEqual(await claimAll(storage, hour + minute - 1), [], 'what comes within a minute is gathered')
  const claimed = await claimAll(storage, hour + minute)
  const told = claimed.map(({ person, guilds: [{ guildId, count, first }] }) => [
    person,
    guildId,
    count,
    first.length,
  ])
  assert.deepEqual(
    new Set(told.map((each) => JSON.stringify(each))),
    new Set([
      JSON.stringify([{ kind: 'member', userId: olivia }, harbour, 30, 5]),
      JSON.stringify([{ kind: 'member', userId: pia }, harbour, 1, 1]),
      JSON.stringify([{ kind: 'owner' }, harbour, 1, 1]),
    ]),
  )
  assert.deepEqual(claimed[0]?.guilds[0].first[0]?.digestTitle, 'Harbour Wire')
  for (const each of claimed) await storage.notices.settle(each, 'direct', hour + minute)
  assert.deepEqual(await claimAll(storage, 9 * hour), [])
})

test('a problem is told once; another one is news, and so is the same one after all was well', async (t) => {
  const storage = await open(t)
  const id = await subscribe(storage, 'news', olivia)
  const tell = async (now: number) => {
    const claimed = await claimAll(storage, now)
    for (const each of claimed) await storage.notices.settle(each, 'direct', now)
    return claimed.flatMap(({ guilds: [{ first }] }) =>
      first.map(({ problem }) => (problem.kind === 'delivery' ? problem.code : problem.trouble)),
    )
  }
  await fail(storage, [id], day)
  assert.deepEqual(await tell(day + minute), ['50013'])
  await fail(storage, [id], 2 * day)
  assert.deepEqual(await tell(2 * day + minute), [])
  await fail(storage, [id], 3 * day, { ...refused, code: '10003' })
  assert.deepEqual(await tell(3 * day + minute), ['10003'])
  await fail(storage, [id], 4 * day)
  assert.deepEqual(await tell(4 * day + minute), [], 'to and fro between two problems is not told')
  await succeed(storage, [id], 5 * day)
  await fail(storage, [id], 6 * day)
  assert.deepEqual(await tell(6 * day + minute), ['50013'])
  await fail(storage, [id], 7 * day, { ...refused, code: 'bug', isToBeTold: false })
  assert.deepEqual(await tell(7 * day + minute), [], 'nobody is told what nobody there can mend')
})

test('nobody is told twice within an hour, and what is not told at once is not lost', async (t) => {
  const storage = await open(t)
  const [one, other] = [await subscribe(storage, 'a', olivia), await subscribe(storage, 'b', olivia)]
  await fail(storage, [one], hour)
  const [first] = await claimAll(storage, hour + minute)
  assert.ok(first)
  assert.deepEqual(await claimAll(storage, hour + minute + 1), [], 'it is leased')
  const [again] = await claimAll(storage, hour + 3 * minute)
  assert.equal(again?.attempt, 2, 'the lease ran out')
  await storage.notices.postpone(again ?? first, hour + 4 * minute, true)
  const [third] = await claimAll(storage, hour + 4 * minute)
  assert.equal(third?.attempt, 1)
  await storage.notices.settle(third ?? first, 'direct', hour + 4 * minute)
  await fail(storage, [other], hour + 10 * minute)
  assert.deepEqual(await claimAll(storage, hour + 20 * minute), [])
  assert.equal((await claimAll(storage, 2 * hour + 5 * minute)).length, 1)
})

test('a source of a server’s own that fails for days, or is gone, is told to whoever added it until it is read again', async (t) => {
  const storage = await open(t)
  const { guildDigests, notices, polling } = storage
  const sources = [{ feed: 'https://a.example/feed' }, { feed: 'https://b.example/feed' }]
  const own = definitionSchema.parse({ ...definition, title: 'Our own', sources: sources.slice(0, 1) })
  const { id } = await guildDigests.add(harbour, own, 0, olivia)
  await guildDigests.change(
    harbour,
    id,
    (standing) => ({ ...standing, sources: definitionSchema.parse({ ...own, sources }).sources }),
    0,
    pia,
  )
  const source = (name: string) => `feed:https://${name}.example/feed` as SourceId
  const poll = (name: string, at: number, trouble: 'timeout' | 'gone' | undefined) =>
    polling.record(source(name), {
      at,
      state: '',
      nextPollAt: trouble === 'gone' ? undefined : at + hour,
      ...(trouble === undefined ? {} : { trouble }),
    })
  const told = async (now: number) => {
    await notices.noteSources(now)
    const claimed = await claimAll(storage, now + minute)
    for (const each of claimed) await notices.settle(each, 'direct', now + minute)
    return claimed.flatMap(({ person, guilds: [{ first }] }) =>
      first.map(({ problem, digestTitle }) => [
        person.kind === 'member' ? person.userId : person.kind,
        digestTitle,
        problem.kind === 'source' ? `${problem.address} ${problem.trouble}` : problem.kind,
      ]),
    )
  }
  await poll('a', hour, 'timeout')
  await poll('b', hour, 'gone')
  assert.deepEqual(await told(2 * hour), [[pia, 'Our own', 'https://b.example/feed gone']])
  await poll('a', 4 * day, 'timeout')
  assert.deepEqual(await told(4 * day), [[olivia, 'Our own', 'https://a.example/feed timeout']])
  assert.deepEqual(await told(5 * day), [])
  await poll('a', 6 * day, undefined)
  assert.deepEqual(await told(6 * day), [])
  await poll('a', 7 * day, 'timeout')
  assert.deepEqual(await told(11 * day), [[olivia, 'Our own', 'https://a.example/feed timeout']])
})

test('who is forgotten is told nothing more, and what they set up stays', async (t) => {
  const storage = await open(t)
  const id = await subscribe(storage, 'news', olivia)
  assert.equal((await storage.members.held(olivia)).setUp, 1)
  await fail(storage, [id], hour)
  assert.equal((await storage.members.forget(olivia)).setUp, 1)
  assert.equal((await storage.members.held(olivia)).setUp, 0)
  const [claimed] = await claimAll(storage, 2 * hour)
  assert.deepEqual(claimed?.person, { kind: 'owner' })
  assert.equal((await storage.subscriptions.ofGuild(harbour)).length, 1)
})
