import assert from 'node:assert/strict'
import { request } from 'node:http'
import { type TestContext, test } from 'node:test'
import { startPage } from '../../../src/rehearsal/page-server.ts'
import { type StandIn, startStandIn } from '../../../src/rehearsal/standin/standin.ts'
import { guildId, owner, stageGuild } from './open-stage.ts'

async function openPage(t: TestContext): Promise<{ readonly url: string; readonly standIn: StandIn }> {
  const standIn = await startStandIn({ guilds: [stageGuild()] })
  t.after(() => standIn.close())
  const page = await startPage({ standIn, me: { userId: owner, guildId } })
  t.after(() => page.close())
  return { url: page.url, standIn }
}

function act(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}api/act`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

test('the page may run nothing but its own files and holds no inline script or style', async (t) => {
  const { url } = await openPage(t)
  const response = await fetch(url)
  const policy = response.headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'none'/)
  assert.doesNotMatch(policy, /unsafe/)
  const html = await response.text()
  assert.doesNotMatch(html, /<style|style=|<script(?![^>]*\bsrc=)|\son\w+=|https?:\/\//)
})

test('modules are served as JavaScript under both endings, without their types', async (t) => {
  const { url } = await openPage(t)
  for (const name of ['dom.ts', 'dom.js']) {
    const response = await fetch(url + name)
    assert.equal(response.status, 200, name)
    assert.match(response.headers.get('content-type') ?? '', /^text\/javascript/)
    assert.doesNotMatch(await response.text(), /export (type|interface) /)
  }
})

test('nothing outside the page folder is served', async (t) => {
  const { url } = await openPage(t)
  for (const path of [
    'page-server.ts',
    '..%2fpage-server.ts',
    'tsconfig.json',
    '.env',
    'a/../page.css/x',
    'none.ts',
  ]) {
    const response = await fetch(url + path)
    assert.equal(response.status, 404, path)
  }
})

test('a request under another host name is refused', async (t) => {
  const { url } = await openPage(t)
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const asked = request(url, { headers: { host: 'rebound.example' } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    asked.on('error', reject)
    asked.end()
  })
  assert.equal(status, 421)
})

test('another site cannot act, and neither can a plain form', async (t) => {
  const { url } = await openPage(t)
  const fault = { kind: 'fault', fault: 'outage', on: true }
  assert.equal((await act(url, fault, { Origin: 'https://elsewhere.example' })).status, 403)
  assert.equal((await act(url, fault, { 'Content-Type': 'text/plain' })).status, 403)
})

test('a file is kept from the page itself only, up to the size that Discord takes', async (t) => {
  const { url, standIn } = await openPage(t)
  const send = (headers: Readonly<Record<string, string>>, body: BodyInit) =>
    fetch(`${url}api/upload?name=feeds.opml&type=text%2Fx-opml`, { method: 'POST', headers, body })
  const bytes = { 'Content-Type': 'application/octet-stream' }
  assert.equal((await send({ ...bytes, Origin: 'https://elsewhere.example' }, 'x')).status, 403)
  assert.equal((await send({ 'Content-Type': 'text/plain' }, 'x')).status, 403)
  const kept: unknown = await (await send(bytes, '<opml/>')).json()
  assert.ok(typeof kept === 'object' && kept !== null && 'id' in kept)
  const large = await (await send(bytes, new Uint8Array(10 * 1024 * 1024 + 1))).json()
  assert.deepEqual(large, { kind: 'failed', by: 'client', reason: 'The file is larger than 10 MB.' })
  const path = `/ephemeral-attachments/${standIn.world.bot.id}/${kept.id}/feeds.opml`
  assert.equal(Buffer.from(standIn.world.file(new URL(path, standIn.api).href) ?? []).toString(), '<opml/>')
})

test('what is no action is refused without harm', async (t) => {
  const { url } = await openPage(t)
  for (const body of [null, 'x', { kind: 'unknown' }, { kind: 'click', as: owner }])
    assert.equal((await act(url, body)).status, 400)
  assert.equal((await act(url, { kind: 'x'.repeat(70_000) })).status, 413)
})

test('an action in a channel that is gone says so', async (t) => {
  const { url } = await openPage(t)
  const response = await act(url, {
    kind: 'click',
    as: owner,
    locale: 'de',
    channelId: '5',
    messageId: '6',
    customId: 'x',
  })
  assert.deepEqual(await response.json(), { kind: 'failed', by: 'client', reason: 'That channel is gone.' })
})

test('a clock that cannot be moved says so', async (t) => {
  const { url } = await openPage(t)
  const reply = await (await act(url, { kind: 'next-slot' })).json()
  assert.deepEqual(reply, { kind: 'failed', by: 'client', reason: 'This clock cannot be moved.' })
})

test('the messages of a channel somebody cannot see are not listed', async (t) => {
  const { url, standIn } = await openPage(t)
  const news = standIn.world.channelNamed('news')
  standIn.member(owner).send(news.id, 'for those who may see it')
  const listed = async (as: string) => {
    const messages: unknown = await (await fetch(`${url}api/messages?channel=${news.id}&as=${as}`)).json()
    assert.ok(Array.isArray(messages))
    return messages.length
  }
  assert.equal(await listed('200000000000000002'), 1)
  standIn.admin.setOverwrites(news.id, [{ id: 'everyone', deny: 1n << 10n }])
  assert.equal(await listed('200000000000000002'), 0)
  assert.equal(await listed(owner), 1)
})
