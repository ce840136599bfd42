/**
 * What a member may do in a channel: topics/permissions.mdx, Permission Overwrites and Implicit Permissions.
 * Threads take their parent's overwrites, and talking in them needs SEND_MESSAGES_IN_THREADS, which SEND_MESSAGES
 * does not imply. In a DM everything that makes sense there is allowed.
 */
import { PermissionFlagsBits as P } from 'discord-api-types/v10'
import { refusal } from './refusal.ts'
import type { Channel, Guild, Snowflake } from './types.ts'

export const allPermissions: bigint = Object.values(P).reduce((all, bit) => all | bit, 0n)

/** What a new guild gives @everyone, without the right to mention everyone. */
export const defaultEveryone: bigint =
  P.ViewChannel |
  P.SendMessages |
  P.SendMessagesInThreads |
  P.CreatePublicThreads |
  P.EmbedLinks |
  P.AttachFiles |
  P.AddReactions |
  P.UseExternalEmojis |
  P.ReadMessageHistory |
  P.UseApplicationCommands |
  P.ChangeNickname |
  P.CreateInstantInvite |
  P.Connect |
  P.Speak

export const directMessagePermissions: bigint =
  P.ViewChannel |
  P.SendMessages |
  P.EmbedLinks |
  P.AttachFiles |
  P.AddReactions |
  P.UseExternalEmojis |
  P.ReadMessageHistory |
  P.UseApplicationCommands |
  P.MentionEveryone

/** Permissions in the guild as a whole; 0n for somebody who is no member. */
export function guildPermissions(guild: Guild, userId: Snowflake): bigint {
  if (guild.ownerId === userId) return allPermissions
  const member = guild.members.find((candidate) => candidate.user.id === userId)
  if (member === undefined) return 0n
  const held = guild.roles.filter((role) => role.id === guild.id || member.roles.includes(role.id))
  const sum = held.reduce((bits, role) => bits | role.permissions, 0n)
  return (sum & P.Administrator) !== 0n ? allPermissions : sum
}

/** `carrier` is the channel itself or, for a thread, its parent: whose overwrites count. */
export function channelPermissions(guild: Guild, carrier: Channel, userId: Snowflake): bigint {
  const base = guildPermissions(guild, userId)
  if (base === 0n || (base & P.Administrator) !== 0n) return base
  const member = guild.members.find((candidate) => candidate.user.id === userId)
  const roles = member?.roles ?? []
  let bits = base
  const apply = (allow: bigint, deny: bigint): void => {
    bits = (bits & ~deny) | allow
  }
  for (const one of carrier.overwrites.filter((o) => o.id === guild.id))
    apply(BigInt(one.allow), BigInt(one.deny))
  const ofRoles = carrier.overwrites.filter((o) => o.type === 0 && o.id !== guild.id && roles.includes(o.id))
  apply(
    ofRoles.reduce((sum, o) => sum | BigInt(o.allow), 0n),
    ofRoles.reduce((sum, o) => sum | BigInt(o.deny), 0n) &
      ~ofRoles.reduce((sum, o) => sum | BigInt(o.allow), 0n),
  )
  for (const one of carrier.overwrites.filter((o) => o.type === 1 && o.id === userId)) {
    apply(BigInt(one.allow), BigInt(one.deny))
  }
  return withoutImplied(bits)
}

function withoutImplied(bits: bigint): bigint {
  if ((bits & P.ViewChannel) === 0n) return 0n
  if ((bits & P.SendMessages) !== 0n || (bits & P.SendMessagesInThreads) !== 0n) return bits
  return bits & ~(P.MentionEveryone | P.SendTTSMessages | P.AttachFiles | P.EmbedLinks)
}

/** The permission that writing in this kind of channel needs. */
export function sendPermission(channel: Channel): bigint {
  return channel.kind === 'thread' ? P.SendMessagesInThreads : P.SendMessages
}

/** Refuses with 50001 where the channel cannot even be seen, with 50013 where something else is missing. */
export function demand(held: bigint, needed: bigint): void {
  if ((held & P.ViewChannel) === 0n) throw refusal(50001)
  if ((held & needed) !== needed) throw refusal(50013)
}
