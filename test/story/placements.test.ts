import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { StoryFeatures } from '../../src/story/features.ts'
import { createPlacements, type PlacementChanges, type Placements } from '../../src/story/placements.ts'
import { agencyText, article, headlineOf, newsOfOneMinute } from './made-up-news.ts'

const HOUR = 3_600_000

function at(seenAt: number, ...articles: readonly StoryFeatures[]) {
  return articles.map((features) => ({ features, seenAt }))
}

/** What a reader of the answers believes: the place of each article. */
function ledger() {
  const places = new Map<string, { story: string; copyOf?: string }>()
  return {
    places,
    note({ placed }: PlacementChanges) {
      for (const { id, ...place } of placed) places.set(id, place)
    },
  }
}

/** Reports of six events: some are an agency's text, whole or cut, some are told in words of their own. */
const reports: fc.Arbitrary<StoryFeatures[]> = fc
  .tuple(
    newsOfOneMinute,
    fc.array(fc.record({ event: fc.nat(5), from: fc.nat(60), to: fc.integer({ min: 90, max: 160 }) }), {
      maxLength: 12,
    }),
  )
  .map(([own, carried]) => [
    ...own,
    ...carried.map(({ event, from, to }, n) => agencyText(`c${n}`, event, from, to)),
  ])

const shuffledReports = reports.chain((all) =>
  fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
)

test('what is handed in together has the same places in any order', () => {
  fc.assert(
    fc.property(shuffledReports, ([all, shuffled]) => {
      assert.deepEqual(createPlacements().place(at(0, ...shuffled)), createPlacements().place(at(0, ...all)))
    }),
  )
})

test('handing in again what is there changes nothing', () => {
  fc.assert(
    fc.property(reports, (all) => {
      const placements = createPlacements()
      const first = placements.place(at(0, ...all))
      assert.deepEqual(placements.place(at(0, ...all)), { placed: first.placed, gone: [] })
    }),
  )
})

test('a copy stands in the story of its original, whatever comes, changes and goes', () => {
  fc.assert(
    fc.property(reports, fc.nat(), (all, seed) => {
      const placements = createPlacements()
      const { places, note } = ledger()
      const held = new Set<string>()
      const check = () => {
        for (const id of held) {
          const copyOf = places.get(id)?.copyOf
          if (copyOf === undefined) continue
          assert.ok(held.has(copyOf), `${id} copies ${copyOf}, which is gone`)
          assert.equal(places.get(copyOf)?.copyOf, undefined)
          assert.equal(places.get(id)?.story, places.get(copyOf)?.story)
        }
      }
      for (const [n, features] of all.entries()) {
        note(placements.place(at(n, features)))
        held.add(features.id)
        const other = all[(n * 7 + seed) % (n + 1)]
        if (n % 3 === 2 && other !== undefined) {
          held.delete(other.id)
          note(placements.remove([other.id]))
        }
        if (n % 4 === 3 && other !== undefined) {
          held.add(other.id)
          note(placements.place(at(n, agencyText(other.id, seed % 6, 0, 100 + n))))
        }
        check()
      }
      assert.equal(placements.size(), held.size)
    }),
  )
})

test('a rebuilt index is the one that was there: nothing to mend, and the same places for what comes next', () => {
  fc.assert(
    fc.property(reports, reports, (first, second) => {
      const placements = createPlacements()
      const { places, note } = ledger()
      note(placements.place(at(0, ...first)))
      const rebuilt = restored(first, places)
      assert.deepEqual(rebuilt.changes, { placed: [], gone: [] })
      const next = second.map((features) => ({ ...features, id: `n${features.id}` }))
      const groups = ({ placed }: PlacementChanges) => placed.map(({ id, copyOf }) => [id, copyOf])
      assert.deepEqual(
        groups(rebuilt.placements.place(at(1, ...next))).filter(([id]) => id?.startsWith('nc')),
        groups(placements.place(at(1, ...next))).filter(([id]) => id?.startsWith('nc')),
      )
    }),
  )
})

function restored(
  articles: readonly StoryFeatures[],
  places: ReadonlyMap<string, { story: string; copyOf?: string }>,
  taken: readonly string[] = [],
): { placements: Placements; changes: PlacementChanges } {
  const placements = createPlacements()
  for (const features of articles)
    placements.restore([{ features, seenAt: 0, story: features.id, ...places.get(features.id) }])
  return { placements, changes: placements.settle(taken) }
}

