/**
 * What finding costs while 100,000 articles are held (see `search-held.ts`): search, and the list of headlines that opens
 * as one types.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { DigestId } from '../../src/digest/definition.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { findHeadlines } from '../../src/storage/headlines.ts'
import { createSearch } from '../../src/storage/search.ts'
import type { Bench, BenchContext, BenchRow } from './bench.ts'
import { below, pick, seededRandom } from './random.ts'
import { heldCount, heldDigest, heldReport } from './search-held.ts'

const QUERIES = 600
/** Not counted: the first ones load the rules of languages. */
const WARM_UP = 20
const digestId = heldDigest as DigestId

export const searchBench: Bench = {
  name: 'search',
  about: `search and headlines with ${heldCount} articles held`,
  run: async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'depesche-search-'))
    const file = join(folder, 'held.sqlite')
    try {
      const made = await makeUpHeld(file, context)
      const db = await openDatabase(`sqlite:${file}`)
      const rows = await answerRows(db).finally(() => db.destroy())
      return { kind: 'measured', rows: [...made, ...rows] }
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

async function makeUpHeld(file: string, { progress }: BenchContext): Promise<readonly BenchRow[]> {
  const worker = new Worker(new URL('./search-held.ts', import.meta.url), { workerData: { file } })
  return new Promise((resolve, reject) => {
    worker.on('error', reject)
    worker.on('message', (message) => {
      const report = heldReport.parse(message)
      if ('progress' in report) progress(report.progress)
      else {
        resolve([
          { metric: 'indexing one article', value: report.indexingMs, unit: 'ms' },
          { metric: 'articles without the index', value: report.heldBytes / 1e6, unit: 'MB' },
          { metric: 'the index', value: report.indexBytes / 1e6, unit: 'MB' },
        ])
      }
    })
  })
}

async function answerRows(db: Database): Promise<readonly BenchRow[]> {
  const held = await db.selectFrom('article').select('headline').orderBy('id').limit(20_000).execute()
  const headlines = held.map(({ headline }) => headline)
  return [...(await searchRows(db, headlines)), ...(await headlineRows(db, headlines))]
}

/** What people type: a word or a few of a headline, now and then a phrase, often with the last word unfinished. */
function typedFrom(random: () => number, headline: string): string {
  const words = headline.split(' ')
  const start = below(random, Math.max(1, words.length - 3))
  const some = words.slice(start, start + 1 + below(random, 3))
  if (random() < 0.1) return `"${some.join(' ')}"`
  const last = some.pop() ?? ''
  return [...some, random() < 0.4 ? last.slice(0, Math.max(3, Math.ceil(last.length * 0.7))) : last].join(' ')
}

async function searchRows(db: Database, headlines: readonly string[]): Promise<readonly BenchRow[]> {
  const random = seededRandom(11)
  const search = createSearch(db)
  const times: Timing[] = []
  for (let n = 0; n < WARM_UP + QUERIES; n += 1) {
    const words = typedFrom(random, pick(random, headlines))
    const scope = n % 3 === 0 ? { digestIds: [digestId] } : {}
    times.push(await timeOf(() => search.find({ words, limit: 10, ...scope })))
  }
  return rowsOf('search', times.slice(WARM_UP), 50)
}

async function headlineRows(db: Database, headlines: readonly string[]): Promise<readonly BenchRow[]> {
  const random = seededRandom(13)
  const times: Timing[] = []
  for (let n = 0; n < WARM_UP + QUERIES; n += 1) {
    const words = mistyped(random, typedFrom(random, pick(random, headlines)).slice(0, 1 + below(random, 24)))
    const scope = n % 3 === 0 ? { digestIds: [digestId] } : {}
    times.push(await timeOf(() => findHeadlines(db, { words, limit: 25, ...scope })))
  }
  return rowsOf('headlines', times.slice(WARM_UP), 100)
}

/** One time in four, two neighbouring letters change places. */
function mistyped(random: () => number, text: string): string {
  if (random() > 0.25 || text.length < 4) return text
  const at = below(random, text.length - 1)
  return text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2)
}

interface Timing {
  readonly wallMs: number
  /** What the work took of a processor: about the same on a busy machine, and all of it holds up other answers. */
  readonly processorMs: number
}

async function timeOf(work: () => Promise<unknown>): Promise<Timing> {
  const began = performance.now()
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return { wallMs: performance.now() - began, processorMs: (user + system) / 1000 }
}

function rowsOf(what: string, times: readonly Timing[], max: number): readonly BenchRow[] {
  const share = (of: (timing: Timing) => number, part: number): number => {
    const sorted = times.map(of).sort((a, b) => a - b)
    return sorted[Math.floor(part * (sorted.length - 1))] ?? 0
  }
  const ofProcessor = ({ processorMs }: Timing) => processorMs
  return [
    { metric: `${what}: median`, value: share(ofProcessor, 0.5), unit: 'ms of a processor' },
    { metric: `${what}: 99th percentile`, value: share(ofProcessor, 0.99), unit: 'ms of a processor', max },
    { metric: `${what}: slowest`, value: share(ofProcessor, 1), unit: 'ms of a processor' },
    { metric: `${what}: 99th percentile`, value: share(({ wallMs }) => wallMs, 0.99), unit: 'ms passed' },
  ]
}
