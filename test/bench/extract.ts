/**
 * Web pages → articles, on the development halves: body, metadata, speed and memory, with Readability on jsdom and
 * Defuddle on jsdom in the same run, each in a process of its own (`extract-run.ts`).
 */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { type Bench, type BenchContext, type BenchRow, findCorpus } from './bench.ts'
import { type Measured, measuredSchema } from './extract-run.ts'

/** Corpus → the body F1 it must reach. */
const BODY_FLOORS: Readonly<Record<string, number>> = {
  aeb: 0.966,
  'fundus-de': 0.952,
  'fundus-intl': 0.946,
  'trafilatura-de': 0.912,
}
const METADATA_FLOORS = { title: 0.89, author: 0.86, date: 0.965 } as const
/** The heap our own process may use, as a worker of the pool may; without a bound V8 lets garbage pile up. */
const HEAP_MB = 160
const MIN_PAGES_PER_SECOND = 20
const MAX_RSS_MB = 400

/** Runs one extractor on all corpora that are there; undefined where its process fails. */
function measure(
  context: BenchContext,
  name: string,
  corpora: readonly string[],
): Promise<Measured | undefined> {
  return new Promise((resolve) => {
    let measured: Measured | undefined
    const child = fork(join(import.meta.dirname, 'extract-run.ts'), [name, context.corpora, ...corpora], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: name === 'depesche' ? [`--max-old-space-size=${HEAP_MB}`] : [],
    })
    child.on('message', (message) => {
      measured = measuredSchema.parse(message)
    })
    child.on('exit', () => {
      context.progress(`extract: ${name} ${measured === undefined ? 'failed' : 'measured'}`)
      resolve(measured)
    })
  })
}

function ownRows(measured: Measured): BenchRow[] {
  const rows: BenchRow[] = []
  for (const [corpus, score] of Object.entries(measured.bodies)) {
    rows.push({ metric: `${corpus} body F1`, value: score.f1, min: BODY_FLOORS[corpus] ?? 0 })
    rows.push({ metric: `${corpus} body precision`, value: score.precision })
    rows.push({ metric: `${corpus} body recall`, value: score.recall })
  }
  rows.push({ metric: 'fundus title right', value: measured.title, min: METADATA_FLOORS.title })
  rows.push({ metric: 'fundus authors right', value: measured.author, min: METADATA_FLOORS.author })
  rows.push({ metric: 'fundus date right, same day', value: measured.date, min: METADATA_FLOORS.date })
  rows.push({ metric: 'fundus date right, same minute', value: measured.minute })
  rows.push({ metric: 'speed', value: measured.pagesPerSecond, unit: 'pages/s', min: MIN_PAGES_PER_SECOND })
  rows.push({ metric: 'memory, peak RSS', value: measured.peakRssMb, unit: 'MB', max: MAX_RSS_MB })
  return rows
}

function peerRows(name: string, measured: Measured): BenchRow[] {
  const bodies = Object.entries(measured.bodies).map(
    ([corpus, score]): BenchRow => ({ metric: `${name}: ${corpus} body F1`, value: score.f1 }),
  )
  return [
    ...bodies,
    { metric: `${name}: fundus title right`, value: measured.title },
    { metric: `${name}: fundus authors right`, value: measured.author },
    { metric: `${name}: fundus date right, same day`, value: measured.date },
    { metric: `${name}: speed`, value: measured.pagesPerSecond, unit: 'pages/s' },
    { metric: `${name}: memory, peak RSS`, value: measured.peakRssMb, unit: 'MB' },
  ]
}

export const extractBench: Bench = {
  name: 'extract',
  about: 'Web page → article: body, title, authors and date on four corpora, with peers.',
  run: async (context) => {
    const names = Object.keys(BODY_FLOORS)
    const corpora = names.filter((name) => findCorpus(context, name) !== undefined)
    if (corpora.length === 0) {
      return { kind: 'skipped', reason: `None of ${names.join(', ')} is in ${context.corpora}.` }
    }
    const own = await measure(context, 'depesche', corpora)
    if (own === undefined) throw new Error('The process that measures our own extraction failed.')
    const rows = ownRows(own)
    for (const peer of ['readability', 'defuddle']) {
      const measured = await measure(context, peer, corpora)
      if (measured !== undefined) rows.push(...peerRows(`${peer} + jsdom`, measured))
    }
    return { kind: 'measured', rows }
  },
}
