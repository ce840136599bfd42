import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatOpml, type ListedFeed, parseOpml } from '../../src/sources/opml.ts'

const FEEDS: readonly ListedFeed[] = [
  { url: 'https://a.example/feed?x=1&y=2', title: 'A & B <c> "d"', site: 'https://a.example/', folders: [] },
  { url: 'https://b.example/feed', title: 'B', folders: ['News', 'Local'] },
  { url: 'https://c.example/feed', title: 'C', folders: ['News'] },
]

test('what is exported is imported again', () => {
  const byUrl = (a: ListedFeed, b: ListedFeed) => (a.url < b.url ? -1 : 1)
  assert.deepEqual(parseOpml(formatOpml(FEEDS))?.feeds.toSorted(byUrl), FEEDS)
})

test('folders, duplicates and outlines without a feed are seen for what they are', () => {
  const text = `<?xml version="1.0"?><opml version="1.0"><head><title>x</title></head><body>
    <outline text="News"><outline text="A" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/>
    <outline text="Only a link" url="https://b.example/"/></outline>
    <outline text="A again" xmlUrl="https://a.example/feed"/><outline text="bad" xmlUrl="file:///etc/passwd"/></body></opml>`
  assert.deepEqual(parseOpml(text), {
    feeds: [{ url: 'https://a.example/feed', title: 'A', site: 'https://a.example/', folders: ['News'] }],
    unusable: ['file:///etc/passwd'],
  })
})

test('what is no OPML is undefined', () => {
  for (const text of ['', 'hello', '<rss version="2.0"><channel/></rss>'])
    assert.equal(parseOpml(text), undefined, text)
})

test('an empty list is an empty list', () => {
  assert.deepEqual(parseOpml(formatOpml([]))?.feeds, [])
})
