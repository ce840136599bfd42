/** Feeds, pages and hosts as they behave: the real bot reads local servers, and its members read the outcome. */
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { messageOf, openTestBot, type TestBot, textOf } from './support/bot.ts'
import { type HostAnswers, openHost } from './support/host.ts'

const long =
  'The ferry company said on Friday that all crossings between Tarrow and Skerra would resume on Monday morning. '

function item(
  number: number,
  options: {
    title?: string
    date?: string
    body?: string
    guid?: string
    link?: string
    teaser?: string
  } = {},
): string {
  return `<item><guid isPermaLink="false">${options.guid ?? `g${number}`}</guid><title>${options.title ?? `Ferry number ${number} resumes its service`}</title>
<link>${options.link ?? `/news/${number}`}</link><pubDate>${options.date ?? `Fri, 20 Nov 2026 0${number % 6}:00:00 GMT`}</pubDate>
<description>${options.teaser ?? 'Crossings resume on Monday, the company says.'}</description>${options.body === undefined ? '' : `<content:encoded><![CDATA[${options.body}]]></content:encoded>`}</item>`
}

function rss(...items: readonly string[]): string {
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Estuary Radio News</title><link>/</link><language>en</language>${items.join('')}</channel></rss>`
}

const full = `<p>${long.repeat(4)}</p><p>${long.repeat(4)}</p>`

function sendFeed(text: string): HostAnswers[string] {
  return (_, response) => void response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(text)
}

async function followed(bot: TestBot, sources: string): Promise<void> {
  await writeFile(
    join(bot.digestsDir, 'wire/digest.yaml'),
    `title: Harbour Wire\nlanguage: en\nsources:\n${sources}\nschedule:\n  times: ["07:30"]\n  zone: UTC\n`,
  )
}

async function headlines(bot: TestBot, words: string): Promise<readonly string[]> {
  const offered = await bot.member('en-US').autocomplete(bot.channelId, 'summary', { story: words }, 'story')
  return offered.kind === 'choices' ? offered.choices.map((choice) => choice.name) : []
}

test('a feed in digest.yaml is read politely and its articles are told with summary and full text', async (t) => {
  const host = await openHost(t, { '/feed.xml': sendFeed(rss(item(1, { body: full }))) })
  const bot = await openTestBot(t, {}, [host.host])
  await followed(bot, `  - feed: ${host.url}/feed.xml`)
  await bot.start()
  await bot.untilLogged('source.polled')
  assert.deepEqual(await headlines(bot, 'ferry'), ['Ferry number 1 resumes its service'])
  const text = textOf(
    messageOf(await bot.member('en-US').command(bot.channelId, 'fulltext', { story: 'ferry' })),
  )
  assert.match(text, /Estuary Radio News/)
  assert.match(text, /all crossings between Tarrow and Skerra/)
  assert.equal(
    host.asked[0]?.headers['user-agent'],
    'Depesche/0.1 (news digest bot; +https://operator.example)',
  )
  assert.equal(host.asked.length, 1, 'the feed carries the whole text: no page is fetched')
})

test('a feed that only teases is completed from its pages, where robots.txt allows it', async (t) => {
  const page = `<html lang="en"><head><title>x</title></head><body><article><h1>Ferry number 1 resumes its service</h1>${full}<p>The harbour master thanked everybody who had waited.</p></article></body></html>`
  const host = await openHost(t, {
    '/robots.txt': (_, response) => void response.end('User-agent: *\nDisallow: /news/2'),
    '/feed.xml': sendFeed(
      rss(
        item(1),
        item(2, {
          title: 'Secret timetable leaks from the archive',
          teaser: 'An archivist found the papers behind a cupboard.',
        }),
      ),
    ),
    '/news/1': (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(page),
    '/news/2': (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(page),
  })
  const bot = await openTestBot(t, {}, [host.host])
  await followed(bot, `  - feed: ${host.url}/feed.xml`)
  await bot.start()
  await bot.untilLogged('source.polled')
  const member = bot.member('en-US')
  assert.match(
    textOf(messageOf(await member.command(bot.channelId, 'fulltext', { story: 'resumes' }))),
    /The harbour master thanked everybody/,
  )
  assert.doesNotMatch(
    textOf(messageOf(await member.command(bot.channelId, 'fulltext', { story: 'timetable' }))),
    /harbour master/,
  )
  assert.deepEqual(host.asked.map(({ path }) => path).sort(), ['/feed.xml', '/news/1', '/robots.txt'])
})

test('a page that asks not to be kept, by header or by its own word, is not kept', async (t) => {
  const page = `<html lang="en"><head><title>x</title></head><body><article><h1>Ferry resumes</h1>${full}</article></body></html>`
  const host = await openHost(t, {
    '/feed.xml': sendFeed(
      rss(
        item(1),
        item(2, { title: 'Secret timetable leaks from the archive', teaser: 'An archivist found it.' }),
      ),
    ),
    '/news/1': (_, response) =>
      void response.writeHead(200, { 'content-type': 'text/html', 'x-robots-tag': 'noarchive' }).end(page),
    '/news/2': (_, response) =>
      void response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(page.replace('<head>', '<head><meta name="robots" content="noarchive">')),
  })
  const bot = await openTestBot(t, {}, [host.host])
  await followed(bot, `  - feed: ${host.url}/feed.xml`)
  await bot.start()
  await bot.untilLogged('source.polled')
  for (const story of ['resumes', 'timetable']) {
    const text = textOf(messageOf(await bot.member('en-US').command(bot.channelId, 'fulltext', { story })))
    assert.doesNotMatch(text, /all crossings between/)
  }
  assert.equal(host.asked.filter(({ path }) => path.startsWith('/news/')).length, 2)
})

for (const [policy, shown] of [
  ['excerpt', /…/],
  ['never', /Crossings resume on Monday/],
] as const) {
  test(`fulltext: ${policy} is honoured where a reader could see it, and no page is fetched`, async (t) => {
    const host = await openHost(t, { '/feed.xml': sendFeed(rss(item(1, { body: full }))) })
    const bot = await openTestBot(t, {}, [host.host])
    await followed(bot, `  - feed: ${host.url}/feed.xml\n    fulltext: ${policy}`)
    await bot.start()
    await bot.untilLogged('source.polled')
    const text = textOf(
      messageOf(await bot.member('en-US').command(bot.channelId, 'fulltext', { story: 'ferry' })),
    )
    assert.match(text, shown)
    assert.match(text, /This source allows no more to be shown here/)
    assert.ok(text.length < 1100, `${text.length} characters`)
    assert.deepEqual(
      host.asked.map(({ path }) => path),
      ['/feed.xml'],
    )
  })
}

test('conditional requests: what did not change is not sent again', async (t) => {
  const host = await openHost(t, {
    '/feed.xml': (request, response) => {
      if (request.headers['if-none-match'] === '"v1"' && request.headers['if-modified-since'] !== undefined)
        response.writeHead(304).end()
      else
        response
          .writeHead(200, { etag: '"v1"', 'last-modified': 'Fri, 20 Nov 2026 05:00:00 GMT' })
          .end(rss(item(1, { body: full })))
    },
  })
  const bot = await openTestBot(t, {}, [host.host])
  await followed(bot, `  - feed: ${host.url}/feed.xml`)
  await bot.start()
  await bot.untilLogged('source.polled')
  bot.clock.moveTo(bot.clock.now() + 26 * 3_600_000)
  await bot.untilLogged('source.polled', 2)
  assert.equal(host.asked.length, 2)
  assert.equal(host.asked[1]?.headers['if-none-match'], '"v1"')
  assert.deepEqual(await headlines(bot, 'ferry'), ['Ferry number 1 resumes its service'])
})

test('first sight of a feed brings no flood, and what was passed by never comes as news', async (t) => {
  const items = Array.from({ length: 40 }, (_, index) =>
    item(index, {
      body: full,
      date: `Fri, ${String(1 + (index % 20)).padStart(2, '0')} Nov 2026 05:00:00 GMT`,
    }),
  )
  let feed = rss(...items)
  const host = await openHost(t, { '/feed.xml': (_, response) => void response.end(feed) })
  const bot = await openTestBot(t, {}, [host.host])
  await followed(bot, `  - feed: ${host.url}/feed.xml`)
  await bot.start()
  const first = await bot.untilLogged('source.polled')
  assert.deepEqual([first.entries, first.articles], [40, 10])
  feed = rss(
    ...items,
    item(50, {
      body: full,
      title: 'Late news from long ago about a lighthouse',
      date: 'Mon, 02 Mar 2020 05:00:00 GMT',
    }),
  )
  bot.clock.moveTo(bot.clock.now() + 26 * 3_600_000)
  const second = await bot.untilLogged('source.polled', 2)
  assert.deepEqual([second.entries, second.articles], [41, 1], 'late and back-dated, and still carried')
  assert.equal((await headlines(bot, 'lighthouse')).length, 1)
})

test('a feed that fails at first brings no flood when it comes back, and its problem is told once', async (t) => {
  const items = Array.from({ length: 40 }, (_, index) => item(index, { body: full }))
  let answer = 'this is no feed'
  const host = await openHost(t, { '/feed.xml': (_, response) => void response.end(answer) })
  const bot = await openTestBot(t, {}, [host.host])
  await followed(bot, `  - feed: ${host.url}/feed.xml`)
  await bot.start()
  await bot.untilLogged('source.polled')
  bot.clock.moveTo(bot.clock.now() + 26 * 3_600_000)
  await bot.untilLogged('source.polled', 2)
  assert.equal(bot.timesLogged('source.noticed'), 1)
  answer = rss(...items)
  bot.clock.moveTo(bot.clock.now() + 26 * 3_600_000)
  const third = await bot.untilLogged('source.polled', 3)
  assert.deepEqual([third.entries, third.articles], [40, 10])
})

test('a long feed is taken in whole once it is known, however far down its news stands', async (t) => {
  const old = Array.from({ length: 150 }, (_, index) => item(index, { body: full }))
  let feed = rss(...old)
  const host = await openHost(t, { '/feed.xml': (_, response) => void response.end(feed) })
  const bot = await openTestBot(t, {}, [host.host])
  await followed(bot, `  - feed: ${host.url}/feed.xml`)
  await bot.start()
  await bot.untilLogged('source.polled')
  feed = rss(...old, item(999, { body: full, title: 'A lighthouse is lit again after forty years' }))
  bot.clock.moveTo(bot.clock.now() + 26 * 3_600_000)
  const second = await bot.untilLogged('source.polled', 2)
  assert.equal(second.articles, 1)
  assert.equal((await headlines(bot, 'lighthouse')).length, 1)
})

test('an article keeps its identity when title, date, guid or address parameters are edited', async (t) => {
  let feed = rss(item(1, { body: full }))
  const host = await openHost(t, { '/feed.xml': (_, response) => void response.end(feed) })
  const bot = await openTestBot(t, {}, [host.host])
  await followed(bot, `  - feed: ${host.url}/feed.xml`)
  await bot.start()
  await bot.untilLogged('source.polled')
  feed = rss(
    item(1, {
      body: full,
      guid: 'another',
      title: 'Ferry number 1 resumes after repairs',
      date: 'Fri, 20 Nov 2026 05:30:00 GMT',
      link: '/news/1?utm_source=feed',
    }),
  )
  bot.clock.moveTo(bot.clock.now() + 26 * 3_600_000)
  const second = await bot.untilLogged('source.polled', 2)
  assert.equal(second.articles, 1)
  assert.deepEqual(await headlines(bot, 'ferry'), ['Ferry number 1 resumes after repairs'])
})

test('one article through two feeds is one article', async (t) => {
  const answer = sendFeed(rss(item(1, { body: full })))
  const host = await openHost(t, { '/a.xml': answer, '/b.xml': answer })
  const bot = await openTestBot(t, {}, [host.host])
  await followed(bot, `  - feed: ${host.url}/a.xml\n  - feed: ${host.url}/b.xml`)
  await bot.start()
  await bot.untilLogged('source.polled', 2)
  assert.equal((await headlines(bot, 'ferry')).length, 1)
})

test('a site address finds its one feed; several are named for the owner to choose', async (t) => {
  const link = (path: string) =>
    `<link rel="alternate" type="application/rss+xml" title="${path}" href="${path}">`
  const host = await openHost(t, {
    '/one': (_, response) =>
      void response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<html><head>${link('/feed.xml')}</head><body></body></html>`),
    '/many': (_, response) =>
      void response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<html><head>${link('/a.xml')}${link('/b.xml')}</head><body></body></html>`),
    '/feed.xml': sendFeed(rss(item(1, { body: full }))),
  })
  const bot = await openTestBot(t, {}, [host.host])
  await followed(bot, `  - feed: ${host.url}/one\n  - feed: ${host.url}/many`)
  await bot.start()
  const noticed = await bot.untilLogged('source.noticed')
  assert.match(String(noticed.problem), /offers several feeds; name one of them: .*\/a\.xml.*, .*\/b\.xml/)
  bot.clock.moveTo(bot.clock.now() + 3 * 3_600_000)
  await bot.untilLogged('source.polled', 3)
  assert.ok(host.asked.some(({ path }) => path === '/feed.xml'))
})

test('a page without a feed is followed by its links to articles', async (t) => {
  const body = `<html lang="en"><body><main>${[1, 2].map((n) => `<h2><a href="/2026/11/20/ferry-number-${n}-resumes-its-service-${n}.html">Ferry number ${n} resumes its service on Monday</a></h2>`).join('')}</main></body></html>`
  const page = `<html lang="en"><head><title>x</title></head><body><article><h1>Ferry resumes</h1>${full}</article></body></html>`
  const html =
    (text: string): HostAnswers[string] =>
    (_, response) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end(text)
  const host = await openHost(t, {
    '/': html(body),
    '/2026/11/20/ferry-number-1-resumes-its-service-1.html': html(page),
    '/2026/11/20/ferry-number-2-resumes-its-service-2.html': html(page.replace('Tarrow', 'Saltmere')),
  })
  const bot = await openTestBot(t, {}, [host.host])
  await followed(bot, `  - page: ${host.url}/`)
  await bot.start()
  const polled = await bot.untilLogged('source.polled')
  assert.deepEqual([polled.entries, polled.articles], [2, 2])
})

const failures: readonly (readonly [
  name: string,
  answer: HostAnswers[string],
  problem: RegExp | undefined,
])[] = [
  [
    '410: retired, the owner is told once',
    (_, response) => void response.writeHead(410).end(),
    /is gone for good \(410\)/,
  ],
  ['500: backed off and tried again', (_, response) => void response.writeHead(500).end(), undefined],
  [
    '429 with Retry-After',
    (_, response) => void response.writeHead(429, { 'retry-after': '7200' }).end(),
    undefined,
  ],
  [
    'neither feed nor page',
    (_, response) => void response.writeHead(200, { 'content-type': 'text/plain' }).end('hello'),
    /is no feed that can be read/,
  ],
]

for (const [name, answer, problem] of failures) {
  test(`a failing source hinders nothing: ${name}`, async (t) => {
    const host = await openHost(t, {
      '/bad.xml': answer,
      '/feed.xml': sendFeed(rss(item(1, { body: full }))),
    })
    const bot = await openTestBot(t, {}, [host.host])
    await followed(bot, `  - feed: ${host.url}/bad.xml\n  - feed: ${host.url}/feed.xml`)
    await bot.start()
    await bot.untilLogged('source.polled', 2)
    assert.equal((await headlines(bot, 'ferry')).length, 1)
    const noticed = bot.logged
      .filter((line) => line.msg === 'source.noticed')
      .map((line) => String(line.problem))
    assert.equal(noticed.length, problem === undefined ? 0 : 1)
    if (problem !== undefined) assert.match(noticed[0] ?? '', problem)
    const polled = bot.logged.find(
      (line) => line.msg === 'source.polled' && String(line.source).endsWith('bad.xml'),
    )
    const delay = Number(polled?.nextPollAt) - bot.clock.now()
    if (name.startsWith('410')) assert.equal(polled?.nextPollAt, undefined)
    else assert.ok(delay > (name.startsWith('429') ? 6_900_000 : 240_000), `${delay} ms`)
  })
}

test('a private address is refused and the owner told why, unless the operator listed the host', async (t) => {
  const host = await openHost(t, { '/feed.xml': sendFeed(rss(item(1, { body: full }))) })
  const bot = await openTestBot(t)
  await followed(bot, `  - feed: ${host.url}/feed.xml`)
  await bot.start()
  const noticed = await bot.untilLogged('source.noticed')
  assert.match(
    String(noticed.problem),
    /leads to a private address\. The operator can allow the host by ALLOWED_HOSTS/,
  )
  assert.deepEqual(host.asked, [])
})
