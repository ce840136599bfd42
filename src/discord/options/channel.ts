/** A channel to post in, and what the bot lacks there. */

import { type GuildBasedChannel, PermissionFlagsBits } from 'discord.js'
import { ApplicationCommandOptionType, ChannelType } from 'discord-api-types/v10'
import type { ChannelId } from '../../digest/ledger.ts'
import type { PickedChannel } from '../context.ts'
import type { OptionKind } from './option.ts'

export const channelTypes = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
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
const neededIn: Readonly<Record<PickedChannel['kind'], readonly (keyof typeof PermissionFlagsBits)[]>> = {
  text: ['ViewChannel', 'SendMessages'],
  announcement: ['ViewChannel', 'SendMessages'],
  thread: ['ViewChannel', 'SendMessagesInThreads'],
  forum: ['ViewChannel', 'SendMessages', 'SendMessagesInThreads'],
  other: ['ViewChannel', 'SendMessages'],
}

export function pickedChannel(channel: GuildBasedChannel): PickedChannel {
  const kind = kindOf(channel.type)
  const own = channel.guild.members.me
  const granted = own === null ? null : channel.permissionsFor(own)
  return {
    id: channel.id as ChannelId,
    kind,
    name: channel.name,
    missing: granted === null ? [] : neededIn[kind].filter((each) => !granted.has(PermissionFlagsBits[each])),
  }
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
