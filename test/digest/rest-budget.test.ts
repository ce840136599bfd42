/** How the requests of a second are shared out: whatever processes claim, and whenever. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { WorkerId } from '../../src/digest/ledger.ts'
import {
  type BudgetClaim,
  type BudgetState,
  budgetState,
  emptyBudget,
  mostPlaces,
  settle,
} from '../../src/digest/rest-budget.ts'

const owners = ['a', 'b', 'c', 'd'].map((name) => name as WorkerId)
const leaseMs = 10_000
const start = Date.UTC(2026, 10, 20)

function claim(owner: WorkerId, wants: number, more: Partial<BudgetClaim> = {}): BudgetClaim {
  return { owner, wants, inUse: 0, leaseMs, holdMs: 0, refused: 0, ...more }
}

function placesOf(state: BudgetState, owner: WorkerId, now: number): number {
  return state.shares.find((share) => share.owner === owner && share.until > now)?.places ?? 0
}

/** Each claims in turn, and gives back at once. */
function afterRounds(wants: readonly (readonly [WorkerId, number])[], rounds: number, from = emptyBudget) {
  let state = from
  for (let round = 0; round < rounds; round += 1) {
    for (const [owner, wanted] of wants) state = settle(state, claim(owner, wanted), start + round).state
  }
  return wants.map(([owner]) => placesOf(state, owner, start))
}

const step = fc.record({
  owner: fc.constantFrom(...owners),
  wants: fc.integer({ min: 0, max: mostPlaces }),
  inUse: fc.integer({ min: 0, max: 80 }),
  waitMs: fc.oneof(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 15_000 })),
})

test('never are there more than 50, and nobody loses what is in use while its lease lasts', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let state = emptyBudget
      let now = start
      for (const { owner, wants, inUse, waitMs } of steps) {
        now += waitMs
        const had = placesOf(state, owner, now)
        const others = owners.filter((each) => each !== owner).map((each) => placesOf(state, each, now))
        const settled = settle(state, claim(owner, wants, { inUse }), now)
        state = settled.state
        assert.deepEqual(budgetState.parse(JSON.parse(JSON.stringify(state))), state)
        assert.equal(placesOf(state, owner, now), settled.share.places)
        assert.deepEqual(
          owners.filter((each) => each !== owner).map((each) => placesOf(state, each, now)),
          others,
          'those of the others stay theirs',
        )
        assert.ok(settled.share.places >= Math.min(had, inUse, mostPlaces))
        const all = owners.reduce((sum, each) => sum + placesOf(state, each, now), 0)
        assert.ok(all <= mostPlaces, `${all}`)
      }
    }),
    { numRuns: 300 },
  )
})

test('when everybody has told what they want, all places are somebody’s, and nobody has less than its part', () => {
  const wants = fc.tuple(...owners.map(() => fc.integer({ min: 0, max: mostPlaces })))
  fc.assert(
    fc.property(wants, wants, (before, after) => {
      const named = (each: readonly number[]) => owners.map((owner, at) => [owner, each[at] ?? 0] as const)
      let state = emptyBudget
      for (const [owner, wanted] of named(before)) state = settle(state, claim(owner, wanted), start).state
      const places = afterRounds(named(after), 3, state)
      const wanting = after.filter((wanted) => wanted > 0).length
      assert.equal(
        places.reduce((sum, each) => sum + each, 0),
        wanting === 0 ? 0 : mostPlaces,
      )
      for (const [at, wanted] of after.entries()) {
        assert.ok((places[at] ?? 0) >= Math.min(wanted, Math.floor(mostPlaces / Math.max(1, wanting))))
      }
    }),
    { numRuns: 300 },
  )
})

test('one has all, two the half each, and whoever wants little has it', () => {
  const [a = owners[0], b = owners[1], c = owners[2]] = owners
  assert.ok(a !== undefined && b !== undefined && c !== undefined)
  assert.deepEqual(afterRounds([[a, 1]], 1), [50])
  assert.deepEqual(
    afterRounds(
      [
        [a, 50],
        [b, 50],
      ],
      3,
    ),
    [25, 25],
  )
  assert.deepEqual(
    afterRounds(
      [
        [a, 50],
        [b, 4],
        [c, 50],
      ],
      3,
    ),
    [23, 4, 23],
  )
})

test('a clock that was wrong blocks nothing for long', () => {
  const [a = owners[0], b = owners[1]] = owners
  assert.ok(a !== undefined && b !== undefined)
  const ahead = start + 24 * 3_600_000
  const wrong = settle(emptyBudget, claim(a, 50, { holdMs: 60_000, refused: 900 }), ahead).state
  const { share } = settle(wrong, claim(b, 50), start)
  assert.deepEqual([share.places, share.holdMs, share.refusals], [50, 0, []])
})

test('a hold lasts as long as the longest, and refusals are forgotten after ten minutes', () => {
  const [a = owners[0], b = owners[1]] = owners
  assert.ok(a !== undefined && b !== undefined)
  let { state } = settle(emptyBudget, claim(a, 0, { holdMs: 5000, refused: 3 }), start)
  const other = settle(state, claim(b, 0, { holdMs: 1000, refused: 4 }), start + 1000)
  assert.equal(other.share.holdMs, 4000)
  assert.deepEqual(
    other.share.refusals.map(({ count }) => count),
    [7],
  )
  state = other.state
  const late = settle(state, claim(a, 0), start + 10 * 60_000 + 11_000)
  assert.deepEqual([late.share.holdMs, late.share.refusals], [0, []])
})
