/** What Discord answers and what follows from it: every row of the table, through a real REST client and the stand-in. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ChannelType, type Client } from 'discord.js'
import type { Editor } from '../../src/digest/correcting.ts'
import type { EditionId } from '../../src/digest/edition.ts'
import type { ChannelId, GuildId, RoleId } from '../../src/digest/ledger.ts'
import type { Poster, PostOutcome, Target } from '../../src/digest/post.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { createEditor } from '../../src/discord/editor.ts'
import { heldServers } from '../../src/discord/held-servers.ts'
import { createKnownServers } from '../../src/discord/knowing.ts'
import { type Outcome, outcomes } from '../../src/discord/outcomes.ts'
import { createPace, type Pace, usualPace } from '../../src/discord/pace.ts'
import type { Posting } from '../../src/discord/post-outcomes.ts'
import { createPoster } from '../../src/discord/poster.ts'
import { createRefusalBudget, type RefusalBudget } from '../../src/discord/refusal-budget.ts'
import { openPostingRest } from '../../src/discord/requests.ts'
import { sayIn } from '../../src/discord/text/say.ts'
import type { FaultEffect, StandIn } from '../../src/rehearsal/standin/types.ts'
import { openClient } from '../rehearsal/standin/client.ts'
import { openTestDiscord, type TestDiscordOptions } from '../support/standin.ts'

interface Stage {
  readonly discord: StandIn
  readonly client: Client<true>
  readonly target: Extract<Target, { kind: 'channel' }>
  readonly poster: Poster
  readonly editor: Editor
  readonly pace: Pace
  readonly budget: RefusalBudget
  /** A poster that has waited for nothing and was refused nothing. */
  readonly fresh: () => Poster
}

async function open(t: TestContext, options: TestDiscordOptions = {}): Promise<Stage> {
  const discord = await openTestDiscord(t, options)
  const client = await openClient(discord)
  const channel = discord.world.channelNamed('news')
  const make = () => {
    const posting = postingOf(discord, client, 900)
    const poster = createPoster(posting)
    return { ...posting, poster, editor: createEditor(posting, poster) }
  }
  return {
    discord,
    client,
    target: {
      kind: 'channel',
      guildId: channel.guildId as GuildId,
      channelId: channel.id as ChannelId,
    },
    ...make(),
    fresh: () => make().poster,
  }
}

function postingOf(discord: StandIn, client: Client<true>, mostRefusals: number): Posting {
  const limits = { pace: createPace(usualPace), budget: createRefusalBudget({ most: mostRefusals }) }
  const rest = openPostingRest('test-token', { apiUrl: discord.api, timeoutMs: 5000 }, limits)
  const read = (route: `/${string}`) => rest.get(route)
  const ownId = client.user.id
  const known = createKnownServers({
    gateway: heldServers(client),
    ownId,
    read: { person: read, post: read },
  })
  return { ...limits, rest, known, ownId }
}

const editionId = 'edition1' as EditionId
const message = {
  components: [
    { type: 10, content: 'Council agrees on new bridge' },
    {
      type: 1,
      components: [
        {
          type: 3,
          custom_id: customId({ do: 'edition', editionId, part: 0 }),
          options: [{ label: 'a', value: 'a' }],
        },
      ],
    },
  ],
}

function post(poster: Poster, target: Target, nonce = 'nonce'): Promise<PostOutcome> {
  return poster.post(target, message, { nonce, cutOff: new AbortController().signal })
}

function onPost(effect: FaultEffect) {
  return { method: 'POST', path: /^\/channels\/\d+\/messages$/, effect } as const
}

/** What a row of the table comes to for a delivery. */
function expected(outcome: Outcome): Partial<Record<string, unknown>> {
  switch (outcome.kind) {
    case 'retry':
      return { kind: 'unknown' }
    case 'wait':
      return { kind: 'wait', afterMs: outcome.afterMs }
    case 'stop':
      return { kind: 'refused', how: 'stop', missing: [] }
    case 'tell-owner':
      return {
        kind: 'refused',
        how: 'tell-owner',
        missing: outcome.permission === undefined ? [] : [outcome.permission],
      }
    case 'done':
    case 'bug':
      return { kind: 'refused', how: 'bug' }
  }
}

test('every code of the table means to a delivery what its row says, in words', async (t) => {
  const { discord, target, fresh } = await open(t)
  for (const [code, row] of outcomes) {
    const body = { code, message: 'as Discord says it' }
    discord.faults.inject(onPost({ kind: 'status', status: 400, body }))
    const poster = fresh()
    const outcome = await post(poster, target)
    const seen = Object.fromEntries(Object.entries(outcome).filter(([key]) => key in expected(row)))
    assert.deepEqual(seen, expected(row), `code ${code}`)
    assert.ok('reason' in outcome && outcome.reason.length > 10, `code ${code}`)
    assert.ok('code' in outcome && outcome.code === String(code), `code ${code}`)
    const holds = row.kind === 'wait' && row.who === 'everybody'
    assert.equal(poster.pauseMs() > 0, holds, `code ${code}`)
  }
})

