/** What Discord does to whoever posts on a bad day, left to chance: for tests that show that nothing is lost or doubled by it. */
import type { FaultEffect, StandIn } from '../../src/rehearsal/standin/types.ts'
import { below, pick } from '../bench/random.ts'

export type Random = () => number

const posting = { method: 'POST', path: /^\/channels\/\d+\/(?:messages|threads)$/ } as const

/** How long Discord asks to wait. */
const usualWaitsMs = [50, 300, 20_000]

const effectsWith = (waitsMs: readonly number[]): readonly ((random: Random) => FaultEffect)[] => [
  () => ({ kind: 'drop', when: 'before' }),
  () => ({ kind: 'drop', when: 'after' }),
  () => ({ kind: 'hang', when: 'before' }),
  () => ({ kind: 'hang', when: 'after' }),
  () => ({ kind: 'malformed', when: 'after' }),
  (random) => ({ kind: 'status', status: pick(random, [500, 502, 503]), when: 'before' }),
  (random) => ({ kind: 'status', status: pick(random, [500, 502, 503]), when: 'after' }),
  (random) => ({
    kind: 'rate-limit',
    retryAfterMs: pick(random, waitsMs),
    scope: pick(random, ['user', 'shared', 'global'] as const),
  }),
  (random) => ({ kind: 'delay', ms: below(random, 300) }),
]

/** Up to three kinds of trouble with posts, some with looking for them and with crossposts. */
export function injectPostFaults({ faults }: StandIn, random: Random, waitsMs = usualWaitsMs): void {
  const effects = effectsWith(waitsMs)
  for (let count = below(random, 4); count > 0; count -= 1) {
    const effect = pick(random, effects)(random)
    faults.inject({ ...posting, skip: below(random, 6), times: 1 + below(random, 2), effect })
  }
  if (random() < 0.2) {
    const effect = pick(random, effects)(random)
    faults.inject({
      method: 'GET',
      path: /^\/(?:channels|guilds)\/\d+\/(?:messages|threads)/,
      times: 2,
      effect,
    })
  }
  if (random() < 0.2) {
    const effect = pick(random, effects)(random)
    faults.inject({ method: 'POST', path: /\/crosspost$/, effect })
  }
}

/** Trouble with the edits of messages. */
export function injectEditFaults({ faults }: StandIn, random: Random, waitsMs = usualWaitsMs): void {
  const effect = pick(random, effectsWith(waitsMs))(random)
  const path = /^\/channels\/\d+\/messages\/\d+$/
  faults.inject({ method: 'PATCH', path, skip: below(random, 3), times: 1 + below(random, 2), effect })
}

/** Ends the gateway's connections in one of Discord's ways. */
export function troubleGateway({ faults: { gateway } }: StandIn, random: Random): void {
  const troubles = [
    () => gateway.close(pick(random, [1000, 4000, 4009])),
    () => gateway.drop(),
    () => gateway.reconnect(),
    () => gateway.invalidate(random() < 0.5),
  ]
  pick(random, troubles)()
}

/** Trouble with posts, and now and then with the gateway. Gives the way to take the latter back. */
export function injectFaults(discord: StandIn, random: Random): () => void {
  injectPostFaults(discord, random)
  if (random() > 0.25) return () => undefined
  const timer = setTimeout(() => troubleGateway(discord, random), 100 + below(random, 400))
  return () => clearTimeout(timer)
}
