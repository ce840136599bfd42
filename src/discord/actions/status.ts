/** What a server's owner wants to know at a glance: gathered from the ledger, the health of sources, and what came in. */
import type { Instant } from '../../article/article.ts'
import { countByDay, lastDays } from '../../digest/civil-days.ts'
import type { Digest, DigestId } from '../../digest/definition.ts'
import { sourceIdOf, sourceName, sourcesIn } from '../../digest/own-sources.ts'
import type { Place } from '../../digest/place.ts'
import type { StoriesPerDay } from '../../digest/stories-per-day.ts'
import type { Context } from '../context.ts'
import type { View } from '../views/layout.ts'
import { type FeedsStatus, type SubscriptionStatus, statusView } from '../views/status-view.ts'
import { guildOf } from './problem.ts'
import { serverZone } from './setup-draft.ts'

const chartDays = 14

export async function showStatus(context: Context): Promise<View> {
  const { library, subscriptions, guildDigests, drawChart, about, now, say, mention } = context
  const guildId = guildOf(context)
  const posted = await subscriptions.ofGuild(guildId)
  const own = await guildDigests.list(guildId)
  const ids = new Set([...posted.map(({ digestId }) => digestId), ...own.map(({ id }) => id)])
  const digests = (await library.digests(guildId)).filter(({ id }) => ids.has(id))
  const zone =
    serverZone(await context.guilds.settings(guildId), context) ?? posted[0]?.schedule.zone ?? 'UTC'
  const chart = await chartOf(digests, zone, context)
  const drawing = drawChart(chart)
  const status = {
    subscriptions: await subscriptionsOf(digests, context),
    feeds: await feedsOf(digests, now, context),
    chart,
    drawn: await drawing,
    about,
  }
  const mentions = {
    setup: mention('digest setup'),
    list: mention('digest list'),
    feeds: mention('feed list'),
  }
  return statusView(status, now, say, mentions)
}

/** Those that fail first, then the next to come. */
async function subscriptionsOf(
  digests: readonly Digest[],
  context: Context,
): Promise<readonly SubscriptionStatus[]> {
  const { subscriptions, status, health, channel } = context
  const guildId = guildOf(context)
  const last = await status.lastDeliveries(guildId)
  const unpublished = await status.unpublished(guildId)
  const failing = new Map((await health(guildId)).map((each) => [each.subscriptionId, each]))
  const titles = new Map<DigestId, string>(digests.map(({ id, title }) => [id, title]))
  const all = await Promise.all(
    (await subscriptions.ofGuild(guildId)).map(async (subscription) => ({
      subscription,
      title: titles.get(subscription.digestId) ?? subscription.digestId,
      last: last.get(subscription.id),
      failing: failing.get(subscription.id),
      unpublished: isCrossposted(subscription.place) ? unpublished.get(subscription.id) : undefined,
      channel: await channel(subscription.channelId),
    })),
  )
  const rank = ({ failing, unpublished }: (typeof all)[number]) =>
    (failing ?? unpublished) === undefined ? 1 : 0
  return all.toSorted((a, b) => rank(a) - rank(b))
}

function isCrossposted(place: Place | undefined): boolean {
  return place?.kind === 'announcement' && place.isCrossposted
}

async function feedsOf(digests: readonly Digest[], now: Instant, context: Context): Promise<FeedsStatus> {
  const sources = new Map(digests.flatMap(sourcesIn).map((source) => [sourceIdOf(source), source]))
  const healths = await context.sourceHealths.of([...sources.keys()], now)
  const failing = [...sources].flatMap(([id, source]) => {
    const health = healths.get(id)
    if (health?.trouble === undefined) return []
    return [{ name: sourceName(source), address: health.address, ...health.trouble }]
  })
  return { well: sources.size - failing.length, failing: failing.toSorted((a, b) => a.since - b.since) }
}

/** Stories by the day on which their first article was seen, in the calendar of the server. */
async function chartOf(digests: readonly Digest[], zone: string, context: Context): Promise<StoriesPerDay> {
  const { status, now, say } = context
  const days = lastDays(now, zone, chartDays)
  const seen = await status.seen(
    digests.map(({ id }) => id),
    days[0]?.from ?? now,
  )
  const stories = countByDay(days, seen.stories)
  const articles = countByDay(days, seen.articles)
  return {
    days: days.map(({ day }, at) => ({ day, stories: stories[at] ?? 0, articles: articles[at] ?? 0 })),
    today: days.at(-1)?.day ?? '',
    locale: say.locale,
    words: {
      title: say('chart.title'),
      stories: say('chart.word.stories'),
      today: say('chart.word.today'),
      articles: say('chart.word.articles'),
      none: say('chart.word.none'),
    },
  }
}
