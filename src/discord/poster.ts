/**
 * Posting: every message in its turn, with an enforced nonce and pinging nobody; every answer is judged by the table of outcomes. What the
 * client's own view of the server shows to be impossible is not asked: a refusal costs of the budget that keeps the address open.
 */
import {
  type Client,
  ComponentType,
  DiscordAPIError,
  MessageFlags,
  RateLimitError,
  type REST,
  Routes,
  Status,
} from 'discord.js'
import { z } from 'zod'
import type { GuildId, MessageId } from '../digest/ledger.ts'
import type { Noise, Poster, PostOutcome, RenderedMessage, SearchOutcome, Target } from '../digest/post.ts'
import { messageOf } from '../errors.ts'
import { pickedChannel } from './options/channel.ts'
import { type Outcome, outcomeOf, outcomes, type PermissionName } from './outcomes.ts'
import type { RequestLimits } from './requests.ts'
import { isTextKey, sayIn } from './text/say.ts'
import { markerOf } from './views/digest-view.ts'

export interface Posting extends RequestLimits {
  /** What is known of servers and channels. */
  readonly client: Client<true>
  /** The REST client of posts alone. */
  readonly rest: REST
}

const posted = z.object({ id: z.string() })
const recent = z.array(
  z.object({ id: z.string(), author: z.object({ id: z.string() }), components: z.unknown().optional() }),
)

/** Messages of a channel that are searched for a marker, and how many come at once. */
const mostSearched = 2000
const searchedAtOnce = 100
/** Discord's clock and ours may differ by so much. */
const clockDifferenceMs = 5 * 60_000
/** Milliseconds in a snowflake count from here (developers/reference, Snowflakes). */
const discordEpoch = 1_420_070_400_000

/** Before a look that came to nothing is repeated. */
const searchRetryMs = 20_000
/** Before a server in an outage is tried again. */
const outageRetryMs = 60_000

const say = sayIn('en')

export function createPoster(posting: Posting): Poster {
  const { rest, pace, budget } = posting
  const pauseMs = () => Math.max(pace.heldMs(), budget.pauseMs())

  /** Asks in its turn; undefined where no turn came. */
  const ask = async <Answer>(
    cutOff: AbortSignal,
    request: () => Promise<Answer>,
  ): Promise<Answer | undefined> =>
    budget.pauseMs() === 0 && (await pace.turn(cutOff)) ? request() : undefined

  const noTurn = () => waitOutcome(pauseMs(), 'no-turn')

  return {
    pauseMs,

    post: async (target, message, { nonce, cutOff, noise }) => {
      const foreseen = refusalForeseen(posting, target)
      if (foreseen !== undefined) return foreseen
      try {
        const answer = await ask(cutOff, () =>
          rest.post(Routes.channelMessages(target.channelId), {
            body: {
              ...loud(posting, target, message, noise),
              nonce,
              enforce_nonce: true,
            },
            signal: cutOff,
          }),
        )
        if (answer === undefined) return noTurn()
        return { kind: 'posted', messageId: posted.parse(answer).id as MessageId }
      } catch (error) {
        return postOutcome(posting, target, error)
      }
    },

    findPosted: async (target, { edition, part }, since) => {
      const marker = JSON.stringify(markerOf(edition, part))
      const isIt = (each: z.output<typeof recent>[number]): boolean =>
        each.author.id === posting.client.user.id && JSON.stringify(each.components ?? []).includes(marker)
      let after = snowflakeAt(since - clockDifferenceMs)
      try {
        const unseen = await whyUnseen(posting, target)
        if (unseen !== undefined) return unseen
        for (let searched = 0; searched < mostSearched; searched += searchedAtOnce) {
          const answer = await ask(new AbortController().signal, () =>
            rest.get(Routes.channelMessages(target.channelId), {
              query: new URLSearchParams({ limit: String(searchedAtOnce), after }),
            }),
          )
          if (answer === undefined) return noTurn()
          const messages = recent.parse(answer)
          const found = messages.find(isIt)
          if (found !== undefined) return { kind: 'found', messageId: found.id as MessageId }
          if (messages.length < searchedAtOnce) return { kind: 'absent' }
          after = messages.map((each) => each.id).reduce(newer)
        }
        return { kind: 'cannot-look', code: 'too-busy', reason: say('outcome.too-busy') }
      } catch (error) {
        return searchOutcome(posting, target, error)
      }
    },
  }
}

/** The message as loud as it is to be. A role that is gone is not mentioned: its settings say so to the owners. */
function loud(
  { client }: Posting,
  { guildId = '' as GuildId }: Target,
  { components }: RenderedMessage,
  noise: Noise | undefined,
) {
  const isSilent = noise?.kind === 'silent'
  const flags = MessageFlags.IsComponentsV2 | (isSilent ? MessageFlags.SuppressNotifications : 0)
  const roles = client.guilds.cache.get(guildId)?.roles.cache
  if (noise?.kind !== 'role' || roles?.has(noise.roleId) !== true) {
    return { components, flags, allowed_mentions: { parse: [] } }
  }
  const mention = { type: ComponentType.TextDisplay, content: `<@&${noise.roleId}>` }
  return {
    components: [mention, ...components],
    flags,
    allowed_mentions: { parse: [], roles: [noise.roleId] },
  }
}

