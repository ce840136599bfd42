/** The sending side without any gateway: it posts everywhere, learns of a server only what it needs, and names what is missing. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Events, GatewayIntentBits, PermissionFlagsBits, Routes } from 'discord.js'
import type { EditionId } from '../../src/digest/edition.ts'
import type { ChannelId, GuildId, MessageId, RoleId, TagId, UserId } from '../../src/digest/ledger.ts'
import type { PostOutcome, Target } from '../../src/digest/post.ts'
import { heldServers } from '../../src/discord/held-servers.ts'
import { seenBy } from '../../src/discord/known-guild.ts'
import type { HeldServers } from '../../src/discord/known-servers.ts'
import { openLimits } from '../../src/discord/limits.ts'
import { readCommands } from '../../src/discord/registration.ts'
import { openAskingRest } from '../../src/discord/requests.ts'
import { openSending, type Sending } from '../../src/discord/sending.ts'
import { createLog } from '../../src/log.ts'
import type { StandIn } from '../../src/rehearsal/standin/types.ts'
import { openClient } from '../rehearsal/standin/client.ts'
import { beforeClose, openTestDiscord, type TestDiscordOptions } from '../support/standin.ts'

const ownerId = '100000000000000001'
const readers = '300000000000000001' as RoleId
const tag = '300000000000000002' as TagId
const heading = { title: 'Harbour Wire', language: 'en', zone: 'UTC', hasTime: false }
const message = { components: [{ type: 10, content: 'Council agrees on new bridge' }] }

const town = {
  name: 'Town',
  locale: 'de',
  ownerId,
  systemChannel: 'lounge',
  roles: [{ id: readers, name: 'readers', mentionable: true }],
  channels: [
    { name: 'news' },
    { name: 'lounge' },
    { name: 'wire', kind: 'announcement' as const },
    { name: 'board', kind: 'forum' as const, tags: [{ id: tag, name: 'Digest' }], requireTag: true },
  ],
}

interface Stage {
  readonly discord: StandIn
  readonly sending: Sending
  readonly guildId: GuildId
  readonly idOf: (name: string) => ChannelId
  readonly post: (target: Target, roleId?: RoleId) => Promise<PostOutcome>
  /** Requests since it was asked last, as `GET /guilds/{guild_id}`. */
  readonly asked: () => readonly string[]
}

async function open(t: TestContext, options: TestDiscordOptions = {}): Promise<Stage> {
  return openOn(await openTestDiscord(t, { guilds: [town], ...options }))
}

async function openOn(discord: StandIn, held?: HeldServers): Promise<Stage> {
  const limits = openLimits({ log: createLog({ level: 'silent' }) })
  const gateway = held === undefined ? undefined : { held }
  const sending = await openSending({ token: 'test-token', apiUrl: discord.api, limits, gateway })
  beforeClose(discord, sending.close)
  let seen = discord.requests.length
  let nonce = 0
  return {
    discord,
    sending,
    guildId: (discord.world.guilds()[0]?.id ?? '') as GuildId,
    idOf: (name) => discord.world.channelNamed(name).id as ChannelId,
    post: (target, roleId) => {
      nonce += 1
      const noise = roleId === undefined ? {} : { noise: { kind: 'role', roleId } as const }
      const cutOff = new AbortController().signal
      return sending.poster.post(target, message, { nonce: `n${nonce}`, cutOff, ...noise })
    },
    asked: () => {
      const news = discord.requests.slice(seen)
      seen = discord.requests.length
      return news.map(({ method, path }) => `${method} ${path.replace(/\d{9,}/g, 'id')}`)
    },
  }
}

test('it posts in every kind of place, and asks about none of them', async (t) => {
  const { discord, sending, guildId, idOf, post, asked } = await open(t)
  assert.equal(discord.gatewaySessions.length, 0)
  const text = await post({ kind: 'channel', guildId, channelId: idOf('news') })
  const announced = await post({ kind: 'channel', guildId, channelId: idOf('wire') })
  const forum = await post({ kind: 'forum', guildId, channelId: idOf('board'), tagIds: [tag], heading })
  const direct = await post({ kind: 'member', userId: ownerId as UserId })
  assert.ok(forum.kind === 'posted' && announced.kind === 'posted')
  assert.equal((await post({ kind: 'channel', guildId, channelId: forum.channelId })).kind, 'posted')
  const cutOff = new AbortController().signal
  assert.deepEqual(await sending.poster.crosspost(announced, cutOff), { kind: 'done' })
  const deleted = { ...announced, messageId: '100000000000000000' as MessageId }
  assert.deepEqual(await sending.poster.crosspost(deleted, cutOff), { kind: 'done' })
  assert.deepEqual(await sending.editor.edit(forum, message, { cutOff }), { kind: 'edited' })
  assert.deepEqual([text.kind, direct.kind], ['posted', 'posted'])
  assert.deepEqual(
    asked().filter((each) => each.startsWith('GET')),
    [],
  )
})

