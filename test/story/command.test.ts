import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ZodError } from 'zod'
import { type ClusterLine, clusterLines, parseClusterLine } from '../../src/story/command.ts'

const lines = (...values: readonly unknown[]): ClusterLine[] => values.map(parseClusterLine)

const FERRY = 'Harbour ferry collides with quay wall in Kelsport'
const BANK = 'Central bank of Norland cuts interest rates after inflation slows'

test('each line is answered in the order of the input', () => {
  const input = lines(
    { id: 'b1', title: BANK, publishedAt: '2026-03-01T08:00:00Z', language: 'en' },
    { id: 'f1', title: FERRY, publishedAt: '2026-03-01T09:00:00Z', language: 'en' },
    { id: 'b2', title: `${BANK}, markets cheer`, publishedAt: 1772354400, language: 'en-GB' },
    { id: 7, title: `${FERRY}, many hurt`, text: null },
  )
  assert.deepEqual(clusterLines(input), [
    { id: 'b1', story: 'b1' },
    { id: 'f1', story: 'f1' },
    { id: 'b2', story: 'b1' },
    { id: '7', story: 'f1' },
  ])
})

test('lines without words, times or languages are stories of their own', () => {
  const answers = clusterLines(lines({ id: 'a' }, { id: 'b', title: '' }, { id: 'c', text: ' \n ' }))
  assert.deepEqual(answers, [
    { id: 'a', story: 'a' },
    { id: 'b', story: 'b' },
    { id: 'c', story: 'c' },
  ])
})

test('two articles with one id are told apart', () => {
  const input = lines(
    { id: 'x', title: FERRY },
    { id: 'x', title: BANK },
    { id: 'y', title: `${FERRY} again` },
  )
  const [first, second, third] = clusterLines(input)
  assert.notEqual(first?.story, second?.story)
  assert.equal(third?.story, first?.story)
})

test('the order of the lines does not matter', () => {
  const items = [
    { id: 'x', title: FERRY },
    { id: 'x', title: BANK },
    { id: 'y', title: `${FERRY} again`, publishedAt: '2026-03-01T09:00:10Z' },
    { id: 'z', title: `${BANK}, markets cheer`, publishedAt: '2026-03-01T09:00:40Z' },
    { id: '', title: '' },
  ]
  const answer = (given: readonly unknown[]): string[] =>
    clusterLines(lines(...given))
      .map((line) => JSON.stringify(line))
      .sort()
  fc.assert(
    fc.property(fc.shuffledSubarray(items, { minLength: items.length }), (shuffled) => {
      assert.deepEqual(answer(shuffled), answer(items))
    }),
  )
})

test('what is no line is refused', () => {
  for (const value of [
    [],
    null,
    'a',
    { title: 'no id' },
    { id: 'a', title: 5 },
    { id: 'a', publishedAt: {} },
  ]) {
    assert.throws(() => parseClusterLine(value), ZodError)
  }
})

test('a time that is none is no time', () => {
  assert.equal(parseClusterLine({ id: 'a', publishedAt: 'yesterday' }).publishedAt, undefined)
})
