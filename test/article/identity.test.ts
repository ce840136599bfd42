import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ArticleMarks, articleKeys, canonicalUrl, sameArticle } from '../../src/article/identity.ts'

const SAME_URL: Record<string, readonly string[]> = {
  'https://news.example/politik/wahl-2026': [
    'http://news.example/politik/wahl-2026',
    'https://NEWS.example:443/politik/wahl-2026/',
    'https://www.news.example/politik/wahl-2026#comments',
    'https://news.example/politik/wahl-2026?utm_source=rss&utm_medium=feed',
    'https://news.example/politik/wahl-2026?fbclid=x&wt_mc=y&ref=home',
    'https://news.example/politik/wahl-2026?source=rss',
    'https://m.news.example/politik/wahl-2026',
    'https://amp.news.example/politik/wahl-2026',
    'https://news.example/politik/wahl-2026/amp',
    'https://news.example/politik/wahl-2026/amp/',
    'https://news.example/amp/politik/wahl-2026',
    'https://news.example/politik/wahl-2026?amp=1',
    'https://news.example//politik/wahl-2026',
    'https://news.example/politik/wahl-2026/index.html',
    'https://news.example/politik/wahl%2D2026',
    'https://www.google.com/amp/s/news.example/politik/wahl-2026',
    'https://news-example.cdn.ampproject.org/c/s/news.example/politik/wahl-2026',
    '  https://news.example/politik/wahl-2026\n',
  ],
  'https://news.example/a?id=7&page=2': [
    'https://news.example/a?page=2&id=7',
    'https://news.example/a?id=7&gclid=q&page=2',
  ],
  'https://news.example/a.html': [
    'https://news.example/a.amp.html',
    'https://news.example/a.html?outputType=amp',
  ],
  'https://en.wiki.example/wiki/News': ['https://en.m.wiki.example/wiki/News'],
  'https://m.de/x': ['http://m.de/x/'],
  'https://news.example:8080/x': ['http://news.example:8080/x'],
  'https://news.example/?p=12': ['http://www.news.example?p=12&utm_campaign=z'],
  'https://news.example/#!/story/1': ['https://news.example/#!/story/1'],
}

test('one page has one canonical address', () => {
  for (const [canonical, forms] of Object.entries(SAME_URL)) {
    for (const form of [canonical, ...forms]) assert.equal(canonicalUrl(form), canonical, form)
  }
})

test('different pages keep different addresses', () => {
  const pages = [
    'https://news.example/a?id=1',
    'https://news.example/a?id=2',
    'https://news.example/A?id=1',
    'https://news.example/a?type=video&id=1',
    'https://news.example/a/b',
    'https://news.example/lamp',
    'https://sport.news.example/a',
  ]
  assert.equal(new Set(pages.map(canonicalUrl)).size, pages.length)
})

test('what is no web address has no canonical form', () => {
  for (const text of [
    '',
    'news',
    'mailto:a@b.example',
    'javascript:alert(1)',
    'https://',
    `https://a.example/${'x'.repeat(5000)}`,
  ]) {
    assert.equal(canonicalUrl(text), undefined, text.slice(0, 40))
  }
})

const HOUR = 3_600_000
const article: ArticleMarks = {
  sourceId: 'feed-1',
  guid: 'https://news.example/?p=123456',
  url: 'https://news.example/wahl-ergebnis-im-land',
  headline: 'Die Wahl im Land ist entschieden',
  publishedAt: 1_790_000_000_000,
}
const plainGuid: ArticleMarks = { ...article, guid: 'n-4711' }

const TRUTH: readonly (readonly [what: string, a: ArticleMarks, b: ArticleMarks, same: boolean])[] = [
  ['nothing changed', article, article, true],
  ['the guid was edited', article, { ...article, guid: 'other-guid' }, true],
  ['the guid was lost', article, without(article, 'guid'), true],
  ['tracking parameters were added', article, { ...article, url: `${article.url}?utm_source=x` }, true],
  ['the title was edited', article, { ...article, headline: 'Neue Überschrift nach der Auszählung' }, true],
  ['the date was edited', article, { ...article, publishedAt: 1_790_000_000_000 + 400 * HOUR }, true],
  ['title and date were edited', article, { ...article, headline: 'Ganz anders', publishedAt: 0 }, true],
  [
    'the address was edited, the guid stayed',
    plainGuid,
    { ...plainGuid, url: 'https://news.example/wahl-neu' },
    true,
  ],
  [
    'address and title were edited, a long guid stayed',
    article,
    { ...article, url: 'https://news.example/neu', headline: 'Neuer Titel für den Artikel' },
    true,
  ],
  [
    'a short guid was given again to another article',
    plainGuid,
    { ...plainGuid, url: 'https://news.example/neu', headline: 'Etwas ganz anderes ist geschehen' },
    false,
  ],
  [
    'guid and address were edited on the same day, the title stayed',
    plainGuid,
    {
      ...plainGuid,
      guid: 'n-4712',
      url: 'https://news.example/wahl-neu',
      publishedAt: 1_790_000_000_000 + HOUR,
    },
    true,
  ],
  [
    'a column comes back a week later under its title',
    plainGuid,
    {
      ...plainGuid,
      guid: 'n-4712',
      url: 'https://news.example/wahl-neu',
      publishedAt: 1_790_000_000_000 + 168 * HOUR,
    },
    false,
  ],
  [
    'a short title is no mark',
    { ...plainGuid, headline: 'Wetter' },
    { ...plainGuid, headline: 'Wetter', guid: 'n-4712', url: 'https://news.example/w2' },
    false,
  ],
  [
    'the same address through another source',
    article,
    { ...article, sourceId: 'feed-2', guid: 'x', headline: 'Y' },
    true,
  ],
  [
    'the guid of one source is the address in another',
    { ...article, url: 'https://feeds.example/~r/1' },
    { sourceId: 'feed-2', url: 'https://news.example/?p=123456' },
    true,
  ],
  [
    'the same title through another source',
    article,
    { ...article, sourceId: 'feed-2', guid: 'x', url: 'https://other.example/wahl' },
    false,
  ],
  [
    'the same short guid through another source',
    { sourceId: 'a', guid: '1' },
    { sourceId: 'b', guid: '1' },
    false,
  ],
  [
    'entries that all link to the home page',
    { sourceId: 'a', guid: 'e-1', url: 'https://pod.example/', headline: 'One' },
    { sourceId: 'a', guid: 'e-2', url: 'https://pod.example/', headline: 'Two' },
    false,
  ],
  ['texts without any mark', { sourceId: 'a' }, { sourceId: 'a' }, false],
]

function without<K extends keyof ArticleMarks>(marks: ArticleMarks, key: K): Omit<ArticleMarks, K> {
  const { [key]: _, ...rest } = marks
  return rest
}

for (const [what, a, b, same] of TRUTH) {
  test(`${what}: ${same ? 'one article' : 'two articles'}`, () => {
    assert.equal(sameArticle(a, b), same)
    assert.equal(sameArticle(b, a), same, 'the other way round')
    if (same)
      assert.ok(
        articleKeys(a).some((key) => articleKeys(b).includes(key)),
        'they share a key',
      )
  })
}

test('keys come strongest first', () => {
  assert.deepEqual(articleKeys(plainGuid), [
    'url:https://news.example/wahl-ergebnis-im-land',
    'guid:feed-1:n-4711',
    'title:feed-1:diewahlimlandistentschieden',
  ])
  assert.deepEqual(articleKeys({ sourceId: 'feed-1' }), [])
})