test('every sentence of the table is said in every language, and names the permission where one is missing', () => {
  for (const locale of ['en', 'de']) {
    for (const { words } of outcomes.values()) {
      const said = sayIn(locale)(words, { permissions: '“X”' })
      assert.ok(said.length > 10 && !said.includes('{'), `${locale} ${words}: ${said}`)
      if (words === 'outcome.missing') assert.match(said, /“X”/)
    }
  }
})

const byStatus = [
  [401, { kind: 'wait', afterMs: 60_000 }],
  [403, { kind: 'refused', how: 'tell-owner' }],
  [404, { kind: 'refused', how: 'stop' }],
  [405, { kind: 'refused', how: 'bug' }],
  [408, { kind: 'unknown' }],
  [413, { kind: 'refused', how: 'bug' }],
  [500, { kind: 'unknown' }],
  [503, { kind: 'unknown' }],
] as const

test('an answer with a code that nobody knows is judged by its status', async (t) => {
  const { discord, target, fresh } = await open(t)
  for (const [status, wanted] of byStatus) {
    discord.faults.inject(onPost({ kind: 'status', status, body: { code: 999_999, message: 'new' } }))
    const outcome = await post(fresh(), target)
    assert.deepEqual(
      Object.fromEntries(Object.entries(outcome).filter(([key]) => key in wanted)),
      wanted,
      `status ${status}`,
    )
  }
})

test('after a 401 nothing is posted for a minute', async (t) => {
  const { discord, target, poster, pace } = await open(t)
  discord.faults.inject(onPost({ kind: 'status', status: 401 }))
  assert.equal((await post(poster, target)).kind, 'wait')
  assert.ok(poster.pauseMs() > 50_000)
  assert.equal((await post(poster, target)).kind, 'wait')
  assert.equal(discord.requests.filter((each) => each.method === 'POST').length, 1)
  assert.ok(pace.heldMs() > 50_000)
})

test('the token comes back after a 401', async (t) => {
  const { discord, target } = await open(t)
  const limits = { pace: createPace(usualPace), budget: createRefusalBudget({ most: 900 }) }
  const rest = openPostingRest('test-token', { apiUrl: discord.api, timeoutMs: 5000 }, limits)
  discord.faults.inject({ method: 'GET', effect: { kind: 'status', status: 401 } })
  await assert.rejects(rest.get(`/channels/${target.channelId}`))
  await new Promise((resolve) => setImmediate(resolve))
  await rest.get(`/channels/${target.channelId}`)
})

test('a global rate limit holds every post, one of a channel only its own', async (t) => {
  const { discord, target, fresh } = await open(t)
  for (const [scope, held] of [['global', true] as const, ['user', false] as const]) {
    discord.faults.inject(onPost({ kind: 'rate-limit', retryAfterMs: 30_000, scope }))
    const poster = fresh()
    const outcome = await post(poster, target)
    assert.ok(outcome.kind === 'wait' && outcome.afterMs >= 30_000 && outcome.afterMs < 32_000)
    assert.equal(poster.pauseMs() > 20_000, held)
  }
})

test('a wait of milliseconds is not rounded up to a second', async (t) => {
  const { discord, target, poster } = await open(t)
  discord.faults.inject(onPost({ kind: 'rate-limit', retryAfterMs: 80, scope: 'global' }))
  const outcome = await post(poster, target)
  assert.ok(outcome.kind === 'wait' && outcome.afterMs >= 80 && outcome.afterMs < 500)
})

test('posting pauses before the budget of refusals is spent, and a shared limit costs nothing of it', async (t) => {
  const { discord, client, target } = await open(t)
  const posting = postingOf(discord, client, 3)
  const poster = createPoster(posting)
  discord.faults.inject(onPost({ kind: 'rate-limit', retryAfterMs: 1, scope: 'shared' }))
  await post(poster, target)
  assert.equal(posting.budget.spent(), 0)
  const refusal = { kind: 'status', status: 403, body: { code: 50001, message: 'Missing Access' } } as const
  discord.faults.inject({ ...onPost(refusal), times: 100 })
  // The client itself holds a channel back for as long as its last answer said.
  const other = { ...target, channelId: '900000000000000009' as ChannelId }
  for (let at = 0; at < 3; at += 1) assert.equal((await post(poster, other)).kind, 'refused')
  assert.ok(poster.pauseMs() > 9 * 60_000)
  assert.equal((await post(poster, other)).kind, 'wait')
  assert.equal(posting.budget.spent(), 3)
})

