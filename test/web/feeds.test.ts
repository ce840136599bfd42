/** The outgoing feeds, read back by the parsers that read everybody else's. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SourceId } from '../../src/article/article.ts'
import { parseFeed } from '../../src/sources/feed/parse-feed.ts'
import { parseOpml } from '../../src/sources/opml.ts'
import { openTestWeb, setDigests, slot, type TestWeb } from '../support/web.ts'

const bridge = {
  story: 'bridge0story',
  at: slot(1) - 3_600_000,
  headline: 'Council agrees: “bridge & tunnel” <now>',
  url: 'https://wire.example/bridge?a=1&b=2',
}
const ferry = {
  story: 'ferry00story',
  at: slot(2) - 3_600_000,
  headline: 'Ferry to Skerra stays in port',
  body: ['The ferry to Skerra stays in port until Friday.'],
  outlet: 'Courier',
  url: 'https://courier.example/ferry',
}

async function withTwoEditions(web: TestWeb): Promise<void> {
  await web.newsroom.hold('bridge', bridge)
  const first = await web.newsroom.edition(slot(1))
  await web.newsroom.hold('ferry', ferry)
  await web.newsroom.edition(slot(2), first.id)
}

async function readAt({ get }: TestWeb, path: string) {
  const answer = await get(path)
  assert.equal(answer.status, 200)
  const contentType = answer.headers.get('content-type') ?? ''
  const result = await parseFeed({
    bytes: new Uint8Array(await answer.arrayBuffer()),
    contentType,
    url: `https://news.example${path}`,
  })
  assert.ok(result.kind === 'feed', `${path}: ${result.kind}`)
  return { contentType, feed: result.feed }
}

const formats = [
  ['atom.xml', 'application/atom+xml'],
  ['rss.xml', 'application/rss+xml'],
  ['feed.json', 'application/feed+json'],
] as const

for (const [file, type] of formats) {
  test(`${file} holds each edition once, under an id that stays, with its stories`, async (t) => {
    const web = await openTestWeb(t)
    await withTwoEditions(web)
    const { feed, contentType } = await readAt(web, `/d/wire/${file}`)
    assert.equal(contentType, `${type}; charset=utf-8`)
    assert.deepEqual([feed.title, feed.language], ['Harbour Wire', 'en'])
    assert.deepEqual(
      feed.entries.map(({ title, url, publishedAt }) => ({ title, url, publishedAt })),
      [
        {
          title: 'Harbour Wire · No. 2 · November 21, 2026',
          url: 'https://news.example/d/wire/2',
          publishedAt: slot(2),
        },
        {
          title: 'Harbour Wire · No. 1 · November 20, 2026',
          url: 'https://news.example/d/wire/1',
          publishedAt: slot(1),
        },
      ],
    )
    const ids = feed.entries.map((entry) => entry.id)
    for (const id of ids) assert.match(id, /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    assert.equal(new Set(ids).size, 2)

    const byStory = await readAt(web, `/d/wire/${file}?by=story`)
    assert.deepEqual(
      byStory.feed.entries.map(({ title, url, authors }) => ({ title, url, authors })),
      [
        { title: ferry.headline, url: ferry.url, authors: ['Courier'] },
        { title: bridge.headline, url: bridge.url, authors: ['Harbour Wire'] },
      ],
    )
  })
}

test('a feed is sent once: by its tag, by its date, and not at all to who asks for its head', async (t) => {
  const web = await openTestWeb(t)
  await withTwoEditions(web)
  const path = '/d/wire/atom.xml'
  const first = await web.get(path)
  assert.equal(first.headers.get('last-modified'), 'Sat, 21 Nov 2026 07:30:00 GMT')
  const tag = first.headers.get('etag') ?? ''
  const statusOf = async (headers: Record<string, string>) => (await web.get(path, headers)).status
  assert.equal(await statusOf({ 'if-none-match': `"other", W/${tag}` }), 304)
  assert.equal(await statusOf({ 'if-modified-since': 'Sat, 21 Nov 2026 07:30:00 GMT' }), 304)
  assert.equal(await statusOf({ 'if-modified-since': 'Sat, 21 Nov 2026 07:29:59 GMT' }), 200)
  const both = { 'if-none-match': '"other"', 'if-modified-since': 'Sat, 21 Nov 2026 07:30:00 GMT' }
  assert.equal(await statusOf(both), 200)
  const head = await fetch(`${web.url}${path}`, { method: 'HEAD' })
  assert.deepEqual([head.status, head.headers.get('etag'), await head.text()], [200, tag, ''])
})

test('a digest without editions has feeds that can be read all the same', async (t) => {
  const web = await openTestWeb(t)
  for (const [file] of formats)
    assert.deepEqual((await readAt(web, `/d/wire/${file}`)).feed.entries, [], file)
})

test('OPML lists a source that moved where it is now, unless that address is a password', async (t) => {
  const web = await openTestWeb(t)
  const feeds = ['https://old.example/feed.xml', 'https://safe.example/feed.xml']
  await setDigests(web.newsroom, { wire: { sources: feeds.map((feed) => ({ feed })) } })
  const { polling } = web.newsroom.storage
  for (const [at, address] of [
    'https://new.example/feed.xml',
    'https://safe.example/?key=hunter22',
  ].entries()) {
    const moved = { at: slot(1), state: '{}', nextPollAt: slot(2), address }
    await polling.record(`feed:${feeds[at]}` as SourceId, moved)
  }
  const sources = await web.textAt('/d/wire/opml.xml')
  assert.deepEqual(
    parseOpml(sources)?.feeds.map(({ url }) => url),
    ['https://new.example/feed.xml', 'https://safe.example/feed.xml'],
  )
})

test('OPML lists the sources of a digest without those whose address is a password, and the digests', async (t) => {
  const web = await openTestWeb(t)
  await setDigests(web.newsroom, {
    wire: {
      title: 'Wire & "Co"',
      sources: [
        { feed: 'https://open.example/feed.xml?a=1&b=2', name: 'Open <News>' },
        { feed: 'https://paid.example/feed.xml?token=hunter22' },
        { feed: 'https://me:hunter22@paid.example/feed.xml' },
        { folder: 'articles' },
      ],
    },
  })
  const sources = await web.textAt('/d/wire/opml.xml')
  assert.doesNotMatch(sources, /hunter22/)
  assert.deepEqual(parseOpml(sources)?.feeds, [
    { url: 'https://open.example/feed.xml?a=1&b=2', title: 'Open <News>', folders: ['Wire & "Co"'] },
  ])
  assert.deepEqual(parseOpml(await web.textAt('/opml.xml'))?.feeds, [
    {
      url: 'https://news.example/d/wire/atom.xml',
      title: 'Wire & "Co"',
      site: 'https://news.example/d/wire',
      folders: ['Depesche'],
    },
  ])
})
