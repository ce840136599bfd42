import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { clusterArticles } from '../../src/story/batch.ts'
import { article, groupsOf, headlineOf, shuffledNews } from './made-up-news.ts'

test('the order of the input does not matter', () => {
  fc.assert(
    fc.property(shuffledNews, ([news, shuffled]) => {
      const stories = clusterArticles(news)
      const again = clusterArticles(shuffled)
      assert.deepEqual(new Map([...stories].sort()), new Map([...again].sort()))
    }),
  )
})

test('articles on two events make two stories, named by their earliest article', () => {
  const news = [
    article('ferry 2', headlineOf(0, 3, 1), { at: 2_000_000 }),
    article('ferry 1', headlineOf(0, 5, 2), { at: 1_000_000 }),
    article('bank 1', headlineOf(1, 1, 1), { at: 1_500_000 }),
    article('bank 2', headlineOf(1, 2, 3), { at: 1_600_000 }),
  ]
  assert.deepEqual(
    clusterArticles(news),
    new Map([
      ['ferry 1', 'ferry 1'],
      ['bank 1', 'bank 1'],
      ['bank 2', 'bank 1'],
      ['ferry 2', 'ferry 1'],
    ]),
  )
})

test('an article without words is a story of its own', () => {
  const stories = clusterArticles([
    article('a', ''),
    article('b', ''),
    article('c', 'the of and'),
    article('d', '…'),
  ])
  assert.deepEqual(groupsOf(stories), ['a', 'b', 'c', 'd'])
})

test('a round-up that tells two events does not pull them together', () => {
  const news = [
    ...[1, 2, 3, 4].map((at) => article(`ferry ${at}`, headlineOf(0, at, at))),
    ...[1, 2, 3, 4].map((at) => article(`fire ${at}`, headlineOf(2, at, at))),
    article('roundup', `${headlineOf(0, 1, 1)}; ${headlineOf(2, 1, 1)}`),
  ]
  const stories = clusterArticles(news)
  assert.notEqual(stories.get('ferry 1'), stories.get('fire 1'))
  for (const at of [2, 3, 4]) {
    assert.equal(stories.get(`ferry ${at}`), stories.get('ferry 1'))
    assert.equal(stories.get(`fire ${at}`), stories.get('fire 1'))
  }
})

test('the same words a month later are another event', () => {
  const month = 30 * 86_400_000
  const news = [
    article('now 1', headlineOf(1, 1, 1)),
    article('now 2', headlineOf(1, 2, 2)),
    article('then 1', headlineOf(1, 9, 3), { at: Date.UTC(2026, 2, 1, 8) - month }),
    article('then 2', headlineOf(1, 8, 4), { at: Date.UTC(2026, 2, 1, 8) - month }),
  ]
  assert.deepEqual(groupsOf(clusterArticles(news)), ['now 1 now 2', 'then 1 then 2'])
})

const GERMAN = [
  'Fähre rammt Kaimauer in Kelsport: 23 Verletzte auf der „Nordstern“',
  'Kelsport: Kapitän der „Nordstern“ sieht Fehler an der Steuerung',
]
const ENGLISH = [
  'Ferry Nordstern hits quay in Kelsport, leaving 23 injured',
  'Captain Ole Brandvik blames steering after Nordstern crash at Kelsport',
]

test('an event told in two languages is one story when names and numbers agree', () => {
  const body = { body: ['Ole Brandvik, 51, … Reederei Fjordlinjen, Kelsport, 340.'] }
  const news = [
    ...GERMAN.map((headline, at) => article(`de ${at}`, headline, { language: 'de', ...body })),
    ...ENGLISH.map((headline, at) => article(`en ${at}`, headline, { language: 'en', ...body })),
  ]
  assert.deepEqual(groupsOf(clusterArticles(news)), ['de 0 de 1 en 0 en 1'])
})

test('events in two languages that share only a place and a number are left apart', () => {
  const news = [
    article('de', 'Kelsport: Stadtrat beschließt 23 neue Stellen', { language: 'de' }),
    article('en', 'Ferry hits quay in Kelsport, leaving 23 injured', { language: 'en' }),
  ]
  assert.deepEqual(groupsOf(clusterArticles(news)), ['de', 'en'])
})

test('words spelled alike in two languages are no evidence', () => {
  const news = [
    article('de', 'Gift im Brand: Rat der Stadt warnt', { language: 'de' }),
    article('en', 'A brand gift: the rat that warns a state', { language: 'en' }),
  ]
  assert.deepEqual(groupsOf(clusterArticles(news)), ['de', 'en'])
})
