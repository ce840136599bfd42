/** `/settings`: what holds for all digests of a server. Schedules that stand keep the zone they were made with. */
import type { GuildChange } from '../../digest/guild.ts'
import type { RoleId } from '../../digest/ledger.ts'
import { UserError } from '../../errors.ts'
import type { Context, Given } from '../context.ts'
import { languageOf, spokenLanguages } from '../text/languages.ts'
import { readTypedZone } from '../typed-times.ts'
import type { FormView } from '../views/form.ts'
import type { View } from '../views/layout.ts'
import { noLanguage, settingsView, zoneForm } from '../views/settings-view.ts'
import { guildOf, sentenceOf } from './problem.ts'
import { written } from './setup.ts'
import { serverZone } from './setup-draft.ts'

export async function showSettings(context: Context, note?: string): Promise<View> {
  const { guilds, role, say, mention } = context
  const settings = await guilds.settings(guildOf(context))
  return settingsView(
    {
      settings,
      defaults: { language: languageOf({}, context), zone: serverZone({}, context) },
      role: settings.roleId === undefined ? undefined : await role(settings.roleId),
      mention,
      ...(note === undefined ? {} : { note }),
    },
    say,
  )
}

/** Errors: `UserError` for a zone that cannot be read, or a role that means everybody. */
export async function changeSettings(
  wanted: {
    readonly language?: string | undefined
    readonly zone?: string | undefined
    readonly roleId?: RoleId | undefined
  },
  context: Context,
): Promise<View> {
  const { language, zone, roleId } = wanted
  if (roleId !== undefined && (await context.role(roleId))?.isEveryone === true) {
    throw new UserError('role-everyone', 'A digest does not mention everybody. Choose another role.')
  }
  return apply(
    {
      ...(language === undefined ? {} : { language: spokenLanguages.includes(language) ? language : null }),
      ...(zone === undefined ? {} : { zone: await zoneOf(zone, context) }),
      ...(roleId === undefined ? {} : { roleId }),
    },
    context,
  )
}

/** An empty name takes the zone away. */
async function zoneOf(typed: string, context: Context): Promise<string | null> {
  if (typed === '') return null
  const { zone } = await context.guilds.settings(guildOf(context))
  return readTypedZone(typed, zone ?? serverZone({}, context) ?? 'UTC', context.locale)
}

export async function chooseLanguage(context: Context & Given): Promise<View> {
  return changeSettings({ language: context.values[0] ?? noLanguage }, context)
}

/** None chosen: no digest mentions anybody. */
export async function chooseRole(context: Context & Given): Promise<View> {
  const [value] = context.values
  if (value === undefined) return apply({ roleId: null }, context)
  return changeSettings({ roleId: value as RoleId }, context).catch((error: unknown) =>
    showSettings(context, `⚠️ ${sentenceOf(error, context)}`),
  )
}

export async function openZoneForm(context: Context): Promise<FormView> {
  const { zone } = await context.guilds.settings(guildOf(context))
  return zoneForm({ do: 'settings-zone-sent' }, zone ?? serverZone({}, context), context.say)
}

export async function takeZone(context: Context & Given): Promise<View> {
  return changeSettings({ zone: written('zone', context) }, context).catch((error: unknown) =>
    showSettings(context, `⚠️ ${sentenceOf(error, context)}`),
  )
}

async function apply(change: GuildChange, context: Context): Promise<View> {
  await context.guilds.change(guildOf(context), change, context.now)
  return showSettings(context, `✓ ${context.say('edit.changed')}`)
}
