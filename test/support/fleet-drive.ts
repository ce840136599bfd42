/** Time and misfortune for a fleet: a clock that jumps to what is due next, and a killer. */
import { setTimeout as pause } from 'node:timers/promises'
import type { StandIn } from '../../src/rehearsal/standin/types.ts'
import { below, pick } from '../bench/random.ts'
import { injectEditFaults, injectPostFaults, type Random, troubleGateway } from './discord-faults.ts'
import type { Crew, Fleet } from './fleet.ts'
import type { FleetWorld } from './fleet-world.ts'
import { holders, lockClaims } from './watched-claims.ts'

/** When something is due next; undefined where nobody knows. */
export type NextDue = (world: FleetWorld, fleet: Fleet) => Promise<number | undefined>

const lookEveryMs = 50

/** Lets time pass until that is so: as it does, and in jumps where nothing is to be done before the next thing is due. Throws when the test is over. */
export async function driveUntil(
  world: FleetWorld,
  fleet: Fleet,
  isSo: () => Promise<boolean>,
  due: NextDue,
  over: AbortSignal,
): Promise<void> {
  const greeted = new Map<string, number>()
  while (!(await isSo()))
    if (!(await jump(world, fleet, due, greeted))) await pause(lookEveryMs, undefined, { signal: over })
}

/** False where something is due by now, or a living process holds something: by its lease nobody else may touch that. */
async function jump(
  world: FleetWorld,
  fleet: Fleet,
  due: NextDue,
  greeted: Map<string, number>,
): Promise<boolean> {
  const { db, clock } = world
  const trx = await db.startTransaction().execute()
  try {
    await lockClaims(trx)
    // Whoever stands still would go on by a clock that is wrong.
    if (fleet.alive().some((crew) => crew.isHalted())) return false
    const living = new Map(fleet.alive().map((crew) => [crew.name, crew]))
    const isHeld = (await holders(trx)).some(({ table, by }) => {
      // Whoever is cut off from what it had claimed never comes back to it; an edit that is made twice does no harm.
      return living.has(by) && !(table === 'correction_edit' && living.get(by)?.wasCut() === true)
    })
    if (isHeld || (await isWelcoming(trx, greeted))) return false
    const at = await due({ ...world, db: trx }, fleet)
    if (at === undefined || at <= clock.now()) return false
    await fleet.moveTo(at)
    return true
  } catch (error) {
    if (isLocked(error)) return false
    throw error
  } finally {
    await trx.rollback().execute()
  }
}

/** A welcome has been posted or given up by then, and its process is no longer at it. */
const longestWelcomeMs = 10_000

/**
 * Whether a server has come a moment ago and is not welcomed yet: its message may be sent again with the same nonce, of which Discord knows for
 * some minutes only.
 */
async function isWelcoming(trx: FleetWorld['db'], seen: Map<string, number>): Promise<boolean> {
  const rows = await trx
    .selectFrom('guild')
    .select('id')
    .where('welcomed_at', 'is', null)
    .where('left_at', 'is', null)
    .execute()
  for (const { id } of rows) if (!seen.has(id)) seen.set(id, Date.now())
  return rows.some(({ id }) => Date.now() - (seen.get(id) ?? 0) < longestWelcomeMs)
}

function isLocked(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === '55P03' || code === '40P01'
}

export interface Harm {
  /** SIGKILL, SIGTERM, processes that stood still for longer than a lease, and connections of processes to the database. */
  killed: number
  terminated: number
  halted: number
  cut: number
  /** How often the gateway's connections were ended. */
  gatewayTroubles: number
}

export interface Killer {
  readonly harm: Readonly<Harm>
  /** When the gateway's connections were ended, by the clock of the machine. */
  readonly troubledAt: readonly number[]
  readonly stop: () => Promise<void>
}

export interface KillerOptions {
  readonly discord: StandIn
  readonly fleet: Fleet
  readonly random: Random
  readonly kills: number
  /** Of what a process holds. */
  readonly leaseMs: number
  /** Aborted when the test is over. */
  readonly over: AbortSignal
}

