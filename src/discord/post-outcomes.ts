/** What came of a request of the poster's, judged by the table of outcomes and by what is known of the server. */
import { DiscordAPIError, RateLimitError, type REST } from 'discord.js'
import type { ChannelId } from '../digest/ledger.ts'
import type { PostOutcome, SearchOutcome, Target } from '../digest/post.ts'
import { messageOf } from '../errors.ts'
import type { KnownChannel, KnownServers } from './known-servers.ts'
import { tagsThere } from './options/forum.ts'
import { type Outcome, outcomeOf, outcomes, type PermissionName } from './outcomes.ts'
import type { RequestLimits } from './requests.ts'
import { isTextKey, sayIn } from './text/say.ts'

export interface Posting extends RequestLimits {
  readonly known: KnownServers
  /** The bot's user. */
  readonly ownId: string
  /** The REST client of posts alone. */
  readonly rest: REST
}

/** Before a look that came to nothing is repeated. */
const searchRetryMs = 20_000
/** Before a server in an outage is tried again. */
const outageRetryMs = 60_000
/** What was asked before a refusal may be so old to say what is missing. */
const newsMs = 5_000

const say = sayIn('en')

/** What a post came to, by what was thrown. Where no gateway knows what is missing Discord is asked. */
export async function postOutcome(
  posting: Posting,
  target: Target,
  error: unknown,
): Promise<Exclude<PostOutcome, { kind: 'posted' }>> {
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
      return refusedOutcome(outcome, code, await missingAnew(posting, target, outcome, code))
  }
}

/** What is refused now may be granted by the next slot, but nobody can wait for that: nobody can tell. */
export async function searchOutcome(
  posting: Posting,
  target: Target,
  error: unknown,
): Promise<SearchOutcome> {
  const judged = judge(posting, error)
  if (judged === undefined || judged.outcome.kind === 'retry') {
    return { ...waitOutcome(searchRetryMs, judged?.code ?? 'no-answer'), reason: messageOf(error) }
  }
  const { outcome, code } = judged
  if (outcome.kind === 'wait') return waitOutcome(judged.afterMs, code, outcome)
  const missing = await missingAnew(posting, target, outcome, code)
  const { reason } = refusedOutcome(outcome, code, missing)
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

export function waitOutcome(
  afterMs: number,
  code: string,
  outcome: Pick<Outcome, 'words'> = { words: 'outcome.asked-to-wait' },
) {
  return { kind: 'wait', afterMs, code, reason: say(outcome.words) } as const
}

function refusedOutcome(
  outcome: Outcome,
  code: string,
  seen: readonly string[],
): Extract<PostOutcome, { kind: 'refused' }> {
  const asked = outcome.kind === 'tell-owner' ? outcome.permission : undefined
  const missing = asked === undefined ? [] : seen.length > 0 ? seen : [asked]
  return {
    kind: 'refused',
    how: outcome.kind === 'stop' || outcome.kind === 'bug' ? outcome.kind : 'tell-owner',
    code,
    reason: say(outcome.words, { permissions: sayPermissions(missing) }),
    missing,
  }
}

/** What a live view of the server shows to be in vain. Nobody is asked for it: a post that is refused costs no more. */
export function refusalForeseen(
  { known }: Posting,
  target: Target,
): Exclude<PostOutcome, { kind: 'posted' }> | undefined {
  if (target.kind === 'member') return undefined
  const channel = known.heldChannel(target.channelId)
  const guildId = target.guildId ?? channel?.guildId
  if (guildId === undefined || !known.isLive(guildId)) return undefined
  if (known.isAway(guildId)) return waitOutcome(outageRetryMs, 'guild-away', { words: 'outcome.guild-away' })
  if (channel === undefined) return undefined
  const code = codeOf(channel.missing) ?? (lacksTag(channel, target) ? 40067 : undefined)
  return code === undefined ? undefined : refusedOutcome(outcomeOf(code, 403), String(code), channel.missing)
}

/** What Discord would say. */
function codeOf(missing: readonly string[]): number | undefined {
  if (missing.length === 0) return undefined
  if (missing.includes('ViewChannel')) return 50001
  return missing.includes('ManageThreads') ? 160005 : 50013
}

function lacksTag({ forum }: KnownChannel, target: Target): boolean {
  if (target.kind !== 'forum') return false
  return forum?.requiresTag === true && tagsThere(forum, target.tagIds).length === 0
}

/** Everything that is missing where Discord named one thing. Where nobody can tell now, that one has to do. */
async function missingAnew(
  { known }: Posting,
  target: Target,
  outcome: Outcome,
  code: string,
): Promise<readonly string[]> {
  if (outcome.kind !== 'tell-owner' || outcome.permission === undefined || target.kind === 'member') return []
  const { guildId, channelId } = target
  const here = known.heldChannel(channelId)
  if (here !== undefined) return here.missing
  try {
    const server = guildId === undefined ? undefined : await known.find(guildId, 'post', newsMs)
    const channel = server?.channel(channelId)
    // A channel that is hidden would only be refused once more.
    if (channel !== undefined || code === '50001') return channel?.missing ?? []
    return (await known.findChannel(channelId, 'post'))?.missing ?? []
  } catch {
    return []
  }
}

/**
 * Why looking at the channel would tell nothing. Without the right to read the past Discord shows an empty one and no refusal, so the
 * right has to be known. Throws what asking for an unknown channel threw.
 */
export async function whyUnseen(
  { known }: Posting,
  channelId: ChannelId,
): Promise<Extract<SearchOutcome, { kind: 'cannot-look' }> | undefined> {
  const channel = await known.findChannel(channelId, 'post')
  if (channel?.isBlind !== true) return undefined
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
