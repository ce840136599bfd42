/**
 * Feeds: how many are survived (no throw, no hang), how many expected values are met, and the core four (title, link, id,
 * date). Texts are compared as a reader sees them: without markup, scripts and the shape of white space.
 */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { decodeHTML } from 'entities'
import { z } from 'zod'
import { type Bench, type BenchContext, type BenchRow, findCorpus } from './bench.ts'
import { type FeedDocument, READERS, type Reader, type Reading } from './feed-readings.ts'

const FLOORS: Readonly<Record<string, number>> = { survive: 1, checks: 0.86, core: 0.94 }
const CORE = new Set(['title', 'link', 'id', 'date'])
const HANG_MS = 2000
const READING_MS = 10_000
const MAX_MB = 400

const goldLine = z.object({
  file: z.string(),
  headers: z.record(z.string(), z.string()),
  checks: z.array(z.tuple([z.enum(['feed', 'entry']), z.string(), z.string()])),
})
type Gold = z.infer<typeof goldLine>

export const feedsBench: Bench = {
  name: 'feeds',
  about:
    'reading feeds: survival, expected values, hostile input; against feedsmith, feedparser and rss-parser alone',
  run: async (context) => {
    const corpus = findCorpus(context, 'feeds-feedparser')
    if (corpus === undefined)
      return { kind: 'skipped', reason: 'no folder feeds-feedparser among the corpora' }
    return {
      kind: 'measured',
      rows: [
        ...(await measureChecks(corpus, context)),
        ...(await measureReal(context)),
        ...(await measureHostile(context)),
      ],
    }
  },
}

async function measureChecks(corpus: string, context: BenchContext): Promise<BenchRow[]> {
  const lines = readFileSync(join(corpus, 'gold.jsonl'), 'utf8').trim().split('\n')
  const golds = lines.map((line) => goldLine.parse(JSON.parse(line)))
  const rows: BenchRow[] = []
  for (const [name, reader] of Object.entries(READERS)) {
    context.progress(`feeds: ${name} reads ${golds.length} files`)
    const scores = await scoreOf(golds, corpus, reader)
    for (const [metric, value] of Object.entries(scores))
      rows.push(row(name, `feeds-feedparser ${metric}`, value, FLOORS[metric]))
  }
  return rows
}

function row(reader: string, metric: string, value: number, floor?: number): BenchRow {
  const named = { metric: `${metric}, ${reader}`, value }
  return reader === 'depesche' && floor !== undefined ? { ...named, min: floor } : named
}

async function scoreOf(golds: readonly Gold[], corpus: string, reader: Reader) {
  let survived = 0
  const met = { all: 0, core: 0 }
  const asked = { all: 0, core: 0 }
  for (const gold of golds) {
    const reading = await tryReading(reader, documentOf(gold, corpus))
    if (reading !== undefined) survived += 1
    for (const [part, field, expected] of gold.checks) {
      const isMet = reading !== undefined && visible(reading[part][field]) === visible(expected)
      for (const kind of CORE.has(field) ? (['all', 'core'] as const) : (['all'] as const)) {
        asked[kind] += 1
        if (isMet) met[kind] += 1
      }
    }
  }
  return { survive: survived / golds.length, checks: met.all / asked.all, core: met.core / asked.core }
}

const ORIGIN = 'http://127.0.0.1:8097/'

function documentOf(gold: Gold, corpus: string): FeedDocument {
  const own = new URL(gold.file, ORIGIN).href
  const located = URL.parse(gold.headers['content-location'] ?? '', own)
  const url = located?.protocol.startsWith('http') ? located.href : own
  const contentType = gold.headers['content-type']
  const bytes = readFileSync(join(corpus, gold.file))
  return contentType === undefined ? { bytes, url } : { bytes, url, contentType }
}

/** The reading, or undefined where the reader threw or did not come back. */
async function tryReading(reader: Reader, document: FeedDocument): Promise<Reading | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => resolve(undefined), READING_MS)
  try {
    return await Promise.race([reader(document), promise])
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
  }
}

