/**
 * The real bot as a process of its own that a test can kill: `fork`ed, it loads everything, says `loaded`, and starts the bot when it is told
 * to, with a clock of the test's. It ends as `npm start` does on SIGTERM.
 *
 * Messages in: `start`, `clock`, `memory`. Messages out: `loaded`, `started`, `moved`, `ticked`, `logged`, `memory`, `failed`.
 */
import { flushCompileCache } from 'node:module'
import type { ProcessRole, Shards } from '../../src/bot/roles.ts'
import { startBot } from '../../src/bot.ts'
import { type MovableClock, movableClock } from '../../src/clock.ts'
import { messageOf } from '../../src/errors.ts'
import { createLog, type LogLevel } from '../../src/log.ts'
import { type VersionName, versions } from './newer-schema.ts'

export interface StartMessage {
  readonly kind: 'start'
  readonly discordApiUrl: string
  readonly databaseUrl: string
  /** Its schema is that of a version to come; of today unless told. */
  readonly version?: VersionName
  readonly digestsDir: string
  /** What the clock shows now, or at that instant of the machine's clock. */
  readonly at: number
  readonly machineAt?: number
  readonly allowedHosts?: readonly string[]
  /** Sent to whoever is asked for feeds. */
  readonly contact?: string
  /** Between two looks for sources that are due; hardly ever unless told. */
  readonly pollEveryMs?: number
  readonly requestTimeoutMs?: number
  /** Between two looks at the folder of digests; hardly ever unless told. */
  readonly scanEveryMs?: number
  /** Between two looks for what is to be told or corrected. */
  readonly tellEveryMs?: number
  /** All unless told. */
  readonly roles?: readonly ProcessRole[]
  readonly shards?: Shards
  /** How long what only one does, and a delivery, stay with a process that has died. */
  readonly roleLeaseMs?: number
  readonly deliveryLeaseMs?: number
  readonly webPort?: number
  /** Interactions come by HTTP then, to the web side. */
  readonly publicKey?: string
  readonly logLevel: LogLevel
}

export type MessageIn =
  | StartMessage
  | { readonly kind: 'clock'; readonly at: number; readonly machineAt?: number }
  /** With `asItIs` nothing is collected for the sake of measuring. */
  | { readonly kind: 'memory'; readonly asItIs?: true }

export type MessageOut =
  | { readonly kind: 'loaded' | 'started' | 'moved' }
  /** What had come due by that instant is dealt with. */
  | { readonly kind: 'ticked'; readonly at: number }
  | { readonly kind: 'logged'; readonly line: string }
  /** Bytes held after a collection, where the process may collect; of the process with its threads, now and at most, and its processor time. */
  | {
      readonly kind: 'memory'
      readonly heapUsed: number
      readonly rss: number
      readonly peakRss: number
      readonly processorMs: number
    }
  | { readonly kind: 'failed'; readonly reason: string }

const anHourMs = 3_600_000

let clock: MovableClock | undefined

function say(message: MessageOut): void {
  if (process.connected) process.send?.(message)
}

/** Clocks of several processes show the same, however long a message was on its way. */
function shownBy({
  at,
  machineAt = Date.now(),
}: {
  readonly at: number
  readonly machineAt?: number
}): number {
  return at + Date.now() - machineAt
}

async function start(message: StartMessage): Promise<void> {
  clock = movableClock(shownBy(message))
  const bot = await startBot({
    token: 'test-token-0123456789',
    discordApiUrl: message.discordApiUrl,
    databaseUrl: message.databaseUrl,
    ...(message.version === undefined ? {} : { schemaSteps: versions[message.version] }),
    digestsDir: message.digestsDir,
    catchUpHours: 6,
    contact: message.contact ?? 'https://operator.example',
    allowedHosts: message.allowedHosts ?? [],
    clock,
    log: createLog({ level: message.logLevel, sink: (line) => say({ kind: 'logged', line }) }),
    tick: '* * * * * *',
    scanEveryMs: message.scanEveryMs ?? anHourMs,
    pollEveryMs: message.pollEveryMs ?? anHourMs,
    ...(message.requestTimeoutMs === undefined ? {} : { requestTimeoutMs: message.requestTimeoutMs }),
    ...(message.roles === undefined ? {} : { roles: message.roles }),
    ...(message.shards === undefined ? {} : { shards: message.shards }),
    ...(message.roleLeaseMs === undefined ? {} : { roleLeaseMs: message.roleLeaseMs }),
    ...(message.deliveryLeaseMs === undefined ? {} : { deliveryLeaseMs: message.deliveryLeaseMs }),
    webPort: message.webPort,
    publicKey: message.publicKey,
    ...(message.tellEveryMs === undefined ? {} : { tellEveryMs: message.tellEveryMs }),
    onTicked: (at) => say({ kind: 'ticked', at }),
  })
  process.once('SIGTERM', () => void bot.close().then(() => process.exit(0)))
  say({ kind: 'started' })
}

process.on('message', (message: MessageIn) => {
  switch (message.kind) {
    case 'start':
      start(message).catch((error: unknown) => {
        say({ kind: 'failed', reason: messageOf(error) })
        process.exitCode = 1
        process.disconnect()
      })
      break
    case 'clock':
      clock?.moveTo(shownBy(message))
      say({ kind: 'moved' })
      break
    case 'memory': {
      if (message.asItIs !== true) globalThis.gc?.()
      const { heapUsed, rss } = process.memoryUsage()
      const { user, system } = process.cpuUsage()
      const peakRss = process.resourceUsage().maxRSS * 1024
      say({ kind: 'memory', heapUsed, rss, peakRss, processorMs: (user + system) / 1000 })
    }
  }
})
// A test that was ended leaves nobody behind.
process.once('disconnect', () => process.exit())
// Whoever is killed leaves nothing compiled behind for the next one.
flushCompileCache()
say({ kind: 'loaded' })
