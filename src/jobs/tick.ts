/** The clock's hand: node-cron says once a minute that time has passed. It decides nothing itself. */
import cron from 'node-cron'
import type { Log } from '../log.ts'

/** Calls `onTick` at every tick of the cron expression. */
export function startTicking(
  expression: string,
  onTick: () => void,
  log: Log,
): { readonly stop: () => Promise<void> } {
  const task = cron.schedule(expression, onTick, {
    name: 'tick',
    suppressMissedWarning: true,
    logger: cronLogger(log),
  })
  return {
    stop: async () => {
      await task.stop()
      await task.destroy()
    },
  }
}

/** What node-cron says about itself goes into our log: a tick that came late is nothing to worry a person with. */
function cronLogger(log: Log) {
  const note = (said: string | Error, error?: Error) =>
    log.debug({ said: String(said), err: error }, 'tick.noted')
  return {
    info: note,
    warn: note,
    debug: note,
    error: (said: string | Error, error?: Error) =>
      log.error({ said: String(said), err: error }, 'tick.failed'),
  }
}
