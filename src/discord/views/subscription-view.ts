/** One digest as it is posted in one channel: all that its owner may want to know of it, and everything that can be done. */
import type { APIButtonComponent } from 'discord-api-types/v10'
import type { Instant } from '../../article/article.ts'
import type { Digest, DigestDefinition } from '../../digest/definition.ts'
import type { PostedEdition } from '../../digest/delivery-report.ts'
import { type FilterRule, rulesOf } from '../../digest/filter-rule.ts'
import type { Subscription } from '../../digest/ledger.ts'
import { nextSlots } from '../../digest/schedule.ts'
import { sayTimes } from '../../digest/schedule-words.ts'
import { languageName } from '../text/language-name.ts'
import type { Say } from '../text/say.ts'
import { type Posted, sayHindrance } from './digest-list-view.ts'
import { sayRule } from './filter-words.ts'
import { cut, foreign, foreignLink } from './foreign.ts'
import { button, container, row, separator, text, type View } from './layout.ts'
import { timestamp } from './time.ts'

export interface SubscriptionDetails extends Posted {
  /** Undefined where the digest was withdrawn. */
  readonly digest: Digest | undefined
  readonly isOwn: boolean
  readonly last: PostedEdition | undefined
  /** What has just been done, or is in the way: escaped where foreign. */
  readonly note?: string
}

const shownSources = 6
const shownRules = 4
const longestTimes = 250

export function subscriptionView(details: SubscriptionDetails, now: Instant, say: Say): View {
  const { subscription, title, digest, note } = details
  const trouble = sayHindrance(details, say)
  return {
    components: [
      container([
        ...(note === undefined ? [] : [text(note)]),
        text(
          [
            `## ${foreign(title, 120)}`,
            say('show.where', {
              channel: `<#${subscription.channelId}>`,
              schedule: cut(sayTimes(subscription.schedule, say.locale), longestTimes),
            }),
            ...(trouble === undefined ? [] : [trouble]),
          ].join('\n'),
        ),
        ...(digest === undefined ? [] : [separator, text(contents(digest, say).join('\n'))]),
        text(runs(details, now, say).join('\n')),
        row(...primaryButtons(subscription, say)),
        row(
          button(say('button.edit'), { do: 'digest-edit', subscriptionId: subscription.id }),
          button(say('button.remove'), { do: 'digest-remove', subscriptionId: subscription.id }),
          button(say('button.allDigests'), { do: 'digest-list', page: 0 }),
        ),
      ]),
    ],
  }
}

function primaryButtons({ id, pausedAt }: Subscription, say: Say): readonly APIButtonComponent[] {
  return [
    button(say('setup.preview'), { do: 'digest-preview', subscriptionId: id }),
    button(say('button.postNow'), { do: 'digest-now', subscriptionId: id }),
    pausedAt === undefined
      ? button(say('button.pause'), { do: 'digest-pause', subscriptionId: id })
      : button(say('button.resume'), { do: 'digest-resume', subscriptionId: id }, { look: 'primary' }),
  ]
}

/** What a digest is made of, a fact a line. */
export function contents(digest: Digest, say: Say): readonly string[] {
  const { description, language, size, sections, quiet, filters } = digest
  const rules = rulesOf(filters)
  const filtersOf = (side: FilterRule['side']): readonly string[] => {
    const own = rules.filter((rule) => rule.side === side).map((rule) => sayRule(rule, say))
    return own.length === 0 ? [] : [`**${say(`filter.${side}`)}:** ${listed(own, shownRules, say)}`]
  }
  return [
    ...(description === undefined || description === '' ? [] : [foreign(description, 300)]),
    say('show.contents', { size, language: languageName(language.split('-')[0] ?? '', say.locale) }),
    [say(`show.sections.${sections}`), say(`show.quiet.${quiet.do}`, { below: quiet.below })].join(' '),
    `**${say('show.sources', { count: digest.sources.length })}** ${sourceNames(digest, say)}`,
    ...(rules.length === 0 ? [say('show.noFilters')] : (['exclude', 'include'] as const).flatMap(filtersOf)),
  ]
}

function sourceNames({ sources }: DigestDefinition, say: Say): string {
  return listed(
    sources.map((source) => {
      if ('folder' in source) return foreign(source.name ?? source.folder, 60)
      const address = 'feed' in source ? source.feed : source.page
      return foreignLink(source.name ?? new URL(address).hostname, address, 150)
    }),
    shownSources,
    say,
  )
}

function listed(all: readonly string[], most: number, say: Say): string {
  const shown = all.slice(0, most).join(', ')
  return all.length > most ? `${shown} ${say('show.more', { count: all.length - most })}` : shown
}

/** The last edition, and when the next ones come. */
function runs({ subscription, last }: SubscriptionDetails, now: Instant, say: Say): readonly string[] {
  const { schedule, pausedAt } = subscription
  const next = nextSlots(schedule, now, 3).map((slot) => timestamp(slot, 'f'))
  return [
    last === undefined
      ? say('show.noEdition')
      : say('show.last', { edition: editionLink(subscription, last, say) }),
    ...(pausedAt === undefined && next.length > 0 ? [say('show.next', { next: next.join(', ') })] : []),
  ]
}

/** "No. 12, 20 November 2026 07:30", leading to its first message where it is known in which channel that is. */
export function editionLink(
  { guildId, channelId, channelSince = 0 }: Subscription,
  { number, slot, postedAt, messageId, channelId: postedIn }: PostedEdition,
  say: Say,
): string {
  const name = say('show.edition', { number })
  const when = timestamp(slot, 'f')
  const place = postedIn ?? (postedAt < channelSince ? undefined : channelId)
  return messageId === undefined || place === undefined
    ? `${name}, ${when}`
    : `[${name}](https://discord.com/channels/${guildId}/${place}/${messageId}), ${when}`
}
