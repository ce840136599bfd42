/**
 * `npm run bench -- [names…] [--json]`: measures, prints each figure beside its floor, and exits with 1 where one was missed.
 * Without names everything is measured.
 */
import type { Bench, BenchOutcome, BenchRow } from './bench.ts'
import { corporaFolder } from './bench.ts'
import { deliveryBench } from './delivery.ts'
import { duplicatesBench } from './duplicates.ts'
import { extractBench } from './extract.ts'
import { feedsBench } from './feeds.ts'
import { interactionsBench } from './interactions.ts'
import { languageBench } from './language.ts'
import { paceBench } from './pace.ts'
import { rehearsalBench } from './rehearsal.ts'
import { retentionBench } from './retention.ts'
import { scaleBench } from './scale.ts'
import { scaleCostsBench } from './scale-costs.ts'
import { searchBench } from './search.ts'
import { storiesBench } from './stories.ts'
import { summariesBench } from './summaries.ts'

const benches: readonly Bench[] = [
  extractBench,
  feedsBench,
  summariesBench,
  languageBench,
  storiesBench,
  duplicatesBench,
  searchBench,
  interactionsBench,
  deliveryBench,
  paceBench,
  retentionBench,
  scaleBench,
  scaleCostsBench,
  rehearsalBench,
]

const say = (line: string) => void process.stdout.write(`${line}\n`)
const progress = (line: string) => void (process.stderr.isTTY && process.stderr.write(`${line}\n`))

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const isJson = process.argv.includes('--json')
const unknown = asked.filter((name) => !benches.some((bench) => bench.name === name))
if (unknown.length > 0) {
  say(
    `There is no bench called ${unknown.join(', ')}. There are: ${benches.map((bench) => bench.name).join(', ')}.`,
  )
  process.exitCode = 2
} else {
  const chosen = benches.filter((bench) => asked.length === 0 || asked.includes(bench.name))
  let misses = 0
  for (const bench of chosen) {
    const outcome = await bench.run({ corpora: corporaFolder(), progress })
    misses += outcome.kind === 'measured' ? outcome.rows.filter(isMissed).length : 0
    if (isJson) say(JSON.stringify({ bench: bench.name, ...outcome }))
    else for (const line of linesOf(bench, outcome)) say(line)
  }
  if (misses > 0) process.exitCode = 1
}

function isMissed({ value, min, max }: BenchRow): boolean {
  return (min !== undefined && value < min) || (max !== undefined && value > max)
}

function linesOf(bench: Bench, outcome: BenchOutcome): readonly string[] {
  if (outcome.kind === 'skipped') return [`${bench.name}: skipped, ${outcome.reason}`]
  const width = Math.max(...outcome.rows.map((row) => row.metric.length))
  return [`${bench.name}: ${bench.about}`, ...outcome.rows.map((row) => `  ${lineOf(row, width)}`), '']
}

function lineOf(row: BenchRow, width: number): string {
  const value = Number.isInteger(row.value) ? String(row.value) : row.value.toPrecision(4)
  const floor = row.min === undefined ? (row.max === undefined ? '' : `≤ ${row.max}`) : `≥ ${row.min}`
  const verdict = floor === '' ? '' : isMissed(row) ? `  MISSED, ${floor}` : `  (${floor})`
  return `${row.metric.padEnd(width)}  ${value.padStart(8)} ${row.unit ?? ''}${verdict}`.trimEnd()
}
