/** A channel to post in, and what the bot lacks there. */

import { ApplicationCommandOptionType, ChannelType } from 'discord-api-types/v10'
import type { ChannelId } from '../../digest/ledger.ts'
import type { PickedChannel } from '../context.ts'
import { bareChannel } from '../known-servers.ts'
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
  read: async (given, name, context) => {
    const channel = given.getChannel(name)
    if (channel === null) return undefined
    return (await context.channel(channel.id as ChannelId)) ?? bareChannel(channel)
  },
}
