/**
 * The digests that a server has posted: listed, shown, looked at before they come, posted at once, paused, removed. Every verb finds its
 * subscription among those of the server it is called on; one that is gone is said to be gone.
 */
import type { Digest, DigestId } from '../../digest/definition.ts'
import type { Health, Subscription, SubscriptionId } from '../../digest/ledger.ts'
import type { PostedNow } from '../../digest/preview.ts'
import { nextSlots } from '../../digest/schedule.ts'
import { UserError } from '../../errors.ts'
import type { Context, Given } from '../context.ts'
import { digestListView, type Posted } from '../views/digest-list-view.ts'
import { foreign } from '../views/foreign.ts'
import { button, container, row, text, type View } from '../views/layout.ts'
import { noteView } from '../views/list-view.ts'
import { previewView } from '../views/preview-view.ts'
import { removeView } from '../views/remove-view.ts'
import {
  contents,
  editionLink,
  type SubscriptionDetails,
  subscriptionView,
} from '../views/subscription-view.ts'
import { timestamp } from '../views/time.ts'
import { ownDigest } from './own-digest.ts'
import { guildOf } from './problem.ts'

export async function listDigests(page: number, context: Context): Promise<View> {
  const { subscriptions, guildDigests, say, now, mention } = context
  const guildId = guildOf(context)
  const all = await subscriptions.ofGuild(guildId)
  const own = await guildDigests.list(guildId)
  const used = new Set(all.map(({ digestId }) => digestId))
  const idle = own.filter(({ id }) => !used.has(id))
  if (all.length + idle.length === 0) {
    return noteView(say('subscriptions.none', { setup: mention('digest setup') }))
  }
  const health = healthById(await context.health(guildId))
  const posted = await Promise.all(all.map((each) => postedOf(each, health, context)))
  return digestListView({ posted, idle, page }, now, say)
}

/** A choice from the list: what is posted, or a digest of the server's own that is not. */
export async function pickDigest(context: Context & Given): Promise<View> {
  const [value = ''] = context.values
  const found = await context.subscriptions.find(guildOf(context), value as SubscriptionId)
  return found === undefined ? showOwn(value as DigestId, context) : showDigest(found.id, context)
}

export async function showDigest(id: SubscriptionId, context: Context, note?: string): Promise<View> {
  return subscriptionView(await detailsOf(id, context, note), context.now, context.say)
}

export async function previewDigest(id: SubscriptionId, context: Context): Promise<View> {
  const { say, previewEdition } = context
  const { digestId, lastEditionId } = await findSubscription(id, context)
  return previewView(
    await previewEdition(digestId, lastEditionId),
    [
      button(say('button.postNow'), { do: 'digest-now', subscriptionId: id }),
      button(say('button.back'), { do: 'digest-show', subscriptionId: id }),
    ],
    say,
  )
}

export async function postDigestNow(id: SubscriptionId, context: Context): Promise<View> {
  const subscription = await findSubscription(id, context)
  const posted = await context.postNow(subscription)
  return showDigest(id, context, sayPosted(subscription, posted, context))
}

/** What is in the way of it stands on the card. */
function sayPosted(subscription: Subscription, { isAgain, report }: PostedNow, { say }: Context): string {
  switch (report.kind) {
    case 'posted': {
      const edition = editionLink(subscription, report, say)
      return isAgain ? say('now.again', { edition }) : `✓ ${say('now.posted', { edition })}`
    }
    case 'skipped':
      return say('now.nothing')
    case 'under-way':
      return say('now.underWay')
    case 'failed':
      return `⚠️ ${say('now.failed')}`
  }
}

export async function pauseDigest(id: SubscriptionId, isPaused: boolean, context: Context): Promise<View> {
  const { subscriptions, say, now } = context
  const guildId = guildOf(context)
  const { schedule } = await findSubscription(id, context)
  if (isPaused) await subscriptions.pause(guildId, id, now)
  else await subscriptions.resume(guildId, id, now)
  const [next] = nextSlots(schedule, now, 1)
  const note = isPaused
    ? say('pause.done')
    : say('resume.done', { next: next === undefined ? '–' : timestamp(next, 'f') })
  return showDigest(id, context, note)
}

