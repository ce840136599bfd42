/**
 * Posting: every message in its turn, with an enforced nonce and pinging nobody; every answer is judged by the table of outcomes. What the
 * gateway's view of the server shows to be impossible is not asked: a refusal costs of the budget that keeps the address open. Without such a
 * view one posts, and asks about the server only when that was refused.
 */
import { DiscordAPIError, MessageFlags, Routes } from 'discord.js'
import { z } from 'zod'
import type { ChannelId, MessageId, TagId } from '../digest/ledger.ts'
import type { Noise, Poster, PostOutcome, RenderedMessage, SearchOutcome, Target } from '../digest/post.ts'
import { createDirect, type OpenDirect } from './direct.ts'
import { findForumPost } from './forum-look.ts'
import { type ForumFacts, tagsThere } from './options/forum.ts'
import { outcomes } from './outcomes.ts'
import {
  type Posting,
  postOutcome,
  refusalForeseen,
  searchOutcome,
  waitOutcome,
  whyUnseen,
} from './post-outcomes.ts'
import { noTurn, sendInTurn } from './requests.ts'
import { mentionIn, roleMention } from './role-mention.ts'
import { sayIn } from './text/say.ts'
import { markerOf } from './views/digest-view.ts'
import { forumTitle } from './views/forum-title.ts'

export { type Posting, postOutcome } from './post-outcomes.ts'

const posted = z.object({ id: z.string() })
const found = z.object({
  id: z.string(),
  author: z.object({ id: z.string() }),
  components: z.unknown().optional(),
})
const recent = z.array(found)

/** Messages of a channel that are searched for a marker, and how many come at once. */
const mostSearched = 2000
const searchedAtOnce = 100
/** Discord's clock and ours may differ by so much. */
const clockDifferenceMs = 5 * 60_000
/** Milliseconds in a snowflake count from here (developers/reference, Snowflakes). */
const discordEpoch = 1_420_070_400_000

/** Before direct messages that could not be opened are tried again. */
const openRetryMs = 20_000

const say = sayIn('en')

export function createPoster(posting: Posting, openDirect: OpenDirect = createDirect(posting)): Poster {
  const { rest, pace, budget } = posting
  const pauseMs = () => Math.max(pace.heldMs(), budget.pauseMs())

  const ask = <Answer>(cutOff: AbortSignal, request: () => Promise<Answer>): Promise<Answer> =>
    sendInTurn(posting, cutOff, request)
  const patient = new AbortController().signal
  const get = (route: `/${string}`, query?: URLSearchParams): Promise<unknown> =>
    ask(patient, () => rest.get(route, query === undefined ? {} : { query }))

  /** Whoever has nothing to post any more when their turn comes sends nothing. */
  const send = (
    route: `/${string}`,
    body: unknown,
    { cutOff, isOurs = () => true }: Turn,
  ): Promise<unknown> =>
    ask(cutOff, async () => {
      if (!isOurs()) throw noTurn
      return rest.post(route, { body, signal: cutOff })
    })

  const openPost = async (
    { channelId, heading }: ForumPlace,
    tagIds: readonly TagId[],
    message: Body,
    turn: Turn,
  ): Promise<Extract<PostOutcome, { kind: 'posted' }>> => {
    const body = { name: forumTitle(heading), applied_tags: tagIds, message }
    const answer = await send(Routes.threads(channelId), body, turn)
    const { id } = posted.parse(answer)
    const ids = { channelId: id as ChannelId, messageId: id as MessageId }
    return { kind: 'posted', ...ids, ...mentionIn(message.components), opensThread: true }
  }

  /** With the tags that are still there, as far as anybody knows; where Discord refuses one, with those that it says are there. */
  const createPost = async (place: ForumPlace, message: Body, turn: Turn) => {
    const held = posting.known.heldChannel(place.channelId)?.forum
    try {
      return await openPost(place, tagsOf(place, held), message, turn)
    } catch (error) {
      if (held !== undefined || !isAboutTags(error)) throw error
      const server = await posting.known.find(place.guildId, 'post', 0)
      const tagIds = tagsOf(place, server?.channel(place.channelId)?.forum)
      if (tagIds.length === place.tagIds.length) throw error
      return openPost(place, tagIds, message, turn)
    }
  }

  const create = async (
    target: Place,
    message: Body,
    { nonce, ...turn }: Turn & { readonly nonce: string },
  ): Promise<Extract<PostOutcome, { kind: 'posted' }>> => {
    if (target.kind === 'forum') return createPost(target, message, turn)
    const { channelId } = target
    const body = { ...message, nonce, enforce_nonce: true }
    const answer = await send(Routes.channelMessages(channelId), body, turn)
    const messageId = posted.parse(answer).id as MessageId
    return { kind: 'posted', channelId, messageId, ...mentionIn(message.components) }
  }

  /** Reads the channel from an instant on until a message fits. */
  const search = async (
    channelId: ChannelId,
    oldest: string,
    isIt: (message: unknown) => boolean,
  ): Promise<SearchOutcome> => {
    let after = oldest
    for (let searched = 0; searched < mostSearched; searched += searchedAtOnce) {
      const query = new URLSearchParams({ limit: String(searchedAtOnce), after })
      const messages = recent.parse(await get(Routes.channelMessages(channelId), query))
      const hit = messages.find(isIt)
      if (hit !== undefined) {
        return { kind: 'found', channelId, messageId: hit.id as MessageId, ...mentionIn(hit.components) }
      }
      if (messages.length < searchedAtOnce) return { kind: 'absent' }
      after = messages.map((each) => each.id).reduce(newer)
    }
    return { kind: 'cannot-look', code: 'too-busy', reason: say('outcome.too-busy') }
  }

  /** A member's direct messages are a channel like any other once they are open. */
  const open = async (target: Target, cutOff: AbortSignal) => {
    if (target.kind !== 'member') return target
    const direct = await openDirect(target.userId, cutOff)
    return direct.kind === 'open' ? ({ kind: 'channel', channelId: direct.channelId } as const) : direct
  }

  return {
    pauseMs,

    post: async (target, message, { noise, ...turn }) => {
      const foreseen = refusalForeseen(posting, target)
      if (foreseen !== undefined) return foreseen
      const place = await open(target, turn.cutOff)
      if (!isPlace(place)) return place
      try {
        return await create(place, await loud(posting, place, message, noise), turn)
      } catch (error) {
        return error === noTurn ? waitOutcome(pauseMs(), 'no-turn') : postOutcome(posting, target, error)
      }
    },

    findPosted: async (target, { edition, part }, since) => {
      const marker = JSON.stringify(markerOf(edition, part))
      const ownId = posting.ownId
      const isIt = (message: unknown): boolean => {
        const { data } = found.safeParse(message)
        return data?.author.id === ownId && JSON.stringify(data.components ?? []).includes(marker)
      }
      const oldest = snowflakeAt(since - clockDifferenceMs)
      const place = await open(target, patient)
      if (!isPlace(place)) return unopened(place)
      try {
        const unseen = await whyUnseen(posting, place.channelId)
        if (unseen !== undefined) return unseen
        return place.kind === 'forum'
          ? await findForumPost(place, { get, ownId, isIt, oldest })
          : await search(place.channelId, oldest, isIt)
      } catch (error) {
        return error === noTurn ? waitOutcome(pauseMs(), 'no-turn') : searchOutcome(posting, target, error)
      }
    },

    crosspost: async ({ channelId, messageId }, cutOff) => {
      try {
        await ask(cutOff, () =>
          rest.post(Routes.channelMessageCrosspost(channelId, messageId), { signal: cutOff }),
        )
        return { kind: 'done' }
      } catch (error) {
        if (error === noTurn) return waitOutcome(pauseMs(), 'no-turn')
        if (isDone(error)) return { kind: 'done' }
        return postOutcome(posting, { kind: 'channel', channelId }, error)
      }
    },
  }
}

