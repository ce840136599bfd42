/** Why members had no answer while the fleet was killed: each silence is traced to what had befallen whoever was to answer. */
import type { Answer, StandIn } from '../../src/rehearsal/standin/types.ts'
import type { Crew, Fleet } from './fleet.ts'

/** One question with what came of it, from when to when by the clock of the machine. */
export interface Asked {
  readonly guildId: string
  readonly name: string
  readonly answer: Answer
  readonly from: number
  readonly to: number
}

/**
 * `vacant`: nobody had that shard. `died`: whoever had it ended before the answer. `troubled`: its gateway connection was ended, and was
 * not up again. `cut`: its connections to the database were. `late`: it answered when the member had given up. `unregistered`: there were no commands yet.
 */
export type Cause = 'vacant' | 'died' | 'troubled' | 'cut' | 'late' | 'unregistered'

export interface Silences {
  readonly causes: Readonly<Partial<Record<Cause, number>>>
  /** Those that nothing explains: each in a sentence. */
  readonly unexplained: readonly string[]
}

/** What the stand-in saw, by the clock of the machine. */
export interface Sessions {
  /** When that shard had a session the next time. */
  readonly upAfter: (shard: number, machineAt: number) => number
  /** When the first commands were registered. */
  readonly registeredAt: () => number
}

/** From now on. */
export function watchSessions({ world }: StandIn): Sessions {
  const ups: { readonly shard: number; readonly at: number }[] = []
  let registeredAt = world.commands().length > 0 ? 0 : never
  world.subscribe((change) => {
    if (change.kind === 'commands.changed') registeredAt = Math.min(registeredAt, Date.now())
    if (change.kind === 'gateway.ready' || change.kind === 'gateway.resumed')
      ups.push({ shard: change.session.shard[0], at: Date.now() })
  })
  return {
    upAfter: (shard, machineAt) => ups.find((up) => up.shard === shard && up.at > machineAt)?.at ?? never,
    registeredAt: () => registeredAt,
  }
}

const never = Number.POSITIVE_INFINITY
/** What befell a process may be over so long before it is what it was. */
const noticedMs = 1000

export interface Tracing {
  readonly discord: StandIn
  readonly fleet: Fleet
  readonly sessions: Sessions
  /** When the gateway's connections were ended. */
  readonly troubledAt: readonly number[]
  readonly shards: number
}

export function silencesOf(asked: readonly Asked[], tracing: Tracing): Silences {
  const causes: Partial<Record<Cause, number>> = {}
  const unexplained: string[] = []
  for (const one of asked) {
    if (one.answer.kind !== 'failed') continue
    const cause = causeOf(one, tracing)
    if (cause !== undefined) causes[cause] = (causes[cause] ?? 0) + 1
    else {
      const { by, reason } = one.answer
      unexplained.push(`/${one.name} at ${one.from} on ${one.guildId}: ${by}, ${reason}`)
    }
  }
  return { causes, unexplained }
}

function causeOf(one: Asked, tracing: Tracing): Cause | undefined {
  const { discord, fleet, sessions, troubledAt, shards } = tracing
  const { from, to, answer } = one
  if (answer.kind !== 'failed') return undefined
  if (answer.by === 'client') return from <= sessions.registeredAt() ? 'unregistered' : undefined
  const shard = Number((BigInt(one.guildId) >> 22n) % BigInt(shards))
  const crews = fleet.crews().filter(({ station }) => station.shards?.ids.includes(shard))
  const there = crews.find((crew) => wasThere(crew, from))
  if (there === undefined) return 'vacant'
  const endedAt = there.end()?.machineAt ?? never
  const terminatedAt = there.askedToEndAt() ?? never
  if (Math.min(endedAt, terminatedAt) <= to) return 'died'
  const isTroubled = (at: number) => at <= to && from <= sessions.upAfter(shard, at) + noticedMs
  if (troubledAt.some(isTroubled)) return 'troubled'
  if (there.cuts().some((at) => at >= from - noticedMs && at <= to)) return 'cut'
  return wasAnsweredLate(discord, answer.interactionId) ? 'late' : undefined
}

/** Ready by then, and not at its end. */
function wasThere(crew: Crew, at: number): boolean {
  const endedAt = crew.end()?.machineAt ?? never
  return (crew.readyAt() ?? never) <= at && at < endedAt
}

/** Discord refused it then. */
function wasAnsweredLate({ requests }: StandIn, id = ''): boolean {
  return requests.some(({ path, status = 0 }) => path.startsWith(`/interactions/${id}/`) && status >= 400)
}
