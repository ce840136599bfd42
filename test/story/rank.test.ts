import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ArticleId, StoryId } from '../../src/article/article.ts'
import {
  explain,
  type RankArticle,
  type RankCandidate,
  rankAll,
  rankStories,
  scoreOf,
} from '../../src/story/rank.ts'

const NOW = Date.UTC(2026, 2, 1, 8)
const HOUR = 3_600_000

/** Articles of these outlets; `a>b` is one of outlet a that copies the article of outlet b. */
function candidate(
  id: string,
  outlets: readonly string[],
  more: Partial<RankCandidate> & { readonly hoursAgo?: number } = {},
): RankCandidate {
  const { hoursAgo = 1, ...rest } = more
  const names = outlets.map((outlet) => outlet.split('>'))
  const [first, ...others] = names.map(([outlet = '', of], at): RankArticle => {
    const original = names.findIndex(([name]) => name === of)
    return {
      id: `${id}-${at}` as ArticleId,
      outlet,
      ...(original === -1 ? {} : { copyOf: `${id}-${original}` as ArticleId }),
    }
  })
  assert.ok(first)
  const story = { id: id as StoryId, articles: [first, ...others], movedAt: NOW - hoursAgo * HOUR } as const
  return { story, ...rest }
}

const order = (candidates: readonly RankCandidate[], size = 10): string[] =>
  rankStories(candidates, { now: NOW, size }).map(({ score }) => score.storyId)

test('more independent outlets come first, and the fresher among equals', () => {
  const ranked = order([
    candidate('old', ['A', 'B'], { hoursAgo: 30 }),
    candidate('one', ['C']),
    candidate('many', ['D', 'E', 'F', 'G']),
    candidate('fresh', ['H', 'I'], { hoursAgo: 2 }),
  ])
  assert.deepEqual(ranked, ['many', 'fresh', 'one', 'old'])
})

test('carriers of one text are one voice', () => {
  const carried = candidate('carried', ['A', 'B>A', 'C>A', 'D>A'])
  const { facts } = scoreOf(carried, { now: NOW, size: 1 })
  assert.deepEqual([facts.voices, facts.outlets], [1, 4])
  assert.deepEqual(order([carried, candidate('told', ['E', 'F'])]), ['told', 'carried'])
})

test('an outlet with ten articles is one voice', () => {
  const { facts } = scoreOf(candidate('loud', Array(10).fill('A')), { now: NOW, size: 1 })
  assert.equal(facts.voices, 1)
})

test('weights of outlets and topics, novelty and interest count', () => {
  const options = {
    now: NOW,
    size: 2,
    outletWeights: new Map([['Trusted', 2]]),
    topicWeights: new Map([['energy', 2]]),
  }
  const first = (a: RankCandidate, b: RankCandidate): string | undefined =>
    rankStories([a, b], options)[0]?.score.storyId
  assert.equal(first(candidate('a', ['A']), candidate('b', ['Trusted'])), 'b')
  assert.equal(
    first(candidate('a', ['A'], { topics: ['sport'] }), candidate('b', ['B'], { topics: ['energy'] })),
    'b',
  )
  assert.equal(first(candidate('a', ['A'], { novelty: 0.2 }), candidate('b', ['B'])), 'b')
  assert.equal(first(candidate('a', ['A']), candidate('b', ['B'], { interest: 1 })), 'b')
})

test('one topic or one outlet does not fill the digest while others have something to tell', () => {
  const football = Array.from({ length: 10 }, (_, at) =>
    candidate(`football ${at}`, [`A${at}`, `B${at}`, `C${at}`], { topics: ['football'] }),
  )
  const others = Array.from({ length: 10 }, (_, at) => candidate(`other ${at}`, [`D${at}`], { hoursAgo: 20 }))
  const chosen = order([...football, ...others], 10)
  assert.equal(chosen.filter((id) => id.startsWith('football')).length, 4)
  assert.equal(chosen[0], 'football 0')

  const gazette = Array.from({ length: 10 }, (_, at) => candidate(`gazette ${at}`, ['Gazette']))
  assert.equal(order([...gazette, ...others], 10).filter((id) => id.startsWith('gazette')).length, 4)
})

