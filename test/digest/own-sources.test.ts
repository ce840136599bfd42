import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SourceId } from '../../src/article/article.ts'
import { definitionSchema } from '../../src/digest/definition.ts'
import {
  addSources,
  mostSources,
  type NewSource,
  sourceName,
  sourcesIn,
  withoutSource,
} from '../../src/digest/own-sources.ts'

const feed = (address: string, name?: string): NewSource => ({ kind: 'feed', address, name })
const added = (...sources: readonly NewSource[]) => addSources([], sources).sources

test('a source is known by its address, whatever of it does not matter', () => {
  const standing = added(feed('https://www.example.org/feed/'))
  const same = [
    'http://example.org/feed',
    'https://example.org/feed#top',
    'https://m.example.org/feed?utm_source=x',
  ]
  const outcome = addSources(standing, [
    ...same.map((address) => feed(address)),
    feed('https://example.org/feed/2'),
  ])
  assert.deepEqual(
    outcome.known.map(({ address }) => address),
    same,
  )
  assert.deepEqual(
    outcome.added.map(({ address }) => address),
    ['https://example.org/feed/2'],
  )
})

test('a source that moved is known by both its addresses, and keeps the one that it is held by', () => {
  const standing = added(feed('https://old.example/feed'))
  const readAt = new Map([
    ['feed:https://old.example/feed' as SourceId, { address: 'https://new.example/feed' }],
  ])
  const outcome = addSources(
    standing,
    [feed('https://new.example/feed/'), feed('https://old.example/feed')],
    readAt,
  )
  assert.deepEqual([outcome.known.length, outcome.sources], [2, standing])
})

test('twice in one list is once, and what finds no room is told', () => {
  const many = Array.from({ length: mostSources + 5 }, (_, at) => feed(`https://example.org/${at}`))
  const outcome = addSources(added(feed('https://example.org/0')), [...many, feed('https://example.org/7/')])
  assert.equal(outcome.added.length, mostSources - 1)
  assert.equal(outcome.left.length, 5)
  assert.equal(outcome.known.length, 2)
})

test('what is added is a definition that can be stored and read again, long names and pages too', () => {
  const page: NewSource = { kind: 'page', address: 'https://example.org/news', name: ` ${'x'.repeat(90)} ` }
  const definition = definitionSchema.parse({
    title: 'x',
    language: 'de',
    sources: added(feed('https://example.org/feed', ' '), page),
    schedule: { times: ['07:30'], zone: 'UTC' },
  })
  assert.deepEqual(sourcesIn(definition), [
    { kind: 'feed', address: 'https://example.org/feed' },
    { kind: 'page', address: 'https://example.org/news', name: 'x'.repeat(80) },
  ])
  assert.deepEqual(sourcesIn(definition).map(sourceName), ['example.org', 'x'.repeat(80)])
})

test('the last source of a digest stays', () => {
  const two = added(feed('https://a.example/feed'), feed('https://b.example/feed'))
  const one = withoutSource(two, { address: 'https://a.example/feed' })
  assert.equal(one?.length, 1)
  assert.equal(withoutSource(one ?? [], { address: 'https://b.example/feed' }), undefined)
})
