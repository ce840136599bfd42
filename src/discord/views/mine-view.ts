/** The digests that a member has sent to them, each with what is in its way, and the way to end one. */
import type { Instant } from '../../article/article.ts'
import type { Health, Subscription } from '../../digest/ledger.ts'
import { nextSlots } from '../../digest/schedule.ts'
import { sayTimes } from '../../digest/schedule-words.ts'
import type { Say } from '../text/say.ts'
import { cut, foreign, label } from './foreign.ts'
import { button, container, menu, section, text, type View } from './layout.ts'
import { limits } from './limits.ts'
import { sayRefusal } from './permission-words.ts'
import { timestamp } from './time.ts'

export interface Mine {
  readonly subscription: Subscription
  /** Of its digest; foreign. Absent where that was withdrawn. */
  readonly title?: string
  /** Absent while all is well. */
  readonly health?: Health
}

const longestTimes = 120

export function mineView(own: readonly Mine[], now: Instant, say: Say): View {
  return {
    components: [
      container([
        text(`## ${say('mine.title')}`),
        ...own.map((each) => entry(each, now, say)),
        menu(
          { do: 'mine-stop' },
          say('mine.stop'),
          own.map(({ subscription, title }) => ({
            label: label(title ?? say('mine.gone'), limits.optionLabel),
            value: subscription.id,
          })),
        ),
      ]),
    ],
  }
}

function entry(mine: Mine, now: Instant, say: Say) {
  const { subscription, title } = mine
  const shown = title === undefined ? say('mine.gone') : foreign(title, 80)
  const times = cut(sayTimes(subscription.schedule, say.locale), longestTimes)
  const lines = `**${shown}**: ${times}\n-# ${state(mine, now, say)}`
  return subscription.pausedAt === undefined
    ? text(lines)
    : section(lines, button(say('button.resume'), { do: 'mine-resume', subscriptionId: subscription.id }))
}

function state({ subscription, title, health }: Mine, now: Instant, say: Say): string {
  const reason = health === undefined ? undefined : sayRefusal(health, [], say)
  if (subscription.pausedAt !== undefined) {
    const since = timestamp(subscription.pausedAt, 'R')
    return reason === undefined
      ? say('state.paused', { since })
      : `⚠️ ${say('mine.paused', { since, reason })}`
  }
  if (health !== undefined && reason !== undefined) {
    return `⚠️ ${say('state.failing', { since: timestamp(health.failingSince, 'R'), reason })}`
  }
  const [next] = title === undefined ? [] : nextSlots(subscription.schedule, now, 1)
  return next === undefined ? say('state.never') : say('state.next', { next: timestamp(next, 'f') })
}
