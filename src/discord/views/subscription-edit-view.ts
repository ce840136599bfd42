/** What can be changed about a digest in a channel: its place and times, how loud it is; and of a server's own digest the contents. */

import type { Digest } from '../../digest/definition.ts'
import type { RoleId } from '../../digest/ledger.ts'
import { sayTimes } from '../../digest/schedule-words.ts'
import type { Action } from '../custom-id.ts'
import type { Say } from '../text/say.ts'
import { sayInTheWay } from './digest-list-view.ts'
import { cut, foreign, label } from './foreign.ts'
import { choice, type FormView, form, question } from './form.ts'
import { button, container, menu, row, text, type View } from './layout.ts'
import { limits } from './limits.ts'
import { channelMenu } from './pickers.ts'
import { placeMenus } from './place-menus.ts'
import { languageQuestion } from './setup-form.ts'
import type { SubscriptionDetails } from './subscription-view.ts'
import { timesMenu } from './times-menu.ts'

/** `roleId`: the role that the server's settings name. */
export function subscriptionEditView(
  details: SubscriptionDetails,
  roleId: RoleId | undefined,
  say: Say,
): View {
  const { subscription, title, channel, isOwn, note } = details
  const { id, channelId, schedule } = subscription
  const missing = sayInTheWay(details, say)
  return {
    components: [
      container([
        text(
          [
            `## ${say('edit.title', { title: foreign(title, 100) })}`,
            say('show.where', {
              channel: `<#${channelId}>`,
              schedule: cut(sayTimes(schedule, say.locale), 250),
            }),
            ...(missing === undefined ? [] : [`⚠️ ${missing}`]),
            ...(note === undefined ? [] : [note]),
          ].join('\n'),
        ),
        text(`**${say('setup.where')}**`),
        channelMenu({ do: 'digest-channel', subscriptionId: id }, say('setup.pickChannel'), channelId),
        ...placeMenus(
          {
            posts: { do: 'digest-posts', subscriptionId: id },
            tags: { do: 'digest-tags', subscriptionId: id },
            crosspost: { do: 'digest-crosspost', subscriptionId: id },
          },
          subscription.place,
          channel,
          say,
        ),
        text(`**${say('setup.when')}**`),
        timesMenu({ do: 'digest-times', subscriptionId: id }, schedule, say),
        row(button(say('setup.otherTimes'), { do: 'digest-times-form', subscriptionId: id })),
        text(`**${say('edit.notice')}**`),
        noticeMenu(details, roleId, say),
        text(`-# ${say(isOwn ? 'edit.ownAbout' : 'edit.houseAbout')}`),
        row(
          ...(isOwn
            ? [button(say('edit.contents'), { do: 'digest-contents-form', subscriptionId: id })]
            : []),
          button(say('edit.done'), { do: 'digest-show', subscriptionId: id }, { look: 'primary' }),
        ),
      ]),
    ],
  }
}

function noticeMenu({ subscription }: SubscriptionDetails, roleId: RoleId | undefined, say: Say) {
  const { id, notice = 'usual' } = subscription
  const offered =
    roleId === undefined && notice !== 'role'
      ? (['usual', 'silent'] as const)
      : (['usual', 'silent', 'role'] as const)
  return menu(
    { do: 'digest-notice', subscriptionId: id },
    say('edit.notice'),
    offered.map((each) => ({
      label: label(say(`notice.${each}`), limits.optionLabel),
      value: each,
      description: label(say(`notice.${each}.about`), limits.optionDescription),
      default: each === notice,
    })),
  )
}

/** Title, language, size, sections and what happens on quiet days. */
export function contentsForm(action: Action, digest: Digest, say: Say): FormView {
  const sections = (['none', 'language', 'topics'] as const).filter(
    (each) => each !== 'topics' || digest.topics.length > 0,
  )
  return form(action, say('contents.title'), [
    question('title', say('setup.own.name'), { value: digest.title, maxCharacters: 100 }),
    languageQuestion(digest.language, say),
    choice(
      'size',
      say('contents.size'),
      Array.from({ length: 20 }, (_, at) => ({
        label: say('contents.stories', { count: at + 1 }),
        value: String(at + 1),
        default: at + 1 === digest.size,
      })),
    ),
    choice(
      'sections',
      say('contents.sections'),
      sections.map((each) => ({
        label: label(say(`contents.sections.${each}`), limits.optionLabel),
        value: each,
        default: each === digest.sections,
      })),
    ),
    choice(
      'quiet',
      say('contents.quiet', { below: digest.quiet.below }),
      (['post', 'say', 'skip'] as const).map((each) => ({
        label: label(say(`contents.quiet.${each}`), limits.optionLabel),
        value: each,
        default: each === digest.quiet.do,
      })),
    ),
  ])
}
