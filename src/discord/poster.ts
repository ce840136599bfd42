/** Posting to a channel: every message with an enforced nonce and pinging nobody, every refusal in words. */
import { type Client, DiscordAPIError, HTTPError, MessageFlags, RateLimitError, Routes } from 'discord.js'
import { z } from 'zod'
import type { MessageId } from '../digest/ledger.ts'
import type { Poster, PostOutcome } from '../digest/post.ts'
import { messageOf } from '../errors.ts'
import { markerOf } from './views/digest-view.ts'

/** What Discord's answers mean for a delivery; codes as in developers/topics/opcodes-and-status-codes. */
const refusals: ReadonlyMap<number, string> = new Map([
  [10003, 'the channel no longer exists'],
  [10004, 'the bot is no longer on that server'],
  [50001, 'the bot may not see the channel: grant “View Channel” there'],
  [50013, 'the bot may not post in the channel: grant “Send Messages” there'],
  [50008, 'one cannot post in a channel of that kind'],
  [160005, 'the thread is locked'],
  [50083, 'the thread is archived'],
])

const posted = z.object({ id: z.string() })
const recent = z.array(
  z.object({ id: z.string(), author: z.object({ id: z.string() }), components: z.unknown().optional() }),
)

/** How many of a channel's newest messages are searched for a marker. */
const lookBack = 100

export function createPoster(client: Client<true>, token: string): Poster {
  return {
    post: async (channelId, message, nonce) => {
      try {
        const answer = await client.rest.post(Routes.channelMessages(channelId), {
          body: {
            components: message.components,
            flags: MessageFlags.IsComponentsV2,
            nonce,
            enforce_nonce: true,
            allowed_mentions: { parse: [] },
          },
        })
        return { kind: 'posted', messageId: posted.parse(answer).id as MessageId }
      } catch (error) {
        // discord.js forgets its token after any 401; the next request must not fail for that.
        if (error instanceof DiscordAPIError && error.status === 401) client.rest.setToken(token)
        return outcomeOf(error)
      }
    },

    findPosted: async (channelId, { edition, part }) => {
      const marker = JSON.stringify(markerOf(edition, part))
      try {
        const answer = await client.rest.get(Routes.channelMessages(channelId), {
          query: new URLSearchParams({ limit: String(lookBack) }),
        })
        const message = recent
          .parse(answer)
          .find(
            (each) =>
              each.author.id === client.user.id && JSON.stringify(each.components ?? []).includes(marker),
          )
        return message === undefined
          ? { kind: 'absent' }
          : { kind: 'found', messageId: message.id as MessageId }
      } catch (error) {
        return { kind: 'cannot-look', reason: messageOf(error) }
      }
    },
  }
}

function outcomeOf(error: unknown): PostOutcome {
  if (error instanceof RateLimitError) {
    return { kind: 'wait', afterMs: error.retryAfter, reason: 'Discord asked to wait' }
  }
  if (error instanceof DiscordAPIError) {
    if (error.status === 401)
      return { kind: 'wait', afterMs: 60_000, reason: 'Discord did not accept the token' }
    if (error.status === 429) return { kind: 'wait', afterMs: 5000, reason: 'Discord asked to wait' }
    const known = refusals.get(Number(error.code))
    return {
      kind: 'refused',
      reason: known ?? `Discord refused the message (${error.code}: ${error.message})`,
    }
  }
  // A 5xx after the client's own retries: Discord may or may not have posted it.
  if (error instanceof HTTPError) return { kind: 'unknown', reason: `Discord answered ${error.status}` }
  return { kind: 'unknown', reason: messageOf(error) }
}
