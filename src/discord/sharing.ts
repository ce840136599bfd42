/**
 * The share that this process has of the requests that all processes on one database may send together. While it wants places it asks about once
 * a second, more often only while somebody has yet to give places back; when it wants none it gives all back and asks no more.
 *
 * What it was given counts for half of its lease, so that the last requests are forgotten before anybody else has their places. Where the
 * database does not answer for that long, nothing is posted: nothing could be recorded either.
 */
import { randomBytes } from 'node:crypto'
import type { WorkerId } from '../digest/ledger.ts'
import type { BudgetShare, RestBudget } from '../digest/rest-budget.ts'
import type { Log } from '../log.ts'
import type { Places } from './places.ts'
import type { RefusalBudget } from './refusal-budget.ts'

export interface SharingOptions {
  readonly restBudget: RestBudget
  readonly places: Places
  readonly refusals: Pick<RefusalBudget, 'tell'>
  /** How many wait for a place. */
  readonly waiting: () => number
  /** Told of what it was given: there may be places, or a hold. */
  readonly given: (holdMs: number) => void
  readonly most: number
  readonly now: () => number
  readonly log: Log
}

export interface Sharing {
  /** More may be wanted than before, or there is something to tell. */
  readonly stir: () => void
  /** Everybody is to post nothing until then. */
  readonly hold: (until: number) => void
  /** Gives back what it has. */
  readonly leave: () => Promise<void>
}

/** Of what a process has when it dies, nothing is anybody's until then. */
const leaseMs = 10_000
/** The rest is for the answers of the last requests, and for Discord to forget them. */
const usableMs = leaseMs / 2
const askEveryMs = 1000
/** Until whoever has too many has given them back. */
const askForDueEveryMs = 250
/** Where more is wanted than was asked for. */
const askForMoreEveryMs = 50
/** What was wanted lately is wanted still: so long at least, and twice as long at most. */
const rememberWantsMs = 1500

export function createSharing(options: SharingOptions): Sharing {
  const { restBudget, places, refusals, now, log } = options
  const owner = randomBytes(6).toString('hex') as WorkerId
  const wants = createWants(options)
  let share: Pick<BudgetShare, 'places' | 'due'> = { places: 0, due: 0 }
  let asked = { at: Number.NEGATIVE_INFINITY, wants: 0 }
  let holdUntil = 0
  let asking: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let plannedAt = 0
  let hasFailed = false
  let hasLeft = false
  let left: Promise<void> | undefined

  const holdMs = (): number => Math.max(0, holdUntil - now())
  const hasToTell = (): boolean => holdMs() > 0 || refusals.tell.untold() > 0
  const nextAt = (): number => {
    if (holdMs() > 0 && !hasFailed) return now()
    if (wants.lately() === 0 && share.places === 0 && !hasToTell()) return Number.POSITIVE_INFINITY
    if (hasFailed) return asked.at + askEveryMs
    if (share.places !== share.due) return asked.at + askForDueEveryMs
    const wantsMore = wants.lately() > share.places && wants.lately() > asked.wants
    return asked.at + (wantsMore ? askForMoreEveryMs : askEveryMs)
  }
  const plan = (): void => {
    if (hasLeft || asking !== undefined) return
    const at = nextAt()
    if (timer !== undefined && plannedAt <= at) return
    clearTimeout(timer)
    timer = at < Number.POSITIVE_INFINITY ? setTimeout(ask, Math.max(0, Math.ceil(at - now()))) : undefined
    plannedAt = at
  }
  const settle = async (claim: { readonly wants: number; readonly leaseMs: number }): Promise<void> => {
    const toldHold = holdUntil
    const toldRefusals = refusals.tell.take()
    const at = now()
    asked = { at, wants: claim.wants }
    try {
      const { count: refused } = toldRefusals
      const got = await restBudget.settle({
        ...claim,
        owner,
        inUse: places.inUse(),
        holdMs: holdMs(),
        refused,
      })
      toldRefusals.done(got.refusals)
      if (holdUntil === toldHold) holdUntil = 0
      share = got
      hasFailed = false
      if (hasLeft) return
      places.set(Math.min(got.places, got.due), at + usableMs)
      options.given(got.holdMs)
    } catch (error) {
      toldRefusals.failed()
      if (!hasFailed) log.warn({ err: error }, 'pace.unshared')
      hasFailed = true
    }
  }
  const ask = (): void => {
    timer = undefined
    asking = settle({ wants: wants.lately(), leaseMs }).finally(() => {
      asking = undefined
      plan()
    })
  }
  const leave = async (): Promise<void> => {
    hasLeft = true
    clearTimeout(timer)
    await asking
    if (share.places === 0 || hasFailed) return
    places.set(0)
    const forgetMs = Math.max(1, places.forgottenAt() - now())
    await settle({ wants: 0, leaseMs: Math.ceil(Math.min(forgetMs, leaseMs)) })
  }
  const stir = (): void => {
    wants.note()
    plan()
  }
  places.set(0)
  refusals.tell.hear(stir)
  return {
    stir,
    hold: (until) => {
      holdUntil = Math.max(holdUntil, until)
      plan()
    },
    leave: () => {
      left ??= leave()
      return left
    },
  }
}

/** How many places this process wants: the most that it wanted lately, so that a short pause gives nothing away. */
function createWants({
  places,
  waiting,
  most,
  now,
}: Pick<SharingOptions, 'places' | 'waiting' | 'most' | 'now'>) {
  let since = Number.NEGATIVE_INFINITY
  let highest = 0
  let before = 0
  const note = (): void => {
    const wanted = Math.min(most, places.taken() + waiting())
    const passed = now() - since
    if (passed >= rememberWantsMs) {
      before = passed >= 2 * rememberWantsMs ? 0 : highest
      highest = 0
      since = now()
    }
    highest = Math.max(highest, wanted)
  }
  return {
    note,
    lately: (): number => {
      note()
      return Math.max(highest, before)
    },
  }
}
