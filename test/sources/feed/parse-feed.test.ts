import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Feed, FeedEntry } from '../../../src/sources/feed/feed.ts'
import { MAX_FEED_BYTES, parseFeed } from '../../../src/sources/feed/parse-feed.ts'
import { MAX_ENTRIES } from '../../../src/sources/feed/repair.ts'

const URL_OF_FEED = 'https://news.example/feeds/all.xml'

async function read(text: string | Uint8Array, options: { contentType?: string; url?: string } = {}) {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  return parseFeed({ bytes, url: URL_OF_FEED, ...options })
}

async function feedOf(
  text: string | Uint8Array,
  options: { contentType?: string; url?: string } = {},
): Promise<Feed> {
  const result = await read(text, options)
  assert.ok(result.kind === 'feed', result.kind === 'refused' ? result.reason : '')
  return result.feed
}

async function entryOf(
  text: string | Uint8Array,
  options: { contentType?: string } = {},
): Promise<FeedEntry> {
  const [entry] = (await feedOf(text, options)).entries
  assert.ok(entry !== undefined, 'an entry')
  return entry
}

const rss = (inner: string, head = '') =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>${head}${inner}</channel></rss>`
const item = (inner: string) =>
  rss(`<item><title>One</title><link>https://news.example/1</link>${inner}</item>`)
