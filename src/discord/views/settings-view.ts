/** What a server has set for all its digests, and who may set it. */
import type { GuildSettings } from '../../digest/guild.ts'
import { sayZone } from '../../digest/schedule-words.ts'
import type { KnownRole } from '../context.ts'
import type { Action } from '../custom-id.ts'
import { languageLabel, spokenLanguages } from '../text/languages.ts'
import type { Say } from '../text/say.ts'
import { type FormView, form, question } from './form.ts'
import { button, container, menu, row, separator, text, type View } from './layout.ts'
import { roleMenu } from './pickers.ts'

/** Stands for "as the server's language on Discord". */
export const noLanguage = 'none'

export interface SettingsState {
  readonly settings: GuildSettings
  /** What holds where nothing is set. */
  readonly defaults: { readonly language: string; readonly zone: string | undefined }
  /** Undefined where no role is set, or where it is gone. */
  readonly role: KnownRole | undefined
  readonly mention: (command: string) => string
  /** What has just been done, or is in the way: escaped where foreign. */
  readonly note?: string
}

export function settingsView({ settings, defaults, role, mention, note }: SettingsState, say: Say): View {
  const { language, zone, roleId } = settings
  const zoneSaid =
    zone !== undefined
      ? sayZone(zone, say.locale)
      : defaults.zone === undefined
        ? say('settings.zone.none')
        : say('settings.zone.default', { zone: sayZone(defaults.zone, say.locale) })
  const roleProblem =
    roleId === undefined
      ? undefined
      : role === undefined
        ? say('settings.role.gone')
        : role.canBeMentioned
          ? undefined
          : say('settings.role.quiet', { role: `<@&${roleId}>` })
  return {
    components: [
      container([
        text(`## ${say('settings.title')}\n-# ${say('settings.about')}`),
        ...(note === undefined ? [] : [text(note)]),
        text(`**${say('settings.language')}**\n-# ${say('settings.language.about')}`),
        menu({ do: 'settings-language' }, say('settings.language'), [
          {
            label: say('settings.language.default', { language: languageLabel(defaults.language, say) }),
            value: noLanguage,
            default: language === undefined,
          },
          ...spokenLanguages.map((tag) => ({
            label: languageLabel(tag, say),
            value: tag,
            default: tag === language,
          })),
        ]),
        text(`**${say('settings.zone')}**\n${zoneSaid}\n-# ${say('settings.zone.about')}`),
        row(button(say('settings.zone.change'), { do: 'settings-zone-form' })),
        text(
          [
            `**${say('settings.role')}**`,
            `-# ${say('settings.role.about', { edit: mention('digest edit') })}`,
            ...(roleProblem === undefined ? [] : [`⚠️ ${roleProblem}`]),
          ].join('\n'),
        ),
        roleMenu({ do: 'settings-role' }, say('settings.role.pick'), roleId),
        separator,
        text(
          `**${say('settings.who')}**\n${say('settings.who.about', { digest: mention('digest setup'), settings: mention('settings') })}`,
        ),
      ]),
    ],
  }
}

export function zoneForm(action: Action, zone: string | undefined, say: Say): FormView {
  return form(action, say('settings.zone'), [
    question('zone', say('setup.times.zone'), {
      about: say('setup.times.zoneAbout'),
      value: zone ?? '',
      isRequired: false,
      maxCharacters: 100,
    }),
  ])
}
