/** The clock's hand: node-cron asks once a minute what is due. It decides nothing itself. */
import cron from 'node-cron'
import type { Log } from '../log.ts'

/** Runs `work` at every tick of the cron expression; a tick that comes while work still runs is left out. */
export function startTicking(
  expression: string,
  work: () => Promise<void>,
  log: Log,
): { readonly stop: () => Promise<void> } {
  let running: Promise<void> = Promise.resolve()
  const task = cron.schedule(
    expression,
    () => {
      running = work().catch((error: unknown) => log.error({ err: error }, 'tick.failed'))
      return running
    },
    { noOverlap: true, name: 'tick', suppressMissedWarning: true, logger: cronLogger(log) },
  )
  return {
    stop: async () => {
      await task.stop()
      await task.destroy()
      await running
    },
  }
}

/** What node-cron says about itself goes into our log: a tick left out while work runs is nothing to worry a person with. */
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
