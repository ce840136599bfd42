/**
 * One gateway session: numbered events, kept so that a client that lost its socket can ask for what it missed.
 * A session outlives its sockets until it is invalidated.
 */
import { GatewayIntentBits as I } from 'discord-api-types/v10'
import type { WebSocket } from 'ws'
import type { Dispatch } from './gateway-events.ts'
import type { GatewaySessionView } from './types.ts'

export interface Session {
  readonly id: string
  readonly shard: readonly [number, number]
  readonly intents: number
  socket: WebSocket | undefined
  sequence: number
  resumes: number
  closeCode: number | undefined
  /** False once it can no longer be resumed. */
  isAlive: boolean
  readonly log: { readonly sequence: number; readonly frame: string }[]
}

/** Discord keeps "some" events for a while; nobody has measured how many. */
const keptEvents = 2000

export function createSession(id: string, shard: readonly [number, number], intents: number): Session {
  return {
    id,
    shard,
    intents,
    socket: undefined,
    sequence: 0,
    resumes: 0,
    closeCode: undefined,
    isAlive: true,
    log: [],
  }
}

export function viewOf(session: Session): GatewaySessionView {
  return {
    id: session.id,
    shard: session.shard,
    intents: session.intents,
    connected: session.socket !== undefined,
    sequence: session.sequence,
    resumes: session.resumes,
    ...(session.closeCode === undefined ? {} : { closeCode: session.closeCode }),
  }
}

/** Numbers an event, keeps it, and sends it where a socket is open. */
export function sendEvent(session: Session, event: string, data: unknown): void {
  session.sequence += 1
  const frame = JSON.stringify({ op: 0, t: event, s: session.sequence, d: data })
  session.log.push({ sequence: session.sequence, frame })
  if (session.log.length > keptEvents) session.log.shift()
  session.socket?.send(frame)
}

/** Sends what came after `sequence`; false where that is no longer, or not yet, known. */
export function replay(session: Session, sequence: number): boolean {
  const oldest = session.log[0]?.sequence ?? 1
  if (sequence > session.sequence || sequence < oldest - 1) return false
  for (const entry of session.log) {
    if (entry.sequence > sequence) session.socket?.send(entry.frame)
  }
  return true
}

export function repeatEvents(session: Session, event: string): void {
  const named = `"t":${JSON.stringify(event)}`
  for (const { frame } of session.log) if (frame.startsWith(`{"op":0,${named}`)) session.socket?.send(frame)
}

/** Events/gateway.mdx, Sharding: `(guild_id >> 22) % num_shards`; without a guild it is shard 0. */
export function shardOf(guildId: string | undefined, shards: number): number {
  return guildId === undefined ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(shards))
}

/** Gives the event to the session if its shard and intents let it hear of it. */
export function offer(session: Session, dispatch: Dispatch): void {
  if (!session.isAlive || shardOf(dispatch.guildId, session.shard[1]) !== session.shard[0]) return
  if (dispatch.intents !== 0 && (session.intents & dispatch.intents) === 0) return
  const readsContent = (session.intents & I.MessageContent) !== 0
  sendEvent(session, dispatch.event, readsContent ? dispatch.data : (dispatch.redacted ?? dispatch.data))
}