/** It was crossposted before, or somebody deleted it. */
function isDone(error: unknown): boolean {
  return error instanceof DiscordAPIError && outcomes.get(Number(error.code))?.kind === 'done'
}

/** Discord's codes for a tag that is gone, that only moderators may apply, and for a forum that asks for one. */
const aboutTags = [10087, 40066, 40067]
/** Its code for a body that it does not take, with the fields that it means. */
const invalidBody = 50035

function isAboutTags(error: unknown): boolean {
  if (!(error instanceof DiscordAPIError)) return false
  const code = Number(error.code)
  const means = code === invalidBody && 'errors' in error.rawError ? error.rawError.errors : {}
  return aboutTags.includes(code) || Object.hasOwn(Object(means), 'applied_tags')
}

type Place = Exclude<Target, { kind: 'member' }>
type ForumPlace = Extract<Target, { kind: 'forum' }>

function isPlace(opened: Place | Exclude<PostOutcome, { kind: 'posted' }>): opened is Place {
  return opened.kind === 'channel' || opened.kind === 'forum'
}

/** What cannot be opened cannot be looked at. */
function unopened(outcome: Exclude<PostOutcome, { kind: 'posted' }>): SearchOutcome {
  const { code, reason } = outcome
  if (outcome.kind === 'wait') return outcome
  return outcome.kind === 'unknown'
    ? { ...waitOutcome(openRetryMs, code), reason }
    : { kind: 'cannot-look', code, reason }
}

/** The tags chosen, as far as the forum is known to have them still. */
function tagsOf({ tagIds }: ForumPlace, forum: ForumFacts | undefined): readonly TagId[] {
  return forum === undefined ? tagIds : tagsThere(forum, tagIds)
}

type Turn = Pick<Parameters<Poster['post']>[2], 'cutOff' | 'isOurs'>

type Body = Awaited<ReturnType<typeof loud>>

/** The message as loud as it is to be. A role that is gone is not mentioned: its settings say so to the owners. */
async function loud(
  { known }: Posting,
  { guildId }: Place,
  { components }: RenderedMessage,
  noise: Noise | undefined,
) {
  const isSilent = noise?.kind === 'silent'
  const flags = MessageFlags.IsComponentsV2 | (isSilent ? MessageFlags.SuppressNotifications : 0)
  const isThere =
    noise?.kind === 'role' && guildId !== undefined && (await known.hasRole(guildId, noise.roleId, 'post'))
  if (noise?.kind !== 'role' || !isThere) return { components, flags, allowed_mentions: { parse: [] } }
  return {
    components: [roleMention(noise.roleId), ...components],
    flags,
    allowed_mentions: { parse: [], roles: [noise.roleId] },
  }
}

function snowflakeAt(instant: number): string {
  return String(BigInt(Math.max(0, Math.floor(instant) - discordEpoch)) << 22n)
}

function newer(a: string, b: string): string {
  return BigInt(a) > BigInt(b) ? a : b
}
