/** The log: JSON lines for programs, readable lines on a terminal. Secrets are cut out by name wherever they occur. */
import pino from 'pino'
import pretty from 'pino-pretty'
import { OutsideError } from './errors.ts'

export type Log = pino.Logger

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent'

export interface LogOptions {
  readonly level: LogLevel
  readonly pretty?: boolean
  /** Texts that are cut out wherever they occur. */
  readonly secrets?: readonly string[]
  /** Where lines go; stderr by default. */
  readonly sink?: (line: string) => void
}

/**
 * Event names are past tense and dotted: `source.polled`, `delivery.sent`. What comes of something that is told by itself, as a full disk is, goes
 * by as `debug`, unless somebody was given a reference to it.
 */
export function createLog(options: LogOptions): Log {
  const secrets = (options.secrets ?? []).filter((secret) => secret.length >= 6)
  const clean = (line: string) => secrets.reduce((sum, secret) => sum.replaceAll(secret, '[secret]'), line)
  const sink = options.sink ?? standardSink(options.pretty === true)
  return pino(
    {
      level: options.level,
      redact: ['*.token', '*.authorization', '*.headers.authorization', 'err.requestBody'],
      hooks: {
        logMethod(said, method, level) {
          if (level >= warnLevel && isToldElsewhere(said[0])) this.debug(...said)
          else method.apply(this, said)
        },
      },
    },
    { write: (line: string) => sink(clean(line)) },
  )
}

const warnLevel = 40

function isToldElsewhere(facts: unknown): boolean {
  if (typeof facts !== 'object' || facts === null || !('err' in facts) || 'reference' in facts) return false
  return facts.err instanceof OutsideError && facts.err.isTold
}

function standardSink(isPretty: boolean): (line: string) => void {
  const stream = isPretty
    ? pretty({ destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' })
    : pino.destination({ dest: 2, sync: true })
  return (line) => void stream.write(line)
}