test('what is missing is named when a post was refused, and many refusals on one server are one look at it', async (t) => {
  const { discord, guildId, idOf, post, asked } = await open(t, { allowBadRequests: true })
  const lacking = PermissionFlagsBits.SendMessages | PermissionFlagsBits.SendMessagesInThreads
  discord.admin.setOverwrites(idOf('news'), [{ id: 'bot', deny: lacking }])
  discord.admin.setOverwrites(idOf('board'), [{ id: 'bot', deny: lacking }])
  discord.admin.setOverwrites(idOf('lounge'), [{ id: 'bot', deny: PermissionFlagsBits.ViewChannel }])
  const outcomes = [
    await post({ kind: 'channel', guildId, channelId: idOf('news') }),
    await post({ kind: 'forum', guildId, channelId: idOf('board'), tagIds: [tag], heading }),
    await post({ kind: 'channel', guildId, channelId: idOf('lounge') }),
  ]
  assert.deepEqual(
    outcomes.map((each) => each.kind === 'refused' && each.missing),
    [['SendMessages'], ['SendMessages', 'SendMessagesInThreads'], ['ViewChannel']],
  )
  assert.deepEqual(
    asked().filter((each) => each.startsWith('GET')),
    ['GET /guilds/id', 'GET /guilds/id/members/id', 'GET /guilds/id/channels'],
  )
})

test('a role is mentioned where it is there, which one request a server tells', async (t) => {
  const { discord, guildId, idOf, post, asked } = await open(t)
  const target = { kind: 'channel', guildId, channelId: idOf('news') } as const
  const loud = await post(target, readers)
  const quiet = await post(target, '300000000000000009' as RoleId)
  assert.equal(loud.kind === 'posted' && loud.roleId, readers)
  assert.equal(quiet.kind === 'posted' && quiet.roleId, undefined)
  assert.deepEqual(asked(), ['GET /guilds/id', 'POST /channels/id/messages', 'POST /channels/id/messages'])
  assert.equal(discord.world.messages(idOf('news')).length, 2)
})

test('a tag that is gone is left out; a forum that asks for one says so', async (t) => {
  const { guildId, idOf, post } = await open(t, { allowBadRequests: true })
  const gone = '300000000000000008' as TagId
  const place = { kind: 'forum', guildId, channelId: idOf('board'), heading } as const
  assert.equal((await post({ ...place, tagIds: [gone, tag] })).kind, 'posted')
  const refused = await post({ ...place, tagIds: [gone] })
  assert.deepEqual([refused.kind, 'code' in refused && refused.code], ['refused', '40067'])
})

test('where the past cannot be read nobody can look for what was posted', async (t) => {
  const { discord, sending, guildId, idOf } = await open(t)
  const edition = { id: 'edition1' as EditionId }
  const target = { kind: 'channel', guildId, channelId: idOf('news') } as const
  const look = () => sending.poster.findPosted(target, { edition, part: 0 }, Date.now())
  assert.deepEqual(await look(), { kind: 'absent' })
  discord.admin.setOverwrites(idOf('lounge'), [{ id: 'bot', deny: PermissionFlagsBits.ReadMessageHistory }])
  const blind = { ...target, channelId: idOf('lounge') }
  const outcome = await sending.poster.findPosted(blind, { edition, part: 0 }, Date.now())
  assert.deepEqual([outcome.kind, 'code' in outcome && outcome.code], ['cannot-look', 'no-history'])
})

test('while the gateway is away Discord itself says whether the past can be read', async (t) => {
  const discord = await openTestDiscord(t, { guilds: [town] })
  const client = await openClient(discord, { intents: [GatewayIntentBits.Guilds] })
  const { sending, guildId, idOf, asked } = await openOn(discord, heldServers(client))
  const look = async () => {
    const target = { kind: 'channel', guildId, channelId: idOf('lounge') } as const
    const edition = { id: 'edition1' as EditionId }
    const { kind } = await sending.poster.findPosted(target, { edition, part: 0 }, Date.now())
    return [kind, ...asked()]
  }
  const messages = 'GET /channels/id/messages?limit=100&after=id'
  assert.deepEqual(await look(), ['absent', messages])
  const away = once(client, Events.ShardReconnecting)
  discord.faults.gateway.refuseConnections(true)
  discord.faults.gateway.drop()
  await away
  discord.admin.setOverwrites(idOf('lounge'), [{ id: 'bot', deny: PermissionFlagsBits.ReadMessageHistory }])
  assert.deepEqual(await look(), [
    'cannot-look',
    'GET /channels/id',
    'GET /guilds/id',
    'GET /guilds/id/members/id',
  ])
  const back = once(client, Events.ShardResume)
  discord.faults.gateway.refuseConnections(false)
  await back
  assert.deepEqual(await look(), ['cannot-look'])
})

