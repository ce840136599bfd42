/** What became of posted articles, on SQLite: noted with the change, spread to the messages that show it, claimed for a day. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { ArticleId, SourceId, StoryId } from '../../src/article/article.ts'
import type { PartToCorrect } from '../../src/digest/correcting.ts'
import { isSameHeadline } from '../../src/digest/correction.ts'
import { type DigestId, definitionSchema } from '../../src/digest/definition.ts'
import type { EditionId } from '../../src/digest/edition.ts'
import type { ChannelId, GuildId, MessageId, RoleId, WorkerId } from '../../src/digest/ledger.ts'
import { openStorage, type Storage } from '../../src/storage/storage.ts'
import { analysedArticle } from '../support/articles.ts'

const digestId = 'wire' as DigestId
const guildId = '1' as GuildId
const sourceId = 'folder:wire/articles' as SourceId
const worker = 'worker-a' as WorkerId
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const headline = 'Council agrees on new bridge'

interface Stage {
  readonly storage: Storage
  readonly articleId: ArticleId
  readonly editionId: EditionId
  readonly hold: (name: string, headline: string, hash: string, now: number) => Promise<ArticleId>
  readonly post: (channel: string, now: number, roleId?: RoleId) => Promise<void>
}

/** An edition that tells of one article was posted in one channel, an hour in. */
async function open(t: TestContext): Promise<Stage> {
  const storage = await openStorage('sqlite::memory:')
  t.after(storage.close)
  const definition = definitionSchema.parse({
    title: 'Harbour Wire',
    language: 'en',
    sources: [{ folder: 'articles' }],
    schedule: { times: ['07:30'], zone: 'UTC' },
  })
  const source = { id: sourceId, kind: 'folder', address: 'wire/articles', fulltext: 'always' } as const
  await storage.intake.setHouseDigests([{ digest: { id: digestId, ...definition }, sources: [source] }], 0)
  const hold: Stage['hold'] = async (name, text, hash, now) => {
    const incoming = { sourceId, keys: [`file:${name}`] }
    return (await storage.intake.hold(incoming, hash, analysedArticle({ headline: text }), now)).id
  }
  const articleId = await hold('bridge', headline, 'a', 0)
  const item = {
    storyId: articleId as string as StoryId,
    articleId,
    headline,
    brief: '',
    summary: [],
    by: 'extract',
    outlets: ['Harbour Wire'],
    texts: 1,
    carriers: 1,
    at: 0,
    minutes: 1,
    carries: [articleId],
    because: '',
  } as const
  const content = {
    title: 'Harbour Wire',
    language: 'en',
    items: [item],
    hasLead: false,
    sections: 'none',
    minutes: 1,
  } as const
  const next = {
    digestId,
    slot: hour,
    previous: undefined,
    composedAt: hour,
    content,
    seenFrom: 0,
    passed: [],
  }
  const { id: editionId } = await storage.desk.freeze(next)
  const post: Stage['post'] = async (channel, now, roleId) => {
    const { ledger, subscriptions } = storage
    const channelId = channel as ChannelId
    const { schedule } = definition
    await subscriptions.add({ guildId, channelId, digestId, schedule, createdAt: 0, plannedUntil: 0 })
    const found = (await subscriptions.ofGuild(guildId)).find((each) => each.channelId === channelId)
    await ledger.planExtra(found?.id ?? assert.fail(), now, now)
    const [delivery] = await ledger.claim({ owner: worker, now, leaseMs: minute, limit: 9 })
    assert.ok(delivery)
    const leaseUntil = now + minute
    await ledger.beginPart(delivery, {
      editionId,
      parts: 1,
      late: false,
      part: 0,
      anew: false,
      now,
      leaseUntil,
    })
    const posted = { channelId, messageId: `m${channel}` as MessageId }
    await ledger.recordPart(delivery, 0, { ...posted, ...(roleId === undefined ? {} : { roleId }) }, now)
    await ledger.markSent(delivery, now)
  }
  await post('10', hour)
  return { storage, articleId, editionId, hold, post }
}

