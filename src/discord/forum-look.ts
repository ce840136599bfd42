/**
 * Looking for the post of an edition in a forum: among the threads that are active, and those archived last. The bot's own threads of that
 * time are opened one by one until the marker is found in the first message, which bears the id of its thread.
 */
import { DiscordAPIError, Routes } from 'discord.js'
import { z } from 'zod'
import type { ChannelId, MessageId } from '../digest/ledger.ts'
import type { SearchOutcome, Target } from '../digest/post.ts'
import { mentionIn } from './role-mention.ts'

const threads = z.object({
  threads: z.array(
    z.object({ id: z.string(), parent_id: z.string().nullish(), owner_id: z.string().nullish() }),
  ),
})

/** Own posts of that time that are opened at most. */
const mostOpened = 25

export interface ForumLook {
  readonly get: (route: `/${string}`, query?: URLSearchParams) => Promise<unknown>
  readonly ownId: string
  /** Whether a message bears the marker. */
  readonly isIt: (message: unknown) => boolean
  /** The oldest id that a post of that time can have. */
  readonly oldest: string
}

const withComponents = z.object({ components: z.unknown().optional() })

export async function findForumPost(
  { guildId, channelId }: Extract<Target, { kind: 'forum' }>,
  look: ForumLook,
): Promise<Extract<SearchOutcome, { kind: 'found' | 'absent' }>> {
  const isCandidate = (each: z.output<typeof threads>['threads'][number]): boolean =>
    each.parent_id === channelId && each.owner_id === look.ownId && BigInt(each.id) >= BigInt(look.oldest)
  const lists = [
    () => look.get(Routes.guildActiveThreads(guildId)),
    () => look.get(Routes.channelThreads(channelId, 'public'), new URLSearchParams({ limit: '50' })),
  ]
  for (const list of lists) {
    const candidates = threads.parse(await list()).threads.filter(isCandidate)
    for (const { id } of candidates.slice(0, mostOpened)) {
      const first = await firstMessageOf(id, look)
      if (!look.isIt(first)) continue
      const ids = { channelId: id as ChannelId, messageId: id as MessageId }
      return {
        kind: 'found',
        ...ids,
        ...mentionIn(withComponents.parse(first).components),
        opensThread: true,
      }
    }
  }
  return { kind: 'absent' }
}

/** Undefined where it was deleted. */
async function firstMessageOf(threadId: string, { get }: ForumLook): Promise<unknown> {
  try {
    return await get(Routes.channelMessage(threadId, threadId))
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status === 404) return undefined
    throw error
  }
}
