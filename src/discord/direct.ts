/** The channel in which the bot writes to one person. Discord opens it when it is first asked for, and it never changes. */
import { Routes } from 'discord.js'
import { z } from 'zod'
import type { ChannelId, UserId } from '../digest/ledger.ts'
import type { PostOutcome } from '../digest/post.ts'
import { type Posting, postOutcome, waitOutcome } from './post-outcomes.ts'

export type DirectChannel =
  | { readonly kind: 'open'; readonly channelId: ChannelId }
  | Exclude<PostOutcome, { kind: 'posted' }>

export type OpenDirect = (userId: UserId, cutOff: AbortSignal) => Promise<DirectChannel>

const opened = z.object({ id: z.string() })

/** Channels that are remembered. */
const mostRemembered = 10_000

export function createDirect(posting: Posting): OpenDirect {
  const { rest, pace, budget } = posting
  const channels = new Map<UserId, ChannelId>()
  return async (userId, cutOff) => {
    const known = channels.get(userId)
    if (known !== undefined) return { kind: 'open', channelId: known }
    const noTurn = () => waitOutcome(Math.max(pace.heldMs(), budget.pauseMs()), 'no-turn')
    if (budget.pauseMs() > 0) return noTurn()
    try {
      const answer = await pace.turn(cutOff, () =>
        rest.post(Routes.userChannels(), { body: { recipient_id: userId }, signal: cutOff }),
      )
      if (answer === undefined) return noTurn()
      const channelId = opened.parse(answer).id as ChannelId
      channels.set(userId, channelId)
      const [oldest] = channels.keys()
      if (oldest !== undefined && channels.size > mostRemembered) channels.delete(oldest)
      return { kind: 'open', channelId }
    } catch (error) {
      return postOutcome(posting, { kind: 'member', userId }, error)
    }
  }
}
