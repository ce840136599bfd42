/**
 * The real bot as a process of its own that a test can kill: `fork`ed, it loads everything, says `loaded`, and starts the bot when it is told
 * to, with a clock of the test's. It ends as `npm start` does on SIGTERM.
 *
 * Messages in: `start`, `clock`, `memory`. Messages out: `loaded`, `started`, `ticked`, `logged`, `memory`, `failed`.
 */
import { startBot } from '../../src/bot.ts'
import { type MovableClock, movableClock } from '../../src/clock.ts'
import { messageOf } from '../../src/errors.ts'
import { createLog, type LogLevel } from '../../src/log.ts'

export interface StartMessage {
  readonly kind: 'start'
  readonly discordApiUrl: string
  readonly databaseUrl: string
  readonly digestsDir: string
  /** What the clock shows now. */
  readonly at: number
  readonly requestTimeoutMs?: number
  readonly logLevel: LogLevel
}

export type MessageIn =
  | StartMessage
  | { readonly kind: 'clock'; readonly at: number }
  | { readonly kind: 'memory' }

export type MessageOut =
  | { readonly kind: 'loaded' | 'started' }
  /** What had come due by that instant is dealt with. */
  | { readonly kind: 'ticked'; readonly at: number }
  | { readonly kind: 'logged'; readonly line: string }
  /** Bytes held after a collection, where the process may collect. */
  | { readonly kind: 'memory'; readonly heapUsed: number; readonly rss: number }
  | { readonly kind: 'failed'; readonly reason: string }

const anHourMs = 3_600_000

let clock: MovableClock | undefined

function say(message: MessageOut): void {
  process.send?.(message)
}

async function start(message: StartMessage): Promise<void> {
  clock = movableClock(message.at)
  const bot = await startBot({
    token: 'test-token-0123456789',
    discordApiUrl: message.discordApiUrl,
    databaseUrl: message.databaseUrl,
    digestsDir: message.digestsDir,
    catchUpHours: 6,
    contact: 'https://operator.example',
    allowedHosts: [],
    clock,
    log: createLog({ level: message.logLevel, sink: (line) => say({ kind: 'logged', line }) }),
    tick: '* * * * * *',
    scanEveryMs: anHourMs,
    pollEveryMs: anHourMs,
    ...(message.requestTimeoutMs === undefined ? {} : { requestTimeoutMs: message.requestTimeoutMs }),
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
      clock?.moveTo(message.at)
      break
    case 'memory': {
      globalThis.gc?.()
      const { heapUsed, rss } = process.memoryUsage()
      say({ kind: 'memory', heapUsed, rss })
    }
  }
})
say({ kind: 'loaded' })
