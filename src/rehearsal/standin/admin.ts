/** What people with rights do to a guild by hand. The bot hears of it over the gateway, as it would from Discord. */
import { settingsKey } from './command-settings.ts'
import type { Endpoint } from './endpoint.ts'
import { type Realm, removeMessage } from './realm.ts'
import { dropChannel } from './routes/channels.ts'
import { overwritesOf, plantChannel, plantGuild } from './seed.ts'
import type { Admin, Channel, Guild, Snowflake } from './types.ts'

export function createAdmin(realm: Realm, endpoint: Endpoint): Admin {
  const getGuild = (id: Snowflake): Guild => getOf(realm.guilds, id, 'guild')
  const getChannel = (id: Snowflake): Channel => getOf(realm.channels, id, 'channel')
  const putChannel = (channel: Channel): void => {
    realm.channels.set(channel.id, channel)
    realm.publish({ kind: channel.kind === 'thread' ? 'thread.updated' : 'channel.updated', channel })
  }
  return {
    addGuild(seed) {
      const guild = plantGuild(realm, seed)
      realm.publish({ kind: 'guild.added', guildId: guild.id })
      return guild
    },
    removeGuild(guildId) {
      getGuild(guildId)
      realm.guilds.delete(guildId)
      realm.publish({ kind: 'guild.removed', guildId })
    },
    setGuildAvailable(guildId, available) {
      getGuild(guildId)
      if (available) realm.unavailable.delete(guildId)
      else realm.unavailable.add(guildId)
      realm.publish(
        available ? { kind: 'guild.added', guildId } : { kind: 'guild.removed', guildId, outage: true },
      )
    },
    async setEndpoint(url) {
      const problem = await endpoint.set(url)
      if (problem !== undefined) throw new Error(problem)
    },
    addChannel(guildId, seed) {
      const channel = plantChannel(realm, getGuild(guildId), seed)
      realm.publish({ kind: 'channel.created', channel })
      return channel
    },
    deleteChannel: (channelId) => dropChannel(realm, getChannel(channelId)),
    renameChannel(channelId, name) {
      const channel = getChannel(channelId)
      putChannel({ ...channel, name, wire: { ...channel.wire, name } })
    },
    setOverwrites(channelId, seeds) {
      const channel = getChannel(channelId)
      const overwrites = overwritesOf(realm, getGuild(channel.guildId ?? ''), seeds)
      putChannel({ ...channel, overwrites, wire: { ...channel.wire, permission_overwrites: overwrites } })
    },
    setArchived(threadId, archived, locked = false) {
      const channel = getChannel(threadId)
      const metadata = channel.wire.thread_metadata
      if (metadata === undefined) throw new Error(`Channel ${threadId} is no thread.`)
      putChannel({
        ...channel,
        wire: { ...channel.wire, thread_metadata: { ...metadata, archived, locked } },
      })
    },
    setRolePermissions(guildId, roleId, permissions) {
      const guild = getGuild(guildId)
      const role = guild.roles.find((one) =>
        roleId === 'bot' ? one.botId === realm.bot.id : one.id === (roleId === 'everyone' ? guildId : roleId),
      )
      if (role === undefined) throw new Error(`The guild has no role ${roleId}.`)
      const changed = { ...role, permissions }
      realm.guilds.set(guildId, { ...guild, roles: guild.roles.map((one) => (one === role ? changed : one)) })
      realm.publish({ kind: 'guild.updated', guildId, role: changed })
    },
    setMemberRoles(guildId, userId, roles) {
      const guild = getGuild(guildId)
      const member = guild.members.find((one) => one.user.id === userId)
      if (member === undefined) throw new Error(`The guild has no member ${userId}.`)
      const changed = { ...member, roles }
      realm.guilds.set(guildId, {
        ...guild,
        members: guild.members.map((one) => (one === member ? changed : one)),
      })
      realm.publish({ kind: 'guild.updated', guildId, member: changed })
    },
    deleteMessage: (channelId, messageId) => removeMessage(realm, channelId, messageId),
    setCommandSettings(guildId, name, settings) {
      const commands = [...(realm.commands.get('')?.values() ?? [])]
      const id = name === undefined ? realm.applicationId : commands.find((one) => one.name === name)?.id
      if (id === undefined) throw new Error(`The bot has no command ${name}.`)
      realm.commandSettings.set(settingsKey(getGuild(guildId).id, id), settings)
    },
    setDirectMessages(userId, open) {
      if (open) realm.closedToDirectMessages.delete(userId)
      else realm.closedToDirectMessages.add(userId)
    },
  }
}

function getOf<T>(map: ReadonlyMap<string, T>, id: string, what: string): T {
  const value = map.get(id)
  if (value === undefined) throw new Error(`The stand-in has no ${what} ${id}.`)
  return value
}
