/** Writing to one person: by direct message, or in a thread of theirs; in its turn, with an enforced nonce and pinging nobody. */
import { Routes } from 'discord.js'
import { z } from 'zod'
import type { Follow } from '../digest/follow.ts'
import type { Poster, PostOutcome } from '../digest/post.ts'
import type { SeenTelling, Teller, TellOutcome } from '../digest/tell.ts'
import { customId } from './custom-id.ts'
import type { DirectChannel, OpenDirect } from './direct.ts'
import { type Posting, postOutcome } from './post-outcomes.ts'

const recent = z.array(z.object({ author: z.object({ id: z.string() }), components: z.unknown().optional() }))

/** Messages of a channel that are searched for a marker, the newest first. */
const searched = 50
/** Before a look that came to nothing is repeated. */
const lookAgainMs = 10_000

export function createTeller(posting: Posting, poster: Poster, openDirect: OpenDirect): Teller {
  const { rest, pace, budget } = posting

  const placeOf = async (
    { userId, place }: Pick<Follow, 'userId' | 'place'>,
    cutOff: AbortSignal,
  ): Promise<DirectChannel> =>
    place.kind === 'thread' ? { kind: 'open', channelId: place.channelId } : openDirect(userId, cutOff)

  return {
    pauseMs: poster.pauseMs,

    tell: async (follow, message, options) => {
      const place = await placeOf(follow, options.cutOff)
      if (place.kind !== 'open') return tellOutcome(place)
      const { channelId } = place
      return tellOutcome(await poster.post({ kind: 'channel', channelId }, message, options))
    },

    findTold: async (follow, storyId, markers) => {
      const cutOff = new AbortController().signal
      const place = await placeOf(follow, cutOff)
      if (place.kind !== 'open') return unseen(place)
      if (budget.pauseMs() > 0) return unseen(noTurn(poster))
      try {
        const answer = await pace.turn(cutOff, () =>
          rest.get(Routes.channelMessages(place.channelId), {
            query: new URLSearchParams({ limit: String(searched) }),
          }),
        )
        if (answer === undefined) return unseen(noTurn(poster))
        const own = recent.parse(answer).filter(({ author }) => author.id === posting.ownId)
        for (const { components } of own) {
          const shown = JSON.stringify(components ?? [])
          const found = markers.find((articleId) =>
            shown.includes(JSON.stringify(customId({ do: 'told', storyId, articleId }))),
          )
          if (found !== undefined) return { kind: 'found', marker: found }
        }
        return { kind: 'absent' }
      } catch (error) {
        return unseen(await postOutcome(posting, { kind: 'channel', channelId: place.channelId }, error))
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
