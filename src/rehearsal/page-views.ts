/** Stand-in → what the page is told: plain values for one viewer, nothing that person could not see on Discord. */
import type { FaultSwitches } from './page-faults.ts'
import type { ChannelView, MessageView, PersonView, RequestView, Snapshot } from './page-protocol.ts'
import type {
  Channel,
  Guild,
  MemberHands,
  RequestRecord,
  StandIn,
  StoredMessage,
  WireMessage,
  WireUser,
} from './standin/types.ts'

const viewChannel = 1n << 10n

/** The visitor's two parts: who owns the server, and somebody who owns nothing. */
export function playableRoles(guild: Guild | undefined, me: string): Snapshot['roles'] {
  const owner = guild?.ownerId ?? me
  if (me !== owner) return { owner, member: me }
  const members = guild?.members.filter(({ user }) => user.bot !== true && user.id !== owner) ?? []
  const plainest = members.find((member) => member.roles.length === 0) ?? members[0]
  return { owner, member: plainest?.user.id ?? '800000000000000001' }
}

export interface SnapshotParts {
  readonly standIn: StandIn
  readonly guildId: string
  readonly roles: Snapshot['roles']
  readonly viewer: string
  readonly handsIn: (channel: Channel) => MemberHands
  readonly faults: FaultSwitches
  readonly clock: Snapshot['clock']
}

export function snapshotOf(parts: SnapshotParts): Snapshot {
  const { standIn, guildId, roles, viewer, faults } = parts
  const guild = standIn.world.guild(guildId)
  const channels = visibleChannels(parts)
  const offers = channels.map((channel) => parts.handsIn(channel).offered(channel.id))
  const commands = new Map(offers.flat().map((command) => [command.id, command]))
  return {
    as: viewer,
    roles,
    guildName: guild?.name ?? 'The bot is in no server',
    bot: personView(standIn.world.bot),
    people: standIn.world.users().map(personView),
    guildRoles: (guild?.roles ?? []).map(({ id, name }) => ({ id, name })),
    channels: channels.map((channel, index) =>
      channelView(
        channel,
        parts,
        (offers[index] ?? []).map((command) => command.id),
      ),
    ),
    commands: [...commands.values()],
    faults: faults.wide(),
    clock: parts.clock,
  }
}

function visibleChannels({ standIn, guildId, viewer, handsIn }: SnapshotParts): readonly Channel[] {
  const { world } = standIn
  const ofGuild = world
    .channels(guildId)
    .filter(
      (channel) =>
        channel.kind !== 'category' && (world.permissions(channel.id, viewer) & viewChannel) !== 0n,
    )
  const withThreads = ofGuild.flatMap((channel) => [channel, ...world.threads(channel.id)])
  const first = ofGuild[0]
  return first ? [...withThreads, handsIn(first).directMessages()] : withThreads
}

const shownKinds = { stage: 'voice', category: 'text' } as const

function channelView(
  channel: Channel,
  { standIn, faults }: SnapshotParts,
  offered: readonly string[],
): ChannelView {
  const { kind, wire } = channel
  const parent = channel.parentId === undefined ? undefined : standIn.world.channel(channel.parentId)
  const isPost = kind === 'thread' && parent?.kind === 'forum'
  const messages = kind === 'thread' ? standIn.world.messages(channel.id) : []
  const first = messages[0]
  return {
    id: channel.id,
    kind: kind === 'stage' || kind === 'category' ? shownKinds[kind] : kind,
    type: wire.type,
    name: kind === 'dm' ? nameOf(standIn.world.bot) : channel.name,
    ...(wire.topic ? { topic: wire.topic } : {}),
    ...(kind === 'thread' && channel.parentId !== undefined ? { parentId: channel.parentId } : {}),
    tags: isPost ? tagNames(wire.applied_tags ?? [], parent) : [],
    isArchived: wire.thread_metadata?.archived === true,
    messageCount: messages.length,
    ...(isPost && first ? { preview: firstWords(first.wire) } : {}),
    createdAt: createdAt(channel.id),
    offered,
    faults: faults.inChannel(channel.id),
  }
}

function tagNames(applied: readonly string[], forum: Channel): readonly string[] {
  return forum.tags.filter((tag) => applied.includes(tag.id)).map((tag) => tag.name)
}

/** A snowflake carries its milliseconds since 2015 above 22 low bits. */
function createdAt(id: string): number {
  return Number(BigInt(id) >> 22n) + 1_420_070_400_000
}

const previewCharacters = 180

/** Plain words: tokens such as `<t:…>` and the marks of Markdown say nothing in a preview. */
function firstWords(message: WireMessage): string {
  const texts = message.content === '' ? message.components.flatMap(textsOf) : [message.content]
  const words = texts
    .join('\n')
    .replaceAll(/<[^<>\n]{1,100}>/g, '')
    .replaceAll(/^(?:-#|#{1,3}|>)[ \t]/gm, '')
    .replaceAll(/\[([^[\]\n]{1,200})\]\([^()\n]{1,500}\)/g, '$1')
    .replaceAll(/\*\*|__|~~|\|\||`|\*/g, '')
    .replaceAll(/\s{1,200}/g, ' ')
    .trim()
  return words.length > previewCharacters ? `${words.slice(0, previewCharacters).trimEnd()}…` : words
}

function textsOf(component: WireMessage['components'][number]): readonly string[] {
  switch (component.type) {
    case 10:
      return [component.content]
    case 9:
      return component.components.map((text) => text.content)
    case 17:
      return component.components.flatMap(textsOf)
    default:
      return []
  }
}

/** `commands` holds the names of commands by the id of their interaction. */
export function messageView(message: StoredMessage, commands: ReadonlyMap<string, string>): MessageView {
  const usedCommand = commands.get(message.wire.interaction_metadata?.id ?? '')
  const { everyone, users, roles } = message.pings
  return {
    wire: message.wire,
    isEphemeral: message.ephemeralFor !== undefined,
    isLoading: message.loading,
    pings: users.length + roles.length + (everyone ? 1 : 0),
    isCrossposted: message.crossposted,
    ...(usedCommand === undefined ? {} : { usedCommand }),
  }
}

export function requestView(record: RequestRecord, number: number): RequestView {
  return {
    number,
    at: record.at,
    method: record.method,
    path: record.path,
    ...(record.status === undefined ? {} : { status: record.status }),
    ...(record.code === undefined ? {} : { code: record.code }),
    ...(record.ms === undefined ? {} : { ms: record.ms }),
    violations: record.violations.map(
      ({ operation, direction, path, message }) => `${operation} ${direction} ${path}: ${message}`,
    ),
  }
}

function nameOf(user: WireUser): string {
  return user.global_name ?? user.username
}

function personView(user: WireUser): PersonView {
  return { id: user.id, name: nameOf(user), isBot: user.bot === true }
}
