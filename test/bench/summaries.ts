/**
 * Summaries against what editors wrote: whole sentences chosen, cut at the number of words that is usual for the set,
 * ROUGE F1. Peers run on the same texts, and the difference to the first sentences has its interval.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { selectSentences } from '../../src/summary/select-sentences.ts'
import { type Bench, type BenchRow, findCorpus } from './bench.ts'
import { bootstrap } from './bootstrap.ts'
import { cutAtWords, type Rouge, rouge } from './rouge.ts'
import { lead, type SummaryPeer, textRank } from './summary-peers.ts'

const document = z.object({ id: z.string(), lang: z.string(), ref: z.string(), text: z.string() })
type Document = z.output<typeof document>

interface SummarySet {
  readonly name: string
  readonly folder: string
  /** Words after which a summary is cut. */
  readonly words: number
  readonly floor: { readonly r1: number; readonly r2: number }
}

const SETS: readonly SummarySet[] = [
  { name: 'de', folder: 'gnad-de-standfirst', words: 20, floor: { r1: 15, r2: 3.9 } },
  { name: 'fr', folder: 'orangesum-fr-abstract', words: 32, floor: { r1: 27.5, r2: 8.9 } },
  { name: 'cnn', folder: 'cnndm100-en', words: 60, floor: { r1: 44, r2: 19 } },
]

const PEERS: readonly { readonly name: string; readonly summarise: SummaryPeer }[] = [
  { name: 'lead', summarise: lead },
  { name: 'ts-textrank', summarise: textRank },
]

const MIN_RATIO_TO_LEAD = 1.05
const MIN_DOCUMENTS_PER_SECOND = 1000

/** As the `summarise` command does it: the language is told from the text. */
const ours: SummaryPeer = (text, _language, words) => selectSentences(text, { words }).sentences.join(' ')

export const summariesBench: Bench = {
  name: 'summaries',
  about: 'extractive summaries: ROUGE against editors’ summaries, and documents a second',
  async run(context) {
    const rows: BenchRow[] = []
    const ratios: number[] = []
    const texts: string[] = []
    for (const set of SETS) {
      const folder = findCorpus(context, set.folder)
      if (folder === undefined)
        return { kind: 'skipped', reason: `${set.folder} is not in ${context.corpora}` }
      const documents = readDocuments(join(folder, 'data.jsonl'))
      context.progress(`summaries: ${set.name}, ${documents.length} documents`)
      const measured = measureSet(set, documents)
      rows.push(...measured.rows)
      ratios.push(measured.ratio)
      texts.push(...documents.map(({ text }) => text))
    }
    const ratio = ratios.reduce((sum, value) => sum + value, 0) / ratios.length
    rows.push({ metric: 'mean R1 as a multiple of lead', value: ratio, min: MIN_RATIO_TO_LEAD })
    context.progress(`summaries: speed over ${texts.length} documents`)
    rows.push(speedRow(texts))
    return { kind: 'measured', rows }
  },
}

function readDocuments(path: string): Document[] {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => document.parse(JSON.parse(line)))
}

function measureSet(set: SummarySet, documents: readonly Document[]): { rows: BenchRow[]; ratio: number } {
  const scores = scoreAll(ours, set, documents)
  const rows: BenchRow[] = [
    { metric: `${set.name} R1`, value: mean(scores, 'r1'), min: set.floor.r1 },
    { metric: `${set.name} R2`, value: mean(scores, 'r2'), min: set.floor.r2 },
    { metric: `${set.name} RL`, value: mean(scores, 'rl') },
    ...intervalRows(set.name, scores),
  ]
  let ratio = 0
  for (const { name, summarise } of PEERS) {
    const peer = scoreAll(summarise, set, documents)
    rows.push({ metric: `${set.name} R1, ${name}`, value: mean(peer, 'r1') })
    rows.push({ metric: `${set.name} R2, ${name}`, value: mean(peer, 'r2') })
    if (name !== 'lead') continue
    ratio = mean(scores, 'r1') / mean(peer, 'r1')
    rows.push(...differenceRows(set.name, scores, peer))
  }
  return { rows, ratio }
}

function scoreAll(summarise: SummaryPeer, set: SummarySet, documents: readonly Document[]): Rouge[] {
  return documents.map(({ text, ref, lang }) =>
    rouge(cutAtWords(summarise(text, lang, set.words), set.words), ref, lang),
  )
}

/** How far the scores of a set hang on which texts are in it: a floor inside is neither met nor missed for sure. */
function intervalRows(name: string, scores: readonly Rouge[]): BenchRow[] {
  return (['r1', 'r2'] as const).flatMap((measure) => {
    const { low, high } = bootstrap(scores.map((score) => 100 * score[measure]))
    const metric = `${name} ${measure.toUpperCase()}`
    return [
      { metric: `${metric}, 2.5 %`, value: low },
      { metric: `${metric}, 97.5 %`, value: high },
    ]
  })
}

/** The upper end of the interval below zero would mean: significantly worse than the first sentences. */
function differenceRows(name: string, ours: readonly Rouge[], theirs: readonly Rouge[]): BenchRow[] {
  return (['r1', 'r2'] as const).flatMap((measure) => {
    const differences = ours.map((score, at) => 100 * (score[measure] - (theirs[at]?.[measure] ?? 0)))
    const { mean, low, high } = bootstrap(differences)
    const metric = `${name} ${measure.toUpperCase()} above lead`
    return [
      { metric, value: mean },
      { metric: `${metric}, 2.5 %`, value: low },
      { metric: `${metric}, 97.5 %`, value: high, min: 0 },
    ]
  })
}

function mean(scores: readonly Rouge[], measure: keyof Rouge): number {
  return (100 * scores.reduce((sum, score) => sum + score[measure], 0)) / Math.max(1, scores.length)
}

/** All in, from text to sentences, once everything is compiled; processor time, so that a busy machine counts less. */
function speedRow(texts: readonly string[]): BenchRow {
  const run = (): void => {
    for (const text of texts) selectSentences(text, { words: 40 })
  }
  run()
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  const value = texts.length / ((user + system) / 1e6)
  return { metric: 'documents a second and core', value, unit: '1/s', min: MIN_DOCUMENTS_PER_SECOND }
}
