/** The gateway's address, the bot itself, its application, and its DM channels. */
import { z } from 'zod'
import { done, ok, type Route, route } from '../call.ts'
import { snowflake } from '../form.ts'
import {
  guildChannels,
  wireApplication,
  wireGuild,
  wireGuildEmojis,
  wireMember,
  wireMyGuild,
  wireRole,
} from '../objects.ts'
import { guildPermissions } from '../permissions.ts'
import { invalidForm, refusal } from '../refusal.ts'
import { directMessageChannel } from '../seed.ts'
import { countQuery, guildOf, param } from './find.ts'

/** As far as the stand-in keeps any of it. */
const applicationForm = z.object({ interactions_endpoint_url: z.string().nullish() })

export const basicRoutes: readonly Route[] = [
  route('GET', '/gateway', 'get_gateway', (_call, { gatewayAddress }) => ok({ url: gatewayAddress() })),
  route('GET', '/gateway/bot', 'get_bot_gateway', (_call, { gateway, gatewayAddress, realm }) =>
    ok({
      url: gatewayAddress(),
      shards: Math.max(1, Math.ceil(realm.guilds.size / 1000)),
      session_start_limit: {
        total: 1000,
        remaining: gateway.identifiesLeft(),
        reset_after: 86_400_000,
        max_concurrency: gateway.maxConcurrency,
      },
    }),
  ),
  route('GET', '/users/@me', 'get_my_user', (_call, { realm }) =>
    ok({ ...realm.bot, mfa_enabled: false, locale: 'en-US', verified: true, email: null }),
  ),
  route('GET', '/users/{user_id}', 'get_user', (call, { realm }) => {
    const user = realm.users.get(param(call, 'user_id'))
    if (user === undefined) throw refusal(10013)
    return ok(user)
  }),
  route('GET', '/applications/@me', 'get_my_application', (_call, { realm, approximateGuildCount }) =>
    ok(wireApplication(realm, approximateGuildCount)),
  ),
  route(
    'PATCH',
    '/applications/@me',
    'update_my_application',
    async (call, { realm, endpoint, approximateGuildCount }) => {
      const { interactions_endpoint_url: url } = call.form(applicationForm)
      const problem = url === undefined ? undefined : await endpoint.set(url)
      if (problem === undefined) return ok(wireApplication(realm, approximateGuildCount))
      const code = 'APPLICATION_INTERACTIONS_ENDPOINT_URL_INVALID'
      throw invalidForm([{ path: ['interactions_endpoint_url'], code, message: problem }])
    },
  ),
  route(
    'GET',
    '/oauth2/applications/@me',
    'get_my_oauth2_application',
    (_call, { realm, approximateGuildCount }) => ok(wireApplication(realm, approximateGuildCount)),
  ),
  route('GET', '/applications/{application_id}/emojis', 'list_application_emojis', () => ok({ items: [] })),
  route('POST', '/users/@me/channels', 'create_dm', (call, { realm }) => {
    const { recipient_id } = call.form(z.object({ recipient_id: snowflake }))
    const user = realm.users.get(recipient_id)
    if (user === undefined) throw refusal(10013)
    if (user.id === realm.bot.id) throw refusal(50007)
    return ok(directMessageChannel(realm, user).wire)
  }),
  route('GET', '/users/@me/guilds', 'list_my_guilds', (_call, { realm }) =>
    ok([...realm.guilds.values()].map((guild) => wireMyGuild(realm, guild))),
  ),
  route('DELETE', '/users/@me/guilds/{guild_id}', 'leave_guild', (call, { realm }) => {
    const guild = guildOf(realm, call)
    realm.guilds.delete(guild.id)
    realm.publish({ kind: 'guild.removed', guildId: guild.id })
    return done
  }),
  route('GET', '/guilds/{guild_id}', 'get_guild', (call, { realm }) => {
    const guild = guildOf(realm, call)
    const counts = { approximate_member_count: guild.members.length, approximate_presence_count: 1 }
    return ok({ ...wireGuild(guild), ...(call.query.get('with_counts') === 'true' ? counts : {}) })
  }),
  route('GET', '/guilds/{guild_id}/channels', 'list_guild_channels', (call, { realm }) =>
    ok(guildChannels(realm, guildOf(realm, call)).map((channel) => channel.wire)),
  ),
  route('GET', '/guilds/{guild_id}/roles', 'list_guild_roles', (call, { realm }) =>
    ok(guildOf(realm, call).roles.map(wireRole)),
  ),
  route('GET', '/guilds/{guild_id}/roles/{role_id}', 'get_guild_role', (call, { realm }) => {
    const role = guildOf(realm, call).roles.find((one) => one.id === param(call, 'role_id'))
    if (role === undefined) throw refusal(10011)
    return ok(wireRole(role))
  }),
  route('GET', '/guilds/{guild_id}/emojis', 'list_guild_emojis', (call, { realm }) =>
    ok(wireGuildEmojis(guildOf(realm, call))),
  ),
  route('GET', '/guilds/{guild_id}/members', 'list_guild_members', (call, { realm }) =>
    ok(
      guildOf(realm, call)
        .members.slice(0, countQuery(call, 'limit', 1, 1000))
        .map(wireMember),
    ),
  ),
  route('GET', '/guilds/{guild_id}/members/{user_id}', 'get_guild_member', (call, { realm }) => {
    const member = guildOf(realm, call).members.find((one) => one.user.id === param(call, 'user_id'))
    if (member === undefined) throw refusal(10007)
    return ok(wireMember(member))
  }),
  route('GET', '/users/@me/guilds/{guild_id}/member', 'get_my_guild_member', (call, { realm }) => {
    const guild = guildOf(realm, call)
    const member = guild.members.find((one) => one.user.id === realm.bot.id)
    if (member === undefined) throw refusal(10007)
    return ok({ ...wireMember(member), permissions: String(guildPermissions(guild, realm.bot.id)) })
  }),
]
