/** What storage promises to those who put articles into stories. */
import assert from 'node:assert/strict'
import type { ArticleId, StoryId } from '../../src/article/article.ts'
import { agencyText } from '../story/made-up-news.ts'
import { test } from '../support/engines.ts'
import { openStoryDesk, type StoryDesk } from '../support/stories.ts'

const story = (id: string): StoryId => id as StoryId

async function idsOf(desk: StoryDesk, ...names: readonly string[]): Promise<readonly ArticleId[]> {
  await desk.hold(...names.map((name, at) => agencyText(name, at)))
  const held = await desk.storage.intake.unplaced(100)
  return held.slice(-names.length).map(({ articleId }) => articleId)
}

async function placedIn(desk: StoryDesk, since: number): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const page of desk.storage.intake.placedSince(since))
    ids.push(...page.map(({ articleId }) => articleId))
  return ids
}

test('an article waits to be placed until it is placed as it reads now', async (t) => {
  const desk = await openStoryDesk(t)
  const { intake } = desk.storage
  await desk.hold(agencyText('a', 0))
  const [waiting] = await intake.unplaced(10)
  assert.ok(waiting !== undefined)
  await desk.hold(agencyText('a', 1))
  const { articleId, contentHash } = waiting
  await intake.assignStories([{ articleId, contentHash, storyId: story('s') }], [], 1)
  const [changed] = await intake.unplaced(10)
  assert.equal(changed?.articleId, articleId)
  assert.equal(changed?.storyId, 's')
  assert.deepEqual(await placedIn(desk, 0), [])
  await intake.assignStories(
    [{ articleId, contentHash: changed?.contentHash ?? '', storyId: story('s') }],
    [],
    1,
  )
  assert.deepEqual(await intake.unplaced(10), [])
  assert.deepEqual(await placedIn(desk, 0), [articleId])
})

test('what left the window stays in reach for as long as something in it is a copy', async (t) => {
  const desk = await openStoryDesk(t)
  const { intake } = desk.storage
  const start = desk.clock.now()
  const [original, stranger] = await idsOf(desk, 'original', 'stranger')
  desk.clock.moveTo(start + 60_000)
  const [copy] = await idsOf(desk, 'copy')
  assert.ok(original !== undefined && stranger !== undefined && copy !== undefined)
  const hashes = new Map((await intake.unplaced(10)).map((each) => [each.articleId, each.contentHash]))
  await intake.assignStories(
    [original, stranger, copy].map((articleId) => ({
      articleId,
      storyId: story(articleId === stranger ? 'other' : 'one'),
      contentHash: hashes.get(articleId) ?? '',
      ...(articleId === copy ? { copyOf: original } : {}),
    })),
    [],
    1,
  )
  assert.deepEqual(await placedIn(desk, start + 30_000), [original, copy])
  assert.deepEqual(new Set(await placedIn(desk, 0)), new Set([original, stranger, copy]))
  assert.equal(await intake.windowStart(0, 3), 0)
  assert.ok((await intake.windowStart(0, 1)) > start)
})

test('what is left of a story that went into another goes there too', async (t) => {
  const desk = await openStoryDesk(t)
  const { intake, library } = desk.storage
  const ids = await idsOf(desk, 'a', 'b', 'c')
  const [a, b, c] = ids
  assert.ok(a !== undefined && b !== undefined && c !== undefined)
  await intake.assignStories(
    ids.map((articleId) => ({ articleId, storyId: story(articleId === c ? 'two' : 'one') })),
    [],
    1,
  )
  await intake.assignStories(
    [{ articleId: a, storyId: story('two') }],
    [{ from: story('one'), into: story('two'), isMerged: false }],
    2,
  )
  assert.deepEqual(
    (await library.findStory(story('one')))?.articles.map(({ id }) => id),
    [b],
  )
  await intake.assignStories(
    [{ articleId: a, storyId: story('two') }],
    [{ from: story('one'), into: story('two') }],
    3,
  )
  assert.deepEqual(
    new Set((await library.findStory(story('one')))?.articles.map(({ id }) => id)),
    new Set([a, b, c]),
  )
  assert.deepEqual(await intake.storiesGoneSince(3), ['one'])
  assert.deepEqual(await intake.storiesGoneSince(4), [])
})
