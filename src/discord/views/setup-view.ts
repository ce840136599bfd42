/** Setting a digest up, on one card that changes in place: what, where, when, what will happen, and the button that does it. */
import type { APIComponentInContainer } from 'discord-api-types/v10'
import type { Instant } from '../../article/article.ts'
import type { Digest } from '../../digest/definition.ts'
import type { Place } from '../../digest/place.ts'
import type { Schedule } from '../../digest/schedule.ts'
import { sayTimes } from '../../digest/schedule-words.ts'
import type { PickedChannel } from '../context.ts'
import { languageName } from '../text/language-name.ts'
import type { Say } from '../text/say.ts'
import { cut, foreign, label } from './foreign.ts'
import { button, container, menu, row, separator, text, type View } from './layout.ts'
import { limits } from './limits.ts'
import { sayMissing } from './permission-words.ts'
import { channelMenu } from './pickers.ts'
import { lacksTag, placeMenus, sayAdvice } from './place-menus.ts'
import { timestamp } from './time.ts'
import { timesMenu } from './times-menu.ts'

/** What an own source holds, in short; foreign. */
export interface FoundBrief {
  readonly title: string
  readonly headlines: readonly string[]
}

/** All of it together is within the limits of a message. */
const longestTimes = 250
const longestProblem = 1000

/** What is to be mended first, said beside what it is about: escaped where foreign. */
export interface SetupProblem {
  readonly about: 'what' | 'when' | 'all'
  readonly sentence: string
}

export interface SetupState {
  readonly draft: string
  /** Those that may be chosen, the server's own first. */
  readonly digests: readonly Digest[]
  readonly own: ReadonlySet<string>
  readonly digest: Digest | undefined
  readonly channel: PickedChannel | undefined
  readonly place: Place
  readonly schedule: Schedule
  /** The next three runs. */
  readonly next: readonly Instant[]
  readonly found: readonly FoundBrief[]
  readonly problem?: SetupProblem
}

export function setupView(state: SetupState, say: Say): View {
  const { draft, digest, channel, place, schedule } = state
  const isOpen = channel !== undefined && channel.missing.length === 0
  const isReady = digest !== undefined && isOpen && !lacksTag(place, channel)
  return {
    components: [
      container([
        text(`## ${say('setup.title')}\n-# ${say('setup.about')}`),
        text(`**${say('setup.what')}**${foundLines(state.found)}`),
        ...digestMenu(state, say),
        ...problemAbout('what', state),
        row(button(say('setup.own'), { do: 'setup-own-form', draft })),
        text(`**${say('setup.where')}**`),
        channelMenu({ do: 'setup-channel', draft }, say('setup.pickChannel'), channel?.id),
        ...placeMenus(
          {
            posts: { do: 'setup-posts', draft },
            tags: { do: 'setup-tags', draft },
            crosspost: { do: 'setup-crosspost', draft },
          },
          place,
          channel,
          say,
        ),
        text(`**${say('setup.when')}**`),
        timesMenu({ do: 'setup-times', draft }, schedule, say),
        ...problemAbout('when', state),
        row(button(say('setup.otherTimes'), { do: 'setup-times-form', draft })),
        separator,
        text(outlook(state, say)),
        ...problemAbout('all', state),
        row(
          button(say('setup.post'), { do: 'setup-post', draft }, { look: 'primary', disabled: !isReady }),
          ...(channel !== undefined && channel.missing.length > 0
            ? [button(say('setup.again'), { do: 'setup', draft })]
            : []),
          button(say('setup.preview'), { do: 'setup-preview', draft }, { disabled: digest === undefined }),
          button(say('setup.cancel'), { do: 'setup-cancel', draft }),
        ),
      ]),
    ],
  }
}

function problemAbout(
  what: SetupProblem['about'],
  { problem }: SetupState,
): readonly APIComponentInContainer[] {
  return problem?.about === what ? [text(`⚠️ ${cut(problem.sentence, longestProblem)}`)] : []
}

function digestMenu(
  { draft, digests, own, digest }: SetupState,
  say: Say,
): readonly APIComponentInContainer[] {
  if (digests.length === 0) return []
  const chosenFirst = digests.toSorted((a, b) => Number(b.id === digest?.id) - Number(a.id === digest?.id))
  const offered = new Set(chosenFirst.slice(0, limits.selectOptions).map(({ id }) => id))
  return [
    menu(
      { do: 'setup-digest', draft },
      say('setup.pickDigest'),
      digests
        .filter(({ id }) => offered.has(id))
        .map(({ id, title, description }) => ({
          label: label(title, limits.optionLabel),
          value: id,
          description: label(
            own.has(id) ? say('setup.ownDigest') : (description ?? say('setup.houseDigest')),
            limits.optionDescription,
          ),
          default: id === digest?.id,
        })),
    ),
  ]
}

/** What was found at the own addresses: the name of each, and its newest headlines. */
function foundLines(found: readonly FoundBrief[]): string {
  return found
    .map(({ title, headlines }) => {
      const newest = headlines.map((headline) => `\n-# • ${foreign(headline, 95)}`)
      return `\n${foreign(title, 60)}${newest.join('')}`
    })
    .join('')
}

/** What will happen, or what is still lacking. */
function outlook({ digest, channel, place, schedule, next }: SetupState, say: Say): string {
  if (digest === undefined) return say('setup.noDigest')
  if (channel === undefined) return say('setup.noChannel')
  const missing =
    sayMissing(channel, say) ?? (lacksTag(place, channel) ? say('outcome.tag-required') : undefined)
  const advice = sayAdvice(channel, say)
  const plan = say('setup.plan', {
    title: foreign(digest.title, 120),
    channel: `<#${channel.id}>`,
    schedule: cut(sayTimes(schedule, say.locale), longestTimes),
    size: digest.size,
    language: languageName(digest.language.split('-')[0] ?? '', say.locale),
    next: next.map((slot) => timestamp(slot, 'f')).join(', '),
  })
  if (missing !== undefined) return `⚠️ ${missing}`
  return advice === undefined ? plan : `${plan}\n-# ${advice}`
}
