/**
 * One edition, made once over all processes that publish: whoever is first makes it, the others wait until it stands, and take its place when its
 * lease runs out. What a model wrote for it is paid for once. Two that make it all the same get one edition: the first that is frozen.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Instant } from '../article/article.ts'
import type { Edition } from '../digest/edition.ts'
import type { WorkerId } from '../digest/ledger.ts'
import { type EditionMaking, type EditionRequest, makeEdition } from './compose.ts'

export interface MakingOnce extends EditionMaking {
  readonly now: () => Instant
  readonly worker: WorkerId
  readonly leaseMs: number
  /** Aborted when the process is to end: it waits for nobody then. */
  readonly stopping: AbortSignal
}

/** `stopped`: another process was making it when this one was told to end. */
export type MadeOnce = Edition | 'nothing' | 'stopped'

/** Between two looks at what another process makes. */
const lookEveryMs = 200

export async function makeOnce(
  making: MakingOnce,
  request: Omit<EditionRequest, 'now'> & { readonly slot: Instant },
): Promise<MadeOnce> {
  const { desk, now, worker: owner, leaseMs, stopping } = making
  const { digest, slot, previous } = request
  const edition = { digestId: digest.id, slot, previous }
  for (;;) {
    const whose = await desk.beginMaking(edition, { owner, now: now(), leaseMs })
    if (whose === 'nothing') return 'nothing'
    if (whose === 'ours') break
    const standing = await desk.findNext(digest.id, slot, previous)
    if (standing !== undefined) return standing
    if (!(await pause(lookEveryMs, true, { signal: stopping }).catch(() => false))) return 'stopped'
  }
  let outcome: 'made' | 'nothing' = 'made'
  try {
    const made = await makeEdition(making, { ...request, now: now() })
    if (made.kind === 'edition') return made.edition
    outcome = 'nothing'
    return 'nothing'
  } finally {
    await desk.endMaking(edition, owner, outcome)
  }
}
