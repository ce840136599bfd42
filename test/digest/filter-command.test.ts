/** `depesche filter`, as people run it: on a folder of digests and a database that the bot has filled. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { SourceId } from '../../src/article/article.ts'
import { type DigestId, readDefinition } from '../../src/digest/definition.ts'
import { sourcesOf } from '../../src/digest/source-list.ts'
import { reportFilters, sayFilters } from '../../src/jobs/preview-filters.ts'
import { searchStems } from '../../src/language/search-text.ts'
import { createDigestsFolder } from '../../src/sources/digests-folder.ts'
import { openStorage } from '../../src/storage/storage.ts'
import { analysedArticle } from '../support/articles.ts'

const main = resolve(import.meta.dirname, '../../src/main.ts')
/** What the runner gives to every test file, for a process that runs elsewhere. */
const compiled = resolve(process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), 'depesche-compile-cache'))
const wireId = 'wire' as DigestId
const definition = `title: Harbour Wire
language: en
sources:
  - folder: articles
  - feed: https://echo.example/feed.xml
schedule: { times: ["07:30"], zone: UTC }
`
const filters = `filters:
  include: [ferry, harbour]
  exclude: [quiz, { source: The Echo }]
topics: [{ name: Sea, words: [ferry, harbour, reef] }]
`
const dayMs = 24 * 60 * 60 * 1000

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

async function openFolder(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-filter-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const digestsDir = join(folder, 'digests')
  await mkdir(join(digestsDir, 'wire/articles'), { recursive: true })
  const write = (more: string) => writeFile(join(digestsDir, 'wire/digest.yaml'), definition + more)
  await write(filters)
  const databaseUrl = `sqlite:${join(folder, 'depesche.sqlite')}`
  const run = (...args: readonly string[]) =>
    new Promise<Ended>((done) => {
      const { PATH = '', HOME = '' } = process.env
      const env = {
        PATH,
        HOME,
        DIGESTS_DIR: digestsDir,
        DATABASE_URL: databaseUrl,
        NODE_COMPILE_CACHE: compiled,
      }
      const child = execFile(
        process.execPath,
        [main, 'filter', ...args],
        { cwd: folder, env },
        (_, out, err) => done({ code: child.exitCode ?? -1, out, err }),
      )
    })
  /** The same without a process of its own. */
  const report = async (name: string, days = 7) => {
    const storage = await openStorage(databaseUrl)
    try {
      const { scan } = createDigestsFolder(digestsDir, { settleMs: 0 })
      const { findDigest } = storage.library
      return await reportFilters(
        { scan, findDigest, filterable: storage.filterable, now: Date.now() },
        name,
        days,
      )
    } finally {
      await storage.close()
    }
  }
  return { run, report, write, databaseUrl }
}

/** As the bot holds articles: through the folder and the feed of the digest, one of them through both. */
async function fill(databaseUrl: string): Promise<void> {
  const read = readDefinition(definition, 'wire/digest.yaml')
  assert.ok(read.kind === 'definition')
  const digest = { id: wireId, ...read.definition }
  const sources = sourcesOf(wireId, digest)
  const [folder, feed] = sources
  assert.ok(folder && feed)
  const storage = await openStorage(databaseUrl)
  const now = Date.now()
  await storage.intake.setHouseDigests([{ digest, sources }], now)
  const hold = async (headline: string, sourceId: SourceId, outlet: string, at = now) => {
    const stems = searchStems([headline], 'en')
    const article = analysedArticle({ headline, outlet, stems })
    return (await storage.intake.hold({ sourceId, keys: [headline] }, headline, article, at)).id
  }
  await storage.intake.addSource(await hold('Ferries sail again', folder.id, 'Wire'), feed.id, now)
  await hold('Harbour quiz night', folder.id, 'Wire', now - 1)
  await hold('Council meets', folder.id, 'Wire', now - 2)
  await hold('Echo of the harbour', feed.id, 'The Echo', now - 3)
  await hold('Ferry of last week', folder.id, 'Wire', now - 8 * dayMs)
  await storage.close()
}

test('filter shows what each rule removes and lets in, with headlines', async (t) => {
  const { run, databaseUrl } = await openFolder(t)
  await fill(databaseUrl)
  const { code, out, err } = await run('wire')
  assert.deepEqual([code, err], [0, ''])
  assert.equal(
    out,
    `Harbour Wire: 4 articles of the last 7 days, 1 kept.

exclude words: quiz
  removes 1 article
    Harbour quiz night (Wire)

exclude source: The Echo
  removes 1 article
    Echo of the harbour (The Echo)

include: fits none of ferry, harbour
  removes 1 article
    Council meets (Wire)

include words: ferry
  lets in 1 article
    Ferries sail again (Wire)

include words: harbour
  lets in 2 articles
    Harbour quiz night (Wire)
    Echo of the harbour (The Echo)

topic Sea: 1 article
`,
  )
})

test('filter --json gives the same as one object, and --days looks back further', async (t) => {
  const { run, report, databaseUrl } = await openFolder(t)
  await fill(databaseUrl)
  const { out } = await run('wire', '--json', '--days', '9')
  const expected = await report('wire', 9)
  assert.deepEqual(JSON.parse(out), expected)
  assert.deepEqual(
    [expected.articles, expected.kept, expected.topics],
    [5, 2, [{ name: 'Sea', articles: 2 }]],
  )
})

test('filter names an unknown digest with those there are, and says 2', async (t) => {
  const { run } = await openFolder(t)
  assert.deepEqual(await run('wir'), {
    code: 2,
    out: '',
    err: 'There is no digest "wir". There are: wire.\n',
  })
})

test('a rule can be tried out before the bot has read it; a bad one is named with its line', async (t) => {
  const { report, write, databaseUrl } = await openFolder(t)
  await fill(databaseUrl)
  await write('filters: { exclude: [council] }\n')
  assert.match(
    sayFilters(await report('wire')),
    /3 kept\.\n\nexclude words: council\n {2}removes 1 article\n/,
  )
  await write('')
  assert.match(sayFilters(await report('wire')), /^Harbour Wire has no filters: it takes in all 4 articles/)
  await write("filters:\n  exclude: [{ pattern: '(?=x)' }]\n")
  await assert.rejects(
    report('wire'),
    /^UserError: wire\/digest\.yaml:8: filters\.exclude\[0\]\.pattern: looks ahead/,
  )
})

test('a digest without articles says how to come by some; long lists are cut', async (t) => {
  const { report } = await openFolder(t)
  const empty = await report('wire')
  assert.match(sayFilters(empty), /^Harbour Wire holds no article of the last 7 days\. Start the bot/)
  const articles = Array.from({ length: 9 }, (_, at) => ({
    id: `${at}`,
    headline: `Ferry ${at}`,
    outlet: 'Wire',
  }))
  const removals = [{ rule: 'exclude words: ferry', articles, only: 4 }]
  assert.match(
    sayFilters({ ...empty, articles: 9, removals }),
    /removes 9 articles, 4 of them by itself\n( {4}Ferry \d \(Wire\)\n){5} {4}… and 4 more$/m,
  )
})
