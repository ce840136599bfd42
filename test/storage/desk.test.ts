/** The desk where editions are made, on a SQLite file: what is a candidate, what was told, and what stays on record. */
import assert from 'node:assert/strict'
import type { ArticleId, StoryId } from '../../src/article/article.ts'
import type { EditionContent, EditionId } from '../../src/digest/edition.ts'
import type { Passed } from '../../src/digest/passed.ts'
import { parseContent } from '../../src/storage/edition-content.ts'
import { test } from '../support/engines.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'

const hour = 3_600_000
const day = 24 * hour
const start = Date.UTC(2026, 10, 20)

const content: EditionContent = {
  title: 'Harbour Wire',
  language: 'en',
  items: [],
  hasLead: false,
  sections: 'none',
  minutes: 1,
}

/** Freezes an edition that carries one story, without composing it. */
async function carry(
  { storage: { desk }, digest, idOf }: Newsroom,
  story: string,
  keys: readonly string[],
  at: number,
  { previous, passed = [] }: { readonly previous?: EditionId; readonly passed?: readonly Passed[] } = {},
) {
  const articles = keys.map(idOf)
  const item = {
    storyId: story as StoryId,
    articleId: articles[0] ?? assert.fail(),
    headline: 'H',
    brief: 'B',
    summary: [],
    by: 'extract',
    outlets: ['Harbour Wire'],
    texts: 1,
    carriers: 1,
    at,
    minutes: 1,
    carries: articles,
    because: '',
  } as const
  return desk.freeze({
    digestId: digest.id,
    slot: at,
    previous,
    composedAt: at,
    content: { ...content, items: [item] },
    seenFrom: at - 7 * day,
    passed,
  })
}

async function candidates(
  { storage: { desk }, digest, keyOf }: Newsroom,
  until: number,
  previous?: EditionId,
) {
  const found = await desk.candidates(digest.id, previous, until)
  return {
    ...found,
    byStory: Object.fromEntries(
      found.stories.map(({ storyId, articles }) => [storyId, articles.map(({ id }) => keyOf(id)).sort()]),
    ),
  }
}

test('an edition is frozen once; whoever comes second gets the same', async (t) => {
  const newsroom = await openNewsroom(t)
  await newsroom.hold('a', { story: 's1', at: start })
  const [one, two] = await Promise.all([
    carry(newsroom, 's1', ['a'], start + 1),
    carry(newsroom, 's1', ['a'], start + 1),
  ])
  assert.deepEqual(one, two)
  assert.equal(one.number, 1)
  assert.deepEqual(await newsroom.storage.desk.findNext(newsroom.digest.id, start + 1, undefined), one)
})

test('candidates are the articles of the digest alone, with their stories', async (t) => {
  const newsroom = await openNewsroom(t)
  await newsroom.hold('a', { story: 's1', at: start })
  await newsroom.hold('b', { story: 's1', at: start, source: 'courier' })
  await newsroom.hold('c', { story: 's1', at: start, source: 'elsewhere' })
  await newsroom.hold('d', { story: 's2', at: start, source: 'elsewhere' })
  await newsroom.hold('later', { story: 's3', at: start + 10 })
  assert.deepEqual((await candidates(newsroom, start + 5)).byStory, { s1: ['a', 'b'] })
})

test('what another digest saw long before is a candidate from when a source of this one brings it, once', async (t) => {
  const newsroom = await openNewsroom(t)
  await newsroom.hold('old', { story: 's1', at: start, source: 'elsewhere' })
  const seen = start + 30 * day
  assert.deepEqual((await candidates(newsroom, seen)).byStory, {})
  await newsroom.hold('old', { story: 's1', at: seen, source: 'courier' })
  assert.deepEqual((await candidates(newsroom, seen - 1)).byStory, {}, 'as it was then')
  const found = await candidates(newsroom, seen + hour)
  assert.deepEqual(found.byStory, { s1: ['old'] })
  const [article] = found.stories[0]?.articles ?? []
  assert.deepEqual(
    [article?.seenAt, article?.sourceId],
    [start, 'folder:wire/courier'],
    'it is no fresher for it',
  )
  const first = await carry(newsroom, 's1', ['old'], seen + hour)
  await newsroom.hold('old', { story: 's1', at: seen + 2 * hour, source: 'wire' })
  assert.deepEqual((await candidates(newsroom, seen + day, first.id)).byStory, {})
})

