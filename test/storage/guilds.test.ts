import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import { mostGuildDigests } from '../../src/digest/guild.ts'
import type { ChannelId, GuildId, RoleId, WorkerId } from '../../src/digest/ledger.ts'
import { sourcesOf } from '../../src/digest/source-list.ts'
import { openStorage } from '../../src/storage/storage.ts'
import { newDatabase, test } from '../support/engines.ts'

const ours = '200000000000000001' as GuildId
const theirs = '200000000000000002' as GuildId
const now = Date.parse('2026-11-20T06:00:00Z')
const owner = 'one' as WorkerId
const dayMs = 24 * 60 * 60 * 1000

const definition = definitionSchema.parse({
  title: 'Harbour feeds',
  language: 'en',
  sources: [{ feed: 'https://harbour.example/feed.xml' }],
  schedule: { times: ['07:30'], zone: 'UTC' },
})

async function opened(t: TestContext) {
  const storage = await openStorage(await newDatabase(t, 'in memory'))
  t.after(() => storage.close())
  return storage
}

test('a server is new once, known while it stays, and back after it left', async (t) => {
  const { guilds } = await opened(t)
  assert.equal(await guilds.joined(ours, now), 'new')
  assert.equal(await guilds.joined(ours, now + 1), 'known')
  await guilds.left(ours, now + 2)
  assert.equal(await guilds.joined(ours, now + 3), 'back')
})

test('a server is to be welcomed until it was', async (t) => {
  const { guilds } = await opened(t)
  assert.equal(await guilds.isToWelcome(ours), false)
  await guilds.joined(ours, now)
  assert.equal(await guilds.isToWelcome(ours), true)
  await guilds.welcomed(ours, now)
  assert.equal(await guilds.isToWelcome(ours), false)
})

test('settings change one by one, and null takes one away', async (t) => {
  const { guilds } = await opened(t)
  await guilds.change(ours, { zone: 'Europe/Berlin', roleId: '300000000000000001' as RoleId }, now)
  await guilds.change(ours, { language: 'de', roleId: null }, now)
  assert.deepEqual(await guilds.settings(ours), { language: 'de', zone: 'Europe/Berlin' })
  assert.deepEqual(await guilds.settings(theirs), {})
})

test('a digest that a server made is seen, changed and withdrawn by that server alone', async (t) => {
  const { guildDigests, library } = await opened(t)
  const made = await guildDigests.add(ours, definition, now)
  assert.deepEqual(
    (await library.digests(ours)).map((each) => each.id),
    [made.id],
  )
  assert.deepEqual(await library.digests(theirs), [])
  assert.deepEqual(await library.digests(), [])
  assert.equal(await guildDigests.find(theirs, made.id), undefined)
  assert.equal(
    await guildDigests.replace(theirs, made.id, { ...definition, title: 'Stolen' }, now),
    undefined,
  )
  assert.equal(await guildDigests.withdraw(theirs, made.id, now), false)
  await guildDigests.replace(ours, made.id, { ...definition, title: 'Renamed' }, now)
  assert.equal((await guildDigests.find(ours, made.id))?.title, 'Renamed')
  assert.equal(await guildDigests.withdraw(ours, made.id, now), true)
  assert.deepEqual(await guildDigests.list(ours), [])
})

test('digests of servers stay when the house changes its own', async (t) => {
  const { guildDigests, intake, library } = await opened(t)
  await guildDigests.add(ours, definition, now)
  const house = { ...definition, id: 'wire' as DigestId, title: 'Wire' }
  await intake.setHouseDigests([{ digest: house, sources: sourcesOf(house.id, house) }], now)
  await intake.setHouseDigests([], now)
  assert.deepEqual(
    (await library.digests(ours)).map((each) => each.title),
    ['Harbour feeds'],
  )
})

test('a server that names a source of the house cannot change what may be shown of it', async (t) => {
  const { guildDigests, intake, polling } = await opened(t)
  const strict = definitionSchema.parse({
    ...definition,
    sources: [{ feed: 'https://harbour.example/feed.xml', fulltext: 'never', name: 'Harbour' }],
  })
  const house = { ...strict, id: 'wire' as DigestId }
  await intake.setHouseDigests([{ digest: house, sources: sourcesOf(house.id, house) }], now)
  await guildDigests.add(ours, definition, now)
  const [source, ...more] = await polling.claimDue({ owner, now: now, leaseUntil: now + 1000, limit: 10 })
  assert.deepEqual(more, [])
  assert.equal(source?.fulltext, 'never')
  assert.equal(source?.outlet, 'Harbour')
})

test('a source that was given up is tried again when a server names it anew', async (t) => {
  const { guildDigests, polling } = await opened(t)
  await guildDigests.add(ours, definition, now)
  const [source] = await polling.claimDue({ owner, now: now, leaseUntil: now + 1000, limit: 10 })
  assert.ok(source !== undefined)
  await polling.record(source.id, { at: now, state: '{}', nextPollAt: undefined })
  assert.deepEqual(
    await polling.claimDue({ owner, now: now + dayMs, leaseUntil: now + 2 * dayMs, limit: 10 }),
    [],
  )
  await guildDigests.add(theirs, definition, now + dayMs)
  assert.equal(
    (await polling.claimDue({ owner, now: now + dayMs, leaseUntil: now + 2 * dayMs, limit: 10 })).length,
    1,
  )
})

test('a server may make so many digests and no more', async (t) => {
  const { guildDigests } = await opened(t)
  for (let made = 0; made < mostGuildDigests; made += 1) await guildDigests.add(ours, definition, now)
  await assert.rejects(guildDigests.add(ours, definition, now), { code: 'too-many-digests' })
  await guildDigests.add(theirs, definition, now)
})

test('what a server left behind is kept for a time and then deleted whole', async (t) => {
  const { guilds, guildDigests, subscriptions, library } = await opened(t)
  await guilds.joined(ours, now)
  const made = await guildDigests.add(ours, definition, now)
  await subscriptions.add({
    guildId: ours,
    channelId: '400000000000000001' as ChannelId,
    digestId: made.id,
    schedule: definition.schedule,
    createdAt: now,
    plannedUntil: now,
  })
  await guilds.left(ours, now)
  assert.deepEqual(await guilds.forgetLeft(now), [])
  assert.equal((await subscriptions.ofGuild(ours)).length, 1)
  assert.deepEqual(await guilds.forgetLeft(now + 1), [ours])
  assert.deepEqual(await subscriptions.ofGuild(ours), [])
  assert.deepEqual(await library.digests(ours), [])
  assert.equal(await guilds.joined(ours, now + dayMs), 'new')
})

test('a draft is found by its owner for a day', async (t) => {
  const { drafts } = await opened(t)
  await drafts.put('d1', 'olivia', { step: 1 }, now)
  assert.deepEqual(await drafts.find('d1', 'olivia', now), { step: 1 })
  assert.equal(await drafts.find('d1', 'mika', now), undefined)
  await drafts.put('d1', 'mika', { step: 9 }, now)
  assert.deepEqual(await drafts.find('d1', 'olivia', now + dayMs - 1), { step: 1 })
  assert.equal(await drafts.find('d1', 'olivia', now + dayMs + 1), undefined)
})
