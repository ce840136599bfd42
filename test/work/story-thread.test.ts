import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OutsideError } from '../../src/errors.ts'
import { openStoryThread } from '../../src/work/story-thread.ts'
import { agencyText } from '../story/made-up-news.ts'

function stored(id: string, event: number, to = 160) {
  return { articleId: id, features: JSON.stringify(agencyText('', event, 0, to)), seenAt: 1 }
}

test('requests are answered in their order, however many are on their way', async (t) => {
  const thread = openStoryThread()
  t.after(thread.close)
  const [, settled, first, second, removed] = await Promise.all([
    thread.restore([{ ...stored('old', 0), storyId: 'old' }]),
    thread.settle(['gone']),
    thread.place([stored('copy', 0, 120), stored('gone', 1)], 0),
    thread.place([stored('fuller', 1), stored('shorter', 1, 120)], 0),
    thread.remove(['old']),
  ])
  assert.deepEqual(settled.placed, [])
  assert.deepEqual(first.placed, [
    { id: 'copy', story: 'old', copyOf: 'old' },
    { id: 'gone', story: 'gone~2' },
  ])
  assert.deepEqual(
    second.placed.map(({ story }) => story),
    ['gone~2', 'gone~2', 'gone~2'],
  )
  assert.deepEqual(removed.placed, [{ id: 'copy', story: 'old' }])
})

test('whoever waits for a thread that ends is told, and so is whoever asks it later', async () => {
  const thread = openStoryThread()
  const waiting = [thread.settle([]), thread.place([stored('a', 0)], 0)]
  const rejections = waiting.map((each) => assert.rejects(each, OutsideError))
  await thread.close()
  await Promise.all(rejections)
  await assert.rejects(thread.remove(['a']), OutsideError)
})

test('articles seen before the window are let go', async (t) => {
  const thread = openStoryThread()
  t.after(thread.close)
  await thread.place([stored('old', 0)], 0)
  const { placed } = await thread.place([{ ...stored('new', 0, 120), seenAt: 5 }], 5)
  assert.deepEqual(placed, [{ id: 'new', story: 'new' }])
})
