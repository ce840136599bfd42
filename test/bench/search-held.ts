/**
 * Made-up articles in a database, for the bench of search: 100,000 of them with a fixed seed, words as often as words are
 * (G. K. Zipf), two languages, 200 sources, 60 days. Runs in a thread of its own, so that its garbage is collected
 * there and not while answers are timed.
 */
import { stat } from 'node:fs/promises'
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { sql } from 'kysely'
import { z } from 'zod'
import { stopWordsOf } from '../../src/language/stop-words.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { createSearchIndex } from '../../src/storage/search-index.ts'
import { below, pick, seededRandom } from './random.ts'

export const heldCount = 100_000
/** The digest of the first ten sources. */
export const heldDigest = 'wire'
const SOURCES = 200
const DIGEST_SOURCES = 10
const VOCABULARY = 150_000
const DAYS = 60
const DAY_MS = 86_400_000
const START = Date.UTC(2026, 0, 1)

export const heldReport = z.union([
  z.object({ progress: z.string() }),
  z.object({ heldBytes: z.number(), indexBytes: z.number(), indexingMs: z.number() }),
])

type Progress = (line: string) => void

async function makeUp(file: string, progress: Progress): Promise<z.output<typeof heldReport>> {
  const db = await openDatabase(`sqlite:${file}`)
  const sizeNow = async (): Promise<number> => {
    await sql`pragma wal_checkpoint(truncate)`.execute(db)
    return (await stat(file)).size
  }
  try {
    await hold(db, progress)
    const heldBytes = await sizeNow()
    const indexingMs = await indexAll(db, progress)
    return { heldBytes, indexBytes: (await sizeNow()) - heldBytes, indexingMs }
  } finally {
    await db.destroy()
  }
}

const SYLLABLES =
  'ba be bi da de do ga ge ka ke ki la le li ma me mi na ne ni pa pe ra re ri sa se si ta te ti va wo zu'

/** Different words, the most frequent first: words of grammar as two languages have them, then made-up ones. */
function makeUpWords(): readonly string[] {
  const random = seededRandom(3)
  const syllables = SYLLABLES.split(' ')
  const grammar = ['en', 'de'].map((language) => [...stopWordsOf(language)].slice(0, 60))
  const made = new Set(Array.from({ length: 60 }, (_, n) => grammar.map((words) => words[n] ?? '')).flat())
  while (made.size < VOCABULARY) {
    const count = made.size < 1000 ? 2 : 2 + below(random, 4)
    const word = Array.from({ length: count }, () => pick(random, syllables)).join('')
    made.add(random() < 0.4 ? word + pick(random, ['n', 'r', 's', 't', 'ng', 'st']) : word)
  }
  return [...made]
}

/** A word as often as its place in the list has it: the first of n words every ln n-th time. */
function anyWord(random: () => number, words: readonly string[]): string {
  return words[Math.min(words.length - 1, Math.floor(words.length ** random()) - 1)] ?? ''
}

async function hold(db: Database, progress: Progress): Promise<void> {
  const random = seededRandom(7)
  const words = makeUpWords()
  await holdSources(db)
  const batch = 500
  for (let start = 0; start < heldCount; start += batch) {
    if (start % 20_000 === 0) progress(`search: ${start} articles held`)
    const articles = Array.from({ length: batch }, (_, k) => {
      const text = (count: number) => Array.from({ length: count }, () => anyWord(random, words)).join(' ')
      return {
        at: start + k,
        headline: text(6 + below(random, 6)),
        body: text(80 + Math.floor(1000 * random() * random())),
      }
    })
    await db.transaction().execute((trx) => holdBatch(trx, articles))
  }
}

async function holdSources(db: Database): Promise<void> {
  await sql`insert into digest (id, definition) values (${heldDigest}, '{}')`.execute(db)
  for (let n = 0; n < SOURCES; n += 1) {
    const id = `feed:https://outlet-${n}.example/feed.xml`
    await sql`insert into source (id, kind, address, fulltext, language) values (${id}, 'feed', ${id}, 'always', 'en')`.execute(
      db,
    )
    if (n < DIGEST_SOURCES)
      await sql`insert into digest_source (digest_id, source_id) values (${heldDigest}, ${id})`.execute(db)
  }
}

interface MadeUp {
  readonly at: number
  readonly headline: string
  readonly body: string
}

async function holdBatch(db: Database, articles: readonly MadeUp[]): Promise<void> {
  const stories = articles.map(({ at }) => sql`(${storyOf(at)})`)
  await sql`insert into story (id) values ${sql.join(stories)} on conflict do nothing`.execute(db)
  const rows = articles.map(({ at, headline, body }) => {
    const seenAt = START + Math.floor((at / heldCount) * DAYS * DAY_MS)
    const language = at % 2 === 0 ? 'de' : 'en'
    return sql`(${`a${at}`}, ${sourceOf(at)}, '', ${storyOf(at)}, ${headline}, ${JSON.stringify([body])},
      '[]', ${`Outlet ${at % SOURCES}`}, ${language}, ${seenAt}, ${seenAt}, '', '[]', '{}', ${`${headline} ${body}`})`
  })
  await sql`insert into article (id, source_id, content_hash, story_id, headline, body,
    authors, outlet, language, seen_at, updated_at, brief, summary, features, stems) values ${sql.join(rows)}`.execute(
    db,
  )
  const sources = articles.map(({ at }) => sql`(${`a${at}`}, ${sourceOf(at)})`)
  await sql`insert into article_source (article_id, source_id) values ${sql.join(sources)}`.execute(db)
}

const sourceOf = (at: number): string => `feed:https://outlet-${at % SOURCES}.example/feed.xml`
/** Two articles of three are in a story with their neighbour. */
const storyOf = (at: number): string => `s${Math.floor((at * 2) / 3)}`

async function indexAll(db: Database, progress: Progress): Promise<number> {
  const index = createSearchIndex(db)
  const began = performance.now()
  for (let done = 0; ; ) {
    const read = await index.catchUp(500)
    if (read === 0) return (performance.now() - began) / heldCount
    done += read
    if (done % 20_000 === 0) progress(`search: ${done} articles indexed`)
  }
}

if (!isMainThread && parentPort !== null) {
  const { file } = z.object({ file: z.string() }).parse(workerData)
  const port = parentPort
  port.postMessage(await makeUp(file, (progress) => port.postMessage({ progress })))
}
