/** What owners may do before a slot comes: look at the next edition, and have it posted at once. */

import type { DigestId } from './definition.ts'
import type { DeliveryReport } from './delivery-report.ts'
import type { Edition, EditionId } from './edition.ts'
import type { Subscription } from './ledger.ts'

/**
 * The edition as it would be posted now, after `previous`. Nothing is kept of it: it is not frozen, and nothing counts as carried.
 * Undefined where there is nothing to post, or no such digest. Where a model is to write, the articles' own words stand in.
 */
export type PreviewEdition = (
  digestId: DigestId,
  previous: EditionId | undefined,
) => Promise<Edition | undefined>

/** The id of every preview; no edition that is held has it. */
export const previewId = 'preview' as EditionId

/** `again`: there was a slot in this minute already, and what became of it. */
export interface PostedNow {
  readonly isAgain: boolean
  readonly report: DeliveryReport
}

/**
 * Posts the next edition of a subscription in an extra slot, this minute, under the promises of every slot. Resolves when it is known
 * what came of it, or as `under-way` where that takes long.
 */
export type PostNow = (subscription: Subscription) => Promise<PostedNow>
