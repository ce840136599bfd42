/** Whether the bot is well: what stands in the way, in words that name the part. */
import type { Instant } from '../article/article.ts'
import { messageOf } from '../errors.ts'
import type { Log } from '../log.ts'

export interface Vitals {
  readonly now: () => Instant
  /** Asks the storage anything; throws where it does not answer. */
  readonly askStorage: () => Promise<unknown>
  readonly hasRoom?: () => boolean
  /** Absent where connecting to Discord is the work of other processes. */
  readonly isGatewayUp?: () => boolean
  /** Whether interactions that come by HTTP are answered yet. Absent where none come here. */
  readonly isAnswering?: () => boolean
  /** When the clock last said that time has passed; undefined before the first time. Absent where other processes publish. */
  readonly lastTick?: () => Instant | undefined
  readonly startedAt: Instant
}

const longestTickMs = 3 * 60_000
const longestAnswerMs = 2000

/** Empty where all is well. What exactly storage said is in the log alone. */
export async function problemsOf(vitals: Vitals, log: Log): Promise<readonly string[]> {
  const { now, startedAt, hasRoom = () => true, isGatewayUp = () => true, lastTick = now } = vitals
  const { isAnswering = () => true } = vitals
  return [
    ...((await answersInTime(vitals.askStorage, log)) ? [] : ['the storage does not answer']),
    ...(hasRoom() ? [] : ['the disk is full: nothing new is kept or posted']),
    ...(isGatewayUp() ? [] : ['Discord is not connected']),
    ...(isAnswering() ? [] : ['interactions are not answered yet']),
    ...(now() - (lastTick() ?? startedAt) < longestTickMs
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
