/** The endpoint to which Discord delivers interactions: what is not signed, not recent or not readable does nothing; the rest is answered. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSigningKeys } from '../../src/rehearsal/standin/signing-keys.ts'
import { send } from '../rehearsal/standin/raw.ts'
import { messageOf, openTestBot, startOverHttp, textOf } from '../support/bot.ts'

/** However slow the machine is. */
const patient = { deadlines: { firstResponseMs: 60_000 } }
const ping = JSON.stringify({ id: '1', application_id: '1', type: 1, token: 'x', version: 1 })

test('whatever is not signed by Discord lately, or is not what Discord sends, is refused and does nothing', async (t) => {
  const bot = await openTestBot(t)
  const keys = createSigningKeys()
  const starting = bot.start({ roles: ['web'], webPort: 0, publicKey: keys.publicKey })
  const { url } = await bot.untilLogged('web.listening')
  const endpoint = `${String(url)}/interactions`
  const post = (body: string, headers: Readonly<Record<string, string>>) =>
    fetch(endpoint, { method: 'POST', body, headers })
  await starting
  const asked = bot.discord.requests.length
  const seconds = (off = 0) => String(Math.floor(bot.clock.now() / 1000) + off)
  const signed = (body: string, timestamp = seconds(), by = keys) => ({
    'x-signature-ed25519': by.sign(timestamp + body),
    'x-signature-timestamp': timestamp,
  })
  const good = signed(ping)
  const { 'x-signature-timestamp': _, ...undated } = good
  const answers: Readonly<Record<string, [number, Promise<Response>]>> = {
    unsigned: [401, post(ping, {})],
    undated: [401, post(ping, undated)],
    'by another key': [401, post(ping, signed(ping, seconds(), createSigningKeys()))],
    'another body': [401, post(`${ping} `, good)],
    'another time': [401, post(ping, { ...good, 'x-signature-timestamp': seconds(1) })],
    'no signature': [401, post(ping, { ...good, 'x-signature-ed25519': 'nothing' })],
    'half a signature': [
      401,
      post(ping, { ...good, 'x-signature-ed25519': good['x-signature-ed25519'].slice(64) }),
    ],
    'no time': [401, post(ping, signed(ping, 'yesterday'))],
    'too old': [401, post(ping, signed(ping, seconds(-301)))],
    'from the future': [401, post(ping, signed(ping, seconds(302)))],
    'nothing at all': [400, post('', signed(''))],
    'no JSON': [400, post('{"type":1', signed('{"type":1'))],
    'a list': [400, post('[1]', signed('[1]'))],
    'half an interaction': [400, post('{"type":2}', signed('{"type":2}'))],
    'too large': [413, post('x'.repeat(262_145), signed(ping))],
    'not posted': [405, fetch(endpoint)],
    'posted elsewhere': [405, fetch(`${endpoint}/x`, { method: 'POST', body: ping, headers: good })],
    'a little old': [200, post(ping, signed(ping, seconds(-290)))],
    'as Discord does': [200, post(ping, good)],
  }
  for (const [what, [status, answer]] of Object.entries(answers))
    assert.equal((await answer).status, status, what)
  const pong = await answers['as Discord does']?.[1]
  assert.match(pong?.headers.get('content-type') ?? '', /^application\/json/)
  assert.deepEqual(await pong?.json(), { type: 1 })
  assert.equal(bot.discord.requests.length, asked)
  const refusals = bot.logged.filter(({ msg }) => msg === 'interaction.refused').map(({ reason }) => reason)
  assert.deepEqual(refusals.toSorted(), ['forged', 'old', 'unsigned'], 'each kind is said once')
})