/** Asks before anything goes. */
export async function askToRemove(id: SubscriptionId, context: Context): Promise<View> {
  const { say } = context
  const { title, subscription, isOwn } = await detailsOf(id, context)
  const facts = { title: foreign(title, 100), channel: `<#${subscription.channelId}>` }
  return removeView(
    {
      question: say(isOwn ? 'remove.askOwn' : 'remove.ask', facts),
      sure: say('remove.sure'),
      yes: { do: 'digest-remove-sure', subscriptionId: id },
      no: { do: 'digest-show', subscriptionId: id },
    },
    say,
  )
}

export async function removeDigest(id: SubscriptionId, context: Context): Promise<View> {
  const { subscriptions, say } = context
  const { title, subscription } = await detailsOf(id, context)
  await subscriptions.remove(guildOf(context), id)
  const facts = { title: foreign(title, 120), channel: `<#${subscription.channelId}>` }
  return noteView(say('subscriptions.removed', facts))
}

/** A digest of the server's own, wherever it is posted. */
export async function showOwn(id: DigestId, context: Context): Promise<View> {
  const { say } = context
  const digest = await ownDigest(id, context)
  return {
    components: [
      container([
        text(`## ${foreign(digest.title, 120)}\n${contents(digest, say).join('\n')}`),
        row(
          button(say('own.post'), { do: 'setup-begin', digestId: id }, { look: 'primary' }),
          button(say('own.delete'), { do: 'own-remove', digestId: id }),
          button(say('button.allDigests'), { do: 'digest-list', page: 0 }),
        ),
      ]),
    ],
  }
}

export async function askToRemoveOwn(id: DigestId, context: Context): Promise<View> {
  const { say } = context
  const { title } = await ownDigest(id, context)
  return removeView(
    {
      question: say('own.ask', { title: foreign(title, 100) }),
      sure: say('own.delete'),
      yes: { do: 'own-remove-sure', digestId: id },
      no: { do: 'own-show', digestId: id },
    },
    say,
  )
}

/** It is posted nowhere any more; what it posted stays. */
export async function removeOwn(id: DigestId, context: Context): Promise<View> {
  const { title } = await ownDigest(id, context)
  await context.guildDigests.withdraw(guildOf(context), id, context.now)
  return noteView(context.say('own.deleted', { title: foreign(title, 100) }))
}

/** Errors: `UserError` where nothing of that id is posted on this server. */
export async function findSubscription(id: SubscriptionId, context: Context): Promise<Subscription> {
  const found = await context.subscriptions.find(guildOf(context), id)
  if (found !== undefined) return found
  throw new UserError('subscription-gone', 'That digest is no longer posted here.', {
    list: context.mention('digest list'),
  })
}

export async function detailsOf(
  id: SubscriptionId,
  context: Context,
  note?: string,
): Promise<SubscriptionDetails> {
  const guildId = guildOf(context)
  const subscription = await findSubscription(id, context)
  const posted = await postedOf(subscription, healthById(await context.health(guildId)), context)
  const digest = await context.library.findDigest(subscription.digestId)
  const own = await context.guildDigests.find(guildId, subscription.digestId)
  return {
    ...posted,
    digest,
    isOwn: own !== undefined,
    last: await context.reports.newest(id),
    ...(note === undefined ? {} : { note }),
  }
}

async function postedOf(
  subscription: Subscription,
  health: ReadonlyMap<SubscriptionId, Health>,
  { library, channel }: Context,
): Promise<Posted> {
  const digest: Digest | undefined = await library.findDigest(subscription.digestId)
  return {
    subscription,
    title: digest?.title ?? subscription.digestId,
    health: health.get(subscription.id),
    channel: await channel(subscription.channelId),
  }
}

function healthById(all: readonly Health[]): ReadonlyMap<SubscriptionId, Health> {
  return new Map(all.map((each) => [each.subscriptionId, each]))
}
