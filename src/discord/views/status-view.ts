/** How the bot is doing on a server: what is posted next and what came of the last time, its feeds, and a chart of stories per day. */
import type { Instant } from '../../article/article.ts'
import type { About, LastDelivery, Unpublished } from '../../digest/guild-status.ts'
import type { Refusal, Subscription } from '../../digest/ledger.ts'
import { nextSlots } from '../../digest/schedule.ts'
import type { SourceTrouble } from '../../digest/source-health.ts'
import { chartAlt, type StoriesPerDay } from '../../digest/stories-per-day.ts'
import type { PickedChannel } from '../context.ts'
import type { Say } from '../text/say.ts'
import { sayTrouble } from './feed-words.ts'
import { cut, foreign } from './foreign.ts'
import { container, picture, separator, text, type View } from './layout.ts'
import { limits } from './limits.ts'
import { sayMissing, sayRefusal } from './permission-words.ts'
import { timestamp } from './time.ts'

export interface SubscriptionStatus {
  readonly subscription: Subscription
  readonly title: string
  readonly last?: LastDelivery | undefined
  /** What is in the way, and since when. */
  readonly failing?: (Refusal & { readonly failingSince: Instant }) | undefined
  /** What the servers that follow the channel did not get. */
  readonly unpublished?: Unpublished | undefined
  /** Absent where the bot does not see it. */
  readonly channel?: PickedChannel | undefined
}

export interface FeedsStatus {
  readonly well: number
  readonly failing: readonly {
    readonly name: string
    readonly address: string
    readonly code: SourceTrouble
    readonly since: Instant
  }[]
}

export interface Status {
  readonly subscriptions: readonly SubscriptionStatus[]
  readonly feeds: FeedsStatus
  readonly chart: StoriesPerDay
  /** The chart as a PNG file. */
  readonly drawn?: Uint8Array | undefined
  readonly about: About
}

/** Characters for the digests, so that the rest has room. */
const digestCharacters = 2000
const mostFailingFeeds = 4
const chartName = 'stories.png'

export function statusView(status: Status, now: Instant, say: Say, mentions: Mentions): View {
  const { drawn, chart } = status
  const alt = chartAlt(chart, say)
  return {
    components: [
      container([
        text(digestsText(status.subscriptions, now, say, mentions)),
        separator,
        text(feedsText(status.feeds, say, mentions)),
        separator,
        text(`### ${say('status.stories')}\n${heldText(chart, say)}`),
        ...(drawn === undefined
          ? [text(`-# ${alt}`)]
          : [picture(`attachment://${chartName}`, cut(alt, limits.pictureDescription))]),
        text(`-# ${aboutText(status.about, say)}`),
      ]),
    ],
    ...(drawn === undefined ? {} : { files: [{ name: chartName, attachment: Buffer.from(drawn) }] }),
  }
}

/** How the commands that lead on are mentioned. */
type Mentions = {
  readonly setup: string
  readonly list: string
  readonly feeds: string
}

function digestsText(all: readonly SubscriptionStatus[], now: Instant, say: Say, mentions: Mentions): string {
  const heading = `### ${say('status.digests')}`
  if (all.length === 0) return `${heading}\n${say('subscriptions.none', { setup: mentions.setup })}`
  const shown: string[] = []
  for (const each of all) {
    const block = digestBlock(each, now, say)
    if (shown.join('\n').length + block.length > digestCharacters) break
    shown.push(block)
  }
  const more = all.length - shown.length
  return [
    heading,
    ...shown,
    ...(more === 0 ? [] : [`-# ${say('status.more', { count: more, list: mentions.list })}`]),
  ].join('\n')
}

function digestBlock(status: SubscriptionStatus, now: Instant, say: Say): string {
  const { subscription, title, last } = status
  const place = `**${foreign(title, 100)}** · <#${subscription.channelId}>`
  const warning = warningOf(status, say)
  return [
    place,
    `${nextText(subscription, now, say)}${last === undefined ? '' : ` · ${lastText(last, say)}`}`,
    ...(warning === undefined ? [] : [`⚠️ ${warning}`]),
  ].join('\n')
}

function nextText({ schedule, pausedAt }: Subscription, now: Instant, say: Say): string {
  if (pausedAt !== undefined) return say('status.paused', { since: timestamp(pausedAt, 'R') })
  const [next] = nextSlots(schedule, now, 1)
  if (next === undefined) return say('status.never')
  return say('status.next', { at: timestamp(next, 'f'), in: timestamp(next, 'R') })
}

function lastText(last: LastDelivery, say: Say): string {
  const at = timestamp(last.at, 'R')
  switch (last.kind) {
    case 'posted':
      return say(last.isUnseen ? 'status.unseen' : 'status.posted', {
        at,
        number: last.number,
        stories: last.stories,
      })
    case 'skipped':
      return say(last.why === undefined ? 'status.skipped' : `status.skipped.${last.why}`, { at })
    case 'failed':
      return say('status.failed', { at })
    case 'under-way':
      return say('status.underWay')
  }
}

/** What failed the last time, else what would fail the next time. */
function warningOf(status: SubscriptionStatus, say: Say): string | undefined {
  const { failing, unpublished, channel, subscription } = status
  if (failing !== undefined) {
    const since = timestamp(failing.failingSince, 'f')
    return `${sayRefusal(failing, channel?.missing ?? [], say)} (${say('feeds.since', { at: since })})`
  }
  const missing = channel === undefined ? undefined : sayMissing(channel, say)
  if (missing !== undefined) return missing
  if (unpublished !== undefined) {
    const { number, at } = unpublished
    return say('status.unpublished', {
      channel: `<#${subscription.channelId}>`,
      number,
      at: timestamp(at, 'R'),
    })
  }
  // A thread that is archived is not seen, and opens by being written in.
  return channel !== undefined || subscription.place?.kind === 'thread'
    ? undefined
    : say('status.channelUnseen', { channel: `<#${subscription.channelId}>` })
}

function feedsText({ well, failing }: FeedsStatus, say: Say, mentions: Mentions): string {
  const heading = `### ${say('status.feeds')}`
  if (well + failing.length === 0) return `${heading}\n${say('status.noFeeds')}`
  const shown = failing
    .slice(0, mostFailingFeeds)
    .map(
      ({ name, address, code, since }) =>
        `⚠️ **${foreign(name, 80)}** · ${say('feeds.since', { at: timestamp(since, 'f') })}\n${sayTrouble(code, address, say)}`,
    )
  const more = failing.length - shown.length
  return [
    heading,
    failing.length === 0
      ? say('status.allWell', { count: well })
      : say('status.someFail', { well, failing: failing.length }),
    ...shown,
    ...(more === 0 ? [] : [`-# ${say('status.moreFeeds', { count: more, list: mentions.feeds })}`]),
  ].join('\n')
}

function heldText({ days }: StoriesPerDay, say: Say): string {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
  return say('status.held', {
    stories: sum(days.map(({ stories }) => stories)),
    articles: sum(days.map(({ articles = 0 }) => articles)),
    days: days.length,
  })
}

function aboutText({ version, startedAt }: About, say: Say): string {
  return say('status.about', { version, node: process.versions.node, since: timestamp(startedAt, 'R') })
}
