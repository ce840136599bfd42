/** What is posted on a server, each in a line with what is in the way of it, and the menu that leads to one of them. */
import type { Instant } from '../../article/article.ts'
import type { Digest } from '../../digest/definition.ts'
import type { Health, Subscription } from '../../digest/ledger.ts'
import { nextSlots } from '../../digest/schedule.ts'
import { sayHours, sayTimes } from '../../digest/schedule-words.ts'
import type { PickedChannel } from '../context.ts'
import type { Say } from '../text/say.ts'
import { cut, foreign, label } from './foreign.ts'
import { button, container, menu, row, text, type View } from './layout.ts'
import { limits } from './limits.ts'
import { sayMissing, sayRefusal } from './permission-words.ts'
import { lacksTag } from './place-menus.ts'
import { timestamp } from './time.ts'

/** A subscription with all that is told of it. */
export interface Posted {
  readonly subscription: Subscription
  /** The title of its digest; foreign. */
  readonly title: string
  readonly health: Health | undefined
  /** Undefined where the bot does not see the channel. */
  readonly channel: PickedChannel | undefined
}

export interface DigestList {
  readonly posted: readonly Posted[]
  /** Digests that the server made and that are posted nowhere. */
  readonly idle: readonly Digest[]
  readonly page: number
}

/** So many are within the limits of a message, whatever they say. */
const perPage = 6
const longestTimes = 130

export function digestListView({ posted, idle, page }: DigestList, now: Instant, say: Say): View {
  const entries = [
    ...posted.map((each) => ({ line: postedLine(each, now, say), option: postedOption(each, say) })),
    ...idle.map((each) => ({ line: idleLine(each, say), option: idleOption(each, say) })),
  ]
  const pages = Math.max(1, Math.ceil(entries.length / perPage))
  const at = Math.min(page, pages - 1)
  const shown = entries.slice(at * perPage, (at + 1) * perPage)
  return {
    components: [
      container([
        text(`## ${say('list.title')}`),
        ...shown.map(({ line }) => text(line)),
        menu(
          { do: 'digest-pick', page: at },
          say('list.pick'),
          shown.map(({ option }) => option),
        ),
        ...(pages > 1 ? [turn(at, pages, say)] : []),
      ]),
    ],
  }
}

function turn(at: number, pages: number, say: Say) {
  return row(
    button(say('button.previous'), { do: 'digest-list', page: Math.max(0, at - 1) }, { disabled: at === 0 }),
    button(say('button.next'), { do: 'digest-list', page: at + 1 }, { disabled: at === pages - 1 }),
  )
}

function postedLine(posted: Posted, now: Instant, say: Say): string {
  const { subscription, title } = posted
  const facts = {
    title: foreign(title, 80),
    channel: `<#${subscription.channelId}>`,
    schedule: cut(sayTimes(subscription.schedule, say.locale), longestTimes),
  }
  return `${say('list.line', facts)}\n-# ${sayHindrance(posted, say) ?? sayNext(subscription, now, say)}`
}

function idleLine({ title }: Digest, say: Say): string {
  return `${say('list.idle', { title: foreign(title, 80) })}\n-# ${say('list.idleAbout')}`
}

function postedOption({ subscription, title, channel }: Posted, say: Say) {
  return {
    label: label(nameOf(title, channel, say), limits.optionLabel),
    value: subscription.id,
    description: label(sayHours(subscription.schedule, say.locale), limits.optionDescription),
  }
}

function idleOption({ id, title }: Digest, say: Say) {
  return {
    label: label(title, limits.optionLabel),
    value: id,
    description: label(say('setup.ownDigest'), limits.optionDescription),
  }
}

/** "Morgenblatt in #news", for places without markup; foreign. */
export function nameOf(title: string, channel: PickedChannel | undefined, say: Say): string {
  return say('list.name', { title, channel: channel?.name === undefined ? '#?' : `#${channel.name}` })
}

/** Why nothing comes, and what to do; undefined where all is well. */
export function sayHindrance({ subscription, health, channel }: Posted, say: Say): string | undefined {
  if (subscription.pausedAt !== undefined) {
    return say('state.paused', { since: timestamp(subscription.pausedAt, 'R') })
  }
  if (health !== undefined) {
    const since = timestamp(health.failingSince, 'R')
    const reason = sayRefusal(health, channel?.missing ?? [], say)
    return `⚠️ ${say('state.failing', { since, reason })}`
  }
  const missing = sayInTheWay({ subscription, channel }, say)
  return missing === undefined ? undefined : `⚠️ ${missing}`
}

/** What is lacking in its channel. A thread that is archived is not seen, and opens by being written in. */
export function sayInTheWay(
  { subscription, channel }: Pick<Posted, 'subscription' | 'channel'>,
  say: Say,
): string | undefined {
  if (channel !== undefined) {
    return (
      sayMissing(channel, say) ??
      (lacksTag(subscription.place, channel) ? say('outcome.tag-required') : undefined)
    )
  }
  return subscription.place?.kind === 'thread' ? undefined : say('state.unseen')
}

function sayNext({ schedule }: Subscription, now: Instant, say: Say): string {
  const [next] = nextSlots(schedule, now, 1)
  return next === undefined ? say('state.never') : say('state.next', { next: timestamp(next, 'f') })
}