/** Short ones: a wait for Discord is a wait for the whole fleet, and no jump of the clock ends it. */
const waitsMs = [50, 300, 1500]
/** Between two misfortunes. */
const longestPauseMs = 1500

/** Harms whoever is there, at random and at the worst moments, as long as every role has somebody who works, until it has killed so many. */
export function startKiller(options: KillerOptions): Killer {
  const { discord, fleet, random, kills, leaseMs, over } = options
  const harm: Harm = { killed: 0, terminated: 0, halted: 0, cut: 0, gatewayTroubles: 0 }
  const troubledAt: number[] = []
  let isStopped = false

  const kill = (crews: readonly Crew[]): void => {
    for (const crew of crews) {
      if (!crew.isReady()) continue
      harm.killed += 1
      crew.kill()
    }
  }
  const cut = async (crews: readonly Crew[]): Promise<void> => {
    for (const crew of crews) harm.cut += await crew.cut()
  }
  const ofRole = (role: string): readonly Crew[] =>
    fleet.alive().filter(({ station }) => station.name.startsWith(role))
  const some = (): readonly Crew[] => {
    const alive = fleet.alive().filter((crew) => crew.isReady())
    return alive.length === 0 ? [] : [pick(random, alive)]
  }

  /** As Discord has taken a message or an edit, or has answered: whoever posts, or all of them. */
  const ambush = (method: 'POST' | 'PATCH'): Promise<void> => {
    let left = 1 + below(random, 8)
    const taken = method === 'POST' ? 'message.created' : 'message.updated'
    const kindOf = random() < 0.5 ? taken : 'request.answered'
    const afterMs = below(random, 12)
    const isAll = random() < 0.3
    return new Promise((resolve) => {
      const end = (): void => {
        stop()
        clearTimeout(patience)
        resolve()
      }
      const stop = discord.world.subscribe((change) => {
        if (change.kind !== kindOf) return
        if (change.kind === 'request.answered' && change.request.method !== method) return
        left -= 1
        if (left !== 0) return
        setTimeout(() => {
          const publishers = ofRole('publish')
          kill(isAll ? publishers : publishers.slice(below(random, publishers.length)).slice(0, 1))
          end()
        }, afterMs)
      })
      const patience = setTimeout(end, 2000)
    })
  }

  const deeds: readonly (() => Promise<void> | void)[] = [
    () => kill(some()),
    () => kill(some()),
    () => kill(some()),
    () => kill([...some(), ...some()]),
    () => kill(ofRole(pick(random, ['publish', 'poll', 'gateway']))),
    () => ambush('POST'),
    () => ambush('POST'),
    () => ambush('POST'),
    () => ambush('PATCH'),
    () => {
      for (const crew of some()) {
        harm.terminated += 1
        crew.terminate()
      }
    },
    () => cut(some()),
    () => cut(fleet.alive()),
    async () => {
      const crews = some()
      await cut(fleet.alive())
      kill(crews)
    },
    () => injectPostFaults(discord, random, waitsMs),
    () => injectPostFaults(discord, random, waitsMs),
    () => injectEditFaults(discord, random, waitsMs),
    () => discord.faults.clear(),
    () => {
      harm.gatewayTroubles += 1
      troubledAt.push(Date.now())
      troubleGateway(discord, random)
    },
    () => {
      const publishers = ofRole('publish').filter((crew) => crew.isReady())
      if (publishers.length < 2 || publishers.some((crew) => crew.isHalted())) return
      harm.halted += 1
      pick(random, publishers).halt(leaseMs + below(random, leaseMs))
    },
  ]

  const isManned = (): boolean =>
    ['publish', 'poll', 'gateway'].every((role) => ofRole(role).some((crew) => crew.isReady()))

  const run = async (): Promise<void> => {
    while (!isStopped && !over.aborted && harm.killed < kills) {
      await pause(below(random, longestPauseMs))
      if (!isStopped && !over.aborted && isManned()) await pick(random, deeds)()
    }
  }
  const running = run()

  return {
    harm,
    troubledAt,
    stop: async () => {
      isStopped = true
      await running
      discord.faults.clear()
    },
  }
}
