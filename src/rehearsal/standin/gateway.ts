/**
 * The gateway: events/gateway.mdx. Hello, identify, ready, guilds one by one, heartbeats, resume with what was missed,
 * and every close code a client can earn. Presence and voice are taken and ignored.
 */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { GatewayIntentBits as I } from 'discord-api-types/v10'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { type Dispatch, dispatchesOf, guildCreate } from './gateway-events.ts'
import {
  createSession,
  offer,
  repeatEvents,
  replay,
  type Session,
  sendEvent,
  shardOf,
  viewOf,
} from './gateway-session.ts'
import { limits } from './limits.ts'
import type { Realm } from './realm.ts'
import type { GatewayFaults, GatewaySessionView, Violation } from './types.ts'

export interface GatewayOptions {
  readonly heartbeatIntervalMs: number
  readonly privilegedIntents: number
  readonly identifying: Identifying
  readonly violations: Violation[]
  readonly isTokenAccepted: (token: string) => boolean
  readonly address: () => string
}

/** Of the shards with the same rest of `shard id / maxConcurrency` one may identify in the window. */
export interface Identifying {
  readonly maxConcurrency: number
  readonly windowMs: number
}

export interface Gateway {
  /** Takes over a connection that asks for a websocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  dispatch(dispatch: Dispatch): void
  sessions(): GatewaySessionView[]
  /** Identifies left of the day's thousand. */
  identifiesLeft(): number
  readonly maxConcurrency: number
  readonly faults: GatewayFaults
  close(): Promise<void>
}

interface Connection {
  readonly socket: WebSocket
  session: Session | undefined
  acks: boolean
  lastHeartbeat: number
  /** Times of what the client sent in the last minute. */
  sent: number[]
}

interface Hall {
  readonly realm: Realm
  readonly options: GatewayOptions
  readonly sessions: Map<string, Session>
  readonly connections: Set<Connection>
  /** When sessions were begun, within the last day. */
  identifies: number[]
  /** When the last session of a key was begun, on a clock that nobody moves. */
  readonly lastIdentify: Map<number, number>
  deniedResumes: number
  refuses: boolean
}

const frame = z.object({ op: z.int(), d: z.unknown().optional() })

const identify = z.object({
  token: z.string(),
  intents: z.int().optional(),
  shard: z.tuple([z.int().min(0), z.int().min(1)]).optional(),
})

const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.int().min(0) })

const privileged = I.GuildMembers | I.GuildPresences | I.MessageContent
const known = Object.values(I).reduce<number>((all, bit) => (typeof bit === 'number' ? all | bit : all), 0)