const atom = (inner: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>urn:f</id>${inner}</feed>`
const entry = (inner: string) => atom(`<entry><id>urn:1</id>${inner}</entry>`)
const at = (iso: string) => Date.parse(iso)

test('an RSS 2.0 feed is read with its namespaces', async () => {
  const feed = await feedOf(`<?xml version="1.0" encoding="utf-8"?>
    <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:c="http://purl.org/rss/1.0/modules/content/"
      xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
    <channel>
      <title>Tagesbote</title><link>https://news.example/</link><description>All</description><language>de-at</language>
      <atom:link rel="self" href="https://news.example/feeds/all.xml"/><atom:link rel="hub" href="https://hub.example/"/>
      <ttl>30</ttl><skipHours><hour>1</hour><hour>24</hour></skipHours><skipDays><day>Sunday</day></skipDays>
      <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
      <item>
        <title>Hochwasser</title><link>https://news.example/flood</link><guid isPermaLink="false">n-1</guid>
        <pubDate>Mon, 23 Nov 2026 15:30:00 +0100</pubDate><dc:creator>Ada Berg</dc:creator><category>Wetter</category>
        <description>Kurz.</description><c:encoded><![CDATA[<p>Lang.</p>]]></c:encoded>
        <media:content url="https://news.example/a.jpg" medium="image" width="800"/>
        <enclosure url="https://news.example/a.mp3" length="42" type="audio/mpeg"/>
      </item>
    </channel></rss>`)
  assert.deepEqual(feed, {
    title: 'Tagesbote',
    description: 'All',
    url: 'https://news.example/',
    language: 'de-at',
    authors: [],
    selfUrl: URL_OF_FEED,
    hubUrl: 'https://hub.example/',
    cache: { ttlMinutes: 30, updatePeriodMs: 21_600_000, skipHours: [1, 0], skipDays: [0] },
    entries: [
      {
        id: 'n-1',
        title: 'Hochwasser',
        url: 'https://news.example/flood',
        publishedAt: at('2026-11-23T14:30:00Z'),
        updatedAt: at('2026-11-23T14:30:00Z'),
        authors: ['Ada Berg'],
        summary: 'Kurz.',
        content: '<p>Lang.</p>',
        image: 'https://news.example/a.jpg',
        categories: ['Wetter'],
        enclosures: [
          { url: 'https://news.example/a.mp3', type: 'audio/mpeg', bytes: 42 },
          { url: 'https://news.example/a.jpg', type: 'image/*' },
        ],
      },
    ],
  })
})

test('Atom 1.0, Atom 0.3, RDF, RSS 0.91 and JSON Feed come out alike', async () => {
  const documents = [
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>urn:f</id><link href="https://news.example/"/>
      <entry><title>One</title><id>urn:1</id><link href="https://news.example/1"/><published>2026-11-23T14:30:00Z</published>
      <summary>Short.</summary><author><name>Ada</name></author></entry></feed>`,
    `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>News</title><link rel="alternate" href="https://news.example/"/>
      <entry><title>One</title><id>urn:1</id><link rel="alternate" href="https://news.example/1"/><issued>2026-11-23T14:30:00Z</issued>
      <summary>Short.</summary><author><name>Ada</name></author></entry></feed>`,
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel><title>News</title><link>https://news.example/</link></channel>
      <item rdf:about="urn:1"><title>One</title><link>https://news.example/1</link><description>Short.</description>
      <dc:date>2026-11-23T14:30:00Z</dc:date><dc:creator>Ada</dc:creator></item></rdf:RDF>`,
    `<rss version="0.91"><channel><title>News</title><link>https://news.example/</link><item><title>One</title><guid>urn:1</guid>
      <link>https://news.example/1</link><description>Short.</description><author>Ada</author>
      <pubDate>Mon, 23 Nov 2026 14:30:00 GMT</pubDate></item></channel></rss>`,
    `{"version":"https://jsonfeed.org/version/1","title":"News","home_page_url":"https://news.example/","items":[{"id":"urn:1",
      "title":"One","url":"https://news.example/1","summary":"Short.","date_published":"2026-11-23T14:30:00Z","author":{"name":"Ada"}}]}`,
  ]
  for (const document of documents) {
    const feed = await feedOf(document)
    const found = feed.entries[0]
    assert.deepEqual(
      [
        feed.title,
        feed.url,
        found?.id,
        found?.title,
        found?.url,
        found?.summary,
        found?.authors,
        found?.publishedAt,
      ],
      [
        'News',
        'https://news.example/',
        'urn:1',
        'One',
        'https://news.example/1',
        'Short.',
        ['Ada'],
        at('2026-11-23T14:30:00Z'),
      ],
      document.slice(0, 40),
    )
  }
})

test('titles are one plain line, whether escaped, CDATA, inline markup or Base64', async () => {
  const titles: [string, string][] = [
    [rss('<item><title>A &amp;amp; B</title></item>'), 'A & B'],
    [rss('<item><title>A & B</title></item>'), 'A & B'],
    [rss('<item><title>a < b</title></item>'), 'a < b'],
    [rss('<item><title><![CDATA[The <b>big</b>\n one]]></title></item>'), 'The big one'],
    [rss('<item><title>Caf&eacute; &ndash; &#8222;Test&#8220;</title></item>'), 'Café – „Test“'],
    [
      entry('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">The <i>big</i> one</div></title>'),
      'The big one',
    ],
    [entry('<title type="html">The &lt;i&gt;big&lt;/i&gt; one</title>'), 'The big one'],
    [entry('<title type="text">The &lt;i&gt; tag</title>'), 'The <i> tag'],
    [
      `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title mode="base64" type="text/html">VGhlIDxpPmJpZzwvaT4gb25l</title></entry></feed>`,
      'The big one',
    ],
    [rss('<item><title>x&lt;script&gt;alert(1)&lt;/script&gt;y</title></item>'), 'xy'],
  ]
  for (const [document, title] of titles) assert.equal((await entryOf(document)).title, title, document)
})

test('relative addresses are resolved by xml:base, else by the site in RSS and by the document in Atom', async () => {
  const based = await entryOf(
    atom(
      '<entry xml:base="https://a.example/x/"><id>urn:1</id><link href="y"/><content type="html">&lt;img src="z.png"&gt;</content></entry>',
    ),
  )
  assert.equal(based.url, 'https://a.example/x/y')
  assert.equal(based.content, '<img src="https://a.example/x/z.png">')
  assert.equal(based.image, 'https://a.example/x/z.png')
  assert.equal((await entryOf(entry('<link href="/y"/>'))).url, 'https://news.example/y')
  const inSite = rss(
    '<item><title>One</title><link>/one</link></item>',
    '<link>https://www.site.example/</link>',
  )
  assert.equal((await entryOf(inSite)).url, 'https://www.site.example/one')
  assert.equal(
    (await entryOf(rss('<item><title>One</title><link>one</link></item>'))).url,
    'https://news.example/feeds/one',
  )
})

test('addresses that are not http(s) are left out', async () => {
  const found = await entryOf(
    rss('<item><title>x</title><link>javascript:alert(1)</link><enclosure url="file:///etc/passwd"/></item>'),
  )
  assert.deepEqual([found.url, found.enclosures], [undefined, []])
})

test('an entry without a guid has its address as id, without either one made of its words', async () => {
  assert.equal(
    (await entryOf(rss('<item><title>x</title><link>https://news.example/1</link></item>'))).id,
    'https://news.example/1',
  )
  const first = await entryOf(rss('<item><title>only words</title></item>'))
  const again = await entryOf(
    rss('<item><title>only words</title><description>added later</description></item>'),
  )
  assert.match(first.id, /^urn:sha256:[\da-f]{64}$/)
  assert.equal(first.id, again.id)
})

test('a guid that all entries share is not believed', async () => {
  const twice = rss(
    [1, 2].map((n) => `<item><guid>same</guid><link>https://news.example/${n}</link></item>`).join(''),
  )
  assert.deepEqual(
    (await feedOf(twice)).entries.map(({ id }) => id),
    ['https://news.example/1', 'https://news.example/2'],
  )
})

