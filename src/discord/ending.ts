/**
 * The end of a gateway's client. discord.js connects anew what was between two connections when it was destroyed, for as long as the process
 * lives, and may wait for ever for the end of a connection that it was just opening. Neither must hold up whoever closes.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Client, WebSocketShard } from 'discord.js'

/** Connections that were open have so long to be closed. */
const longestCloseMs = 3000

/** Resolves when nothing of it will connect any more. */
export async function endClient(client: Client): Promise<void> {
  // Before a shard connects it asks which session it had, and is never told.
  const never = new Promise<never>(() => undefined)
  const sessionInfo = { get: () => never, set: () => undefined }
  for (const [id, shard] of client.ws.shards) {
    const ended: WebSocketShard = Object.create(shard, { sessionInfo })
    client.ws.shards.set(id, ended)
  }
  const waiting = new AbortController()
  const limit = pause(longestCloseMs, undefined, { signal: waiting.signal }).catch(() => undefined)
  await Promise.race([client.destroy(), limit]).finally(() => waiting.abort())
}
