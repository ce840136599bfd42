import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '../../src/language/analyse.ts'
import { type StoryMember, summariseStory } from '../../src/summary/story-summary.ts'

function member(id: string, at: number | undefined, headline: string, body: readonly string[]): StoryMember {
  return { id, at, analysis: analyse({ headline, body }) }
}

const first = member('first', 1, 'Großbrand in Möbelwerk', [
  'Bei einem Großbrand im Möbelwerk von Talheim sind in der Nacht zum Dienstag zwei Menschen verletzt worden.',
  'Die Polizei schätzt den Schaden auf 2 Millionen Euro.',
  'Rund 180 Feuerwehrleute waren die ganze Nacht im Einsatz.',
])
const second = member('second', 2, 'Möbelwerk: Schaden höher als gedacht', [
  'Die Polizei schätzt den Schaden im Möbelwerk von Talheim inzwischen auf 5 Millionen Euro.',
  'Auslöser des Brandes war nach Erkenntnissen der Ermittler ein heiß gelaufenes Lager.',
])
const foreign = member('foreign', 3, 'Fire at German furniture plant', [
  'A fire destroyed a furniture plant in the German town of Talheim on Tuesday night.',
])

test('a story is told from all of its articles, and every sentence stands in the article it is attributed to', () => {
  const members = [first, second]
  const story = summariseStory(members)
  assert.ok(story !== undefined)
  assert.deepEqual(new Set(story.summary.map(({ articleId }) => articleId)), new Set(['first', 'second']))
  for (const { text, articleId } of [...story.summary, story.brief]) {
    const source = members.find(({ id }) => id === articleId)
    assert.ok(
      source?.analysis.sentences.some((sentence) => sentence.text === text),
      text,
    )
  }
})

test('the newest figures win, whatever the order of the articles', () => {
  for (const members of [
    [first, second],
    [second, first],
  ]) {
    const texts =
      summariseStory(members)
        ?.summary.map(({ text }) => text)
        .join(' ') ?? ''
    assert.match(texts, /5 Millionen/)
    assert.doesNotMatch(texts, /2 Millionen/)
  }
})

test('without times no article is newer, and nothing is dropped for its figures', () => {
  const timeless = [
    { ...first, at: undefined },
    { ...second, at: undefined },
  ]
  assert.ok((summariseStory(timeless)?.summary.length ?? 0) >= 2)
})

test('nothing is said twice', () => {
  const copies = [first, { ...first, id: 'copy', at: 2 }, { ...first, id: 'another', at: 3 }]
  const texts = summariseStory(copies)?.summary.map(({ text }) => text) ?? []
  assert.equal(new Set(texts).size, texts.length)
  assert.equal(texts.length, 3)
})

test('articles in another language than the first take no part', () => {
  const story = summariseStory([first, foreign])
  assert.ok(story?.summary.every(({ articleId }) => articleId === 'first'))
  assert.deepEqual(
    new Set(summariseStory([foreign, first])?.summary.map(({ articleId }) => articleId)),
    new Set(['foreign']),
  )
})

test('limits hold for the whole summary', () => {
  const story = summariseStory([first, second], {
    maxSentences: 2,
    maxCharacters: 200,
    maxBriefCharacters: 100,
  })
  assert.ok(story !== undefined)
  assert.ok(story.summary.length <= 2)
  assert.ok(story.summary.map(({ text }) => text).join(' ').length <= 200)
  assert.ok(story.brief.text.length <= 100)
})

test('a story of bare headlines is its first headline, and a story of nothing is none', () => {
  const bare = member('bare', 1, 'Großbrand in Möbelwerk', [])
  assert.deepEqual(summariseStory([bare])?.summary, [{ text: 'Großbrand in Möbelwerk', articleId: 'bare' }])
  assert.equal(summariseStory([]), undefined)
})
