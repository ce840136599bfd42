/**
 * People are told of what only they can mend: claim, tell, record. Everything that waits for one person goes into one message; where they take
 * no direct messages, what concerns a server goes into its channel for system messages; what reaches nobody stands in `/status`.
 *
 * Never in a loop: a notice that was told, or could not be, is at its end. Twice at most where a process dies between telling and recording
 * and stays away for longer than Discord remembers the nonce, which is the same for the same notices.
 */
import type { Instant } from '../article/article.ts'
import type { Guilds } from '../digest/guild.ts'
import type { ChannelId, GuildId, UserId, WorkerId } from '../digest/ledger.ts'
import type {
  ClaimedNotices,
  GuildNotices,
  NoticeMessage,
  Notices,
  RenderNotices,
  SeenServer,
  Servers,
} from '../digest/notice.ts'
import type { Teller, TellOutcome } from '../digest/tell.ts'
import type { Log } from '../log.ts'
import { startRepeating } from './repeat.ts'

export interface TellingOwners {
  readonly now: () => Instant
  readonly worker: WorkerId
  readonly notices: Notices
  readonly guilds: Pick<Guilds, 'settings'>
  readonly servers: Servers
  readonly teller: Teller
  readonly render: RenderNotices
  readonly log: Log
  /** Aborted when the process is to end: nothing new is begun. */
  readonly stopping: AbortSignal
}

/** How long a claim holds: messages about many servers take their time. */
const leaseMs = 60_000
/** People told in one round, so that many failures at once do not become a flood of direct messages. */
const claimedAtOnce = 10
/** Before a message without a clear answer is sent again. */
const retryMs = 5_000
/** After so many claims without an end it stands in `/status` alone. */
const mostAttempts = 8
/** Between two looks for sources that have failed for days. */
const sourcesEveryMs = 60_000

/** Looks for what is to be told until it is stopped; a message on its way is cut off then, and sent with the same nonce after the next start. */
export function startTellingOwners(
  telling: Omit<TellingOwners, 'stopping'>,
  everyMs: number,
): { readonly stop: () => Promise<void> } {
  let lookedAt = Number.NEGATIVE_INFINITY
  const round = async (stopping: AbortSignal): Promise<void> => {
    const now = telling.now()
    if (Math.abs(now - lookedAt) >= sourcesEveryMs) {
      await telling.notices.noteSources(now)
      lookedAt = now
    }
    await tellOwners({ ...telling, stopping })
  }
  return startRepeating(everyMs, round, telling.log)
}

async function tellOwners(telling: TellingOwners): Promise<void> {
  const { notices, now, worker, stopping, teller } = telling
  if (stopping.aborted || teller.pauseMs() > 0) return
  const claimed = await notices.claim({ owner: worker, now: now(), leaseMs, limit: claimedAtOnce })
  for (const claim of claimed) {
    if (stopping.aborted) await notices.postpone(claim, now(), true)
    else await tellPerson(telling, claim)
  }
}

type SeenServers = NoticeMessage['servers']

async function tellPerson(telling: TellingOwners, claim: ClaimedNotices): Promise<void> {
  const { notices, now, log } = telling
  const [first] = claim.guilds
  if (claim.attempt > mostAttempts) {
    await notices.settle(claim, 'nobody', now())
    log.warn({ guild: first.guildId, attempt: claim.attempt }, 'notice.failed')
    return
  }
  const servers = await seen(telling, claim)
  if (servers === undefined) return
  const { person } = claim
  const userId = person.kind === 'member' ? person.userId : servers.get(first.guildId)?.ownerId
  if (userId !== undefined) {
    const message = await messageAbout(telling, servers, claim.guilds)
    const outcome = await send(telling, message, { userId, place: { kind: 'dm' } })
    if (outcome.kind !== 'closed') return record(telling, claim, outcome, 'direct')
    log.info({ guild: first.guildId, code: outcome.code }, 'notice.closed')
  }
  for (const guild of claim.guilds) if (!(await tellServer(telling, servers, claim, guild))) return
  // Servers beyond those that were claimed at length.
  await notices.settle(claim, 'nobody', now())
}

