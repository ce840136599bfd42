/** How the bot stands with Discord, asked once over REST and without a gateway: its account, its settings, and what it may do in a channel. */
import { PermissionFlagsBits, PermissionsBitField, REST, RequestMethod } from 'discord.js'
import { OverwriteType } from 'discord-api-types/v10'
import { z } from 'zod'
import { messageOf } from '../errors.ts'

export type Account =
  | {
      readonly kind: 'known'
      readonly id: string
      readonly name: string
      readonly isPublic: boolean
      /** Whether it can be added to servers. */
      readonly isForServers: boolean
      readonly invite: string
      /** What Discord's clock shows, and between which instants of ours it was asked. */
      readonly time?: { readonly at: number; readonly askedAt: number; readonly answeredAt: number }
    }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unreachable'; readonly why: string }

export type ChannelState =
  | { readonly kind: 'fine'; readonly name: string }
  /** As Discord's client calls the permissions. */
  | { readonly kind: 'lacks'; readonly name: string; readonly permissions: readonly string[] }
  | { readonly kind: 'gone' }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'unknown'; readonly why: string }

export interface Inspection {
  readonly account: () => Promise<Account>
  readonly channel: (channelId: string, botId: string) => Promise<ChannelState>
}

/** What posting needs in a channel, in a thread, and in a forum; see `options/channel.ts`. */
const needed = {
  channel: ['ViewChannel', 'SendMessages', 'ReadMessageHistory'],
  thread: ['ViewChannel', 'SendMessagesInThreads', 'ReadMessageHistory'],
  forum: ['ViewChannel', 'SendMessages', 'SendMessagesInThreads', 'ReadMessageHistory'],
} as const
const invited = PermissionsBitField.resolve([...needed.forum])

const words: Readonly<Record<(typeof needed.forum)[number], string>> = {
  ViewChannel: 'View Channel',
  SendMessages: 'Send Messages',
  SendMessagesInThreads: 'Send Messages in Threads',
  ReadMessageHistory: 'Read Message History',
}

const user = z.object({ id: z.string(), username: z.string() })
const application = z.object({
  id: z.string(),
  name: z.string(),
  bot_public: z.boolean().optional(),
  integration_types_config: z.record(z.string(), z.unknown()).nullish(),
})
const bits = z.string().transform((text) => BigInt(text))
const channelShape = z.object({
  id: z.string(),
  type: z.number(),
  name: z.string().nullish(),
  guild_id: z.string().optional(),
  parent_id: z.string().nullish(),
  permission_overwrites: z
    .array(z.object({ id: z.string(), type: z.number(), allow: bits, deny: bits }))
    .optional(),
})
const guildShape = z.object({
  owner_id: z.string(),
  roles: z.array(z.object({ id: z.string(), permissions: bits })),
})
const memberShape = z.object({ roles: z.array(z.string()) })

type Channel = z.output<typeof channelShape>

export function createInspection(options: {
  readonly token: string
  readonly apiUrl: string
  readonly now: () => number
}): Inspection {
  const rest = new REST({ api: options.apiUrl, retries: 1, timeout: 15_000 }).setToken(options.token)
  const servers = new Map<string, Promise<Server>>()
  const serverOf = (guildId: string, botId: string): Promise<Server> => {
    const asked = servers.get(guildId) ?? readServer(rest, guildId, botId)
    servers.set(guildId, asked)
    return asked
  }
  return {
    account: () => readAccount(rest, options.now),
    channel: async (channelId, botId) => {
      try {
        return await readChannel(rest, channelId, botId, serverOf)
      } catch (error) {
        const code = codeOf(error)
        if (code === 10003) return { kind: 'gone' }
        if (code === 50001 || code === 10004) return { kind: 'hidden' }
        return { kind: 'unknown', why: messageOf(error) }
      }
    },
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

async function readAccount(rest: REST, now: () => number): Promise<Account> {
  try {
    const askedAt = now()
    const answer = await rest.queueRequest({ method: RequestMethod.Get, fullRoute: '/users/@me' })
    const answeredAt = now()
    const { id, username } = user.parse(await answer.json())
    const told = application.parse(await rest.get('/applications/@me'))
    const at = Date.parse(answer.headers.get('date') ?? '')
    return {
      kind: 'known',
      id,
      name: username,
      isPublic: told.bot_public !== false,
      isForServers: told.integration_types_config == null || '0' in told.integration_types_config,
      invite: `https://discord.com/oauth2/authorize?client_id=${told.id}&scope=bot+applications.commands&permissions=${invited}`,
      ...(Number.isNaN(at) ? {} : { time: { at, askedAt, answeredAt } }),
    }
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 401) return { kind: 'refused' }
    return { kind: 'unreachable', why: messageOf(error) }
  }
}

interface Server {
  readonly isOwn: boolean
  readonly roles: ReadonlySet<string>
  readonly permissions: bigint
}

async function readServer(rest: REST, guildId: string, botId: string): Promise<Server> {
  const guild = guildShape.parse(await rest.get(`/guilds/${guildId}`))
  const member = memberShape.parse(await rest.get(`/guilds/${guildId}/members/${botId}`))
  const roles = new Set([guildId, ...member.roles])
  const permissions = guild.roles.reduce(
    (sum, role) => (roles.has(role.id) ? sum | role.permissions : sum),
    0n,
  )
  return { isOwn: guild.owner_id === botId, roles, permissions }
}

const threadTypes: readonly number[] = [10, 11, 12]
const forumTypes: readonly number[] = [15, 16]

async function readChannel(
  rest: REST,
  channelId: string,
  botId: string,
  serverOf: (guildId: string, botId: string) => Promise<Server>,
): Promise<ChannelState> {
  const channel = channelShape.parse(await rest.get(`/channels/${channelId}`))
  const isThread = threadTypes.includes(channel.type)
  const parent =
    isThread && channel.parent_id
      ? channelShape.parse(await rest.get(`/channels/${channel.parent_id}`))
      : channel
  const name = channel.name ?? channelId
  if (channel.guild_id === undefined) return { kind: 'fine', name }
  const server = await serverOf(channel.guild_id, botId)
  const granted = permissionsIn(parent, channel.guild_id, server, botId)
  const wanted = isThread ? needed.thread : forumTypes.includes(channel.type) ? needed.forum : needed.channel
  const lacking = wanted.filter((each) => (granted & PermissionFlagsBits[each]) === 0n)
  return lacking.length === 0
    ? { kind: 'fine', name }
    : { kind: 'lacks', name, permissions: lacking.map((each) => words[each]) }
}

/** developers/topics/permissions, "Permission Overwrites": everyone, then roles together, then the member. */
function permissionsIn(channel: Channel, guildId: string, server: Server, botId: string): bigint {
  if (server.isOwn || (server.permissions & PermissionFlagsBits.Administrator) !== 0n)
    return PermissionsBitField.All
  const overwrites = channel.permission_overwrites ?? []
  const steps = [
    overwrites.filter(({ id }) => id === guildId),
    overwrites.filter(
      ({ id, type }) => type === OverwriteType.Role && id !== guildId && server.roles.has(id),
    ),
    overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === botId),
  ]
  return steps.reduce((granted, step) => {
    const deny = step.reduce((sum, each) => sum | each.deny, 0n)
    const allow = step.reduce((sum, each) => sum | each.allow, 0n)
    return (granted & ~deny) | allow
  }, server.permissions)
}
