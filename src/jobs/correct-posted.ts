/**
 * Posted digests are corrected: what became of their articles within a day is shown in the message that tells of them, by an edit that is
 * marked. Claim, edit, record; what a message is to show follows from what is stored, so that an edit whose answer was lost is made again
 * without harm, and one that would change nothing is not made.
 */
import { createHash } from 'node:crypto'
import type { Instant } from '../article/article.ts'
import type { CorrectionDesk, Editor, PartToCorrect } from '../digest/correcting.ts'
import type { WorkerId } from '../digest/ledger.ts'
import type { Library } from '../digest/library.ts'
import type { RenderEdition, RenderedMessage } from '../digest/post.ts'
import type { Log } from '../log.ts'
import { startRepeating } from './repeat.ts'

export interface Correcting {
  readonly now: () => Instant
  readonly worker: WorkerId
  readonly corrections: CorrectionDesk
  readonly library: Pick<Library, 'findEdition'>
  readonly render: RenderEdition
  readonly editor: Editor
  readonly log: Log
  /** Aborted when the process is to end: nothing new is begun. */
  readonly stopping: AbortSignal
}

const leaseMs = 60_000
/** Edits under way at once; how fast they leave is the pace of posts. */
const claimedAtOnce = 10
/** Before an edit without a clear answer is made again. */
const retryMs = 5_000
const longestRetryMs = 10 * 60_000
/** After so many claims without an end the message stays as it is. */
const mostAttempts = 8

/** Looks for posted messages to correct until it is stopped; an edit on its way is cut off then, and made again after the next start. */
export function startCorrecting(
  correcting: Omit<Correcting, 'stopping'>,
  everyMs: number,
): { readonly stop: () => Promise<void> } {
  const round = (stopping: AbortSignal) => correctPosted({ ...correcting, stopping })
  return startRepeating(everyMs, round, correcting.log)
}

async function correctPosted(correcting: Correcting): Promise<void> {
  const { corrections, editor, log, now, stopping, worker } = correcting
  const spread = await corrections.spread(now())
  if (spread > 0) log.debug({ editions: spread }, 'corrections.spread')
  const wantedOf = createWanted(correcting)
  while (!stopping.aborted && editor.pauseMs() === 0) {
    const parts = await corrections.claim({ owner: worker, now: now(), leaseMs, limit: claimedAtOnce })
    await Promise.all(
      parts.map((part) =>
        // Storage failed, or a mistake of ours: it is taken up again when its lease runs out.
        correctOne(correcting, part, wantedOf).catch((error: unknown) =>
          correcting.log.error({ err: error, delivery: part.deliveryId }, 'correction.interrupted'),
        ),
      ),
    )
    if (parts.length < claimedAtOnce) return
  }
}

async function correctOne(correcting: Correcting, part: PartToCorrect, wantedOf: WantedOf): Promise<void> {
  const { corrections, editor, log, now, stopping } = correcting
  const facts = { delivery: part.deliveryId, part: part.part }
  const wanted = await wantedOf(part)
  if (wanted === undefined || wanted.name === (part.shown ?? wanted.posted)) {
    await corrections.settle(part, part.version)
    return
  }
  if (part.attempt > mostAttempts) {
    await corrections.settle(part, part.version)
    log.error({ ...facts, attempt: part.attempt }, 'correction.failed')
    return
  }
  const outcome = await editor.edit(part, wanted.message, { cutOff: stopping })
  switch (outcome.kind) {
    case 'edited':
      await corrections.settle(part, part.version, wanted.name)
      log.info(facts, 'correction.made')
      return
    case 'wait':
      await corrections.postpone(part, now() + Math.max(outcome.afterMs, retryMs), true)
      log.debug({ ...facts, code: outcome.code }, 'correction.waits')
      return
    case 'unknown':
      await corrections.postpone(part, now() + Math.min(retryMs * 2 ** part.attempt, longestRetryMs), false)
      log.info({ ...facts, code: outcome.code }, 'correction.uncertain')
      return
    case 'gone':
      await corrections.settle(part, part.version)
      log.debug({ ...facts, code: outcome.code }, 'correction.gone')
      return
    case 'bug':
      await corrections.settle(part, part.version)
      log.error({ ...facts, code: outcome.code, reason: outcome.reason }, 'correction.failed')
  }
}

interface Wanted {
  readonly message: RenderedMessage
  /** Names what the message is to show, and what it showed when it was posted. */
  readonly name: string
  readonly posted: string
}

type WantedOf = (part: PartToCorrect) => Promise<Wanted | undefined>

/** Thousands of subscriptions show the same edition: it is read and rendered once in a round. */
function createWanted({ corrections, library, render }: Correcting): WantedOf {
  const rendered = new Map<string, Promise<readonly Wanted[]>>()
  const read = async ({ editionId, late }: PartToCorrect): Promise<readonly Wanted[]> => {
    const edition = await library.findEdition(editionId)
    if (edition === undefined) return []
    const posted = render(edition, { late })
    const corrected = render(edition, { late, corrections: await corrections.of(editionId) })
    return corrected.map((message, part) => ({
      message,
      name: nameOf(message),
      posted: nameOf(posted[part]),
    }))
  }
  return async (part) => {
    const key = `${part.editionId} ${part.version} ${part.late}`
    const reading = rendered.get(key) ?? read(part)
    rendered.set(key, reading)
    return (await reading)[part.part]
  }
}

function nameOf(message: RenderedMessage | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify(message?.components ?? []))
    .digest('base64url')
    .slice(0, 22)
}