/** What a post came to, by what was thrown. */
export function postOutcome(posting: Posting, target: Target, error: unknown): PostOutcome {
  const judged = judge(posting, error)
  if (judged === undefined) {
    return {
      kind: 'unknown',
      code: 'no-answer',
      reason: `${say('outcome.no-answer')} (${messageOf(error)})`,
    }
  }
  const { outcome, code } = judged
  switch (outcome.kind) {
    case 'wait':
      return waitOutcome(judged.afterMs, code, outcome)
    case 'retry':
      return { kind: 'unknown', code, reason: `${say(outcome.words)} (${messageOf(error)})` }
    case 'done':
    case 'bug':
      return {
        kind: 'refused',
        how: 'bug',
        code,
        reason: `${say('outcome.bug')} (${messageOf(error)})`,
        missing: [],
      }
    case 'stop':
    case 'tell-owner':
      return refusedOutcome(posting, target, outcome, code)
  }
}

/** What is refused now may be granted by the next slot, but nobody can wait for that: nobody can tell. */
function searchOutcome(posting: Posting, target: Target, error: unknown): SearchOutcome {
  const judged = judge(posting, error)
  if (judged === undefined || judged.outcome.kind === 'retry') {
    return { ...waitOutcome(searchRetryMs, judged?.code ?? 'no-answer'), reason: messageOf(error) }
  }
  const { outcome, code } = judged
  if (outcome.kind === 'wait') return waitOutcome(judged.afterMs, code, outcome)
  const { reason } = refusedOutcome(posting, target, outcome, code)
  return { kind: 'cannot-look', code, reason }
}

interface Judged {
  readonly outcome: Outcome
  readonly code: string
  readonly afterMs: number
}

/** Undefined where no answer of Discord's was understood. What everybody has to wait for holds all posts. */
function judge({ pace }: Posting, error: unknown): Judged | undefined {
  if (error instanceof RateLimitError) {
    const afterMs = Math.max(error.retryAfter, error.sublimitTimeout, 0)
    if (error.global) pace.hold(afterMs)
    return { outcome: outcomeOf(0, 429), code: '429', afterMs }
  }
  if (!(error instanceof DiscordAPIError)) return undefined
  const code = Number(error.code)
  const outcome = outcomeOf(code, error.status)
  const afterMs = outcome.kind === 'wait' ? outcome.afterMs : 0
  if (outcome.kind === 'wait' && outcome.who === 'everybody') pace.hold(afterMs)
  return { outcome, code: outcomes.has(code) ? String(code) : `${error.status}/${error.code}`, afterMs }
}

function waitOutcome(
  afterMs: number,
  code: string,
  outcome: Pick<Outcome, 'words'> = { words: 'outcome.asked-to-wait' },
) {
  return { kind: 'wait', afterMs, code, reason: say(outcome.words) } as const
}

function refusedOutcome(
  posting: Posting,
  target: Target,
  outcome: Outcome,
  code: string,
): Extract<PostOutcome, { kind: 'refused' }> {
  const asked = outcome.kind === 'tell-owner' ? outcome.permission : undefined
  const seen = asked === undefined ? [] : missingIn(posting, target)
  const missing = seen.length > 0 ? seen : asked === undefined ? [] : [asked]
  return {
    kind: 'refused',
    how: outcome.kind === 'stop' || outcome.kind === 'bug' ? outcome.kind : 'tell-owner',
    code,
    reason: say(outcome.words, { permissions: sayPermissions(missing) }),
    missing,
  }
}

/** What the client's own view of the server shows to be in vain. It sees nothing while the gateway is away. */
function refusalForeseen(posting: Posting, target: Target): PostOutcome | undefined {
  const { client } = posting
  if (client.ws.status !== Status.Ready) return undefined
  const guild = target.guildId === undefined ? undefined : client.guilds.cache.get(target.guildId)
  if (guild?.available === false) {
    return waitOutcome(outageRetryMs, 'guild-away', { words: 'outcome.guild-away' })
  }
  const missing = missingIn(posting, target)
  if (missing.length === 0) return undefined
  const code = missing.includes('ViewChannel') ? 50001 : 50013
  return refusedOutcome(posting, target, outcomeOf(code, 403), String(code))
}

function missingIn({ client }: Posting, { channelId }: Target): readonly string[] {
  const channel = client.channels.cache.get(channelId)
  return channel === undefined || channel.isDMBased() ? [] : pickedChannel(channel).missing
}

/**
 * Why looking at the channel would tell nothing. Without the right to read the past Discord shows an empty one and no refusal, so the
 * right has to be known. Throws what asking for an unknown channel threw.
 */
async function whyUnseen(
  { client }: Posting,
  { channelId }: Target,
): Promise<Exclude<SearchOutcome, { kind: 'found' | 'absent' }> | undefined> {
  if (client.ws.status !== Status.Ready) return waitOutcome(searchRetryMs, 'gateway-away')
  const channel = await client.channels.fetch(channelId)
  if (channel === null || channel.isDMBased()) return undefined
  const own = channel.guild.members.me
  if (own !== null && channel.permissionsFor(own).has('ReadMessageHistory')) return undefined
  return {
    kind: 'cannot-look',
    code: 'no-history',
    reason: say('outcome.unseen', { permissions: sayPermissions(['ReadMessageHistory']) }),
  }
}

function sayPermissions(names: readonly (PermissionName | string)[]): string {
  return names
    .map((name) => {
      const key = `permission.${name}`
      return isTextKey(key) ? say(key) : name
    })
    .join(', ')
}

function snowflakeAt(instant: number): string {
  return String(BigInt(Math.max(0, Math.floor(instant) - discordEpoch)) << 22n)
}

function newer(a: string, b: string): string {
  return BigInt(a) > BigInt(b) ? a : b
}
