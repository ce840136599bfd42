/**
 * Whether a member may press what an owners' command answered with. Whoever manages the server may; beyond that the server's own Integrations
 * settings decide, as they do for the command itself: asked of Discord, for those members alone.
 *
 * A command that arrives was let through by Discord, by those same settings; it is not judged again.
 */
import {
  type ApplicationCommandPermissions,
  ApplicationCommandPermissionType,
  type Interaction,
  PermissionFlagsBits,
} from 'discord.js'

export async function mayUse(command: string, interaction: Interaction): Promise<boolean> {
  if (interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true) return true
  if (interaction.guildId === null) return false
  const { application } = interaction.client
  const id = application.commands.cache.find(({ name }) => name === command)?.id
  const ofCommand = id === undefined ? undefined : await settingOf(id, interaction)
  return ofCommand ?? (await settingOf(application.id, interaction)) ?? false
}

/** What the server's owners set for a command, or (by the application's id) for all; undefined where they set nothing that concerns the member. */
async function settingOf(id: string, interaction: Interaction): Promise<boolean | undefined> {
  const { guildId } = interaction
  if (guildId === null) return undefined
  const set = await interaction.client.application.commands.permissions
    .fetch({ guild: guildId, command: id })
    .catch((): ApplicationCommandPermissions[] => [])
  return settingFor({ userId: interaction.user.id, guildId, roleIds: rolesOf(interaction) }, set)
}

/**
 * The member before their roles, roles before everyone; of several roles one that may is enough
 * (developers/interactions/application-commands, Permissions).
 */
export function settingFor(
  member: { readonly userId: string; readonly guildId: string; readonly roleIds: readonly string[] },
  set: readonly Pick<ApplicationCommandPermissions, 'id' | 'type' | 'permission'>[],
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
