/** What came of a request of the poster's, judged by the table of outcomes and by what the client itself sees of the server. */
import { type Client, DiscordAPIError, RateLimitError, type REST, Status } from 'discord.js'
import type { ChannelId } from '../digest/ledger.ts'
import type { PostOutcome, SearchOutcome, Target } from '../digest/post.ts'
import { messageOf } from '../errors.ts'
import { pickedChannel } from './options/channel.ts'
import { forumFactsOf, tagsThere } from './options/forum.ts'
import { type Outcome, outcomeOf, outcomes, type PermissionName } from './outcomes.ts'
import type { RequestLimits } from './requests.ts'
import { isTextKey, sayIn } from './text/say.ts'

export interface Posting extends RequestLimits {
  /** What is known of servers and channels. */
  readonly client: Client<true>
  /** The REST client of posts alone. */
  readonly rest: REST
}

/** Before a look that came to nothing is repeated. */
const searchRetryMs = 20_000
/** Before a server in an outage is tried again. */
const outageRetryMs = 60_000

const say = sayIn('en')

/** What a post came to, by what was thrown. */
export function postOutcome(
  posting: Posting,
  target: Target,
  error: unknown,
): Exclude<PostOutcome, { kind: 'posted' }> {
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
export function searchOutcome(posting: Posting, target: Target, error: unknown): SearchOutcome {
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

export function waitOutcome(
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
export function refusalForeseen(
  posting: Posting,
  target: Target,
): Exclude<PostOutcome, { kind: 'posted' }> | undefined {
  const { client } = posting
  if (client.ws.status !== Status.Ready || target.kind === 'member') return undefined
  const guild = target.guildId === undefined ? undefined : client.guilds.cache.get(target.guildId)
  if (guild?.available === false) {
    return waitOutcome(outageRetryMs, 'guild-away', { words: 'outcome.guild-away' })
  }
  const missing = missingIn(posting, target)
  const code = codeOf(missing) ?? (lacksTag(posting, target) ? 40067 : undefined)
  return code === undefined ? undefined : refusedOutcome(posting, target, outcomeOf(code, 403), String(code))
}

/** What Discord would say. */
function codeOf(missing: readonly string[]): number | undefined {
  if (missing.length === 0) return undefined
  if (missing.includes('ViewChannel')) return 50001
  return missing.includes('ManageThreads') ? 160005 : 50013
}

function lacksTag({ client }: Posting, target: Target): boolean {
  if (target.kind !== 'forum') return false
  const forum = forumFactsOf(client.channels.cache.get(target.channelId))
  return forum?.requiresTag === true && tagsThere(forum, target.tagIds).length === 0
}

function missingIn({ client }: Posting, target: Target): readonly string[] {
  if (target.kind === 'member') return []
  const channel = client.channels.cache.get(target.channelId)
  return channel === undefined || channel.isDMBased() ? [] : pickedChannel(channel).missing
}

/**
 * Why looking at the channel would tell nothing. Without the right to read the past Discord shows an empty one and no refusal, so the
 * right has to be known. Throws what asking for an unknown channel threw.
 */
export async function whyUnseen(
  { client }: Posting,
  channelId: ChannelId,
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