test('an article that a second source of the digest brings later is as old as the first made it', async (t) => {
  const newsroom = await openNewsroom(t)
  await newsroom.hold('a', { story: 's1', at: start })
  await newsroom.hold('a', { story: 's1', at: start + 8 * day, source: 'courier' })
  assert.deepEqual((await candidates(newsroom, start + 9 * day)).byStory, {})
  const [both] = (await candidates(newsroom, start + 6 * day)).stories
  assert.equal(both?.articles.length, 1)
})

test('what an edition carried is no candidate of its chain again, and still one of another chain', async (t) => {
  const newsroom = await openNewsroom(t)
  await newsroom.hold('a', { story: 's1', at: start })
  const first = await carry(newsroom, 's1', ['a'], start + hour)
  assert.deepEqual((await candidates(newsroom, start + day, first.id)).byStory, {})
  assert.deepEqual((await candidates(newsroom, start + day)).byStory, { s1: ['a'] })
  await newsroom.hold('late', { story: 's1', at: start + 2 * hour })
  const { stories } = await candidates(newsroom, start + day, first.id)
  const [candidate] = stories
  assert.deepEqual(candidate?.told, { number: 1, at: start + hour })
  assert.deepEqual(candidate?.articles.map(({ id, told }) => [newsroom.keyOf(id), told?.number]).sort(), [
    ['a', 1],
    ['late', undefined],
  ])
})

test('a story is told even where the articles that told it are gone, or went into another story', async (t) => {
  const newsroom = await openNewsroom(t)
  await newsroom.hold('a', { story: 's1', at: start })
  await newsroom.hold('b', { story: 's2', at: start })
  const first = await carry(newsroom, 's1', ['a'], start + 1)
  const second = await carry(newsroom, 's2', ['b'], start + 2, { previous: first.id })
  await newsroom.storage.intake.retire('a', start + 3)
  await newsroom.hold('c', { story: 's1', at: start + 4 })
  await newsroom.storage.intake.assignStories(
    [{ articleId: newsroom.idOf('b'), storyId: 's3' as StoryId }],
    [{ from: 's2' as StoryId, into: 's3' as StoryId }],
  )
  await newsroom.hold('d', { story: 's3', at: start + 5 })
  const { stories } = await candidates(newsroom, start + day, second.id)
  assert.deepEqual(
    stories.map(({ storyId, told }) => [storyId, told?.number]),
    [
      ['s1', 1],
      ['s3', 2],
    ],
  )
})

test('a carried article is a candidate again when its text changes, and its old text is still known', async (t) => {
  const newsroom = await openNewsroom(t)
  await newsroom.hold('a', { story: 's1', at: start, headline: 'Twelve dead' })
  const first = await carry(newsroom, 's1', ['a'], start + hour)
  await newsroom.hold('a', { story: 's1', at: start + 2 * hour, headline: 'Seventeen dead' })
  const { stories } = await candidates(newsroom, start + day, first.id)
  assert.deepEqual(stories[0]?.articles[0].updatedAt, start + 2 * hour)
  assert.deepEqual(
    (await candidates(newsroom, start + 90 * 60_000, first.id)).byStory,
    {},
    'as it was before',
  )
  const texts = await newsroom.storage.desk.texts([
    { id: newsroom.idOf('a'), at: start + hour },
    { id: newsroom.idOf('a'), at: start + day },
  ])
  assert.deepEqual(
    texts.map(({ headline, at }) => [headline, at]),
    [
      ['Twelve dead', start],
      ['Seventeen dead', start + 2 * hour],
    ],
  )
})

