/**
 * What stories cost: the assignment of one article while 1,000, 10,000 and 100,000 are held, and the ranking of an
 * edition from 10,000 candidates. The articles are made up with a fixed seed from the terms of real ones, which occur
 * as often as they do there: a story has terms of its own, its articles take most of them and some of other matters.
 */
import type { ArticleId, SourceId, StoryId } from '../../src/article/article.ts'
import { createStoryIndex } from '../../src/story/cluster.ts'
import type { StoryFeatures } from '../../src/story/features.ts'
import { type RankCandidate, rankStories } from '../../src/story/rank.ts'
import { storyOf } from '../../src/story/story.ts'
import type { BenchContext, BenchRow } from './bench.ts'
import { below, pick, seededRandom } from './random.ts'

const HELD = [1_000, 10_000, 100_000] as const
const ASSIGNED = 400
const CANDIDATES = 10_000
const PER_DAY = 5_000
/** Terms that the articles of a story draw from, and terms of other matters in each. */
const STORY_TERMS = 24
const OTHER_TERMS = 14
const DAY_MS = 86_400_000
export const START = Date.UTC(2026, 0, 1)

export interface MadeUp {
  readonly features: StoryFeatures
  readonly story: string
}

export function costRows(context: BenchContext, pool: readonly StoryFeatures[]): BenchRow[] {
  return [...HELD.flatMap((held) => assignmentRows(context, pool, held)), editionRow()]
}

function assignmentRows(context: BenchContext, pool: readonly StoryFeatures[], held: number): BenchRow[] {
  context.progress(`stories: assignment with ${held} articles held`)
  const articles = makeUp(pool, held + ASSIGNED)
  const index = createStoryIndex({ restore: articles.slice(0, held) })
  const times = articles.slice(held).map(({ features }) => {
    const start = performance.now()
    index.add([features])
    return performance.now() - start
  })
  times.sort((a, b) => a - b)
  const at = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? 0
  return [
    { metric: `assignment, ${held} held: median`, value: at(0.5), unit: 'ms', max: 5 },
    { metric: `assignment, ${held} held: 95th percentile`, value: at(0.95), unit: 'ms' },
  ]
}

/** Articles in the order of their times from `START` on, 5,000 a day; stories of 1 to 12 articles within a day and a half. */
export function makeUp(pool: readonly StoryFeatures[], count: number): MadeUp[] {
  const random = seededRandom(7)
  const made: MadeUp[] = []
  for (let story = 0; made.length < count; story++) {
    const base = pick(random, pool)
    const own = [
      `alpha${story}`,
      `beta${story}`,
      `gamma${Math.floor(story / 3)}`,
      ...anyTerms(random, pool, STORY_TERMS),
    ]
    const from = START + (made.length / PER_DAY) * DAY_MS
    const size = 1 + Math.floor(12 * random() ** 3)
    for (let k = 0; k < size; k++) {
      const kept = own.filter(() => random() < 0.6)
      const terms = [...new Set([...kept, ...anyTerms(random, pool, OTHER_TERMS)])]
      const id = `${story}-${k}`
      const features = {
        ...base,
        id,
        at: from + random() * 1.5 * DAY_MS,
        terms,
        topTerms: Math.min(8, terms.length),
      }
      made.push({ features, story: `${story}-0` })
    }
  }
  return made.slice(0, count).sort((a, b) => (a.features.at ?? 0) - (b.features.at ?? 0))
}

/** Terms as often as they occur in real articles. */
function anyTerms(random: () => number, pool: readonly StoryFeatures[], count: number): string[] {
  return Array.from({ length: count }, () => {
    const { terms } = pick(random, pool)
    return terms[below(random, terms.length)] ?? 'word'
  })
}

function editionRow(): BenchRow {
  const random = seededRandom(11)
  const candidates = Array.from({ length: CANDIDATES }, (_, at) => candidate(at, random))
  const start = performance.now()
  rankStories(candidates, { now: START, size: 20 })
  return {
    metric: `edition from ${CANDIDATES} candidates`,
    value: performance.now() - start,
    unit: 'ms',
    max: 300,
  }
}

function candidate(at: number, random: () => number): RankCandidate {
  const articles = Array.from({ length: 1 + below(random, 6) }, (_, k) => {
    const seenAt = START - random() * 2 * DAY_MS
    return {
      id: `${at}-${k}` as ArticleId,
      sourceId: 'source' as SourceId,
      storyId: String(at) as StoryId,
      headline: `Story ${at}`,
      body: [],
      authors: [],
      outlet: `outlet ${below(random, 60)}`,
      language: 'en',
      seenAt,
      updatedAt: seenAt,
      brief: '',
      summary: [],
      fulltext: 'always' as const,
      minutes: 1,
      terms: [],
    }
  })
  const story = storyOf(String(at) as StoryId, articles)
  if (story === undefined) throw new Error('a story has at least one article')
  return { story, topics: [`topic ${below(random, 8)}`] }
}
