/** A channel to post in, and what the bot lacks there. */

import { type GuildBasedChannel, PermissionFlagsBits } from 'discord.js'
import { ApplicationCommandOptionType, ChannelType } from 'discord-api-types/v10'
import type { ChannelId } from '../../digest/ledger.ts'
import type { PickedChannel } from '../context.ts'
import { forumFactsOf } from './forum.ts'
import type { OptionKind } from './option.ts'

/** Media channels are forums in all but name, but Discord's OpenAPI document does not let commands ask for them. */
export const channelTypes = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
  ChannelType.GuildForum,
] as const

export const channelOption: OptionKind<PickedChannel> = {
  registered: { type: ApplicationCommandOptionType.Channel, channel_types: [...channelTypes] },
  read: async (given, name) => {
    const channel = given.getChannel(name)
    if (channel === null) return undefined
    return 'permissionsFor' in channel ? pickedChannel(channel) : bareChannel(channel)
  },
}

/** What posting needs in each kind of channel: developers/topics/permissions. */
const neededIn: Readonly<
  Record<PickedChannel['kind'] | 'locked', readonly (keyof typeof PermissionFlagsBits)[]>
> = {
  text: ['ViewChannel', 'SendMessages'],
  announcement: ['ViewChannel', 'SendMessages'],
  thread: ['ViewChannel', 'SendMessagesInThreads'],
  /** A thread that only moderators may write in. */
  locked: ['ViewChannel', 'SendMessagesInThreads', 'ManageThreads'],
  forum: ['ViewChannel', 'SendMessages', 'SendMessagesInThreads'],
  other: ['ViewChannel', 'SendMessages'],
}

export function pickedChannel(channel: GuildBasedChannel): PickedChannel {
  const kind = kindOf(channel.type)
  const own = channel.guild.members.me
  const granted = own === null ? null : channel.permissionsFor(own)
  const forum = forumFactsOf(channel)
  const lacks = (name: keyof typeof PermissionFlagsBits): boolean =>
    granted !== null && !granted.has(PermissionFlagsBits[name])
  return {
    id: channel.id as ChannelId,
    kind,
    name: channel.name,
    missing: neededIn[isLocked(channel) ? 'locked' : kind].filter(lacks),
    ...(lacks('ReadMessageHistory') ? { isBlind: true } : {}),
    ...(forum === undefined ? {} : { forum }),
  }
}

function isLocked(channel: GuildBasedChannel): boolean {
  return channel.isThread() && channel.locked === true
}

/** A channel that the client does not hold, known by what the interaction told of it. */
export function bareChannel({
  id,
  type,
}: {
  readonly id: string
  readonly type: ChannelType
}): PickedChannel {
  return { id: id as ChannelId, kind: kindOf(type), missing: [] }
}

function kindOf(type: ChannelType): PickedChannel['kind'] {
  switch (type) {
    case ChannelType.GuildText:
      return 'text'
    case ChannelType.GuildAnnouncement:
      return 'announcement'
    case ChannelType.GuildForum:
    case ChannelType.GuildMedia:
      return 'forum'
    case ChannelType.PublicThread:
    case ChannelType.PrivateThread:
    case ChannelType.AnnouncementThread:
      return 'thread'
    default:
      return 'other'
  }
}
