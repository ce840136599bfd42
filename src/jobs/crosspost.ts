/**
 * Messages of announcement channels → the servers that follow them, once each. It never holds up a digest, and never posts one again:
 * a message waits for Discord's limit (about ten an hour and channel) apart from everything else, and is given up after a day, with the reason.
 *
 * Nothing has to be looked up after a crash: asked twice, Discord does it once.
 */
import type { Instant } from '../article/article.ts'
import type { Crosspost, Crossposts } from '../digest/ledger.ts'
import type { Poster } from '../digest/post.ts'
import type { Log } from '../log.ts'
import { startRepeating } from './repeat.ts'

export interface Crossposting {
  readonly now: () => Instant
  readonly crossposts: Crossposts
  readonly poster: Pick<Poster, 'crosspost'>
  readonly log: Log
  /** Aborted when the process is to end. */
  readonly stopping: AbortSignal
}

export interface Crossposter {
  /** Resolves when everything that is due was dealt with, as far as it can be for now. */
  readonly look: () => Promise<void>
  /** Resolves when what is under way has ended; `stopping` ends it. */
  readonly stop: () => Promise<void>
}

const atOnce = 20
/** Whoever claims a message is done with it by then, or dead; where not, it is asked for twice, which does no harm. */
const leaseMs = 20_000
/** After an answer that said nothing. */
const retryMs = 30_000
/** After a refusal that somebody on the server can mend. */
const mendedMs = 60 * 60_000
/** What no follower has seen by then is no news any more. */
const givenUpMs = 24 * 60 * 60_000

/** Looks again and again, and whenever it is told to; never twice at once. */
export function startCrossposting(job: Crossposting, everyMs: number): Crossposter {
  let running: Promise<void> = Promise.resolve()
  const look = (): Promise<void> => {
    running = running
      .then(() => crosspostDue(job))
      .catch((error: unknown) => job.log.error({ err: error }, 'crosspost.failed'))
    return running
  }
  const repeating = startRepeating(everyMs, look, job.log)
  return {
    look,
    stop: async () => {
      await repeating.stop()
      await running
    },
  }
}

async function crosspostDue(job: Crossposting): Promise<void> {
  while (!job.stopping.aborted) {
    const due = await job.crossposts.claim(job.now(), job.now() + leaseMs, atOnce)
    const byChannel = Map.groupBy(due, ({ channelId }) => channelId)
    await Promise.all([...byChannel.values()].map((ofChannel) => crosspostInTurn(job, ofChannel)))
    if (due.length < atOnce) return
  }
}

/** One after the other; what stops one stops those behind it. */
async function crosspostInTurn(job: Crossposting, ofChannel: readonly Crosspost[]): Promise<void> {
  for (const each of ofChannel) {
    if (job.stopping.aborted || !(await crosspostOne(job, each))) return
  }
}

/** False where those behind it have to wait too. */
async function crosspostOne(job: Crossposting, crosspost: Crosspost): Promise<boolean> {
  const { crossposts, poster, now, log, stopping } = job
  const { deliveryId: delivery, part, channelId } = crosspost
  const outcome = await poster.crosspost(crosspost, stopping)
  if (outcome.kind === 'done') {
    await crossposts.end(crosspost, now())
    log.info({ delivery, part }, 'crosspost.done')
    return true
  }
  const { code, reason } = outcome
  const isFinal = outcome.kind === 'refused' && outcome.how !== 'tell-owner'
  if (isFinal || now() - crosspost.since > givenUpMs) {
    await crossposts.end(crosspost, now(), reason)
    log.warn({ delivery, part, code, reason }, 'crosspost.given-up')
    return true
  }
  const afterMs = outcome.kind === 'wait' ? outcome.afterMs : outcome.kind === 'unknown' ? retryMs : mendedMs
  await crossposts.postpone(channelId, now() + afterMs, reason)
  log.info({ delivery, part, code, afterMs }, 'crosspost.postponed')
  return false
}