test('an interaction of another application, and one before the bot is ready, are not taken', async (t) => {
  const bot = await openTestBot(t)
  const keys = createSigningKeys()
  const start = () => bot.start({ roles: ['web'], webPort: 0, publicKey: keys.publicKey })
  bot.discord.faults.inject({ path: /^\/users\/@me$/, effect: { kind: 'hang' } })
  const starting = assert.rejects(start(), /Discord cannot be reached/)
  const first = await bot.untilLogged('web.listening')
  const post = (url: unknown) => {
    const timestamp = String(Math.floor(bot.clock.now() / 1000))
    const body = JSON.stringify({
      ...{
        id: '5',
        application_id: '77',
        type: 2,
        token: 'x',
        locale: 'en-GB',
        user: { id: '7', username: 'x' },
      },
      ...{ authorizing_integration_owners: {}, data: { id: '9', name: 'help', type: 1 } },
    })
    const headers = { 'x-signature-ed25519': keys.sign(timestamp + body), 'x-signature-timestamp': timestamp }
    return fetch(`${String(url)}/interactions`, { method: 'POST', body, headers })
  }
  const early = await post(first.url)
  assert.deepEqual([early.status, early.headers.get('retry-after')], [503, '1'])
  const problemsAt = async (url: unknown): Promise<unknown> => (await fetch(`${String(url)}/readyz`)).json()
  const problems = ['interactions are not answered yet']
  assert.deepEqual(await problemsAt(first.url), { ready: false, problems })
  bot.discord.faults.clear()
  await starting
  await start()
  const second = await bot.untilLogged('web.listening', 2)
  assert.equal((await post(second.url)).status, 400)
  assert.match(String((await bot.untilLogged('interaction.strange')).why), /another application/)
  assert.deepEqual(await problemsAt(second.url), { ready: true, problems: [] })
})

test('Discord takes the endpoint that checks by its key, and no other', async (t) => {
  const bot = await openTestBot(t, { allowBadRequests: true })
  await bot.start({ roles: ['web'], webPort: 0, publicKey: createSigningKeys().publicKey })
  const { url } = await bot.untilLogged('web.listening')
  const set = (address: string) =>
    send(bot.discord, 'PATCH', '/applications/@me', { interactions_endpoint_url: address })
  const refused = await set(`${String(url)}/interactions`)
  assert.equal(refused.status, 400)
  assert.match(refused.errors.join(), /^interactions_endpoint_url:/)
  await bot.stop()

  await bot.start({ roles: ['web'], webPort: 0, publicKey: bot.discord.world.verifyKey })
  const again = await bot.untilLogged('web.listening', 2)
  const endpoint = `${String(again.url)}/interactions`
  assert.equal((await set(endpoint)).status, 200)
  const { body } = await send(bot.discord, 'GET', '/applications/@me')
  assert.equal(body.interactions_endpoint_url, endpoint)
})

test('a process that has only the web side registers the commands and answers them, though its answers are read late', async (t) => {
  const bot = await openTestBot(t, patient)
  const { discord, channelId } = bot
  await bot.start({ roles: ['poll'] })
  await bot.stop()
  assert.deepEqual(discord.world.commands(), [])
  await bot.start({ roles: ['web'], webPort: 0, publicKey: discord.world.verifyKey })
  const { url } = await bot.untilLogged('web.listening')
  await discord.admin.setEndpoint(`${String(url)}/interactions`)

  const tooEarly = () =>
    discord.world.waitFor(
      (change) => (change?.kind === 'request.answered' && change.request.code === 10015) || undefined,
      { what: 'an answer before the first one was read', timeoutMs: 60_000 },
    )
  discord.faults.endpoint.readLate(tooEarly)
  const answer = messageOf(await bot.member('en-GB').command(channelId, 'headlines'))
  assert.match(textOf(answer), /Council agrees on new bridge over the Averne/)
  assert.deepEqual(discord.gatewaySessions, [])
})

test('of an interaction that is delivered ten times at once one is answered', async (t) => {
  const bot = await openTestBot(t, patient)
  await startOverHttp(bot)
  const { discord, channelId } = bot
  messageOf(await bot.member('en-GB').command(channelId, 'help'))
  const webhooks = () => discord.requests.filter(({ path }) => path.startsWith('/webhooks/')).length
  const before = webhooks()
  const repeats = await Promise.all(Array.from({ length: 10 }, () => discord.faults.endpoint.repeat()))
  assert.deepEqual(new Set(repeats.flat()), new Set([202]))
  messageOf(await bot.member('en-GB').command(channelId, 'help'))
  assert.equal(webhooks(), before + 1)
})