/** Some readers give objects for texts; those show nothing. */
function visible(text: unknown): string {
  const markup = decodeHTML(typeof text === 'string' ? text : '').replace(
    /<(script|style)[^>]*>[\s\S]*?<\/\1>/gi,
    '',
  )
  return decodeHTML(markup.replace(/<[^>]*>/g, ''))
    .replace(/\s+/g, ' ')
    .trim()
}

/** Real feeds have no expected values; what counts is that they are read, and that entries come out. */
async function measureReal(context: BenchContext): Promise<BenchRow[]> {
  const corpus = findCorpus(context, 'feeds-real')
  if (corpus === undefined) return []
  const files = readdirSync(corpus, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  const rows: BenchRow[] = []
  for (const [name, reader] of Object.entries(READERS)) {
    let survived = 0
    let entries = 0
    for (const file of files) {
      const reading = await tryReading(reader, { bytes: readFileSync(join(file.parentPath, file.name)) })
      if (reading !== undefined) survived += 1
      entries += reading?.entries ?? 0
    }
    rows.push(row(name, 'feeds-real survive', survived / files.length, FLOORS.survive))
    rows.push({ ...row(name, 'feeds-real entries', entries), unit: 'entries' })
  }
  return rows
}

async function measureHostile(context: BenchContext): Promise<BenchRow[]> {
  const corpus = findCorpus(context, 'feeds-hostile')
  if (corpus === undefined) return []
  const folder = mkdtempSync(join(tmpdir(), 'feeds-hostile-'))
  try {
    execFileSync(process.execPath, [join(corpus, 'gen.mjs'), folder])
    const rows: BenchRow[] = []
    for (const reader of Object.keys(READERS)) {
      context.progress(`feeds: ${reader} reads hostile files`)
      rows.push(...(await measureHostileReader(folder, reader)))
    }
    return rows
  } finally {
    rmSync(folder, { recursive: true })
  }
}

interface Ended {
  readonly ms: number
  readonly mb: number
}

async function measureHostileReader(folder: string, reader: string): Promise<BenchRow[]> {
  const files = readdirSync(folder)
  const ended: Ended[] = []
  let worker: Worker | undefined
  for (const file of files) {
    worker ??= await startWorker(reader)
    const result = await askWorker(worker, join(folder, file))
    if (result !== undefined) ended.push(result)
    else {
      await worker.terminate()
      worker = undefined
    }
  }
  await worker?.terminate()
  const slowest = {
    metric: `feeds-hostile slowest, ${reader}`,
    value: Math.max(...ended.map(({ ms }) => ms)),
    unit: 'ms',
  }
  const memory = {
    metric: `feeds-hostile memory, ${reader}`,
    value: Math.max(...ended.map(({ mb }) => mb)),
    unit: 'MB',
  }
  const isOurs = reader === 'depesche'
  return [
    row(reader, 'feeds-hostile survive', ended.length / files.length, FLOORS.survive),
    isOurs ? { ...slowest, max: HANG_MS } : slowest,
    isOurs ? { ...memory, max: MAX_MB } : memory,
  ]
}

async function startWorker(reader: string): Promise<Worker> {
  const worker = new Worker(new URL('./feed-worker.ts', import.meta.url), { workerData: { reader } })
  await once(worker, 'message')
  // Errors are counted where they matter; a worker on its way out may have more of them.
  worker.on('error', () => undefined)
  return worker
}

const workerResult = z.object({ ms: z.number(), mb: z.number() })

/** What reading one file cost, or undefined where the worker crashed or did not come back in time. */
async function askWorker(worker: Worker, path: string): Promise<Ended | undefined> {
  const { promise, resolve } = Promise.withResolvers<Ended | undefined>()
  const timer = setTimeout(() => resolve(undefined), HANG_MS)
  const onMessage = (message: unknown) => resolve(workerResult.parse(message))
  const onError = () => resolve(undefined)
  worker.on('message', onMessage).on('error', onError)
  worker.postMessage(path)
  const result = await promise
  clearTimeout(timer)
  worker.off('message', onMessage).off('error', onError)
  return result
}