test('of a truncated feed the whole entries are kept', async () => {
  const whole = rss('<item><guid>1</guid><title>a</title></item><item><guid>2</guid><title>b</title></item>')
  const cut = await read(whole.slice(0, whole.indexOf('b</title>')))
  assert.ok(cut.kind === 'feed' && cut.truncated)
  assert.deepEqual(
    cut.feed.entries.map(({ id }) => id),
    ['1'],
  )
  const json =
    '{"version":"https://jsonfeed.org/version/1.1","title":"a ] }","items":[{"id":"1"},{"id":"2","title":"b'
  const cutJson = await read(json)
  assert.ok(cutJson.kind === 'feed' && cutJson.truncated)
  assert.deepEqual(
    cutJson.feed.entries.map(({ id }) => id),
    ['1'],
  )
})

test('broken markup is read as it was meant', async () => {
  const documents: Record<string, string> = {
    'text before the declaration': `\n\nWarning: x on line 3\n${item('')}`,
    'a bare ampersand in an address': item('<guid>https://news.example/?a=1&b=2</guid>'),
    'characters that XML forbids': item('<description>bell \u0007</description>'),
    'undeclared namespaces': item(
      '<dc:creator>Ada</dc:creator><media:thumbnail url="https://news.example/i.png"/>',
    ),
    'an unclosed element': item('<description>text <b>bold</description>'),
    'an item that ends where the next begins': rss('<item><title>One</title><item><title>Two</title></item>'),
    'attributes without quotes': item('<guid isPermaLink=false>x</guid>'),
    'upper case': '<RSS VERSION="2.0"><CHANNEL><ITEM><TITLE>One</TITLE></ITEM></CHANNEL></RSS>',
    'a comment that names a root': `<!-- <feed> -->${item('')}`,
    'names that objects have': item(
      '<__proto__><polluted>1</polluted></__proto__><constructor>1</constructor>',
    ),
  }
  for (const [name, document] of Object.entries(documents)) {
    assert.equal((await entryOf(document)).title, 'One', name)
  }
  assert.equal(
    (await entryOf(documents['a bare ampersand in an address'] ?? '')).id,
    'https://news.example/?a=1&b=2',
  )
  assert.deepEqual((await entryOf(documents['undeclared namespaces'] ?? '')).authors, ['Ada'])
  assert.ok(!('polluted' in {}))
})

test('dates without a zone are in the zone of the feed, else in UTC', async () => {
  const zoned = rss(
    '<item><pubDate>Mo, 23 Nov 2026 15:30</pubDate></item>',
    '<lastBuildDate>Mon, 23 Nov 2026 16:00:00 +0100</lastBuildDate>',
  )
  assert.equal((await entryOf(zoned)).publishedAt, at('2026-11-23T14:30:00Z'))
  assert.equal(
    (await entryOf(rss('<item><pubDate>23.11.2026 15:30</pubDate></item>'))).publishedAt,
    at('2026-11-23T15:30:00Z'),
  )
})

test('the order of day and month is that of the feed', async () => {
  const german = '<language>de</language>'
  assert.equal(
    (await entryOf(rss('<item><pubDate>04/07/2026</pubDate></item>', german))).publishedAt,
    at('2026-07-04'),
  )
  assert.equal(
    (await entryOf(rss('<item><pubDate>04/07/2026</pubDate></item>'))).publishedAt,
    at('2026-04-07'),
  )
  const told = rss('<item><pubDate>04/07/2026</pubDate></item><item><pubDate>23/07/2026</pubDate></item>')
  assert.equal((await entryOf(told)).publishedAt, at('2026-07-04'))
})

