/**
 * Stories against labels, with one configuration over all sets; peers in the same run, each with the threshold that
 * suits the mean of the sets best; and what an assignment and an edition cost.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { clusterArticles, inOrder } from '../../src/story/batch.ts'
import { createStoryIndex } from '../../src/story/cluster.ts'
import { type StoryFeatures, storyFeatures } from '../../src/story/features.ts'
import { type Bench, type BenchContext, type BenchRow, findCorpus } from './bench.ts'
import { bcubedScore, pairwiseScore } from './cluster-metrics.ts'
import { onlineCentroid, type Peer, titleJaccard } from './cluster-peers.ts'
import { editionRows } from './edition-cost.ts'
import { costRows } from './story-cost.ts'

const labelled = z.object({
  id: z.string(),
  story: z.string(),
  title: z.string(),
  text: z.string().default(''),
  /** Seconds since 1970. */
  ts: z.number().optional(),
})

type Labelled = z.output<typeof labelled>

const SETS = [
  { name: 'ecbplus', folder: 'ecbplus-en-stories', floor: { pairs: 86, bcubed: 89 } },
  { name: 'uci', folder: 'uci-news-headlines-en', floor: { pairs: 89, bcubed: 87 } },
] as const

/** As articles come, a little less is seen than with all at hand. */
const INDEX_ALLOWANCE = 2

const THRESHOLDS = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6]

export const storiesBench: Bench = {
  name: 'stories',
  about: 'same event → one story: pairwise and BCubed F1, and the cost of an assignment and an edition',
  async run(context) {
    const sets = SETS.flatMap((set) => {
      const folder = findCorpus(context, set.folder)
      return folder === undefined ? [] : [{ ...set, items: readLabelled(join(folder, 'data.jsonl')) }]
    })
    if (sets.length < SETS.length)
      return { kind: 'skipped', reason: `no labelled stories in ${context.corpora}` }
    const rows: BenchRow[] = sets.flatMap(({ name, items, floor }) => {
      context.progress(`stories: ${name}, ${items.length} articles`)
      const labels = items.map(({ story }) => story)
      const features = items.map(featuresOf)
      return [
        ...scoreRows(`${name} batch`, batchStories(features), labels, floor),
        ...scoreRows(`${name} as they come`, indexStories(features), labels, lower(floor)),
      ]
    })
    rows.push(...peerRows(context, 'online TF-IDF centroid', onlineCentroid, sets))
    rows.push(...peerRows(context, 'title Jaccard', titleJaccard, sets))
    rows.push(
      ...costRows(
        context,
        sets.flatMap(({ items }) => items.map(featuresOf)),
      ),
    )
    rows.push(...(await editionRows(context)))
    return { kind: 'measured', rows }
  },
}

interface Floor {
  readonly pairs: number
  readonly bcubed: number
}

function lower({ pairs, bcubed }: Floor): Floor {
  return { pairs: pairs - INDEX_ALLOWANCE, bcubed: bcubed - INDEX_ALLOWANCE }
}

export function readLabelled(path: string): Labelled[] {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => labelled.parse(JSON.parse(line)))
}

function featuresOf({ id, title, text, ts }: Labelled): StoryFeatures {
  return storyFeatures({
    id,
    headline: title,
    body: text === '' ? [] : [text],
    language: 'en',
    ...(ts === undefined ? {} : { at: ts * 1000 }),
  })
}

function batchStories(features: readonly StoryFeatures[]): string[] {
  const stories = clusterArticles(features)
  return features.map(({ id }) => stories.get(id) ?? id)
}

/** Minute by minute where times are known, else one by one. */
function indexStories(features: readonly StoryFeatures[]): string[] {
  const index = createStoryIndex()
  let minute: StoryFeatures[] = []
  const minuteOf = ({ at }: StoryFeatures): number =>
    at === undefined ? Number.NaN : Math.floor(at / 60_000)
  for (const article of inOrder(features)) {
    const [first] = minute
    if (first !== undefined && minuteOf(first) !== minuteOf(article)) {
      index.add(minute)
      minute = []
    }
    minute.push(article)
  }
  index.add(minute)
  return features.map(({ id }) => index.storyOf(id) ?? id)
}

function scoreRows(
  what: string,
  stories: readonly string[],
  labels: readonly string[],
  floor?: Floor,
): BenchRow[] {
  const pairs = 100 * pairwiseScore(stories, labels).f1
  const bcubed = 100 * bcubedScore(stories, labels).f1
  return [
    { metric: `${what}: pairwise F1`, value: pairs, ...(floor === undefined ? {} : { min: floor.pairs }) },
    { metric: `${what}: BCubed F1`, value: bcubed, ...(floor === undefined ? {} : { min: floor.bcubed }) },
  ]
}

/** A peer at the one threshold with the best mean over the sets. */
function peerRows(
  context: BenchContext,
  name: string,
  peer: Peer,
  sets: readonly { readonly name: string; readonly items: readonly Labelled[] }[],
): BenchRow[] {
  context.progress(`stories: peer ${name}`)
  const tried = THRESHOLDS.map((threshold) =>
    sets.flatMap(({ name: set, items }) => {
      const texts = items.map(({ title, text }) => ({ headline: title, text }))
      return scoreRows(
        `${set}, peer ${name} at ${threshold}`,
        peer(texts, threshold),
        items.map(({ story }) => story),
      )
    }),
  )
  const sum = (rows: readonly BenchRow[]): number => rows.reduce((total, { value }) => total + value, 0)
  return tried.reduce((best, rows) => (sum(rows) > sum(best) ? rows : best))
}
