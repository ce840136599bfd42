/** What buttons, menus and forms bear: understood again as it was written, and nothing else is. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ArticleId, StoryId } from '../../src/article/article.ts'
import { type Action, customId, mostSearchCharacters, parseCustomId } from '../../src/discord/custom-id.ts'
import { markOf } from '../../src/discord/mark.ts'
import { searchLine } from '../../src/discord/options/words.ts'
import { limits } from '../../src/discord/views/limits.ts'

const storyId = 'a1b2c3d4e5f6' as StoryId
const articleId = '0123456789ab' as ArticleId

const actions: readonly Action[] = [
  { do: 'summary', storyId: `${storyId}~12` as StoryId },
  { do: 'text', articleId, page: 99_999 },
  { do: 'told', storyId, articleId },
  {
    do: 'stories',
    digest: markOf('harbour-wire'),
    topic: markOf('Sea: and “coast”'),
    language: 'de',
    page: 3,
  },
  { do: 'search', words: '“Brücke” -bau 橋', digest: '-', language: '-', page: 0 },
  { do: 'following', page: 2 },
  { do: 'forget' },
]

test('every action is understood again as it was written', () => {
  for (const action of actions) assert.deepEqual(parseCustomId(customId(action)), action)
})

test('what no version wrote is not understood', () => {
  for (const text of [
    '',
    'summary',
    '1:summary',
    '1:summary:a:b',
    '2:summary:a',
    '1:nothing:a',
    '1:text:a:-1',
    '1:text:a:1e3',
    '1:summary:../a',
    '1:forget:',
    '1:__proto__:a',
  ])
    assert.equal(parseCustomId(text), undefined, text)
})

test('whatever somebody searches for goes from page to page in a button', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
      const words = searchLine(typed)
      const action = { do: 'search', words, digest: markOf('x'), language: 'deu', page: 100 } as const
      assert.ok(words.length <= mostSearchCharacters && customId(action).length <= limits.customId)
      assert.deepEqual(parseCustomId(customId(action)), action)
    }),
    { numRuns: 300 },
  )
})