/** A gateway over one realm; it tells its sessions of every change there. */
export function createGateway(realm: Realm, options: GatewayOptions): Gateway {
  const hall: Hall = {
    realm,
    options,
    sessions: new Map(),
    connections: new Set(),
    identifies: [],
    lastIdentify: new Map(),
    deniedResumes: 0,
    refuses: false,
  }
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  server.on('connection', (socket: WebSocket, request: IncomingMessage) => welcome(hall, socket, request))
  const dispatch = (one: Dispatch): void => {
    for (const session of hall.sessions.values()) offer(session, one)
  }
  const unsubscribe = realm.subscribe((change) => dispatchesOf(realm, change).forEach(dispatch))
  const watch = setInterval(() => dropSilent(hall), Math.max(20, options.heartbeatIntervalMs / 4))
  watch.unref()
  return {
    upgrade(request, socket, head) {
      if (hall.refuses) socket.destroy()
      else server.handleUpgrade(request, socket, head, (ws) => server.emit('connection', ws, request))
    },
    dispatch,
    sessions: () => [...hall.sessions.values()].map(viewOf),
    identifiesLeft: () => limits.gateway.identifiesPerDay - recentIdentifies(hall).length,
    maxConcurrency: options.identifying.maxConcurrency,
    faults: createGatewayFaults(hall),
    async close() {
      unsubscribe()
      clearInterval(watch)
      for (const { socket } of hall.connections) socket.terminate()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function welcome(hall: Hall, socket: WebSocket, request: IncomingMessage): void {
  const connection: Connection = {
    socket,
    session: undefined,
    acks: true,
    lastHeartbeat: performance.now(),
    sent: [],
  }
  hall.connections.add(connection)
  socket.on('error', () => socket.terminate())
  socket.on('close', (code) => leave(hall, connection, code))
  const version = new URL(request.url ?? '/', 'http://gateway').searchParams.get('v')
  if (version !== null && version !== '10') {
    socket.close(4012, 'Invalid API version.')
    return
  }
  socket.on('message', (data) => receive(hall, connection, String(data)))
  socket.send(
    JSON.stringify({
      op: 10,
      t: null,
      s: null,
      d: { heartbeat_interval: hall.options.heartbeatIntervalMs, _trace: [] },
    }),
  )
}

function leave(hall: Hall, connection: Connection, code: number): void {
  hall.connections.delete(connection)
  const { session } = connection
  if (session === undefined || session.socket !== connection.socket) return
  session.socket = undefined
  session.closeCode = code
  // A client that says goodbye with 1000 or 1001 ends its session.
  if (code === 1000 || code === 1001) session.isAlive = false
  hall.realm.publish({ kind: 'gateway.closed', session: viewOf(session) })
}

function receive(hall: Hall, connection: Connection, text: string): void {
  if (isTalkingTooMuch(connection)) {
    connection.socket.close(4008, 'You are being rate limited.')
    return
  }
  const parsed = text.length > limits.gateway.payloadBytes ? undefined : frame.safeParse(jsonOf(text))
  if (parsed?.success !== true) {
    connection.socket.close(4002, 'Error while decoding payload.')
    return
  }
  const { op, d } = parsed.data
  if (op === 1) beat(connection)
  else if (op === 2) takeIdentify(hall, connection, d)
  else if (op === 6) takeResume(hall, connection, d)
  else if (connection.session === undefined) connection.socket.close(4003, 'Not authenticated.')
  else if (![3, 4, 8, 31].includes(op)) connection.socket.close(4001, 'Unknown opcode.')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isTalkingTooMuch(connection: Connection): boolean {
  const now = performance.now()
  connection.sent = [...connection.sent.filter((time) => time > now - 60_000), now]
  return connection.sent.length > limits.gateway.eventsPerMinute
}

function beat(connection: Connection): void {
  connection.lastHeartbeat = performance.now()
  if (connection.acks) connection.socket.send(JSON.stringify({ op: 11, t: null, s: null, d: null }))
}

/** Discord ends a connection (4009) whose heartbeats stay away; the session can be resumed. */
function dropSilent(hall: Hall): void {
  const patience = hall.options.heartbeatIntervalMs * 2
  for (const connection of hall.connections) {
    if (performance.now() - connection.lastHeartbeat > patience)
      connection.socket.close(4009, 'Session timed out.')
  }
}

function takeIdentify(hall: Hall, connection: Connection, d: unknown): void {
  const { socket } = connection
  if (connection.session !== undefined) {
    socket.close(4005, 'Already authenticated.')
    return
  }
  const parsed = identify.safeParse(d)
  if (!parsed.success) {
    socket.close(4002, 'Error while decoding payload.')
    return
  }
  const objection = objectionTo(hall, parsed.data)
  if (objection !== undefined) {
    socket.close(...objection)
    return
  }
  if (isHasty(hall, parsed.data.shard ?? [0, 1])) {
    invalidate(connection, false)
    return
  }
  hall.identifies = [...recentIdentifies(hall), hall.realm.now()]
  const session = createSession(
    randomBytes(16).toString('hex'),
    parsed.data.shard ?? [0, 1],
    parsed.data.intents ?? 0,
  )
  session.socket = socket
  connection.session = session
  hall.sessions.set(session.id, session)
  sendReady(hall, session)
}

/** Takes the turn of the shard's key, where it is free. */
function isHasty({ options, lastIdentify }: Hall, [shard, shards]: readonly [number, number]): boolean {
  const { maxConcurrency, windowMs } = options.identifying
  const key = shard % maxConcurrency
  const now = performance.now()
  if (now - (lastIdentify.get(key) ?? Number.NEGATIVE_INFINITY) >= windowMs) {
    lastIdentify.set(key, now)
    return false
  }
  const message = `shard ${shard} of ${shards} identified within ${windowMs} ms of another of its key`
  options.violations.push({ operation: 'identify', direction: 'request', path: '', message })
  return true
}

function recentIdentifies({ identifies, realm }: Hall): number[] {
  return identifies.filter((at) => at > realm.now() - 86_400_000)
}

function objectionTo(hall: Hall, asked: z.infer<typeof identify>): [number, string] | undefined {
  const [shard, shards] = asked.shard ?? [0, 1]
  if (!hall.options.isTokenAccepted(asked.token)) return [4004, 'Authentication failed.']
  if (asked.intents === undefined || (asked.intents & ~known) !== 0) return [4013, 'Invalid intent(s).']
  if ((asked.intents & privileged & ~hall.options.privilegedIntents) !== 0)
    return [4014, 'Disallowed intent(s).']
  if (shard >= shards) return [4010, 'Invalid shard.']
  if (hall.realm.guilds.size / shards > limits.gateway.guildsPerShard) return [4011, 'Sharding required.']
  return undefined
}

function sendReady(hall: Hall, session: Session): void {
  const { realm } = hall
  const guilds = [...realm.guilds.keys()].filter((id) => shardOf(id, session.shard[1]) === session.shard[0])
  sendEvent(session, 'READY', {
    v: 10,
    user: { ...realm.bot, mfa_enabled: false, verified: true, email: null },
    guilds: guilds.map((id) => ({ id, unavailable: true })),
    session_id: session.id,
    session_type: 'normal',
    resume_gateway_url: hall.options.address(),
    shard: session.shard,
    application: { id: realm.applicationId, flags: 0 },
    private_channels: [],
    relationships: [],
    _trace: [],
  })
  for (const id of guilds) {
    const create = realm.unavailable.has(id) ? undefined : guildCreate(realm, id)
    if (create !== undefined) offer(session, create)
  }
  realm.publish({ kind: 'gateway.ready', session: viewOf(session) })
}

function takeResume(hall: Hall, connection: Connection, d: unknown): void {
  const parsed = resume.safeParse(d)
  if (!parsed.success) {
    connection.socket.close(4002, 'Error while decoding payload.')
    return
  }
  if (!hall.options.isTokenAccepted(parsed.data.token)) {
    connection.socket.close(4004, 'Authentication failed.')
    return
  }
  const session = hall.sessions.get(parsed.data.session_id)
  if (hall.deniedResumes > 0 || session?.isAlive !== true) {
    hall.deniedResumes = Math.max(0, hall.deniedResumes - 1)
    invalidate(connection, false)
    return
  }
  session.socket?.terminate()
  session.socket = connection.socket
  if (!replay(session, parsed.data.seq)) {
    session.socket = undefined
    connection.socket.close(4007, 'Invalid seq.')
    return
  }
  connection.session = session
  session.resumes += 1
  session.closeCode = undefined
  sendEvent(session, 'RESUMED', { _trace: [] })
  hall.realm.publish({ kind: 'gateway.resumed', session: viewOf(session) })
}

/** Op 9; the client has to start again, or (`resumable`) may resume on a new connection. */
function invalidate(connection: Connection, resumable: boolean): void {
  if (!resumable && connection.session !== undefined) {
    connection.session.isAlive = false
    connection.session.socket = undefined
    connection.session = undefined
  }
  connection.socket.send(JSON.stringify({ op: 9, t: null, s: null, d: resumable }))
}

function createGatewayFaults(hall: Hall): GatewayFaults {
  const each = (sessionId: string | undefined, act: (connection: Connection) => void): void => {
    for (const connection of [...hall.connections]) {
      if (sessionId === undefined || connection.session?.id === sessionId) act(connection)
    }
  }
  return {
    close: (code, reason, sessionId) => each(sessionId, ({ socket }) => socket.close(code, reason)),
    reconnect: (sessionId) =>
      each(sessionId, ({ socket }) => socket.send(JSON.stringify({ op: 7, t: null, s: null, d: null }))),
    invalidate: (resumable, sessionId) => each(sessionId, (connection) => invalidate(connection, resumable)),
    drop: (sessionId) => each(sessionId, ({ socket }) => socket.terminate()),
    stopAcks: (sessionId) =>
      each(sessionId, (connection) => {
        connection.acks = false
      }),
    repeat: (event, sessionId) =>
      each(sessionId, ({ session }) => session !== undefined && repeatEvents(session, event)),
    denyResumes(count) {
      hall.deniedResumes = count
    },
    refuseConnections(refuse) {
      hall.refuses = refuse
    },
  }
}