test('a section has no more than its places, even if others stay empty', () => {
  const sport = Array.from({ length: 6 }, (_, at) => candidate(`s${at}`, [`A${at}`], { section: 'sport' }))
  const free = candidate('free', ['B'], { hoursAgo: 40 })
  const { chosen, others } = rankAll([...sport, free], { now: NOW, size: 5, sectionSize: 2 })
  assert.deepEqual(
    chosen.map(({ score }) => score.storyId),
    ['s0', 's1', 'free'],
  )
  assert.deepEqual(
    others.map(({ score }) => score.storyId),
    ['s2', 's3', 's4', 's5'],
  )
})

test('an update is explained as one', () => {
  const { facts } = scoreOf(candidate('s', ['A'], { novelty: 0.5 }), { now: NOW, size: 1 })
  assert.equal(facts.isUpdate, true)
  assert.match(
    explain(scoreOf(candidate('s', ['A'], { novelty: 0.5 }), { now: NOW, size: 1 })),
    /new facts \+0\.8/,
  )
})

test('places are not left empty for the sake of variety', () => {
  const same = Array.from({ length: 6 }, (_, at) => candidate(`s${at}`, ['A'], { topics: ['t'] }))
  assert.equal(order(same, 5).length, 5)
})

test('the order of candidates does not matter', () => {
  const made = fc
    .array(
      fc.record({
        outlets: fc.array(fc.constantFrom('A', 'B', 'C', 'D'), { minLength: 1, maxLength: 4 }),
        hoursAgo: fc.integer({ min: 0, max: 72 }),
        topics: fc.subarray(['x', 'y', 'z']),
      }),
      { maxLength: 20 },
    )
    .map((items) => items.map(({ outlets, ...more }, at) => candidate(`s${at}`, outlets, more)))
  fc.assert(
    fc.property(
      made.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        assert.deepEqual(order(shuffled, 8), order(all, 8))
        assert.equal(order(all, 8).length, Math.min(8, all.length))
      },
    ),
  )
})

test('the parts of a score add up, and variety only takes away', () => {
  const candidates = Array.from({ length: 8 }, (_, at) => candidate(`s${at}`, ['A'], { topics: ['t'] }))
  for (const { score } of rankStories(candidates, { now: NOW, size: 8 })) {
    const sum = Object.values(score.parts).reduce((total, part) => total + part, 0)
    assert.ok(Math.abs(sum - score.points) < 1e-9)
    assert.ok(score.parts.variety <= 0)
  }
})

test('a score is explained in one line', () => {
  const [first] = rankStories(
    [
      candidate('s', ['A', 'B', 'C>B'], {
        topics: ['energy'],
        hoursAgo: 0.5,
      }),
    ],
    { now: NOW, size: 1 },
  )
  assert.ok(first)
  assert.equal(
    explain(first.score),
    '10.1 points: 2 independent outlets of 3 +3.2, moved 30 min ago +2.9, trust in its sources +1.0, on energy +1.5, new +1.5',
  )
})

test('of stories so old that nothing is left of their freshness the newer one comes first', () => {
  const old = ['z', 'c', 'a', 'b'].map((id, at) => candidate(id, [`Outlet ${id}`], { hoursAgo: 5000 + at }))
  assert.equal(new Set(old.map((each) => scoreOf(each, { now: NOW, size: 4 }).points)).size, 1)
  assert.deepEqual(order(old, 4), ['z', 'c', 'a', 'b'])
})

test('an article from the future is as fresh as one of now', () => {
  const { parts } = scoreOf(candidate('s', ['A'], { hoursAgo: -50 }), { now: NOW, size: 1 })
  assert.equal(
    parts.freshness,
    scoreOf(candidate('t', ['A'], { hoursAgo: 0 }), { now: NOW, size: 1 }).parts.freshness,
  )
})
