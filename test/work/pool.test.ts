/** A thread that runs out of memory: whoever asked is told, and the next one finds another thread. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPool } from '../../src/work/pool.ts'

const heapMb = 100
const opml = Buffer.from('<opml><body><outline xmlUrl="https://news.example/feed"/></body></opml>')
/** Of so many long paragraphs that they do not fit into the memory of a thread. */
const bomb = { headline: 'Lighthouse', authors: [], body: Array<string>(900).fill('word '.repeat(40_000)) }

test('an article that takes too much memory is refused with a sentence, and what is asked beside and after it is done', async (t) => {
  const pool = openPool(heapMb)
  t.after(pool.close)
  const before = pool.run('readOpml', opml)
  const given = { outlet: 'Wire', language: 'en', brief: '', summary: [], features: '{}' }
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
