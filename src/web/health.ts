/** Whether the bot is well: what stands in the way, in words that name the part. */
import type { Instant } from '../article/article.ts'
import { messageOf } from '../errors.ts'
import type { Log } from '../log.ts'

export interface Vitals {
  readonly now: () => Instant
  /** Asks the storage anything; throws where it does not answer. */
  readonly askStorage: () => Promise<unknown>
  readonly isGatewayUp: () => boolean
  /** When the clock last said that time has passed; undefined before the first time. */
  readonly lastTick: () => Instant | undefined
  readonly startedAt: Instant
}

const longestTickMs = 3 * 60_000
const longestAnswerMs = 2000

/** Empty where all is well. What exactly storage said is in the log alone. */
export async function problemsOf(vitals: Vitals, log: Log): Promise<readonly string[]> {
  return [
    ...((await answersInTime(vitals.askStorage, log)) ? [] : ['the storage does not answer']),
    ...(vitals.isGatewayUp() ? [] : ['Discord is not connected']),
    ...(vitals.now() - (vitals.lastTick() ?? vitals.startedAt) < longestTickMs
      ? []
      : ['the clock has not ticked for three minutes']),
  ]
}

async function answersInTime(ask: () => Promise<unknown>, log: Log): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), longestAnswerMs)
  })
  const answered = ask().then(
    () => true,
    (error: unknown) => {
      log.error({ err: error, said: messageOf(error) }, 'storage.unready')
      return false
    },
  )
  try {
    return await Promise.race([answered, late])
  } finally {
    clearTimeout(timer)
  }
}
