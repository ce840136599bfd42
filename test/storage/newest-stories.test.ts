/** The newest stories of a digest, however many newer articles others brought. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openNewsroom } from '../support/newsroom.ts'

test('the newest stories of a digest come in order, each once, page by page, behind newer ones of another digest', async (t) => {
  const { hold, storage, digest } = await openNewsroom(t)
  for (const [at, story] of ['old', 'fire', 'flood', 'fire', 'vote'].entries())
    await hold(`w${at}`, { story, at: at + 1, language: story === 'vote' ? 'de' : 'en' })
  for (let at = 0; at < 40; at += 1)
    await hold(`e${at}`, { story: `else${at}`, at: 100 + at, source: 'elsewhere' })
  const newest = async (limit: number, offset = 0, language?: string) => {
    const asked = { digestIds: [digest.id], limit, offset, ...(language === undefined ? {} : { language }) }
    return (await storage.library.newestStories(asked)).map(({ id }) => id)
  }
  assert.deepEqual(await newest(1), ['vote'])
  assert.deepEqual(await newest(2), ['vote', 'fire'])
  assert.deepEqual(await newest(2, 2), ['flood', 'old'])
  assert.deepEqual(await newest(10), ['vote', 'fire', 'flood', 'old'])
  assert.deepEqual(await newest(10, 0, 'en'), ['fire', 'flood', 'old'])
  assert.deepEqual(await newest(10, 4), [])
  const all = await storage.library.newestStories({ limit: 42 })
  assert.deepEqual(
    all.map(({ id }) => id),
    [...Array.from({ length: 40 }, (_, at) => `else${39 - at}`), 'vote', 'fire'],
  )
  assert.deepEqual(await storage.library.newestStories({ digestIds: [], limit: 3 }), [])
})
