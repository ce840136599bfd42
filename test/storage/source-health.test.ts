/** What is kept of reading sources, and what is counted of what came in. */
import assert from 'node:assert/strict'
import type { SourceId } from '../../src/article/article.ts'
import { type DigestDefinition, type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { GuildId } from '../../src/digest/ledger.ts'
import { addSources } from '../../src/digest/own-sources.ts'
import { test } from '../support/engines.ts'
import { openNewsroom } from '../support/newsroom.ts'

const now = Date.parse('2026-11-20T06:00:00Z')
const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs
const guild = '200000000000000001' as GuildId
const feedId = 'feed:https://harbour.example/feed.xml' as SourceId
const definition = definitionSchema.parse({
  title: 'Harbour feeds',
  language: 'en',
  sources: [{ feed: 'https://harbour.example/feed.xml' }],
  schedule: { times: ['07:30'], zone: 'UTC' },
})

test('a source is well, in trouble since its first failure, well again, and given up', async (t) => {
  const { storage } = await openNewsroom(t)
  const { polling, sourceHealths, guildDigests } = storage
  await guildDigests.add(guild, definition, now)
  const health = async () => (await sourceHealths.of([feedId], now)).get(feedId)
  const address = 'https://harbour.example/feed.xml'
  assert.deepEqual(await health(), { address, articles: 0, nextAt: now })

  const poll = { state: '{}', nextPollAt: now + dayMs }
  await polling.record(feedId, { ...poll, at: now + 1 })
  assert.deepEqual(await health(), { address, articles: 0, readAt: now + 1, nextAt: now + dayMs })
  await polling.record(feedId, { ...poll, at: now + 2, trouble: 'busy' })
  await polling.record(feedId, { ...poll, at: now + 3, trouble: 'timeout' })
  assert.deepEqual((await health())?.trouble, { code: 'timeout', since: now + 2 })
  assert.equal((await health())?.readAt, now + 1)
  await polling.record(feedId, { ...poll, at: now + 4, address: 'https://moved.example/feed.xml' })
  assert.deepEqual(await health(), {
    address: 'https://moved.example/feed.xml',
    articles: 0,
    readAt: now + 4,
    nextAt: now + dayMs,
  })
  await polling.record(feedId, { state: '{}', nextPollAt: undefined, at: now + 5, trouble: 'gone' })
  const gone = await health()
  assert.deepEqual([gone?.trouble?.code, gone?.nextAt], ['gone', undefined])
  assert.equal((await sourceHealths.of(['feed:unknown' as SourceId], now)).size, 0)
})

test('articles of late are counted by source and by day, stories once, on the day of their first article', async (t) => {
  const { storage, digest, hold } = await openNewsroom(t)
  await hold('old', { story: 's0', at: now - 20 * dayMs })
  await hold('again', { story: 's0', at: now - hourMs })
  await hold('first', { story: 's1', at: now - 2 * dayMs })
  await hold('second', { story: 's1', at: now - hourMs, source: 'courier' })
  await hold('third', { story: 's2', at: now - hourMs })
  await hold('elsewhere', { story: 's3', at: now - hourMs, source: 'elsewhere' })
  await hold('retired', { story: 's4', at: now - hourMs })
  await storage.intake.retire('retired', now)

  const wire = 'folder:wire/articles' as SourceId
  const courier = 'folder:wire/courier' as SourceId
  const healths = await storage.sourceHealths.of([wire, courier], now - 7 * dayMs)
  assert.deepEqual([healths.get(wire)?.articles, healths.get(courier)?.articles], [3, 1])
  const seen = await storage.status.seen([digest.id], now - 14 * dayMs)
  assert.deepEqual(seen.stories.toSorted(), [now - 2 * dayMs, now - hourMs])
  assert.equal(seen.articles.length, 4)
  const both = await storage.status.seen([digest.id, 'elsewhere' as DigestId], now - 14 * dayMs)
  assert.equal(both.stories.length, 3)
  assert.deepEqual(await storage.status.seen([], now - dayMs), { articles: [], stories: [] })
})

test('changes at once all hold; what a change leaves, or cannot be stored, stays as it was', async (t) => {
  const { storage } = await openNewsroom(t)
  const { guildDigests } = storage
  const { id } = await guildDigests.add(guild, definition, now)
  const adding = (address: string) => (standing: DigestDefinition) => ({
    ...standing,
    sources: [...addSources(standing.sources, [{ kind: 'feed', address }]).sources],
  })
  const addresses = Array.from({ length: 8 }, (_, at) => `https://feeds.example/${at}`)
  await Promise.all(addresses.map((address) => guildDigests.change(guild, id, adding(address), now)))
  assert.equal((await guildDigests.find(guild, id))?.sources.length, 9)

  const left = await guildDigests.change(guild, id, () => undefined, now)
  assert.equal(left?.sources.length, 9)
  await assert.rejects(guildDigests.change(guild, id, (standing) => ({ ...standing, sources: [] }), now))
  assert.equal((await guildDigests.find(guild, id))?.sources.length, 9)
  const stranger = '200000000000000002' as GuildId
  assert.equal(await guildDigests.change(stranger, id, adding('https://x.example'), now), undefined)
  assert.equal(
    await guildDigests.change(guild, 'wire' as DigestId, adding('https://x.example'), now),
    undefined,
  )
})
