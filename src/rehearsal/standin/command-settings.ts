/**
 * Who may use a command on a server, as its owners set it under Integrations: for a command, or for the whole application by its id.
 * interactions/application-commands.mdx, Permissions.
 */
import { ok, type Route, route } from './call.ts'
import type { Realm } from './realm.ts'
import { refusal } from './refusal.ts'
import { guildOf, param } from './routes/find.ts'
import type { CommandSetting, Guild, Snowflake } from './types.ts'

const settingTypes = { role: 1, user: 2, channel: 3 } as const

export const commandSettingRoutes: readonly Route[] = [
  route(
    'GET',
    '/applications/{application_id}/guilds/{guild_id}/commands/{command_id}/permissions',
    'get_guild_application_command_permissions',
    (call, { realm }) => {
      const guild = guildOf(realm, call)
      const id = param(call, 'command_id')
      const set = realm.commandSettings.get(settingsKey(guild.id, id))
      if (set === undefined) throw refusal(10066)
      return ok({
        id,
        application_id: realm.applicationId,
        guild_id: guild.id,
        permissions: set.map((one) => ({
          id: one.id,
          type: settingTypes[one.type],
          permission: one.permission,
        })),
      })
    },
  ),
]

export function settingsKey(guildId: Snowflake, commandId: Snowflake): string {
  return `${guildId}:${commandId}`
}

/** What the settings say of a member; undefined where they say nothing, and the command's own default holds. */
export function settingFor(
  realm: Realm,
  guild: Guild,
  commandId: Snowflake,
  userId: Snowflake,
): boolean | undefined {
  const roles = guild.members.find((one) => one.user.id === userId)?.roles ?? []
  return (
    among(realm.commandSettings.get(settingsKey(guild.id, commandId)) ?? [], guild.id, userId, roles) ??
    among(
      realm.commandSettings.get(settingsKey(guild.id, realm.applicationId)) ?? [],
      guild.id,
      userId,
      roles,
    )
  )
}

/** A person before their roles, roles before everyone; one role that may is enough. */
function among(
  set: readonly CommandSetting[],
  everyone: Snowflake,
  userId: Snowflake,
  roles: readonly Snowflake[],
): boolean | undefined {
  const ofUser = set.find((one) => one.type === 'user' && one.id === userId)
  if (ofUser !== undefined) return ofUser.permission
  const ofRoles = set.filter((one) => one.type === 'role' && roles.includes(one.id))
  if (ofRoles.length > 0) return ofRoles.some((one) => one.permission)
  return set.find((one) => one.type === 'role' && one.id === everyone)?.permission
}
