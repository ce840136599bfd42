/**
 * INTERACTION_CREATE as a bot receives it: interactions/receiving-and-responding.mdx, Interaction Object. discord.js
 * drops interactions without `channel` or `member.permissions`, so both are always there.
 */
import type { SentOption, Where } from './command-call.ts'
import { contextOf } from './command-call.ts'
import type { Interaction } from './interactions.ts'
import { limits } from './limits.ts'
import { wireMember, wirePartialMember, wireRole } from './objects.ts'
import { directMessagePermissions } from './permissions.ts'
import { permissionsIn, type Realm } from './realm.ts'
import type { Snowflake } from './types.ts'

/** What a person did, before it becomes an interaction. */
export interface Doing extends Where {
  readonly locale: string
}

/** Who installed the app, as far as it matters here. */
export function ownersOf({ channel, user, userInstallOnly }: Where): Record<string, Snowflake> {
  if (userInstallOnly) return { 1: user.id }
  return { 0: channel.guildId ?? '0' }
}

export function interactionPayload(
  realm: Realm,
  interaction: Interaction,
  doing: Doing,
  data: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { channel, user } = doing
  const current =
    interaction.source === undefined
      ? undefined
      : realm.messages.get(channel.id)?.get(interaction.source.wire.id)
  return {
    id: interaction.id,
    application_id: realm.applicationId,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: { ...channel.wire, permissions: String(permissionsIn(realm, channel, user.id)) },
    ...placeOf(realm, doing),
    locale: doing.locale,
    entitlements: [],
    authorizing_integration_owners: interaction.owners,
    context: contextOf(realm, doing),
    attachment_size_limit: limits.request.fileBytes,
    ...(current === undefined ? {} : { message: current.wire }),
  }
}

function placeOf(realm: Realm, { channel, user, userInstallOnly }: Doing): Record<string, unknown> {
  const guild = realm.guilds.get(channel.guildId ?? '')
  const member = guild?.members.find((one) => one.user.id === user.id)
  if (guild === undefined || member === undefined) {
    return { user, app_permissions: String(directMessagePermissions) }
  }
  const appPermissions = userInstallOnly
    ? directMessagePermissions
    : permissionsIn(realm, channel, realm.bot.id)
  return {
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    guild_locale: guild.locale,
    member: { ...wireMember(member), permissions: String(permissionsIn(realm, channel, user.id)) },
    app_permissions: String(appPermissions),
  }
}

/** Users, members, roles, channels and files that ids in the options stand for. */
export function resolvedOf(
  realm: Realm,
  guildId: Snowflake | undefined,
  options: readonly SentOption[],
): Record<string, unknown> {
  const flat = (list: readonly SentOption[]): SentOption[] =>
    list.flatMap((one) => [one, ...flat(one.options ?? [])])
  const idsOf = (...types: number[]): string[] =>
    flat(options).flatMap((one) =>
      types.includes(one.type) && typeof one.value === 'string' ? [one.value] : [],
    )
  const files = idsOf(11).flatMap((id) => realm.uploads.get(id) ?? [])
  return {
    ...resolveIds(realm, guildId, { users: idsOf(6, 9), roles: idsOf(8, 9), channels: idsOf(7) }),
    ...(files.length === 0 ? {} : { attachments: Object.fromEntries(files.map((one) => [one.id, one])) }),
  }
}

/** The ids chosen in a select of users (5), roles (6), either (7) or channels (8). */
export function resolvedOfSelect(
  realm: Realm,
  guildId: Snowflake | undefined,
  type: number,
  values: readonly Snowflake[],
): Record<string, unknown> {
  return resolveIds(realm, guildId, {
    users: type === 5 || type === 7 ? values : [],
    roles: type === 6 || type === 7 ? values : [],
    channels: type === 8 ? values : [],
  })
}

interface Wanted {
  readonly users: readonly Snowflake[]
  readonly roles: readonly Snowflake[]
  readonly channels: readonly Snowflake[]
}

function resolveIds(realm: Realm, guildId: Snowflake | undefined, wanted: Wanted): Record<string, unknown> {
  const guild = realm.guilds.get(guildId ?? '')
  const users = wanted.users.flatMap((id) => realm.users.get(id) ?? [])
  const members = wanted.users.flatMap((id) => guild?.members.find((one) => one.user.id === id) ?? [])
  const roles = wanted.roles.flatMap((id) => guild?.roles.find((one) => one.id === id) ?? [])
  const channels = wanted.channels.flatMap((id) => realm.channels.get(id) ?? [])
  return {
    ...(users.length === 0 ? {} : { users: Object.fromEntries(users.map((one) => [one.id, one])) }),
    ...(members.length === 0
      ? {}
      : {
          members: Object.fromEntries(
            members.map((one) => [one.user.id, { ...wirePartialMember(one), permissions: '0' }]),
          ),
        }),
    ...(roles.length === 0 ? {} : { roles: Object.fromEntries(roles.map((one) => [one.id, wireRole(one)])) }),
    ...(channels.length === 0
      ? {}
      : {
          channels: Object.fromEntries(
            channels.map((one) => [
              one.id,
              { ...one.wire, permissions: String(permissionsIn(realm, one, realm.bot.id)) },
            ]),
          ),
        }),
  }
}
