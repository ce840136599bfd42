import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createStoryIndex } from '../../src/story/cluster.ts'
import { article, headlineOf, newsOfOneMinute, shuffledNews } from './made-up-news.ts'

test('the order within what is handed in together does not matter', () => {
  fc.assert(
    fc.property(shuffledNews, ([news, shuffled]) => {
      const index = createStoryIndex()
      const other = createStoryIndex()
      const { stories } = index.add(news)
      assert.deepEqual(new Map([...other.add(shuffled).stories].sort()), new Map([...stories].sort()))
      assert.deepEqual(other.snapshot(), index.snapshot())
    }),
  )
})

test('adding articles again changes nothing', () => {
  fc.assert(
    fc.property(newsOfOneMinute, (news) => {
      const index = createStoryIndex()
      index.add(news)
      const before = index.snapshot()
      const { changes } = index.add(news)
      assert.deepEqual(changes, [])
      assert.deepEqual(index.snapshot(), before)
    }),
  )
})

test('every article is in exactly one story, also while articles leave', () => {
  fc.assert(
    fc.property(newsOfOneMinute, fc.nat(), (news, seed) => {
      const index = createStoryIndex()
      for (const one of news) index.add([one])
      const gone = news.filter((_, at) => (at * 7 + seed) % 3 === 0).map(({ id }) => id)
      index.remove(gone)
      const held = [...index.snapshot().values()].flat().sort()
      const left = news.map(({ id }) => id).filter((id) => !gone.includes(id))
      assert.deepEqual(held, left.sort())
      assert.equal(index.size(), left.length)
    }),
  )
})

test('a story keeps its id while it grows, and every article learns it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(7)), { minLength: 2, maxLength: 20 }), (versions) => {
      const index = createStoryIndex()
      const ids = versions.map(([drop, filler], at) => {
        index.add([article(`a${at}`, headlineOf(0, drop, filler), { at: Date.UTC(2026, 2, 1, 8, at) })])
        return index.storyOf('a0')
      })
      assert.deepEqual(new Set(ids), new Set(['a0']))
      for (const at of versions.keys()) assert.equal(index.storyOf(`a${at}`), 'a0')
    }),
  )
})

test('a restart from stored features and story ids changes nothing', () => {
  fc.assert(
    fc.property(newsOfOneMinute, (news) => {
      const index = createStoryIndex()
      index.add(news)
      const restore = news.map((features) => ({ features, story: index.storyOf(features.id) ?? '' }))
      const restarted = createStoryIndex({ restore })
      assert.deepEqual(restarted.snapshot(), index.snapshot())
      assert.deepEqual(restarted.add(news).changes, [])
    }),
  )
})

test('two stories that turn out to be one are merged, and the larger keeps its id', () => {
  const index = createStoryIndex()
  // The same event under names that share no word, until an article has both.
  index.add([article('ship 1', 'Nordstern aground off Skarholm')])
  index.add([2, 3, 4].map((at) => article(`ship ${at}`, 'Nordstern aground off Skarholm, crew safe')))
  index.add([article('oil 1', 'Tanker leaks crude into Vesterbay')])
  assert.notEqual(index.storyOf('oil 1'), index.storyOf('ship 1'))
  const seen = []
  for (const at of [1, 2, 3, 4, 5, 6]) {
    const headline = 'Tanker Nordstern aground off Skarholm leaks crude into Vesterbay'
    seen.push(...index.add([article(`both ${at}`, `${headline}, day ${at}`)]).changes)
  }
  assert.equal(index.storyOf('oil 1'), 'ship 1')
  assert.deepEqual(seen, [{ kind: 'merged', from: 'oil 1', into: 'ship 1' }])
})

test('an article with new content is placed anew', () => {
  const index = createStoryIndex()
  index.add([
    article('a', headlineOf(0, 1, 1)),
    article('b', headlineOf(0, 2, 2)),
    article('c', headlineOf(1, 1, 1)),
  ])
  index.add([article('b', headlineOf(1, 3, 3))])
  assert.equal(index.storyOf('b'), 'c')
  assert.equal(index.size(), 3)
})

test('the answer names the story of each article handed in and of each that moved', () => {
  const index = createStoryIndex()
  const first = index.add([article('a', headlineOf(3, 1, 1))])
  assert.deepEqual(first, { stories: new Map([['a', 'a']]), changes: [] })
  const second = index.add([article('b', headlineOf(3, 2, 2)), article('x', headlineOf(4, 1, 1))])
  assert.deepEqual(
    second.stories,
    new Map([
      ['b', 'a'],
      ['x', 'x'],
    ]),
  )
})

test('what is told in another language joins the story once names and numbers agree', () => {
  const index = createStoryIndex()
  const body = ['Ole Brandvik, 51. Reederei Fjordlinjen, Kelsport, 340.']
  index.add([article('en', 'Ferry Nordstern hits quay in Kelsport, leaving 23 injured', { body })])
  index.add([article('de', 'Fähre Nordstern rammt Kai in Kelsport: 23 Verletzte', { body, language: 'de' })])
  index.add([article('fr', 'Grève à la raffinerie de Donges, 40 stations fermées', { language: 'fr' })])
  assert.equal(index.storyOf('de'), 'en')
  assert.equal(index.storyOf('fr'), 'fr')
})

test('a story id that is taken is not given twice', () => {
  const index = createStoryIndex({
    restore: [{ features: article('old', headlineOf(0, 1, 1)), story: 'new' }],
  })
  index.add([article('new', headlineOf(1, 1, 1))])
  assert.equal(index.storyOf('old'), 'new')
  assert.equal(index.storyOf('new'), 'new~2')
})