test('in an archived thread an edit opens it first, and in a locked one it is given up', async (t) => {
  const { discord, sending, guildId, idOf, post, asked } = await open(t, { allowBadRequests: true })
  const place = { kind: 'forum', guildId, channelId: idOf('board'), tagIds: [tag], heading } as const
  const edit = async (isLocked: boolean) => {
    const posted = await post(place)
    assert.ok(posted.kind === 'posted')
    discord.admin.setArchived(posted.channelId, true, isLocked)
    asked()
    const cutOff = new AbortController().signal
    const { kind } = await sending.editor.edit(posted, message, { cutOff })
    return { kind, asked: asked() }
  }
  const [editing, looking] = ['PATCH /channels/id/messages/id', 'GET /channels/id']
  const locked = await edit(true)
  assert.deepEqual([locked.kind, locked.asked.slice(0, 3)], ['gone', [editing, looking, looking]])
  assert.ok(locked.asked.every((each) => each.startsWith('GET') || each === editing))
  const archived = await edit(false)
  assert.deepEqual(archived, {
    kind: 'edited',
    asked: [editing, looking, looking, 'PATCH /channels/id', editing],
  })
})

test('commands that nobody had registered yet are found within a minute of being registered', async (t) => {
  const discord = await openTestDiscord(t)
  const limits = openLimits({ log: createLog({ level: 'silent' }) })
  const rest = openAskingRest('test-token', { apiUrl: discord.api, timeoutMs: 15_000 }, limits)
  let now = 0
  const { mention } = await readCommands(rest, discord.world.applicationId, () => now)
  const route = Routes.applicationCommands(discord.world.applicationId)
  await rest.put(route, { body: [{ name: 'digest', description: 'Digests' }] })
  now += 59_999
  assert.equal(mention('digest list'), '`/digest list`')
  assert.equal(discord.requests.length, 2, 'it is not asked again yet')
  now += 1
  assert.equal(mention('digest list'), '`/digest list`')
  assert.equal(mention('status'), '`/status`')
  const [{ id } = { id: '' }] = discord.world.commands()
  while (mention('digest list') === '`/digest list`') await pause(10)
  assert.equal(mention('digest list'), `</digest list:${id}>`)
  assert.equal(discord.requests.length, 3, 'it was asked once')
})

test('notices find the owner, the language, the name and the place for system messages', async (t) => {
  const { sending, guildId, idOf } = await open(t)
  const gone = '900000000000000001' as ChannelId
  const look = await sending.servers.see(guildId, [idOf('news'), gone])
  assert.ok(look.kind === 'seen')
  assert.deepEqual(look.server, {
    ownerId,
    systemChannelId: idOf('lounge'),
    locale: 'de',
    name: 'Town',
    channels: new Set([idOf('news')]),
  })
  assert.deepEqual(await sending.servers.see('900000000000000002' as GuildId, []), { kind: 'absent' })
})

test('a command sees the channels, threads and roles of its server, and those of no other', async (t) => {
  const { sending, guildId, idOf, post, discord } = await open(t, {
    guilds: [town, { name: 'Village', channels: [{ name: 'elsewhere' }] }],
  })
  const thread = await post({ kind: 'forum', guildId, channelId: idOf('board'), tagIds: [tag], heading })
  assert.ok(thread.kind === 'posted')
  discord.admin.setArchived(thread.channelId, true)
  discord.admin.setOverwrites(idOf('news'), [{ id: 'bot', deny: PermissionFlagsBits.SendMessages }])
  const seen = seenBy(sending.known, guildId)
  assert.equal(await seen.guildName(), 'Town')
  assert.deepEqual((await seen.channel(idOf('news')))?.missing, ['SendMessages'])
  assert.equal((await seen.channel(thread.channelId))?.kind, 'thread')
  assert.deepEqual((await seen.channel(idOf('board')))?.forum, {
    requiresTag: true,
    tags: [{ id: tag, name: 'Digest' }],
  })
  assert.equal(await seen.channel(idOf('elsewhere')), undefined)
  assert.equal(await seen.channel('900000000000000001' as ChannelId), undefined)
  assert.deepEqual(await seen.role(readers), { isEveryone: false, canBeMentioned: true })
  const nowhere = seenBy(sending.known, undefined)
  assert.deepEqual([await nowhere.guildName(), await nowhere.channel(idOf('news'))], [undefined, undefined])
})

test('a token that Discord refuses is said with its remedy', async (t) => {
  const discord = await openTestDiscord(t, { token: 'another' })
  const limits = openLimits({ log: createLog({ level: 'silent' }) })
  const opening = openSending({ token: 'test-token', apiUrl: discord.api, limits })
  await assert.rejects(opening, { name: 'UserError', code: 'token' })
})
