/** The digests that a member has sent to them by direct message: begun, listed, ended. Nobody else reaches them. */
import type { Digest } from '../../digest/definition.ts'
import { plannedToNow } from '../../digest/due-slots.ts'
import type { Health, Subscription, SubscriptionId } from '../../digest/ledger.ts'
import { zoneOfLocale } from '../../digest/locale-zone.ts'
import { directChannelOf, mostOwnDigests, scopeOf } from '../../digest/place.ts'
import { nextSlots } from '../../digest/schedule.ts'
import { sayTimes } from '../../digest/schedule-words.ts'
import { UserError } from '../../errors.ts'
import type { Context, Given } from '../context.ts'
import { readTypedTimes } from '../typed-times.ts'
import { foreign } from '../views/foreign.ts'
import type { View } from '../views/layout.ts'
import { noteView } from '../views/list-view.ts'
import { type Mine, mineView } from '../views/mine-view.ts'
import { timestamp } from '../views/time.ts'

export interface Wanted {
  readonly digest: Digest
  readonly times: string | undefined
  readonly zone: string | undefined
}

/** Errors: `UserError` `too-many-own`, and for times that cannot be read. */
export async function subscribeSelf({ digest, times, zone }: Wanted, context: Context): Promise<View> {
  const { subscriptions, userId, say, now, locale, mention } = context
  const scope = scopeOf(userId)
  const own = await subscriptions.ofGuild(scope)
  const isNew = !own.some(({ digestId }) => digestId === digest.id)
  if (isNew && own.length >= mostOwnDigests) {
    throw new UserError('too-many-own', 'So many digests are the most.', {
      most: mostOwnDigests,
      following: mention('following'),
    })
  }
  const standing = { ...digest.schedule, zone: zoneOfLocale(locale) ?? digest.schedule.zone }
  const schedule = readTypedTimes({ times, zone }, standing, locale)
  const planned = plannedToNow(schedule, now)
  const added = await subscriptions.add({
    guildId: scope,
    channelId: directChannelOf(userId),
    digestId: digest.id,
    schedule,
    createdAt: now,
    plannedUntil: planned.until,
    plannedKey: planned.key,
    place: { kind: 'member', userId },
  })
  const title = foreign(digest.title, 120)
  const following = mention('following')
  if (added === 'exists') return noteView(say('subscribe.exists', { title, following }))
  return noteView(
    say('subscribe.done', {
      title,
      schedule: sayTimes(schedule, say.locale),
      next: nextSlots(schedule, now, 1)
        .map((slot) => timestamp(slot, 'f'))
        .join(', '),
      following,
    }),
  )
}

/** All of them fit on a page. */
export async function showMine(context: Context): Promise<View> {
  const own = await ownDigests(context)
  const { say, now, mention } = context
  if (own.length === 0) return noteView(say('mine.none', { subscribe: mention('subscribe') }))
  return mineView(own, now, say)
}

export async function stopMine(context: Context & Given): Promise<View> {
  const [value = ''] = context.values
  await context.subscriptions.remove(scopeOf(context.userId), value as SubscriptionId)
  return showMine(context)
}

export async function resumeMine(id: SubscriptionId, context: Context): Promise<View> {
  await context.subscriptions.resume(scopeOf(context.userId), id, context.now)
  return showMine(context)
}

export async function ownDigests(context: Context): Promise<readonly Mine[]> {
  const { health, library, subscriptions, userId } = context
  const scope = scopeOf(userId)
  const own = await subscriptions.ofGuild(scope)
  if (own.length === 0) return []
  const failing = new Map((await health(scope)).map((each) => [each.subscriptionId, each]))
  return Promise.all(own.map((each) => mineOf(each, failing.get(each.id), library)))
}

async function mineOf(
  subscription: Subscription,
  health: Health | undefined,
  library: Context['library'],
): Promise<Mine> {
  const digest = await library.findDigest(subscription.digestId)
  return {
    subscription,
    ...(digest === undefined ? {} : { title: digest.title }),
    ...(health === undefined ? {} : { health }),
  }
}
