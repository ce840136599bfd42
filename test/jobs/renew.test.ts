/** Articles that an older analysis worked out are brought up to date behind everybody's back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analysisMark } from '../../src/digest/renewing.ts'
import { type RenewJob, renewOutdated } from '../../src/jobs/renew.ts'
import { openPool } from '../../src/work/pool.ts'
import { article, headlineOf } from '../story/made-up-news.ts'
import { openStoryDesk, type StoryDesk } from '../support/stories.ts'

const text = `Divers map a coral reef off Saltmere

The reef lies 40 metres down and is two kilometres long.

Divers from the University of Merrow have mapped a cold-water coral reef off Saltmere. They counted 31 kinds of fish.
`
const never = new AbortController().signal

function jobOf(desk: StoryDesk, given: Partial<RenewJob>): RenewJob {
  return {
    now: desk.clock.now,
    renewing: desk.storage.renewing,
    mark: analysisMark(),
    analyse: () => Promise.reject(new Error('not asked')),
    log: desk.log,
    ...given,
  }
}

test('what the analysis of today gives is left alone', async (t) => {
  const desk = await openStoryDesk(t)
  await desk.holdText('reef', text)
  assert.equal(await renewOutdated(jobOf(desk, {}), never), 0)
  assert.deepEqual(desk.logged, [])
})

test('other limits give other summaries of what is held, and nobody sees it as changed', async (t) => {
  const desk = await openStoryDesk(t)
  const pool = openPool()
  t.after(pool.close)
  const id = await desk.holdText('reef', text)
  await desk.open().place()
  const before = await desk.storage.library.findArticle(id)
  const limits = { maxSentences: 1 }
  const job = jobOf(desk, {
    mark: analysisMark(limits),
    analyse: (outdated) => pool.run('renewArticle', { ...outdated, limits }),
  })
  assert.equal(await renewOutdated(job, never), 1)
  const after = await desk.storage.library.findArticle(id)
  assert.equal(before?.summary.length, 3)
  assert.equal(after?.summary.length, 1)
  assert.deepEqual({ ...after, summary: [] }, { ...before, summary: [] })
  assert.deepEqual(await desk.storage.intake.unplaced(10), [])
})

test('a summary of a text that may not be kept stays, and is searched', async (t) => {
  const desk = await openStoryDesk(t)
  const pool = openPool()
  t.after(pool.close)
  await desk.hold(article('kept short', headlineOf(0, 1, 1)))
  const [outdated] = await desk.storage.renewing.outdated(analysisMark(), 1)
  assert.ok(outdated !== undefined)
  const unkept = ['A sentence that only the whole text had.']
  const renewed = await pool.run('renewArticle', {
    ...outdated,
    draft: { ...outdated.draft, body: [] },
    summary: unkept,
    features: 'as before',
  })
  assert.deepEqual(renewed.summary, unkept)
  assert.deepEqual(renewed.body, [])
  assert.equal(renewed.features, 'as before')
  assert.match(renewed.stems, /onli the whole text had/)
})

test('an article that cannot be analysed is named and not tried again', async (t) => {
  const desk = await openStoryDesk(t)
  await desk.holdText('reef', text)
  const job = jobOf(desk, { mark: 'another', analyse: () => Promise.reject(new Error('too odd')) })
  assert.equal(await renewOutdated(job, never), 0)
  assert.equal(await renewOutdated(job, never), 0)
  assert.equal(desk.logged.filter(({ msg }) => msg === 'article.unrenewed').length, 1)
})

test('renewing ends when the bot does', async (t) => {
  const desk = await openStoryDesk(t)
  await desk.holdText('reef', text)
  const stopping = new AbortController()
  const job = jobOf(desk, {
    mark: 'another',
    analyse: () => {
      stopping.abort()
      return Promise.reject(new Error('the pool is closed'))
    },
  })
  assert.equal(await renewOutdated(job, stopping.signal), 0)
  assert.equal((await desk.storage.renewing.outdated('another', 5)).length, 1)
})
