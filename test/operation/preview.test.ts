/** The next edition on a terminal and as a page, from what lies there, with nothing written. */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig } from '../../src/config.ts'
import type { Edition } from '../../src/digest/edition.ts'
import { editionPage } from '../../src/operation/preview/as-page.ts'
import { editionText } from '../../src/operation/preview/as-text.ts'
import { editionNow } from '../../src/operation/preview/edition-now.ts'
import { backUp } from '../../src/storage/backup.ts'
import { openStorage } from '../../src/storage/storage.ts'
import { bridge, writeSettled } from '../support/bot.ts'
import { openHost } from '../support/host.ts'

const at = Date.parse('2026-11-20T07:30:00Z')
const feed = `<rss version="2.0"><channel><title>Echo</title><item><title>Ferry &lt;b&gt;rams&lt;/b&gt; the quay</title>
<link>https://echo.example/ferry</link><guid>1</guid><description>The ferry hit the quay at noon on Tuesday, and nobody was hurt in the accident at all.</description>
<pubDate>Fri, 20 Nov 2026 06:00:00 GMT</pubDate></item></channel></rss>`

test('an edition is made of the folder and its feeds without a database, and of the database where there is one; nothing is written', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-preview-'))
  t.after(() => rm(folder, { recursive: true }))
  const host = await openHost(t, {
    '/feed': (_request, response) => response.setHeader('content-type', 'application/rss+xml').end(feed),
  })
  await mkdir(join(folder, 'digests/wire/articles'), { recursive: true })
  await writeFile(
    join(folder, 'digests/wire/digest.yaml'),
    `title: Harbour Wire\nlanguage: en\nsources:\n  - folder: articles\n  - feed: ${host.url}/feed\nschedule:\n  times: ["07:30"]\n  zone: Europe/Berlin\n`,
  )
  await writeSettled(join(folder, 'digests/wire/articles/bridge.txt'), bridge)
  const databaseUrl = `sqlite:${join(folder, 'a.sqlite')}`
  const config = readConfig({
    DIGESTS_DIR: join(folder, 'digests'),
    DATABASE_URL: databaseUrl,
    ALLOWED_HOSTS: host.host,
  })
  const preview = (digest: string) => editionNow({ digest, at, config, progress: () => undefined })
  const before = await readdir(folder, { recursive: true })
  const { edition, zone, from } = await preview('wire')
  assert.deepEqual([from, zone, edition?.number], ['sources', 'Europe/Berlin', 1])
  assert.deepEqual(edition?.items.map(({ headline }) => headline.slice(0, 5)).sort(), ['Counc', 'Ferry'])
  await assert.rejects(preview('nope'), { code: 'digest-unknown', message: /There are: wire\./ })
  assert.deepEqual(await readdir(folder, { recursive: true }), before)

  const storage = await openStorage(databaseUrl)
  await storage.intake.setHouseDigests([{ digest: await digestOf(config.digestsDir), sources: [] }], at)
  await storage.close()
  const bytes = async () =>
    (await backUp({ databaseUrl, now: at, file: join(folder, `${Math.random()}`), told: () => undefined }))
      .rows
  const rows = await bytes()
  const held = await preview('wire')
  assert.deepEqual([held.from, held.edition], ['database', undefined])
  assert.deepEqual(await bytes(), rows)
})

const undated = {
  cup: 'Goalkeeper saves three penalties in the county quarter-final',
  fire: 'Flames destroy warehouse beside the old fish market',
  levy: 'Cruise passengers will pay four pounds from spring',
  mackerel: 'Smoked mackerel is recalled after listeria illness',
  moor: 'Scientists measure carbon stored beneath northern moorland',
  train: 'Landslip derails an empty express near the viaduct',
}

test('the same files give the same edition every time, also where all of it is equally important', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-preview-'))
  t.after(() => rm(folder, { recursive: true }))
  await mkdir(join(folder, 'wire/articles'), { recursive: true })
  await writeFile(
    join(folder, 'wire/digest.yaml'),
    'title: Wire\nlanguage: en\nsources:\n  - folder: articles\nschedule:\n  times: ["07:30"]\n  zone: UTC\n',
  )
  for (const [name, sentence] of Object.entries(undated))
    await writeFile(
      join(folder, `wire/articles/${name}.txt`),
      `${sentence}\n\n${sentence} The rest follows.\n`,
    )
  const config = readConfig({ DIGESTS_DIR: folder, DATABASE_URL: `sqlite:${join(folder, 'none.sqlite')}` })
  const headlines = async () => {
    const { edition } = await editionNow({ digest: 'wire', at, config, progress: () => undefined })
    return edition?.items.map(({ headline }) => headline)
  }
  const first = await headlines()
  assert.equal(first?.length, 6)
  assert.deepEqual(await headlines(), first)
})

async function digestOf(digestsDir: string) {
  const { createDigestsFolder } = await import('../../src/sources/digests-folder.ts')
  const { digests } = await createDigestsFolder(digestsDir, { settleMs: 0 }).scan()
  return digests?.[0]?.digest ?? assert.fail()
}

const hostile: Edition = {
  id: 'preview' as Edition['id'],
  digestId: 'wire' as Edition['digestId'],
  number: 3,
  slot: at,
  composedAt: at,
  title: 'Wire <i>&',
  language: 'en"><script>',
  hasLead: false,
  sections: 'topics',
  minutes: 1,
  items: [
    {
      storyId: 'a' as Edition['items'][number]['storyId'],
      articleId: 'a' as Edition['items'][number]['articleId'],
      headline: 'Red \u001b[31m alert \u0007\u202e <script>alert(1)</script>',
      brief: `A long brief of ${'many words '.repeat(30)}${'x'.repeat(200)}.`,
      summary: [],
      by: 'extract',
      url: 'javascript:alert(1)',
      outlets: ['Echo & Sons'],
      texts: 1,
      carriers: 1,
      at,
      minutes: 2,
      section: 'Sea & "coast"',
      carries: [],
      because: '',
    },
  ],
}

test('foreign text obeys the width of the terminal and brings no control characters', () => {
  const text = editionText(hostile, { zone: 'UTC', width: 50, hasColour: false })
  for (const line of text.split('\n')) assert.ok(line.length <= 50, line)
  assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\u202e]/u)
  assert.match(text, /SEA & "COAST"/)
  assert.match(text, /1\. {2}Red/)
  const coloured = editionText(hostile, { zone: 'UTC', width: 50, hasColour: true })
  assert.equal(coloured.replaceAll(/\p{Cc}\[[012]m/gu, ''), text)
})

test('foreign text stays text on the page, and no address but one of the web is linked', () => {
  const page = editionPage(hostile, 'UTC')
  assert.doesNotMatch(page, /<script|href="javascript|<i>|src=/)
  assert.match(page, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/)
  assert.match(page, /Wire &lt;i&gt;&amp;/)
})
