/** The next edition as it would be now, for owners who want to see it before readers do. Leaves nothing behind. */
import type { Instant } from '../article/article.ts'
import type { Library } from '../digest/library.ts'
import { type PreviewEdition, previewId } from '../digest/preview.ts'
import { composeAt, type EditionMaking } from './compose.ts'

export interface Previewing extends Pick<EditionMaking, 'desk' | 'findNews' | 'log'> {
  readonly library: Pick<Library, 'findDigest' | 'findEdition'>
  readonly now: () => Instant
}

export function createPreview({ desk, findNews, log, library, now }: Previewing): PreviewEdition {
  return async (digestId, previous) => {
    const digest = await library.findDigest(digestId)
    if (digest === undefined) return undefined
    const at = now()
    const making = { desk, findNews, ...(log === undefined ? {} : { log }) }
    const { content, quiet } = await composeAt(making, { digest, previous, now: at })
    if (quiet === 'nothing' || (content.items.length === 0 && content.quiet === undefined)) return undefined
    const before = previous === undefined ? undefined : await library.findEdition(previous)
    return {
      ...content,
      id: previewId,
      digestId,
      number: (before?.number ?? 0) + 1,
      slot: at,
      composedAt: at,
    }
  }
}