test('entities are never expanded and no file is read', async () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>${rss('<item><title>&b;&f;</title></item>')}`
  assert.equal((await entryOf(bomb)).title, '&b;&f;')
})

test('charset, compression and byte order marks are seen through', async () => {
  const latin = Buffer.from(item('<description>M\u00fcnchen</description>'), 'latin1')
  assert.equal((await entryOf(latin, { contentType: 'text/xml; charset=iso-8859-1' })).summary, 'München')
  assert.equal((await entryOf(gzipSync(item('<description>x</description>')))).summary, 'x')
  assert.equal(
    (await entryOf(Buffer.from(`\ufeff${item('<description>ü</description>')}`, 'utf16le'))).summary,
    'ü',
  )
})

test('what is no feed is refused with a reason', async () => {
  const reasons: [string, string][] = [
    ['', 'empty'],
    ['  \n', 'empty'],
    ['<!doctype html><html><head><title>x</title></head><body><p>hi</body></html>', 'html'],
    ['<html><body><feed-list></feed-list><script>"<rss>"</script></body></html>', 'html'],
    ['hello', 'not-a-feed'],
    ['{"a":1}', 'not-a-feed'],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'not-a-feed'],
  ]
  for (const [document, reason] of reasons) {
    const result = await read(document)
    assert.ok(result.kind === 'refused', document)
    assert.equal(result.reason, reason, document)
  }
})

test('a feed without entries is a feed', async () => {
  for (const document of ['<rss version="2.0"></rss>', rss(''), atom('')]) {
    assert.deepEqual((await feedOf(document)).entries, [], document)
  }
})

test('entries beyond the limit are left out', async () => {
  const result = await read(rss('<item><title>x</title></item>'.repeat(MAX_ENTRIES + 5)))
  assert.ok(result.kind === 'feed' && result.truncated)
  assert.equal(result.feed.entries.length, MAX_ENTRIES)
})

const flood = (piece: string) => piece.repeat(Math.ceil((MAX_FEED_BYTES / 2 + 1) / piece.length))

const HOSTILE: Record<string, string> = {
  'deep nesting': item(`<description>${'<a>'.repeat(50_000)}x${'</a>'.repeat(50_000)}</description>`),
  'unclosed tags': item(flood('<b>')),
  'one long text': item(`<description>${flood('x')}</description>`),
  'more bytes than are looked at': `${flood('x')}${flood('x')}${item('')}`,
  'bare ampersands': item(`<description>${flood('&')}</description>`),
  'unfinished entities': item(
    `<description>${flood('&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')}</description>`,
  ),
  'white space in a tag': item(`<a${flood(' ')}=x>`),
  'open quotes': item(flood('<a b="')),
  'open comments': flood('<!--'),
  'open sections': item(flood('<![CDATA[')),
  'open declarations': item(flood('<!a>')),
  'open subsets': `<!DOCTYPE x [${flood('] ')}`,
  attributes: item(`<a ${Array.from({ length: 50_000 }, (_, i) => `a${i}="1"`).join(' ')}/>`),
  'many elements beside an open item': rss(`${'<a/>'.repeat(300_000)}<item>`),
  'open items': rss(flood('<item>')),
  'brackets in a name': item(`<author>${flood('(')}</author>`),
  'unfinished links in a text': item(`<description><![CDATA[${flood('<a href=')}]]></description>`),
  'many enclosures': item(
    flood('<enclosure url="https://news.example/1.mp3" length="1" type="audio/mpeg"/>'),
  ),
  'open arrays': `{"version":"https://jsonfeed.org/version/1","items":${flood('[')}`,
  'open scripts in a title': rss(`<item><title><![CDATA[${flood('<script>')}]]></title></item>`),
}

for (const [name, document] of Object.entries(HOSTILE)) {
  test(`a feed of ${name} comes to an end`, { timeout: 30_000 }, async () => {
    const result = await read(document)
    assert.ok(result.kind === 'refused' || result.feed.entries.length <= MAX_ENTRIES)
  })
}
