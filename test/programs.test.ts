/** The commands for programs, as programs use them: lines in, lines out, in order. */
import assert from 'node:assert/strict'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { programs } from '../src/programs.ts'

async function answers(
  name: string,
  lines: readonly (object | string)[],
): Promise<readonly Record<string, unknown>[]> {
  const program = programs.find((each) => each.name === name) ?? assert.fail(`no program ${name}`)
  const output = new PassThrough()
  const said = text(output)
  const input = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  await program.run(Readable.from([input]), output)
  output.end()
  return (await said)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

const page = `<!doctype html><html lang="en"><head><title>Bridge opens – Wire</title><link rel="canonical" href="https://wire.example/bridge">
<meta property="og:title" content="Bridge opens"><meta name="author" content="Ada Quill"><meta property="article:published_time" content="2026-11-20T07:00:00Z"></head>
<body><nav>Home News</nav><article><h1>Bridge opens</h1>${'<p>The bridge over the Averne opened on Friday after nine weeks of work, the council said, and the first cars crossed at noon.</p><p>Lorries have to wait until spring, because the northern ramp has not been tested with heavy loads yet.</p>'}</article></body></html>`

test('extract answers with exactly the promised fields, for text and for bytes', async () => {
  const [one, two] = await answers('extract', [
    { id: 'a', url: 'https://wire.example/bridge?utm_source=x', html: page },
    { id: 2, htmlBase64: Buffer.from(page).toString('base64'), contentType: 'text/html; charset=utf-8' },
  ])
  assert.deepEqual(Object.keys(one ?? {}), [
    'id',
    'headline',
    'standfirst',
    'authors',
    'publishedAt',
    'language',
    'image',
    'url',
    'body',
  ])
  assert.deepEqual(
    [one?.id, one?.headline, one?.authors, one?.publishedAt, one?.language, one?.url],
    ['a', 'Bridge opens', ['Ada Quill'], '2026-11-20T07:00:00.000Z', 'en', 'https://wire.example/bridge'],
  )
  assert.deepEqual([two?.id, two?.body], [2, one?.body])
})

test('feed answers with exactly the promised fields', async () => {
  const rss =
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title><link>https://wire.example/</link><language>en</language><item><guid isPermaLink="false">1</guid><title>A</title><link>/a</link><pubDate>Fri, 20 Nov 2026 07:00:00 CET</pubDate></item></channel></rss>'
  const [one, two] = await answers('feed', [
    { id: 1, url: 'https://wire.example/feed', body: rss },
    { id: 2, body: '<html><body>no</body></html>' },
  ])
  assert.deepEqual(Object.keys(one ?? {}), ['id', 'title', 'url', 'language', 'entries'])
  const [entry] = Array.isArray(one?.entries) ? one.entries : []
  assert.deepEqual(entry, {
    id: '1',
    title: 'A',
    url: 'https://wire.example/a',
    publishedAt: '2026-11-20T06:00:00.000Z',
    updatedAt: '2026-11-20T06:00:00.000Z',
    authors: [],
    summary: null,
    content: null,
    image: null,
  })
  assert.deepEqual(two, { id: 2, error: 'That is a web page, not a feed.' })
})

test('summarise gives whole sentences in order with their places', async () => {
  const sentences = [
    'The council agreed on Monday to build a bridge.',
    'It rained.',
    'The bridge will cost 12 million pounds and take two years to build.',
  ]
  const [one] = await answers('summarise', [
    { id: 'x', title: 'Council agrees on bridge', text: sentences.join(' '), sentences: 2 },
  ])
  assert.deepEqual(Object.keys(one ?? {}), ['id', 'language', 'sentences', 'indexes'])
  assert.equal(one?.language, 'en')
  assert.deepEqual(one?.sentences, [sentences[0], sentences[2]])
  assert.deepEqual(one?.indexes, [0, 2])
})

test('language tells the language and how sure it is', async () => {
  const [one] = await answers('language', [{ id: 1, text: 'Der Stadtrat stimmt für die neue Brücke' }])
  assert.deepEqual(Object.keys(one ?? {}), ['id', 'language', 'confidence'])
  assert.equal(one?.language, 'de')
})

test('cluster answers in order after the last line, with ids as they came', async () => {
  const text =
    'The council of Port Averne agreed on Monday to build a new bridge over the Averne for 12 million pounds.'
  const found = await answers('cluster', [
    { id: 1, title: 'Port Averne council agrees on new bridge', text, publishedAt: '2026-11-20T07:00:00Z' },
    'not json',
    {
      id: 'b',
      title: 'Divers map coral reef off Saltmere',
      text: 'Divers from Merrow mapped a cold-water coral reef.',
    },
    {
      id: 3,
      title: 'New bridge for Port Averne: council says yes',
      text,
      publishedAt: '2026-11-20T08:00:00Z',
    },
    { title: 'no id' },
  ])
  assert.deepEqual(
    found.map((line) => line.id),
    [1, null, 'b', 3, null],
  )
  assert.equal(found[0]?.story, found[3]?.story)
  assert.notEqual(found[0]?.story, found[2]?.story)
  assert.match(String(found[1]?.error), /^Line 2 is not JSON/)
  assert.match(String(found[4]?.error), /^Line 5 has no "id"/)
})

for (const { name } of programs) {
  test(`${name}: a bad line is answered with its id and the reason, and hinders no other`, async () => {
    const found = await answers(name, [
      '{',
      { id: 'wrong', text: 5, html: 5, body: 5, title: 5 },
      '',
      { id: 'last' },
    ])
    assert.equal(found.length, 3)
    assert.equal(found[0]?.id, null)
    assert.equal(found[1]?.id, 'wrong')
    assert.equal(typeof found[1]?.error, 'string')
    assert.equal(found[2]?.id, 'last')
  })

  test(`${name}: no input gives no output`, async () => assert.deepEqual(await answers(name, []), []))
}