async function claimAt({ corrections }: Storage, now: number): Promise<readonly PartToCorrect[]> {
  await corrections.spread(now)
  return corrections.claim({ owner: worker, now, leaseMs: minute, limit: 9 })
}

test('headlines that differ in spaces, quotes, dashes and capitals alone are the same', () => {
  const same = [
    ['Mayor: “We win”', 'MAYOR:  "We win"'],
    ['Port – harbour', 'Port - harbour'],
    ['L’État', "l'état"],
  ]
  for (const [one = '', other = ''] of same) assert.ok(isSameHeadline(one, other), one)
  for (const other of ['Council agrees on no bridge', 'Council agrees on new bridges', '']) {
    assert.ok(!isSameHeadline(headline, other), other)
  }
})

test('a correction is gathered for a minute, spread to what was posted, also later, and claimed once', async (t) => {
  const { storage, articleId, editionId, hold, post } = await open(t)
  const { corrections } = storage
  await hold('bridge', '“Council agrees” on new  bridge', 'b', 2 * hour)
  assert.deepEqual(await claimAt(storage, 3 * hour), [], 'nothing was corrected')
  await hold('bridge', 'Council rejects bridge', 'c', 4 * hour)
  assert.deepEqual(await claimAt(storage, 4 * hour + minute - 1), [])
  const [part, ...more] = await claimAt(storage, 4 * hour + minute)
  assert.ok(part)
  assert.deepEqual(more, [])
  assert.deepEqual([part.channelId, part.messageId, part.attempt], ['10', 'm10', 1])
  assert.deepEqual(
    await corrections.of(editionId),
    new Map([[articleId, { kind: 'headline', headline: 'Council rejects bridge', at: 4 * hour }]]),
  )
  assert.deepEqual(await claimAt(storage, 4 * hour + minute + 1), [], 'it is leased')
  const [again] = await claimAt(storage, 4 * hour + 3 * minute)
  assert.equal(again?.attempt, 2)
  await corrections.settle(again ?? part, part.version, 'shown')
  assert.deepEqual(await claimAt(storage, 5 * hour), [])
  await post('11', 6 * hour)
  const [late, ...others] = await claimAt(storage, 6 * hour + 1)
  assert.deepEqual([late?.channelId, others.length], ['11', 0])
})

test('what was posted a day ago is not claimed, and what was withdrawn and is back is as it was', async (t) => {
  const { storage, articleId, editionId, hold } = await open(t)
  const { corrections, intake } = storage
  await intake.retire('file:bridge', 2 * hour)
  assert.equal((await corrections.of(editionId)).get(articleId)?.kind, 'withdrawn')
  await hold('bridge', headline, 'a', 3 * hour)
  assert.deepEqual(await corrections.of(editionId), new Map())
  await intake.retire('file:bridge', 4 * hour)
  assert.deepEqual(await claimAt(storage, day + hour), [])
  assert.equal((await claimAt(storage, day + hour - 1)).length, 1)
  await corrections.dropOld(9 * day)
  assert.deepEqual(await corrections.of(editionId), new Map())
})

test('a correction knows the role that its message mentions, whatever the settings say since', async (t) => {
  const { storage, hold, post } = await open(t)
  await post('11', hour, '7' as RoleId)
  for (const { id } of await storage.subscriptions.ofGuild(guildId))
    await storage.subscriptions.change(guildId, id, { notice: 'role' }, hour)
  await hold('bridge', 'Council rejects bridge', 'c', 2 * hour)
  const parts = await claimAt(storage, 3 * hour)
  assert.deepEqual(parts.map(({ channelId, roleId }) => [channelId, roleId]).sort(), [
    ['10', undefined],
    ['11', '7'],
  ])
})

test('a file that only has another name now is not withdrawn', async (t) => {
  const { storage, editionId, hold } = await open(t)
  await hold('bridge-renamed', headline, 'a', 2 * hour)
  await storage.intake.retire('file:bridge', 2 * hour)
  assert.deepEqual(await storage.corrections.of(editionId), new Map())
})
