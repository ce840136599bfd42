/** Guilds, roles, members and the application as Discord writes them, over REST and over the gateway. */
import { guildPermissions } from './permissions.ts'
import { type Realm, threadsOf } from './realm.ts'
import type { Channel, Guild, Member, Role } from './types.ts'

export function wireRole(role: Role): Record<string, unknown> {
  return {
    id: role.id,
    name: role.name,
    permissions: String(role.permissions),
    position: role.position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: role.botId !== undefined,
    mentionable: role.mentionable,
    icon: null,
    unicode_emoji: null,
    flags: 0,
    ...(role.botId === undefined ? {} : { tags: { bot_id: role.botId } }),
  }
}

export function wireMember(member: Member): Record<string, unknown> {
  return { ...wirePartialMember(member), user: member.user }
}

/** As it stands in `resolved.members`, without the user. */
export function wirePartialMember(member: Member): Record<string, unknown> {
  return {
    avatar: null,
    banner: null,
    communication_disabled_until: null,
    flags: 0,
    joined_at: member.joinedAt,
    nick: null,
    pending: false,
    premium_since: null,
    roles: member.roles,
    mute: false,
    deaf: false,
  }
}

export function wireGuildEmojis(guild: Guild): Record<string, unknown>[] {
  return guild.emojis.map((emoji) => ({
    id: emoji.id,
    name: emoji.name,
    roles: [],
    require_colons: true,
    managed: false,
    animated: false,
    available: true,
  }))
}

export function wireGuild(guild: Guild): Record<string, unknown> {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: [],
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: guild.systemChannelId ?? null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    roles: guild.roles.map(wireRole),
    default_message_notifications: 0,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: wireGuildEmojis(guild),
    stickers: [],
    incidents_data: null,
  }
}

/** GUILD_CREATE: the guild with its channels, threads and members (large guilds would be cut; these are small). */
export function gatewayGuild(realm: Realm, guild: Guild): Record<string, unknown> {
  const channels = guildChannels(realm, guild)
  return {
    ...wireGuild(guild),
    joined_at: guild.joinedAt,
    large: false,
    unavailable: false,
    member_count: guild.members.length,
    voice_states: [],
    members: guild.members.map(wireMember),
    channels: channels.map((channel) => channel.wire),
    threads: channels
      .flatMap((channel) => threadsOf(realm, channel.id))
      .filter(isActive)
      .map((thread) => thread.wire),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  }
}

export function guildChannels(realm: Realm, guild: Guild): Channel[] {
  return [...realm.channels.values()].filter(
    (channel) => channel.guildId === guild.id && channel.kind !== 'thread',
  )
}

export function isActive(thread: Channel): boolean {
  return thread.wire.thread_metadata?.archived === false
}

export function wireMyGuild(realm: Realm, guild: Guild): Record<string, unknown> {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    banner: null,
    owner: guild.ownerId === realm.bot.id,
    permissions: String(guildPermissions(guild, realm.bot.id)),
    features: [],
  }
}

export function wireApplication(
  realm: Realm,
  approximateGuildCount: number | undefined,
): Record<string, unknown> {
  const owner =
    [...realm.guilds.values()].flatMap((guild) => realm.users.get(guild.ownerId) ?? [])[0] ?? realm.bot
  return {
    id: realm.applicationId,
    name: realm.applicationName,
    icon: null,
    description: '',
    type: null,
    bot: realm.bot,
    bot_public: true,
    bot_require_code_grant: false,
    integration_types_config: { 0: {}, 1: {} },
    verify_key: realm.keys.publicKey,
    flags: 0,
    flags_new: '0',
    redirect_uris: [],
    interactions_endpoint_url: realm.endpointUrl ?? null,
    role_connections_verification_url: null,
    owner,
    approximate_guild_count: approximateGuildCount ?? realm.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: ['bot', 'applications.commands'],
  }
}