test('an article is a candidate for a week, and longer where no edition came', async (t) => {
  const newsroom = await openNewsroom(t)
  await newsroom.hold('a', { story: 's1', at: start })
  await newsroom.hold('b', { story: 's2', at: start + 1.5 * hour })
  const first = await carry(newsroom, 's1', ['a'], start + 2 * hour)
  assert.deepEqual((await candidates(newsroom, start + 7 * day, first.id)).byStory, { s2: ['b'] })
  await newsroom.hold('c', { story: 's3', at: start + 3 * hour })
  const afterHoliday = await candidates(newsroom, start + 20 * day, first.id)
  assert.deepEqual(afterHoliday.byStory, { s2: ['b'], s3: ['c'] })
  assert.deepEqual((await candidates(newsroom, start + 40 * day, first.id)).byStory, {})
})

test('what becomes too old is named once, with the reason that stood last', async (t) => {
  const newsroom = await openNewsroom(t)
  const { storage, digest, idOf } = newsroom
  await newsroom.hold('a', { story: 's1', at: start })
  await newsroom.hold('b', { story: 's2', at: start })
  await newsroom.hold('c', { story: 's3', at: start + hour })
  const why = { reason: 'below-cut', place: 9, of: 20, points: 1.5 } as const
  const passed = [{ articleId: idOf('b'), storyId: 's2' as StoryId, why }]
  const first = await carry(newsroom, 's1', ['a'], start + 2 * hour, { passed })
  const standing = await candidates(newsroom, start + day, first.id)
  assert.deepEqual([...standing.standing], [[idOf('b'), 'below-cut']])
  assert.deepEqual(standing.overdue, [])
  await newsroom.hold('d', { story: 's4', at: start + 5 * day })
  const second = await carry(newsroom, 's4', ['d'], start + 6 * day, { previous: first.id })
  const third = await storage.desk.candidates(digest.id, second.id, start + 7 * day + 2 * hour)
  assert.deepEqual(
    third.overdue.map(({ articleId, standing: reason }) => [newsroom.keyOf(articleId), reason]).sort(),
    [
      ['b', 'below-cut'],
      ['c', undefined],
    ],
  )
  const frozen = await storage.desk.freeze({
    digestId: digest.id,
    slot: 3,
    previous: second.id,
    composedAt: start + 7 * day + 2 * hour,
    content,
    seenFrom: third.seenFrom,
    passed: third.overdue.map(({ articleId, storyId }) => ({
      articleId,
      storyId,
      why: { reason: 'too-late' },
    })),
  })
  const fourth = await storage.desk.candidates(digest.id, frozen.id, start + 8 * day)
  assert.deepEqual(fourth.overdue, [])
})

test('thousands of articles are carried and passed over in one edition', async (t) => {
  const newsroom = await openNewsroom(t)
  const { storage, digest } = newsroom
  await newsroom.hold('a', { story: 's1', at: start })
  const passed = Array.from({ length: 2100 }, (_, at): Passed => {
    const why = { reason: 'filtered', rule: `exclude words: "it's", ${at}` } as const
    return { articleId: `passed${at}` as ArticleId, storyId: `s${at}` as StoryId, why }
  })
  const first = await carry(newsroom, 's1', ['a'], start + 1, { passed })
  const { standing } = await storage.desk.candidates(digest.id, first.id, start + 2)
  assert.equal(standing.size, 2100)
})

test('an edition of an older version is read with what it has', () => {
  const old = {
    title: 'T',
    language: 'en',
    items: [
      {
        storyId: 's',
        articleId: 'a',
        headline: 'H',
        brief: 'B',
        outlets: ['A', 'B'],
        at: 1,
        carries: ['a'],
        because: '',
      },
    ],
  }
  const { items, ...rest } = parseContent(JSON.stringify(old))
  assert.deepEqual(rest, { title: 'T', language: 'en', hasLead: false, sections: 'none', minutes: 1 })
  assert.deepEqual(items, [
    { ...old.items[0], summary: [], by: 'extract', texts: 2, carriers: 1, minutes: 1 },
  ])
  assert.throws(() => parseContent('{}'))
})
