/** Threads that run out of memory, take too long or do not get ready: whoever asked is told, and the next one finds another thread. */
import assert from 'node:assert/strict'
import { mock, type TestContext, test } from 'node:test'
import { OutsideError } from '../../src/errors.ts'
import { openPool } from '../../src/work/pool.ts'

const opml = Buffer.from('<opml><body><outline xmlUrl="https://news.example/feed"/></body></opml>')
/** Of so many long paragraphs that they do not fit into the memory of a thread. */
const bomb = { headline: 'Lighthouse', authors: [], body: Array<string>(900).fill('word '.repeat(40_000)) }

test('an article that takes too much memory is refused with a sentence, and what is asked beside and after it is done', async (t) => {
  const pool = openPool({ heapMb: 100 })
  t.after(pool.close)
  const given = { outlet: 'Wire', language: 'en', brief: '', summary: [], features: '{}' }
  const before = pool.run('readOpml', opml)
  const refused = assert.rejects(pool.run('renewArticle', { ...given, draft: bomb }), {
    name: 'UserError',
    // Where the machine is so busy that ten seconds are over first, that is said.
    code: /^too-(?:large|slow)$/,
    message: /^Reading it took .+ Shorten or split it\.$/,
  })
  const after = pool.run('readOpml', opml)
  await refused
  for (const list of [await before, await after, await pool.run('readOpml', opml)])
    assert.equal(list?.feeds.length, 1)
})

/** A pool whose limits pass when the test says so; its threads are real. */
function openPoolOnClock(t: TestContext) {
  mock.timers.enable({ apis: ['setTimeout'] })
  const pool = openPool()
  t.after(async () => {
    mock.timers.reset()
    await pool.close()
  })
  return pool
}

test('the time that a thread takes to start is not the time of its task', async (t) => {
  const pool = openPoolOnClock(t)
  const read = Promise.all([pool.run('readOpml', opml), pool.run('readOpml', opml)])
  mock.timers.tick(30_000)
  for (const list of await read) assert.equal(list?.feeds.length, 1)
})

test('where no thread gets ready in time, asking again can help', async (t) => {
  const pool = openPoolOnClock(t)
  const read = pool.run('readOpml', opml)
  mock.timers.tick(60_000)
  await assert.rejects(read, (error) => error instanceof OutsideError && error.retry)
  assert.equal((await pool.run('readOpml', opml))?.feeds.length, 1)
})

test('a task that takes longer than its time is ended with a sentence', async (t) => {
  const pool = openPool({ taskMs: 1 })
  t.after(pool.close)
  const items = '<item><title>Ferries leave</title><description>At dawn.</description></item>'.repeat(20_000)
  const bytes = Buffer.from(`<rss version="2.0"><channel><title>Harbour</title>${items}</channel></rss>`)
  await assert.rejects(pool.run('readFeed', { bytes, url: 'https://news.example/feed' }), {
    name: 'UserError',
    code: 'too-slow',
  })
})
