import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileTopics, storyTopics, topicsOf, topicsShape } from '../../src/digest/topics.ts'
import { filterable } from './filterable.ts'

const topics = compileTopics(
  topicsShape.parse([
    { name: 'Sport', words: ['handball', 'football', 'cup', '*ball', 'Pokal'] },
    { name: 'Sea', words: ['ferry', 'harbour', 'reef', 'cruise ship', 'Fähre'], weight: 2 },
    { name: 'Politics', words: ['council', 'vote', 'Stadtrat'] },
  ]),
)

const about = (headline: string, body = '', language = 'en') =>
  topicsOf(filterable({ headline, body, language }), topics)

test('one hit in the headline is enough, a single one in the body is not, two are', () => {
  assert.deepEqual(about('Ferries sail again'), ['Sea'])
  assert.deepEqual(about('Company in trouble', 'It once ran a ferry.'), [])
  assert.deepEqual(about('Company in trouble', 'It ran a ferry. The harbour is its own.'), ['Sea'])
  assert.deepEqual(about('Nothing of note', 'Nothing at all.'), [])
})

test('the best fitting topic comes first: headline before body, then how often', () => {
  assert.deepEqual(about('Council meets', 'A ferry, a reef.'), ['Politics', 'Sea'])
  assert.deepEqual(about('Council votes on ferry', ''), ['Politics', 'Sea'])
  assert.deepEqual(about('Meeting', 'The council. The vote. Ferry, harbour, reef.'), ['Sea', 'Politics'])
  assert.deepEqual(about('Ferry council', ''), ['Sea', 'Politics'], 'as defined where they fit alike')
})

test('words of topics take stems, phrases and stars, in the language of each article', () => {
  assert.deepEqual(about('Cruise ships return'), ['Sea'])
  assert.deepEqual(about('Handballerinnen gewinnen das Fußballturnier', '', 'de'), [])
  assert.deepEqual(about('Volleyball am Abend', '', 'de'), ['Sport'])
  assert.deepEqual(about('Fähren fahren wieder', '', 'de'), ['Sea'])
})

test('a word that two entries of a topic name counts once at each place', () => {
  assert.deepEqual(about('Nothing', 'A game of football.'), [], '"football" and "*ball" stand at one place')
})

test('a story is about what at least half of its articles with a topic are about', () => {
  const articles = (...headlines: string[]) => headlines.map((headline) => filterable({ headline }))
  assert.deepEqual(storyTopics(articles('Ferry sails', 'Ferry delayed', 'Council meets'), topics), ['Sea'])
  assert.deepEqual(storyTopics(articles('Ferry sails', 'Nothing to see', 'Or here'), topics), ['Sea'])
  assert.deepEqual(storyTopics(articles('Council votes on ferry', 'Ferry sails'), topics), [
    'Sea',
    'Politics',
  ])
  assert.deepEqual(storyTopics(articles('Nothing'), topics), [])
  assert.deepEqual(storyTopics(articles('Ferry'), []), [])
})
