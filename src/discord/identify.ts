/**
 * When shards identify: those of all processes on one database take turns. Where a process is alone, discord.js sees to that itself.
 *
 * discord.js takes an error of whoever gives the turns for the end of the connection, and identifies nevertheless. So nothing but the signal ends
 * the wait: where the database does not answer, it is asked again.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { WebSocketOptions } from 'discord.js'
import type { IdentifyTurns } from '../digest/identify.ts'
import type { Log } from '../log.ts'

/** Before the database is asked again that did not answer. */
const againMs = 1000

export function identifyOptions(
  turns: IdentifyTurns | undefined,
  log: Log,
): Pick<WebSocketOptions, 'buildIdentifyThrottler'> {
  if (turns === undefined) return {}
  return {
    buildIdentifyThrottler: async (manager) => {
      const { session_start_limit: limit } = await manager.fetchGatewayInformation()
      return {
        waitForIdentify: (shard, signal) => waitForTurn(turns, shard % limit.max_concurrency, signal, log),
      }
    },
  }
}

/** Errors: the reason of the signal. */
export async function waitForTurn(
  turns: IdentifyTurns,
  key: number,
  signal: AbortSignal,
  log: Log,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted()
    const waitMs = await turns.take(key).catch((error: unknown) => {
      log.warn({ err: error }, 'gateway.turnless')
      return againMs
    })
    if (waitMs === 0) return
    await pause(waitMs, undefined, { signal })
  }
}
