/** Stories as the bot keeps them: on a database on disk, with the clustering in a thread of its own. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { StoryThread } from '../../src/jobs/stories.ts'
import { openStoryThread } from '../../src/work/story-thread.ts'
import { agencyText, article, headlineOf } from '../story/made-up-news.ts'
import { openStoryDesk } from '../support/stories.ts'

const day = 24 * 60 * 60 * 1000

test('copies in two outlets become one article with two carriers, in the story of the event', async (t) => {
  const desk = await openStoryDesk(t)
  await desk.hold(
    agencyText('agency', 0),
    agencyText('paper', 0, 0, 130),
    article('own words', headlineOf(0, 1, 1)),
  )
  await desk.open().place()
  const places = await desk.places('agency', 'paper', 'own words')
  assert.equal(places.paper?.copyOf, 'agency')
  assert.equal(places.agency?.copyOf, undefined)
  assert.equal(places.paper?.story, places.agency?.story)
  assert.equal(places['own words']?.story, places.agency?.story)
})

test('a retired original leaves its copies a new one', async (t) => {
  const desk = await openStoryDesk(t)
  const stories = desk.open()
  await desk.hold(agencyText('full', 0), agencyText('most', 0, 0, 140), agencyText('half', 0, 0, 110))
  await stories.place()
  await stories.remove([await desk.retire('full')])
  const places = await desk.places('full', 'most', 'half')
  assert.deepEqual(Object.keys(places), ['most', 'half'])
  assert.equal(places.most?.copyOf, undefined)
  assert.equal(places.half?.copyOf, 'most')
})

test('copies never name an original that is gone, also when the bot ends before it could say so', async (t) => {
  const desk = await openStoryDesk(t)
  await desk.hold(agencyText('full', 0), agencyText('most', 0, 0, 140), agencyText('half', 0, 0, 110))
  await desk.open().place()
  await desk.retire('full')
  await desk.reopen()
  const left = await desk.places('most', 'half')
  assert.deepEqual(
    Object.values(left).filter(({ copyOf }) => copyOf === 'full'),
    [],
  )
  await desk.hold(article('later', headlineOf(3, 1, 1)))
  await desk.open().place()
  assert.equal((await desk.places('half')).half?.copyOf, 'most')
})

test('a restart keeps every story, and what comes then finds it', async (t) => {
  const desk = await openStoryDesk(t)
  await desk.hold(
    agencyText('agency', 0),
    article('a', headlineOf(1, 1, 1)),
    article('b', headlineOf(1, 2, 2)),
  )
  await desk.open().place()
  const before = await desk.places('agency', 'a', 'b')
  await desk.reopen()
  await desk.hold(agencyText('paper', 0, 0, 120), article('c', headlineOf(1, 3, 3)))
  await desk.open().place()
  assert.deepEqual(await desk.places('agency', 'a', 'b'), before)
  const after = await desk.places('paper', 'c')
  assert.deepEqual(after, {
    paper: { story: before.agency?.story, copyOf: 'agency' },
    c: { story: before.a?.story },
  })
})

test('what was held and not placed when the bot ended is placed after the start', async (t) => {
  const desk = await openStoryDesk(t)
  await desk.hold(agencyText('agency', 0))
  await desk.reopen()
  await desk.open().place()
  assert.deepEqual(await desk.places('agency'), { agency: { story: 'agency' } })
})

test('a story that went into another is found there, and its id comes back neither then nor after a restart', async (t) => {
  const desk = await openStoryDesk(t)
  const stories = desk.open()
  const [one, two] = [agencyText('one', 0, 0, 70), agencyText('two', 0, 90, 160)]
  await desk.hold(one, { ...two, terms: ['unheard', 'of'], topTerms: 2, anchors: [] })
  await stories.place()
  const apart = await desk.places('one', 'two')
  assert.notEqual(apart.one?.story, apart.two?.story)
  await desk.hold(agencyText('full', 0))
  await stories.place()
  const together = new Set(Object.values(await desk.places('one', 'two', 'full')).map(({ story }) => story))
  assert.equal(together.size, 1)
  const lost = [apart.one?.story, apart.two?.story].find(
    (story) => story !== undefined && !together.has(story),
  )
  assert.ok(lost !== undefined)
  await desk.reopen()
  await desk.hold(article(lost, headlineOf(3, 1, 1)))
  await desk.open().place()
  assert.equal((await desk.places(lost))[lost]?.story, `${lost}~2`)
})

test('a thread that is ended between two calls, or while it is asked, is built again and loses nothing', async (t) => {
  const desk = await openStoryDesk(t)
  const threads: StoryThread[] = []
  const stories = desk.open(() => {
    const thread = openStoryThread()
    threads.push(thread)
    return thread
  })
  await desk.hold(agencyText('agency', 0))
  await stories.place()
  await threads[0]?.close()
  await desk.hold(agencyText('paper', 0, 0, 130))
  await stories.place()
  await desk.hold(agencyText('third', 0, 0, 120))
  const placing = stories.place()
  await threads[1]?.close()
  await placing
  assert.deepEqual(await desk.places('agency', 'paper', 'third'), {
    agency: { story: 'agency' },
    paper: { story: 'agency', copyOf: 'agency' },
    third: { story: 'agency', copyOf: 'agency' },
  })
  assert.ok(threads.length >= 2)
  const ended = desk.logged.find(({ msg }) => msg === 'stories.thread-ended')
  assert.match(JSON.stringify(ended?.err), /thread has ended/)
})

test('a thread without enough memory is told as that, and articles wait for the next call', async (t) => {
  const desk = await openStoryDesk(t)
  let heapMb = 6
  const stories = desk.open(() => openStoryThread(heapMb))
  await desk.hold(agencyText('agency', 0))
  await stories.place()
  assert.equal((await desk.storage.intake.unplaced(10)).length, 1)
  assert.ok(
    desk.logged.some(({ msg, err }) => msg === 'stories.failed' && /out of memory/.test(JSON.stringify(err))),
  )
  heapMb = 256
  desk.clock.moveTo(desk.clock.now() + 60_000)
  await stories.place()
  assert.deepEqual(await desk.storage.intake.unplaced(10), [])
})

test('one article that ends the thread whenever it comes holds up no other', async (t) => {
  const desk = await openStoryDesk(t)
  const stories = desk.open(() => {
    const thread = openStoryThread()
    return {
      ...thread,
      place: async (articles, since) => {
        if (!articles.some(({ features }) => features.includes('poison')))
          return thread.place(articles, since)
        await thread.close()
        return thread.place([], since)
      },
    }
  })
  await desk.hold(
    agencyText('before', 0),
    article('culprit', 'Poison found in well', { body: ['poison'] }),
    agencyText('after', 1),
  )
  await stories.place()
  assert.deepEqual(await desk.places('before', 'after'), {
    before: { story: 'before' },
    after: { story: 'after' },
  })
  assert.equal(desk.logged.filter(({ msg }) => msg === 'article.unplaceable').length, 1)
  await desk.hold(agencyText('later', 1, 0, 120))
  await stories.place()
  assert.equal((await desk.places('later')).later?.copyOf, 'after')
})

test('features that nobody can read make an article without words, and are named', async (t) => {
  const desk = await openStoryDesk(t)
  await desk.hold({ ...agencyText('broken', 0), terms: JSON.parse('null') })
  await desk.hold(agencyText('whole', 0))
  await desk.open().place()
  assert.deepEqual(await desk.places('broken', 'whole'), {
    broken: { story: 'broken' },
    whole: { story: 'whole' },
  })
  assert.equal(desk.logged.filter(({ msg }) => msg === 'article.features-unreadable').length, 1)
})

test('an article that has left the window stays in its story when its text changes', async (t) => {
  const desk = await openStoryDesk(t)
  await desk.hold(agencyText('old', 0), article('mate', headlineOf(0, 1, 1)))
  await desk.open().place()
  const before = await desk.places('old', 'mate')
  desk.clock.moveTo(desk.clock.now() + 15 * day)
  await desk.reopen()
  await desk.hold(agencyText('old', 1), agencyText('new', 1))
  await desk.open().place()
  assert.deepEqual(await desk.places('old', 'mate', 'new'), { ...before, new: { story: 'new' } })
})

test('in whatever pieces articles come, with whatever restarts between, a copy stands with its original', async (t) => {
  const desk = await openStoryDesk(t)
  const cut = fc.record({
    event: fc.nat(2),
    to: fc.integer({ min: 60, max: 160 }),
    next: fc.constantFrom('go on', 'place', 'restart', 'retire'),
  })
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(cut, { minLength: 3, maxLength: 8 }), async (cuts) => {
      run += 1
      let stories = desk.open()
      const held: string[] = []
      for (const [at, { event, to, next }] of cuts.entries()) {
        const name = `r${run}a${at}`
        await desk.hold(agencyText(name, event + 3 * run, 0, to))
        held.push(name)
        if (next !== 'go on') await stories.place()
        if (next === 'retire') await stories.remove([await desk.retire(held.shift() ?? '')])
        if (next !== 'restart') continue
        await stories.close()
        stories = desk.open()
      }
      await stories.place()
      const places = await desk.places(...held)
      for (const name of held) {
        const { copyOf, story } = places[name] ?? {}
        assert.ok(story)
        if (copyOf === undefined) continue
        assert.ok(held.includes(copyOf), `${name} copies ${copyOf}`)
        assert.equal(places[copyOf]?.copyOf, undefined)
        assert.equal(places[copyOf]?.story, story)
      }
      await stories.close()
    }),
    { numRuns: 4 },
  )
})