test('a text in two outlets is one article with two carriers', () => {
  const { placed } = createPlacements().place(at(0, agencyText('b', 0, 0, 160), agencyText('a', 0, 0, 140)))
  assert.deepEqual(placed, [
    { id: 'a', story: 'b', copyOf: 'b' },
    { id: 'b', story: 'b' },
  ])
})

test('a fuller text takes the place of what it repeats, and the story keeps its id', () => {
  const placements = createPlacements()
  placements.place(at(0, agencyText('short', 0, 0, 100), article('own', headlineOf(0, 1, 1))))
  const story = placements.place(at(1, agencyText('short', 0, 0, 100))).placed[0]?.story
  const { placed, gone } = placements.place(at(2, agencyText('full', 0)))
  assert.deepEqual(placed, [
    { id: 'full', story },
    { id: 'short', story, copyOf: 'full' },
  ])
  assert.deepEqual(gone, [])
})

test('two stories told by parts of one text become one when the text comes, and the lost id stays lost', () => {
  const placements = createPlacements()
  const [one, two] = [
    agencyText('one', 0, 0, 70),
    { ...agencyText('two', 0, 90, 160), terms: [], anchors: [] },
  ]
  placements.place(at(0, one, two))
  const { placed, gone } = placements.place(at(1, agencyText('full', 0)))
  assert.deepEqual(
    placed.map(({ story }) => story),
    ['one', 'one', 'one'],
  )
  assert.deepEqual(gone, [{ from: 'two', into: 'one', isMerged: true }])
  const after = placements.place(at(2, article('two', headlineOf(3, 1, 1)))).placed
  assert.deepEqual(after, [{ id: 'two', story: 'two~2' }])
})

test('a story id that went into another does not come back after a restart', () => {
  const { placements } = restored([agencyText('one', 0)], new Map(), ['two'])
  assert.deepEqual(placements.place(at(1, agencyText('two', 1))).placed, [{ id: 'two', story: 'two~2' }])
})

test('when an original is removed its copies stay in the story under a new one', () => {
  const placements = createPlacements()
  placements.place(at(0, agencyText('a', 0), agencyText('b', 0, 0, 140), agencyText('c', 0, 0, 120)))
  assert.deepEqual(placements.remove(['a']), {
    placed: [
      { id: 'b', story: 'a' },
      { id: 'c', story: 'a', copyOf: 'b' },
    ],
    gone: [],
  })
})

test('copies that stood apart from their original before are brought to it by a restart', () => {
  const places = new Map([
    ['a', { story: 'a' }],
    ['b', { story: 'b' }],
    ['c', { story: 'a', copyOf: 'gone' }],
  ])
  const { changes } = restored(
    [agencyText('a', 0), agencyText('b', 0, 0, 140), agencyText('c', 0, 0, 130)],
    places,
  )
  assert.deepEqual(changes, {
    placed: [
      { id: 'b', story: 'a', copyOf: 'a' },
      { id: 'c', story: 'a', copyOf: 'a' },
    ],
    gone: [{ from: 'b', into: 'a', isMerged: true }],
  })
})

test('an article that is written anew leaves its story; an empty story points to where it went', () => {
  const placements = createPlacements()
  placements.place(at(0, article('a', headlineOf(0, 1, 1)), article('b', headlineOf(0, 2, 2))))
  placements.place(at(0, article('c', headlineOf(1, 1, 1))))
  placements.remove(['a'])
  const { placed, gone } = placements.place(at(0, article('b', headlineOf(1, 2, 2))))
  assert.deepEqual(placed, [{ id: 'b', story: 'c' }])
  assert.deepEqual(gone, [{ from: 'a', into: 'c', isMerged: false }])
})

test('what was seen before the window is forgotten, except an original whose copies are not', () => {
  const placements = createPlacements()
  placements.place(at(0, agencyText('old', 0), agencyText('old copy', 0, 0, 140), agencyText('other', 1)))
  placements.place(at(HOUR, agencyText('copy', 0, 0, 130)))
  placements.forgetBefore(HOUR)
  assert.equal(placements.size(), 2)
  const { placed } = placements.place(at(HOUR, agencyText('late', 0, 0, 150), agencyText('again', 1, 0, 140)))
  assert.deepEqual(placed, [
    { id: 'again', story: 'again' },
    { id: 'late', story: 'old', copyOf: 'old' },
  ])
  placements.forgetBefore(2 * HOUR)
  assert.equal(placements.size(), 0)
})
