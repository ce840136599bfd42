import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Client, DiscordAPIError, Events, Routes, type SendableChannels } from 'discord.js'
import type { StandIn } from '../../../src/rehearsal/standin/types.ts'
import { openTestDiscord } from '../../support/standin.ts'
import { openClient } from './client.ts'
import { send } from './raw.ts'

const posting = { method: 'POST', path: /^\/channels\/\d+\/messages$/ } as const

async function newsOf(client: Client<true>, discord: StandIn): Promise<SendableChannels> {
  const channel = await client.channels.fetch(discord.world.channelNamed('news').id)
  assert.ok(channel?.isSendable())
  return channel
}

function contents(discord: StandIn): string[] {
  return discord.world.messages(discord.world.channelNamed('news').id).map((message) => message.wire.content)
}

test('a 502 after the post gives two messages without a nonce and one with an enforced nonce', async (t) => {
  const discord = await openTestDiscord(t)
  const channel = await newsOf(await openClient(discord), discord)
  discord.faults.inject({ ...posting, effect: { kind: 'status', status: 502, when: 'after' } })
  await channel.send({ content: 'plain' })
  discord.faults.inject({ ...posting, effect: { kind: 'status', status: 502, when: 'after' } })
  await channel.send({ content: 'guarded', nonce: 'slot-1', enforceNonce: true })
  assert.deepEqual(contents(discord), ['plain', 'plain', 'guarded'])
})

test('a nonce is forgotten after its window, and counts only when it is enforced', async (t) => {
  let now = 1_700_000_000_000
  const discord = await openTestDiscord(t, { now: () => now, nonceWindowMs: 60_000 })
  const path = `/channels/${discord.world.channelNamed('news').id}/messages`
  const body = { content: 'a', nonce: 'n', enforce_nonce: true }
  const first = await send(discord, 'POST', path, body)
  assert.equal((await send(discord, 'POST', path, body)).body.id, first.body.id)
  await send(discord, 'POST', path, { content: 'unguarded', nonce: 'n' })
  now += 60_001
  assert.notEqual((await send(discord, 'POST', path, body)).body.id, first.body.id)
  assert.deepEqual(contents(discord), ['a', 'unguarded', 'a'])
})

test('a request is dropped before or after Discord acted on it', async (t) => {
  const discord = await openTestDiscord(t)
  const channel = await newsOf(await openClient(discord), discord)
  discord.faults.inject({ ...posting, effect: { kind: 'drop' } })
  await assert.rejects(channel.send('lost'))
  discord.faults.inject({ ...posting, effect: { kind: 'drop', when: 'after' } })
  await assert.rejects(channel.send('arrived'))
  assert.deepEqual(contents(discord), ['arrived'])
})

test('a hanging request is let go when the faults are cleared', async (t) => {
  const discord = await openTestDiscord(t)
  const path = `/channels/${discord.world.channelNamed('news').id}/messages`
  discord.faults.inject({ ...posting, effect: { kind: 'hang', when: 'after' } })
  const arrived = discord.world.waitFor((change) => (change?.kind === 'message.created' ? true : undefined), {
    what: 'the post',
  })
  const outcome = send(discord, 'POST', path, { content: 'hung' }).then(
    () => 'answered',
    () => 'cut off',
  )
  await arrived
  await discord.world.waitFor((change) => (change?.kind === 'request.answered' ? true : undefined), {
    what: 'the hang',
  })
  discord.faults.clear()
  assert.equal(await outcome, 'cut off')
})

test('skip, times, delay and a malformed answer do what they say', async (t) => {
  const discord = await openTestDiscord(t)
  const path = `/channels/${discord.world.channelNamed('news').id}/messages`
  const takeBack = discord.faults.inject({
    ...posting,
    skip: 1,
    times: 2,
    effect: { kind: 'status', status: 503 },
  })
  const statuses: number[] = []
  for (let count = 0; count < 4; count += 1)
    statuses.push((await send(discord, 'POST', path, { content: 'a' })).status)
  assert.deepEqual(statuses, [200, 503, 503, 200])
  takeBack()
  discord.faults.inject({ ...posting, effect: { kind: 'malformed', when: 'after' } })
  await assert.rejects(send(discord, 'POST', path, { content: 'b' }), SyntaxError)
  discord.faults.inject({ ...posting, effect: { kind: 'delay', ms: 20 } })
  await send(discord, 'POST', path, { content: 'c' })
  assert.deepEqual(contents(discord), ['a', 'a', 'b', 'c'])
})

