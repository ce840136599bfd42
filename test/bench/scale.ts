/**
 * A large installation (`scale-world.ts`): what single acts cost while a million articles are held, on SQLite and on PostgreSQL, and how much
 * one to four processes do on one database. What follows for larger ones is reckoned by `scale-model.ts`.
 *
 * `SCALE_ARTICLES` makes a smaller one, `SCALE_ENGINES=sqlite` leaves PostgreSQL out. `SCALE_SQLITE` and `SCALE_POSTGRES` name databases in which an earlier run has put it, which are kept.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { openDatabase } from '../../src/storage/database.ts'
import type { Bench, BenchRow } from './bench.ts'
import { inSchema, server } from './own-schema.ts'
import { heldRows, promiseAll } from './scale-held.ts'
import { kinds, type ScaleTask } from './scale-process.ts'
import { dayMs, fillWorld, sizeOf, type WorldSize, worldNow } from './scale-world.ts'

const articles = Number(process.env.SCALE_ARTICLES ?? 1_000_000)
const seconds = Number(process.env.SCALE_SECONDS ?? 5)
const engines = (process.env.SCALE_ENGINES ?? 'sqlite,postgres').split(',')

export const scaleBench: Bench = {
  name: 'scale',
  about: `${articles} articles held, on SQLite and on PostgreSQL (TEST_DATABASE_URL), and one to four processes`,
  run: async ({ progress }) => {
    const size = sizeOf(articles)
    const rows: BenchRow[] = [
      { metric: 'processors', value: cpus().length },
      { metric: 'load of the machine before', value: loadavg()[0] ?? 0 },
    ]
    const measureOn = async (url: string, processes: readonly number[]): Promise<void> => {
      rows.push(...(await heldRows(url, size, progress)))
      for (const count of processes) rows.push(...(await processRows(url, count, size, progress)))
    }
    if (engines.includes('sqlite')) await onFile(size, progress, (url) => measureOn(url, [1]))
    if (engines.includes('postgres') && server !== '')
      await onServer(size, progress, (url) => measureOn(url, [1, 2, 3, 4]))
    rows.push({ metric: 'load of the machine after', value: loadavg()[0] ?? 0 })
    return { kind: 'measured', rows }
  },
}

type Progress = (line: string) => void
type Work = (url: string) => Promise<void>

async function onFile(size: WorldSize, progress: Progress, work: Work): Promise<void> {
  const made = process.env.SCALE_SQLITE
  if (made !== undefined) return work(made)
  const folder = await mkdtemp(join(tmpdir(), 'depesche-scale-'))
  try {
    const url = `sqlite:${join(folder, 'scale.sqlite')}`
    await make(url, size, progress)
    await work(url)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function onServer(size: WorldSize, progress: Progress, work: Work): Promise<void> {
  const made = process.env.SCALE_POSTGRES
  if (made !== undefined) return work(made)
  return inSchema('scale', async (url) => {
    await make(url, size, progress)
    await work(url)
  })
}

async function make(url: string, size: WorldSize, progress: Progress): Promise<void> {
  await (await openDatabase(url)).destroy()
  await fillWorld(url, size, (line) => progress(`scale: ${line}`))
}

const done = z.object({ count: z.number(), seconds: z.number(), processorMs: z.number() })

async function processRows(
  url: string,
  count: number,
  size: WorldSize,
  progress: Progress,
): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = []
  const engine = url.startsWith('sqlite:') ? 'SQLite' : 'PostgreSQL'
  for (const kind of kinds) {
    progress(`${engine}: ${kind} by ${count}`)
    if (kind === 'deliveries') await promiseAnew(url)
    const children = Array.from({ length: count }, () =>
      fork(join(import.meta.dirname, 'scale-process.ts'), {
        execArgv: ['--disable-warning=ExperimentalWarning'],
      }),
    )
    await Promise.all(children.map((child) => once(child, 'message')))
    const answers = children.map((child) => answerOf(child))
    for (const child of children) {
      const name = `${kind} ${process.pid} ${child.pid}`
      child.send({
        url,
        kind,
        seconds,
        name,
        articles: size.articles,
        sources: size.sources,
      } satisfies ScaleTask)
    }
    const all = (await Promise.all(answers)).map((answer) => done.parse(answer))
    const rate = all.reduce((sum, each) => sum + each.count / each.seconds, 0)
    const perUnit =
      all.reduce((sum, { processorMs }) => sum + processorMs, 0) /
      all.reduce((sum, each) => sum + each.count, 0)
    const by = `${engine}, ${count} process${count === 1 ? '' : 'es'}`
    rows.push({ metric: `${by}: ${kind} per second`, value: rate })
    rows.push({ metric: `${by}: processor for each, without the server`, value: perUnit, unit: 'ms' })
  }
  return rows
}

/** What it says; errors where it ends before. */
function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`a process ended with ${code}`)))
  })
}

async function promiseAnew(url: string): Promise<void> {
  const db = await openDatabase(url)
  await promiseAll(db, worldNow + 2 * dayMs)
  await db.destroy()
}
