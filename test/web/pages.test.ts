/** The pages of the archive over real HTTP: what they show, what they never show, and how they are kept. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import type { StoryId } from '../../src/article/article.ts'
import { retentionInstants } from '../../src/digest/retention.ts'
import { UserError } from '../../src/errors.ts'
import { catchUpSearch } from '../../src/jobs/search-index.ts'
import { metricList } from '../../src/metrics.ts'
import { contentSecurityPolicy } from '../../src/web/server.ts'
import { addServerDigest, holdFrom, openTestWeb, setDigests, slot } from '../support/web.ts'

const bridge = {
  story: 'bridge0story',
  at: slot(1) - 3_600_000,
  headline: 'Council agrees on new bridge over the Averne',
  url: 'https://wire.example/bridge',
  image: 'https://pictures.example/bridge.jpg',
}
const ferry = {
  story: 'ferry00story',
  at: slot(2) - 3_600_000,
  headline: 'Ferry to Skerra stays in port',
  outlet: 'Courier',
  body: ['The ferry to Skerra stays in port until Friday.', 'Its engine has to be mended.'],
  brief: 'The ferry to Skerra stays in port until Friday.',
  summary: ['The ferry to Skerra stays in port until Friday.'],
  url: 'https://courier.example/ferry',
}

test('an edition has its address for good, with its stories, their sources, and nothing fetched from elsewhere', async (t) => {
  const { newsroom, get, textAt } = await openTestWeb(t)
  await newsroom.hold('bridge', bridge)
  const first = await newsroom.edition(slot(1))
  await newsroom.hold('ferry', ferry)
  await newsroom.edition(slot(2), first.id)
  // Of another subscription, which began later: its number one is another edition.
  await newsroom.edition(slot(3))

  const page = await get('/d/wire/1')
  assert.equal(page.status, 200)
  const text = await page.text()
  assert.match(text, /<html lang="en">/)
  assert.match(text, /<title>Harbour Wire · No\. 1 · Depesche<\/title>/)
  assert.match(text, /Friday, November 20, 2026/)
  assert.match(
    text,
    /<a href="https:\/\/wire\.example\/bridge" rel="[^"]+"><bdi>Council agrees on new bridge/,
  )
  assert.match(
    text,
    /Harbour Wire<\/bdi> · <time datetime="2026-11-20T06:30:00.000Z">06:30<\/time> · 1\u00a0min/,
  )
  assert.match(text, /<a href="\/s\/bridge0story">/)
  assert.match(text, /<a rel="next" href="\/d\/wire\/2">/)
  assert.match(text, /og:image" content="https:\/\/news\.example\/d\/wire\/1\/card\.png"/)
  assert.doesNotMatch(text, /pictures\.example|<script|<img|Ferry/)

  const home = await textAt('/')
  assert.match(home, /<a href="\/d\/wire"><bdi>Harbour Wire<\/bdi><\/a>/)
  assert.match(home, /href="\/d\/wire\/2"/)
  const list = await textAt('/d/wire')
  assert.ok(list.indexOf('/d/wire/2') < list.indexOf('/d/wire/1'))
  assert.equal(list.match(/href="\/d\/wire\/1"/g)?.length, 1)
})

test('an edition whose content is no longer held is not in the archive any more', async (t) => {
  const { newsroom, get, textAt } = await openTestWeb(t)
  await newsroom.hold('bridge', bridge)
  const first = await newsroom.edition(slot(1))
  await newsroom.hold('ferry', ferry)
  await newsroom.edition(slot(2), first.id)
  const when = retentionInstants({ articleDays: 90, bodyDays: 30, editionDays: 1 }, slot(3) - 1)
  assert.equal((await newsroom.storage.retention.thinEditions(when, undefined, 10)).removed, 1)
  assert.deepEqual([(await get('/d/wire/1')).status, (await get('/d/wire/2')).status], [404, 200])
  for (const path of ['/d/wire', '/d/wire/2', '/d/wire/rss.xml'])
    assert.doesNotMatch(await textAt(path), /\/d\/wire\/1|Council agrees/, path)
})

test('an edition shows what became of its articles since, and its feed says when', async (t) => {
  const { newsroom, textAt } = await openTestWeb(t)
  await newsroom.hold('bridge', bridge)
  await newsroom.edition(slot(1))
  await newsroom.hold('bridge', {
    ...bridge,
    headline: 'Council puts off the bridge',
    at: slot(1) + 3_600_000,
  })
  const edition = await textAt('/d/wire/1')
  assert.match(edition, /<h2><a [^>]+><bdi>Council puts off the bridge<\/bdi>/)
  assert.match(edition, /Headline corrected, 08:30/)
  assert.doesNotMatch(edition, /Council agrees on new bridge over/)
  const feed = await textAt('/d/wire/atom.xml')
  assert.match(feed, /<published>2026-11-20T07:30:00.000Z<\/published>\n<updated>2026-11-20T08:30:00.000Z/)
  assert.match(feed, /Council puts off the bridge/)
})

test('what a server made for itself is nowhere, and neither is a digest that keeps to itself', async (t) => {
  const { newsroom, get, textAt } = await openTestWeb(t)
  await newsroom.hold('bridge', bridge)
  await newsroom.hold('hidden', { ...ferry, source: 'elsewhere', story: 'hidden0story' })
  const { digest, articleId } = await addServerDigest(newsroom, bridge.story as StoryId)
  await catchUpSearch(newsroom.storage.searchIndex.catchUp)
  assert.equal((await get('/d/elsewhere')).status, 200)
  assert.equal((await get('/s/hidden0story')).status, 200)
  await setDigests(newsroom, {
    wire: { title: 'Harbour Wire', sources: [{ folder: 'articles' }, { folder: 'courier' }] },
    elsewhere: { title: 'Elsewhere', public: false },
  })

  const closed = [`/d/${digest.id}`, `/d/${digest.id}/atom.xml`, `/a/${articleId}`]
  const hidden = ['/d/elsewhere', '/d/elsewhere/rss.xml', '/d/elsewhere/opml.xml', '/s/hidden0story']
  for (const path of [...closed, ...hidden]) assert.equal((await get(path)).status, 404, path)
  assert.equal((await get(`/search?q=members&digest=${digest.id}`)).status, 404)
  const shown = await Promise.all(
    ['/', '/opml.xml', '/s/bridge0story', '/search?q=members', '/search?q=ferry'].map(textAt),
  )
  assert.match(shown[2] ?? '', /Council agrees/)
  for (const text of shown)
    assert.doesNotMatch(text, /Ours alone|only members know|Club paper|Elsewhere|Skerra/)
})

test('the full text is shown where its source allows it, and nowhere else', async (t) => {
  const { newsroom, get, textAt } = await openTestWeb(t)
  await setDigests(newsroom, {
    wire: {
      sources: [
        { folder: 'articles' },
        { feed: 'https://closed.example/feed.xml' },
        { feed: 'https://open.example/feed.xml', fulltext: 'public' },
      ],
    },
  })
  const ids = await Promise.all(
    [
      'folder:wire/articles',
      'feed:https://closed.example/feed.xml',
      'feed:https://open.example/feed.xml',
    ].map((source) =>
      holdFrom(newsroom, source, { headline: `From ${source}`, body: ['First.', 'The whole of it.'] }),
    ),
  )
  const texts = await Promise.all(ids.map((id) => textAt(`/a/${id}`)))
  assert.deepEqual(
    texts.map((text) => text.includes('The whole of it.')),
    [true, false, true],
  )
  assert.match(texts[1] ?? '', /The full text is shown by its source/)
  assert.equal((await get('/a/nobody000000')).status, 404)
})

test('a story shows its summary, its articles in the order of time, and where it was told', async (t) => {
  const { newsroom, textAt } = await openTestWeb(t)
  await newsroom.hold('first', { ...bridge, publishedAt: slot(1) - 7_200_000 })
  await newsroom.hold('second', {
    ...bridge,
    source: 'courier',
    outlet: 'Courier',
    headline: 'Bridge: the vote was close',
    url: 'javascript:alert(1)',
    publishedAt: slot(1) - 3_600_000,
  })
  await newsroom.edition(slot(1))
  const text = await textAt('/s/bridge0story')
  assert.deepEqual(
    [...text.matchAll(/<p class="headline">.*?<bdi>(.+?)<\/bdi>/g)].map((match) => match[1]),
    ['Council agrees on new bridge over the Averne', 'Bridge: the vote was close'],
  )
  assert.match(text, /<h2 class="section">Summary<\/h2>/)
  assert.match(text, /<a href="\/d\/wire\/1"><bdi>Harbour Wire<\/bdi> · No\. 1<\/a>/)
  assert.match(text, /<a href="\/a\/[a-z0-9]{12}">Full text<\/a>/)
  assert.doesNotMatch(text, /javascript:/)
})

test('search finds words in any form, marks them, and bounds its pages', async (t) => {
  const { newsroom, get, textAt } = await openTestWeb(t)
  await newsroom.hold('bridge', bridge)
  await newsroom.hold('ferry', ferry)
  await catchUpSearch(newsroom.storage.searchIndex.catchUp)
  const text = await textAt('/search?q=engines')
  assert.match(text, /1\u00a0story found/)
  assert.match(text, /<mark>engine<\/mark>/)
  assert.match(text, /<input id="words"[^>]* value="engines"/)
  assert.match(await textAt('/search?q=xyzzy'), /Nothing found/)
  assert.match(await textAt('/search'), /<form class="search"/)
  for (const bad of ['page=0', 'page=51', 'page=-1', 'page=1e3', 'page=x'])
    assert.equal((await get(`/search?q=ferry&${bad}`)).status, 404, bad)
  for (const bad of ['before=0', 'before=x', 'before=99999999999'])
    assert.equal((await get(`/d/wire?${bad}`)).status, 404, bad)
})

test('every answer bears the strict headers, sets no cookie, and is not sent again to who has it', async (t) => {
  const { newsroom, get, url } = await openTestWeb(t)
  await newsroom.hold('bridge', bridge)
  await newsroom.edition(slot(1))
  const style = /href="(\/style-[0-9a-f]+\.css)"/.exec(await (await get('/')).text())?.[1] ?? ''
  for (const path of [
    '/',
    '/d/wire/1',
    '/d/wire/atom.xml',
    '/opml.xml',
    style,
    '/nowhere',
    '/healthz',
    '/%zz',
  ]) {
    const { headers, status } = await get(path)
    assert.equal(headers.get('content-security-policy'), contentSecurityPolicy, path)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('referrer-policy'), 'no-referrer')
    assert.equal(headers.get('set-cookie'), null)
    assert.notEqual(headers.get('cache-control'), null)
    if (status !== 200 || path === '/healthz') continue
    const again = await get(path, { 'if-none-match': headers.get('etag') ?? '' })
    assert.deepEqual([again.status, await again.text()], [304, ''], path)
  }
  assert.match((await get(style)).headers.get('cache-control') ?? '', /immutable/)
  const head = await fetch(`${url}/d/wire/1`, { method: 'HEAD' })
  assert.equal(head.status, 200)
  assert.equal(await head.text(), '')
  assert.equal(
    head.headers.get('content-length'),
    String(Buffer.byteLength(await (await get('/d/wire/1')).text())),
  )
})

test('only reading is allowed, and what is too long or broken is refused in words', async (t) => {
  const { get, url } = await openTestWeb(t)
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    const refused = await fetch(`${url}/search`, { method, ...(method === 'POST' ? { body: 'q=x' } : {}) })
    assert.deepEqual([refused.status, refused.headers.get('allow')], [405, 'GET, HEAD'], method)
  }
  assert.equal((await get(`/search?q=${'x'.repeat(3000)}`)).status, 414)
  assert.equal((await get('/%zz')).status, 400)
  assert.equal((await get(`/s/${'x'.repeat(300)}`)).status, 400)
  const german = await get('/nowhere', { 'accept-language': 'fr;q=0.2, de-CH, en;q=0.5' })
  assert.equal(german.status, 404)
  assert.match(await german.text(), /<html lang="de">[\s\S]*Nicht gefunden/)
  const long = await rawAnswer(url, `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'y'.repeat(20_000)}\r\n\r\n`)
  assert.match(long, /^HTTP\/1\.1 431 [\s\S]+text\/plain[\s\S]+\r\n\r\nThe request is too long: its address,/)
  const nonsense = await rawAnswer(url, 'What is new in Port Averne?\r\n\r\n')
  assert.match(
    nonsense,
    /^HTTP\/1\.1 400 [\s\S]+\r\n\r\nThis is not a request that this site understands\.\n$/,
  )
})

test('metrics are for this machine, or for whoever shows the token, and for nobody who comes through a proxy', async (t) => {
  const open = await openTestWeb(t)
  assert.equal((await open.get('/metrics')).status, 200)
  for (const header of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']) {
    const refused = await open.get('/metrics', { [header]: '203.0.113.7' })
    assert.equal(refused.status, 401, header)
    assert.doesNotMatch(await refused.text(), /depesche_/)
  }
  const metricsToken = 'a-token-for-prometheus'
  const { get } = await openTestWeb(t, {}, { metricsToken })
  const statusWith = async (authorization: string) => (await get('/metrics', { authorization })).status
  assert.equal((await get('/metrics')).status, 401)
  assert.equal(await statusWith(`Bearer ${metricsToken}x`), 401)
  assert.equal(await statusWith(`Bearer ${metricsToken}`), 200)
})

test('a failure is said with a reference that the log has too, and nothing of what lies inside', async (t) => {
  const broken = () => Promise.reject(new Error('SQLITE_FULL at /secret/path'))
  const { get, logged } = await openTestWeb(t, {}, { search: broken })
  const answer = await get('/search?q=bridge')
  const text = await answer.text()
  assert.equal(answer.status, 500)
  const reference = /noted under ([0-9a-f]{8})\./.exec(text)?.[1] ?? ''
  assert.doesNotMatch(text, /SQLITE|secret|at \//)
  assert.ok(logged.some((line) => line.includes(reference) && line.includes('SQLITE_FULL')))
})

test('more searches at once than are taken get an answer that says when to come again', async (t) => {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>()
  const { get } = await openTestWeb(t, {}, { search: () => opened.then(() => ({ hits: [], total: 0 })) })
  const asked = Array.from({ length: 40 }, () => get('/search?q=bridge'))
  // Four are being answered and sixteen wait; nobody else gets in before the first of them is through.
  const refused = await new Promise<readonly Response[]>((resolve) => {
    const answers: Response[] = []
    for (const each of asked) void each.then((answer) => answers.push(answer) === 20 && resolve([...answers]))
  })
  assert.deepEqual(
    refused.map(({ status, headers }) => [status, headers.get('retry-after')]),
    refused.map(() => [503, '2']),
  )
  open()
  const statuses = (await Promise.all(asked)).map(({ status }) => status)
  assert.equal(statuses.filter((status) => status === 200).length, 20)
})

test('an edition has a picture for other sites, drawn once, and none where drawing fails', async (t) => {
  let drawn = 0
  let fails = false
  const draw = async (): Promise<Uint8Array> => {
    drawn += 1
    if (fails) throw new Error('no fonts')
    return Uint8Array.from([0x89, 0x50, 0x4e, 0x47])
  }
  const { newsroom, get } = await openTestWeb(t, {}, { drawCard: draw })
  await newsroom.hold('bridge', bridge)
  const first = await newsroom.edition(slot(1))
  await newsroom.hold('ferry', ferry)
  await newsroom.edition(slot(2), first.id)
  const answers = await Promise.all([1, 2, 3].map(() => get('/d/wire/1/card.png')))
  assert.deepEqual(
    answers.map(({ status, headers }) => [status, headers.get('content-type')]),
    [1, 2, 3].map(() => [200, 'image/png']),
  )
  assert.equal(drawn, 1)
  fails = true
  assert.equal((await get('/d/wire/2/card.png')).status, 404)
  assert.equal((await get('/d/wire/3/card.png')).status, 404)
  assert.equal(drawn, 2)
})

test('readiness names every part that is not well; being alive asks nothing', async (t) => {
  let isUp = false
  let storage: () => Promise<unknown> = async () => undefined
  const vitals = {
    now: () => slot(2),
    startedAt: slot(1),
    askStorage: () => storage(),
    isGatewayUp: () => isUp,
    lastTick: () => (isUp ? slot(2) - 60_000 : slot(2) - 200_000),
  }
  const { get } = await openTestWeb(t, {}, { vitals })
  const unready = await get('/readyz')
  assert.equal(unready.status, 503)
  assert.deepEqual(await unready.json(), {
    ready: false,
    problems: ['Discord is not connected', 'the clock has not ticked for three minutes'],
  })
  isUp = true
  assert.deepEqual(await (await get('/readyz')).json(), { ready: true, problems: [] })
  storage = () => Promise.reject(new Error('disk gone'))
  assert.deepEqual(await (await get('/readyz')).json(), {
    ready: false,
    problems: ['the storage does not answer'],
  })
  assert.equal((await get('/healthz')).status, 200)
})

test('the metrics are those of the list, all of them from the beginning, with fixed labels', async (t) => {
  const { get, newsroom } = await openTestWeb(t)
  await newsroom.hold('bridge', bridge)
  const answer = await get('/metrics')
  assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
  const text = await answer.text()
  assert.deepEqual(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map((match) => `${match[1]} ${match[2]}`).sort(),
    metricList.map(({ name, kind }) => `${name} ${kind}`).sort(),
  )
  assert.match(text, /^depesche_deliveries_total\{outcome="uncertain"\} 0$/m)
  assert.match(text, /^depesche_held_articles 1$/m)
  assert.match(text, /^depesche_gateway_up 1$/m)
})

test('a port that is taken is said with what to do about it', async (t) => {
  const { url } = await openTestWeb(t)
  await assert.rejects(
    openTestWeb(t, {}, { port: Number(new URL(url).port) }),
    (error: unknown) =>
      error instanceof UserError &&
      error.code === 'web-listen' &&
      /^Port \d+ on 127\.0\.0\.1 is taken by another program.* Set WEB_PORT to another port/.test(
        error.message,
      ),
  )
})

test('a request that does not come to its end in time is told so', async (t) => {
  const web = await openTestWeb(t, {}, { requestTimeoutMs: 50 })
  const answer = await rawAnswer(web.url, 'GET /d/wire HTTP/1.1\r\nHost: news.exa')
  assert.match(answer, /^HTTP\/1\.1 408 Request Timeout\r\n/)
  assert.match(answer, /\r\n\r\nThe request took too long\. Try again\.\n$/)
})

/** What comes back on a connection until it is closed. */
function rawAnswer(url: string, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(request))
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      text += chunk
    })
    socket.on('close', () => resolve(text))
    socket.on('error', (error) => (text === '' ? reject(error) : resolve(text)))
  })
}
