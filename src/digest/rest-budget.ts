/**
 * What all processes of one bot may ask of Discord together: its requests of a second are places, and each process has a share of them for as
 * long as it wants one. The row that holds it is the database's, and so is the clock.
 *
 * Pure: what a process is given follows from what is written there and what it claims. Places that nobody has are taken at once; those of another
 * process only when it has given them back, which it does when Discord has forgotten the requests that had them.
 */
import { z } from 'zod'
import type { Instant } from '../article/article.ts'
import type { WorkerId } from './ledger.ts'

export interface BudgetClaim {
  readonly owner: WorkerId
  /** Places that it could make use of now. */
  readonly wants: number
  /** Of the places it has, those that requests may still have: they cannot be given back yet. */
  readonly inUse: number
  /** What it gets is nobody else's for so long. */
  readonly leaseMs: number
  /** Nobody posts for so long: 0 where this process has met nothing new. */
  readonly holdMs: number
  /** Refusals that it has not told of yet. */
  readonly refused: number
}

export interface BudgetShare {
  /** Places that it has now. */
  readonly places: number
  /** Places that it is to have: more where others have yet to give them back, fewer where it has to. */
  readonly due: number
  readonly holdMs: number
  /** Refusals of all processes within ten minutes. */
  readonly refusals: readonly Refusals[]
}

export interface Refusals {
  readonly agoMs: number
  readonly count: number
}

/** What processes on one database share. */
export interface RestBudget {
  readonly settle: (claim: BudgetClaim) => Promise<BudgetShare>
}

const whole = z.int().min(0)
export const budgetState = z.object({
  shares: z.array(z.object({ owner: z.string(), places: whole, wants: whole, until: z.number() })),
  heldUntil: z.number(),
  refusals: z.array(z.object({ from: z.number(), count: whole })),
})
export type BudgetState = z.output<typeof budgetState>
type Share = BudgetState['shares'][number]

export const emptyBudget: BudgetState = { shares: [], heldUntil: 0, refusals: [] }

/** Requests in a second, by Discord's global limit (developers/topics/rate-limits). */
export const mostPlaces = 50
/** Discord counts refusals for so long. */
export const refusalWindowMs = 10 * 60_000
/** Refusals are counted by the slice, so that the count takes the same room however many there are. */
export const refusalSliceMs = 10_000
/** What lies further ahead was written by a clock that was wrong. */
const farAheadMs = 2 * 60_000
/** Discord holds nobody for longer; nor does a clock that was wrong. */
const longestHoldMs = 60 * 60_000

/** What follows from a claim at an instant. */
export function settle(
  state: BudgetState,
  claim: BudgetClaim,
  now: Instant,
): { readonly state: BudgetState; readonly share: BudgetShare } {
  const { owner, wants, leaseMs } = claim
  const live = state.shares.filter(({ until }) => until > now && until - now <= farAheadMs)
  const others = live.filter((share) => share.owner !== owner)
  const had = live.find((share) => share.owner === owner)?.places ?? 0
  const due = dueTo({ owner, wants }, others)
  const free = Math.max(0, mostPlaces - had - sum(others))
  const places = due >= had ? Math.min(due, had + free) : Math.max(due, Math.min(had, claim.inUse))
  const mine: Share = { owner, places, wants, until: now + leaseMs }
  const held = state.heldUntil - now <= longestHoldMs ? state.heldUntil : 0
  const heldUntil = claim.holdMs > 0 ? Math.max(held, now + claim.holdMs) : held
  const refusals = counted(state.refusals, claim.refused, now)
  return {
    state: { shares: places + wants > 0 ? [...others, mine] : others, heldUntil, refusals },
    share: {
      places,
      due,
      holdMs: Math.max(0, heldUntil - now),
      refusals: refusals.map(({ from, count }) => ({ agoMs: Math.max(0, now - from), count })),
    },
  }
}

/**
 * Whoever wants little gets it, and the others as much as each other (max-min fairness). What is left when everybody has what they want is
 * shared out too, so that whoever wants more has it already.
 */
function dueTo(mine: Pick<Share, 'owner' | 'wants'>, others: readonly Share[]): number {
  if (mine.wants === 0) return 0
  const wanting = [mine, ...others].filter(({ wants }) => wants > 0)
  const byWants = wanting.sort((a, b) => a.wants - b.wants || (a.owner < b.owner ? -1 : 1))
  const given = new Map<string, number>()
  let left = mostPlaces
  for (const [index, { owner, wants }] of byWants.entries()) {
    const places = Math.min(wants, Math.floor(left / (byWants.length - index)))
    given.set(owner, places)
    left -= places
  }
  const at = byWants.findIndex(({ owner }) => owner === mine.owner)
  const spare = Math.floor(left / byWants.length) + (at < left % byWants.length ? 1 : 0)
  return (given.get(mine.owner) ?? 0) + spare
}

function sum(shares: readonly Share[]): number {
  return shares.reduce((total, { places }) => total + places, 0)
}

function counted(known: BudgetState['refusals'], refused: number, now: Instant): BudgetState['refusals'] {
  const kept = known.filter(({ from }) => from + refusalSliceMs > now - refusalWindowMs && from <= now)
  if (refused === 0) return kept
  const from = Math.floor(now / refusalSliceMs) * refusalSliceMs
  const before = kept.find((slice) => slice.from === from)?.count ?? 0
  return [...kept.filter((slice) => slice.from !== from), { from, count: before + refused }]
}