test('an answer that was taken before a 502 is refused as 40060 when the client repeats it, and can still be filled', async (t) => {
  const discord = await openTestDiscord(t)
  const client = await openClient(discord)
  await client.application.commands.set([{ name: 'ping', description: 'd' }])
  const codes: unknown[] = []
  client.on(Events.InteractionCreate, async (interaction) => {
    if (!interaction.isChatInputCommand()) return
    await interaction.deferReply().catch((error: unknown) => {
      codes.push(error instanceof DiscordAPIError ? error.code : error)
    })
    await client.rest.patch(Routes.webhookMessage(interaction.applicationId, interaction.token), {
      body: { content: 'pong' },
      auth: false,
    })
  })
  discord.faults.inject({ path: /\/callback/, effect: { kind: 'status', status: 502, when: 'after' } })
  const answer = await discord
    .member('200000000000000001')
    .command(discord.world.channelNamed('news').id, 'ping')
  assert.deepEqual(codes, [40060])
  assert.equal(answer.kind === 'message' && answer.message.wire.content, 'pong')
})

test('an injected 429 is waited out by the client', async (t) => {
  const discord = await openTestDiscord(t)
  const channel = await newsOf(await openClient(discord), discord)
  discord.faults.inject({ ...posting, effect: { kind: 'rate-limit', retryAfterMs: 30, scope: 'shared' } })
  discord.faults.inject({ ...posting, effect: { kind: 'rate-limit', retryAfterMs: 30, scope: 'global' } })
  await channel.send('patient')
  assert.deepEqual(contents(discord), ['patient'])
  const posts = discord.requests.filter((one) => one.method === 'POST')
  assert.deepEqual(
    posts.map((one) => one.status),
    [429, 429, 200],
  )
  assert.deepEqual(
    posts.map((one) => one.limited),
    ['shared', 'global', undefined],
  )
})

test('buckets are kept per channel and announced in the headers; the client never runs into them', async (t) => {
  const perRoute = { 'POST /channels/{channel_id}/messages': { limit: 2, windowMs: 300 } }
  const discord = await openTestDiscord(t, { rateLimits: { perRoute } })
  const client = await openClient(discord)
  const channel = await newsOf(client, discord)
  for (let count = 0; count < 5; count += 1) await channel.send(`${count}`)
  assert.equal(discord.requests.filter((one) => one.status === 429).length, 0)
  const path = `/channels/${channel.id}/messages`
  const answers = [
    await send(discord, 'POST', path, { content: 'x' }),
    await send(discord, 'POST', path, { content: 'x' }),
    await send(discord, 'POST', path, { content: 'x' }),
  ]
  const last = answers.find((one) => one.status === 429)
  assert.equal(last?.headers.get('x-ratelimit-scope'), 'user')
  assert.equal(last?.headers.get('x-ratelimit-remaining'), '0')
  assert.equal(last?.body.global, false)
})

test('the global limit holds for everything but answers to interactions, and refusals add up to a block', async (t) => {
  const discord = await openTestDiscord(t, { rateLimits: { globalPerSecond: 2, invalidPer10Minutes: 3 } })
  const answers: Awaited<ReturnType<typeof send>>[] = []
  for (let count = 0; count < 3; count += 1) answers.push(await send(discord, 'GET', '/users/@me'))
  assert.deepEqual(
    answers.map((one) => one.status),
    [200, 200, 429],
  )
  assert.equal(answers[2]?.headers.get('x-ratelimit-global'), 'true')
  const callback = await send(discord, 'POST', '/interactions/1/abc/callback', { type: 6 }, {})
  assert.equal(callback.code, 10062)
  await send(discord, 'GET', '/users/@me')
  await send(discord, 'GET', '/users/@me')
  const blocked = await send(discord, 'POST', '/interactions/1/abc/callback', { type: 6 }, {})
  assert.equal(blocked.status, 429)
})