/** The servers that the notices are about. Undefined where nobody can tell now: then they wait. */
async function seen(
  { servers, notices, now }: TellingOwners,
  claim: ClaimedNotices,
): Promise<SeenServers | undefined> {
  const found = new Map<GuildId, SeenServer>()
  for (const { guildId, first } of claim.guilds) {
    const channels = first.flatMap(({ problem }) => (problem.kind === 'delivery' ? [problem.channelId] : []))
    const look = await servers.see(guildId, channels)
    if (look.kind === 'seen') found.set(guildId, look.server)
    if (look.kind === 'later') {
      await notices.postpone(claim, now() + look.afterMs, true)
      return undefined
    }
  }
  return found
}

/** False where the rest has to wait. */
async function tellServer(
  telling: TellingOwners,
  servers: SeenServers,
  claim: ClaimedNotices,
  guild: GuildNotices,
): Promise<boolean> {
  const { notices, now, log } = telling
  const { guildId } = guild
  const channelId = servers.get(guildId)?.systemChannelId
  if (channelId === undefined) {
    await notices.settle(claim, 'nobody', now(), guildId)
    log.info({ guild: guildId, notices: guild.count }, 'notice.unheard')
    return true
  }
  const message = await messageAbout(telling, servers, [guild])
  const outcome = await send(telling, message, { userId: nobody, place: { kind: 'thread', channelId } })
  if (outcome.kind === 'closed') {
    await notices.settle(claim, 'nobody', now(), guildId)
    log.info({ guild: guildId, notices: guild.count, code: outcome.code }, 'notice.unheard')
    return true
  }
  await record(telling, claim, outcome, 'server', guildId)
  return outcome.kind === 'told' || outcome.kind === 'bug'
}

/** In the language that the first server has set, else in the one that Discord says. */
async function messageAbout(
  telling: TellingOwners,
  servers: SeenServers,
  guilds: readonly [GuildNotices, ...GuildNotices[]],
): Promise<NoticeMessage> {
  const { guildId } = guilds[0]
  const { language } = await telling.guilds.settings(guildId)
  const locale = language ?? servers.get(guildId)?.locale ?? 'en'
  return { locale, guilds, servers, mention: telling.servers.mention }
}

/** A message into a channel is for nobody in particular. */
const nobody = '' as UserId

type Place = { readonly kind: 'dm' } | { readonly kind: 'thread'; readonly channelId: ChannelId }

function send(
  { teller, render, stopping }: TellingOwners,
  message: Parameters<RenderNotices>[0],
  to: { readonly userId: UserId; readonly place: Place },
): Promise<TellOutcome> {
  const first = message.guilds.flatMap(({ first }) => first)[0]
  const nonce = `${first?.id ?? message.guilds[0]?.guildId ?? ''}${to.place.kind}`.slice(0, 25)
  return teller.tell(to, render(message), { nonce, cutOff: stopping })
}

async function record(
  { notices, now, log }: TellingOwners,
  claim: ClaimedNotices,
  outcome: Exclude<TellOutcome, { kind: 'closed' }>,
  how: 'direct' | 'server',
  guildId?: GuildId,
): Promise<void> {
  const count = claim.guilds.reduce((sum, guild) => sum + guild.count, 0)
  const facts = { guild: guildId ?? claim.guilds[0].guildId, notices: count, how }
  switch (outcome.kind) {
    case 'told':
      await notices.settle(claim, how, now(), guildId)
      log.info(facts, 'notice.told')
      return
    case 'wait':
      await notices.postpone(claim, now() + Math.max(outcome.afterMs, retryMs), true)
      return
    case 'unknown':
      await notices.postpone(claim, now() + retryMs * claim.attempt, false)
      log.info({ ...facts, code: outcome.code }, 'notice.uncertain')
      return
    case 'bug':
      await notices.settle(claim, 'nobody', now(), guildId)
      log.error({ ...facts, code: outcome.code, reason: outcome.reason }, 'notice.failed')
  }
}