test('what the bot sees to be impossible is not asked, and named', async (t) => {
  const { discord, client, target, poster } = await open(t)
  const seen = new Promise((resolve) => client.once('channelUpdate', resolve))
  discord.admin.setOverwrites(target.channelId, [{ id: 'bot', deny: 1n << 11n }])
  await seen
  const outcome = await post(poster, target)
  assert.ok(outcome.kind === 'refused')
  assert.deepEqual([outcome.code, outcome.missing], ['50013', ['SendMessages']])
  assert.match(outcome.reason, /I lack “Send Messages”/)
  assert.equal(discord.requests.filter((each) => each.method === 'POST').length, 0)
})

test('a server in an outage is waited for', async (t) => {
  const { discord, client, target, poster } = await open(t)
  const seen = new Promise((resolve) => client.once('guildUnavailable', resolve))
  discord.admin.setGuildAvailable(target.guildId ?? '', false)
  await seen
  const outcome = await post(poster, target)
  assert.deepEqual([outcome.kind, 'code' in outcome ? outcome.code : ''], ['wait', 'guild-away'])
})

test('a posted part is found by its marker behind hundreds of later messages, and is absent where it is not', async (t) => {
  const { discord, target, poster } = await open(t)
  const look = (part: number) => poster.findPosted(target, { edition: { id: editionId }, part }, Date.now())
  assert.deepEqual(await look(0), { kind: 'absent' })
  const outcome = await post(poster, target)
  assert.ok(outcome.kind === 'posted')
  const person = discord.member('100000000000000002')
  for (let at = 0; at < 250; at += 1) person.send(target.channelId, `message ${at}`)
  assert.deepEqual(await look(0), {
    kind: 'found',
    channelId: target.channelId,
    messageId: outcome.messageId,
  })
  assert.deepEqual(await look(1), { kind: 'absent' })
})

test('the role that a message mentions is told when it is posted and when it is found, and an edit keeps it', async (t) => {
  const roleId = '300000000000000001' as RoleId
  const channels = [{ name: 'news' }]
  const guild = { name: 'Town', channels, roles: [{ id: roleId, name: 'readers', mentionable: true }] }
  const { discord, poster, target, editor } = await open(t, { guilds: [guild] })
  const cutOff = new AbortController().signal
  const noise = { kind: 'role', roleId } as const
  const posted = await poster.post(target, message, { nonce: 'nonce', cutOff, noise })
  assert.ok(posted.kind === 'posted')
  assert.equal(posted.roleId, roleId)
  const found = await poster.findPosted(target, { edition: { id: editionId }, part: 0 }, Date.now())
  assert.equal(found.kind === 'found' && found.roleId, roleId)
  const quiet = await post(poster, target, 'other')
  assert.equal(quiet.kind === 'posted' && quiet.roleId, undefined)
  assert.deepEqual(await editor.edit(posted, message, { cutOff }), { kind: 'edited' })
  const [edited] = discord.world.messages(target.channelId)
  assert.match(JSON.stringify(edited?.wire.components), new RegExp(`<@&${roleId}>`))
})

test('a message in an archived thread is edited after the thread was opened, and in a locked one not', async (t) => {
  const { discord, poster, editor, client, target } = await open(t)
  const cutOff = new AbortController().signal
  const channel = await client.channels.fetch(target.channelId)
  assert.ok(channel?.type === ChannelType.GuildText)
  const thread = await channel.threads.create({ name: 'digest' })
  const place = { ...target, channelId: thread.id as ChannelId }
  const posted = await post(poster, place)
  assert.ok(posted.kind === 'posted')
  discord.admin.setArchived(thread.id, true)
  assert.deepEqual(await editor.edit(posted, message, { cutOff }), { kind: 'edited' })
  discord.admin.setArchived(thread.id, true, true)
  const refused = await editor.edit(posted, message, { cutOff })
  assert.deepEqual([refused.kind, 'code' in refused && refused.code], ['gone', '50083'])
})

test('without the right to read the past nobody can look; while Discord fails, one looks later', async (t) => {
  const { discord, client, target, poster } = await open(t)
  const look = () => poster.findPosted(target, { edition: { id: editionId }, part: 0 }, Date.now())
  discord.faults.inject({ method: 'GET', path: /\/messages/, effect: { kind: 'status', status: 503 } })
  assert.equal((await look()).kind, 'wait')
  const seen = new Promise((resolve) => client.once('channelUpdate', resolve))
  discord.admin.setOverwrites(target.channelId, [{ id: 'bot', deny: 1n << 16n }])
  await seen
  const outcome = await look()
  assert.ok(outcome.kind === 'cannot-look')
  assert.match(outcome.reason, /I lack “Read Message History”/)
})
