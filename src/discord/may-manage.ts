/**
 * Whether a member may press what an owners' command answered with. Whoever manages the server may; beyond that the server's own Integrations
 * settings decide, as they do for the command itself: asked of Discord, for those members alone.
 *
 * A command that arrives was let through by Discord, by those same settings; it is not judged again.
 */
import {
  type APIApplicationCommandPermission,
  ApplicationCommandPermissionType,
  type Interaction,
  PermissionFlagsBits,
  Routes,
} from 'discord.js'
import { z } from 'zod'
import type { RegisteredCommands } from './registration.ts'

export async function mayUse(
  command: string,
  interaction: Interaction,
  { idOf }: Pick<RegisteredCommands, 'idOf'>,
): Promise<boolean> {
  if (interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true) return true
  if (interaction.guildId === null) return false
  const id = idOf(command)
  const ofCommand = id === undefined ? undefined : await settingOf(id, interaction)
  return ofCommand ?? (await settingOf(interaction.applicationId, interaction)) ?? false
}

const permissions = z.object({
  permissions: z.array(
    z.object({ id: z.string(), type: z.enum(ApplicationCommandPermissionType), permission: z.boolean() }),
  ),
})

/** What the server's owners set for a command, or (by the application's id) for all; undefined where they set nothing that concerns the member. */
async function settingOf(id: string, interaction: Interaction): Promise<boolean | undefined> {
  const { guildId, applicationId, client } = interaction
  if (guildId === null) return undefined
  const set = await client.rest
    .get(Routes.applicationCommandPermissions(applicationId, guildId, id))
    .then((answer) => permissions.parse(answer).permissions)
    .catch(() => [])
  return settingFor({ userId: interaction.user.id, guildId, roleIds: rolesOf(interaction) }, set)
}

/**
 * The member before their roles, roles before everyone; of several roles one that may is enough
 * (developers/interactions/application-commands, Permissions).
 */
export function settingFor(
  member: { readonly userId: string; readonly guildId: string; readonly roleIds: readonly string[] },
  set: readonly APIApplicationCommandPermission[],
): boolean | undefined {
  const ofUser = set.find(
    ({ id, type }) => type === ApplicationCommandPermissionType.User && id === member.userId,
  )
  if (ofUser !== undefined) return ofUser.permission
  const ofRoles = set.filter(({ type }) => type === ApplicationCommandPermissionType.Role)
  const own = ofRoles.filter(({ id }) => id !== member.guildId && member.roleIds.includes(id))
  if (own.length > 0) return own.some(({ permission }) => permission)
  return ofRoles.find(({ id }) => id === member.guildId)?.permission
}

function rolesOf({ member }: Interaction): readonly string[] {
  if (member === null) return []
  return Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()]
}
