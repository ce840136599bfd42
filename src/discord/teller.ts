/** Writing to one person: by direct message, or in a thread of theirs; in its turn, with an enforced nonce and pinging nobody. */
import { Routes } from 'discord.js'
import { z } from 'zod'
import type { Follow } from '../digest/follow.ts'
import type { ChannelId, UserId } from '../digest/ledger.ts'
import type { Poster, PostOutcome, Target } from '../digest/post.ts'
import type { SeenTelling, Teller, TellOutcome } from '../digest/tell.ts'
import { customId } from './custom-id.ts'
import { type Posting, postOutcome } from './poster.ts'

const opened = z.object({ id: z.string() })
const recent = z.array(z.object({ author: z.object({ id: z.string() }), components: z.unknown().optional() }))

/** Direct message channels that are remembered; they never change. */
const mostRemembered = 10_000
/** Messages of a channel that are searched for a marker, the newest first. */
const searched = 50
/** Before a look that came to nothing is repeated. */
const lookAgainMs = 10_000

export function createTeller(posting: Posting, poster: Poster): Teller {
  const { rest, pace, budget } = posting
  const channels = new Map<UserId, ChannelId>()

  const mayAsk = async (cutOff: AbortSignal): Promise<boolean> =>
    budget.pauseMs() === 0 && (await pace.turn(cutOff))

  const openDirect = async (userId: UserId, cutOff: AbortSignal): Promise<Target | PostOutcome> => {
    const known = channels.get(userId)
    if (known !== undefined) return { kind: 'channel', channelId: known }
    if (!(await mayAsk(cutOff))) return noTurn(poster)
    try {
      const answer = await rest.post(Routes.userChannels(), {
        body: { recipient_id: userId },
        signal: cutOff,
      })
      const channelId = opened.parse(answer).id as ChannelId
      channels.set(userId, channelId)
      const [oldest] = channels.keys()
      if (oldest !== undefined && channels.size > mostRemembered) channels.delete(oldest)
      return { kind: 'channel', channelId }
    } catch (error) {
      return postOutcome(posting, { kind: 'channel', channelId: '' as ChannelId }, error)
    }
  }

  const placeOf = async (
    { userId, place }: Pick<Follow, 'userId' | 'place'>,
    cutOff: AbortSignal,
  ): Promise<Target | PostOutcome> =>
    place.kind === 'thread' ? { kind: 'channel', channelId: place.channelId } : openDirect(userId, cutOff)

  return {
    pauseMs: poster.pauseMs,

    tell: async (follow, message, options) => {
      const place = await placeOf(follow, options.cutOff)
      if (place.kind !== 'channel') return tellOutcome(place)
      return tellOutcome(await poster.post(place, message, options))
    },

    findTold: async (follow, storyId, markers) => {
      const cutOff = new AbortController().signal
      const place = await placeOf(follow, cutOff)
      if (place.kind !== 'channel') return unseen(place)
      if (!(await mayAsk(cutOff))) return unseen(noTurn(poster))
      try {
        const answer = await rest.get(Routes.channelMessages(place.channelId), {
          query: new URLSearchParams({ limit: String(searched) }),
        })
        const own = recent.parse(answer).filter(({ author }) => author.id === posting.client.user.id)
        for (const { components } of own) {
          const shown = JSON.stringify(components ?? [])
          const found = markers.find((articleId) =>
            shown.includes(JSON.stringify(customId({ do: 'told', storyId, articleId }))),
          )
          if (found !== undefined) return { kind: 'found', marker: found }
        }
        return { kind: 'absent' }
      } catch (error) {
        return unseen(postOutcome(posting, place, error))
      }
    },
  }
}

function noTurn(poster: Poster): PostOutcome {
  return { kind: 'wait', afterMs: poster.pauseMs(), code: 'no-turn', reason: 'No turn came.' }
}

/** Where Discord shows nothing it takes nothing either: telling anew does no harm. */
function unseen(outcome: PostOutcome): SeenTelling {
  if (outcome.kind === 'wait') return { kind: 'wait', afterMs: outcome.afterMs }
  return outcome.kind === 'unknown' ? { kind: 'wait', afterMs: lookAgainMs } : { kind: 'absent' }
}

function tellOutcome(outcome: PostOutcome): TellOutcome {
  if (outcome.kind === 'posted') return { kind: 'told' }
  if (outcome.kind !== 'refused') return outcome
  const { code, reason, how } = outcome
  return { kind: how === 'bug' ? 'bug' : 'closed', code, reason }
}
