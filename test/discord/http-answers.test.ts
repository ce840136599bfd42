/** First answers that go out as the answer to Discord's own request, and those that cannot. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { DiscordAPIError, REST, Routes } from 'discord.js'
import type { SignedAnswer } from '../../src/digest/signed-request.ts'
import { createHttpAnswers, type HttpAnswerOptions } from '../../src/discord/http-answers.ts'
import { openHost } from '../support/host.ts'

const id = '100000000000000001'
const deferred = { type: 5, data: { flags: 64 } }
const callback = Routes.interactionCallback(id, 'token')
const original = Routes.webhookMessage('1', 'token', '@original')

/** A real client whose requests pass there, and a Discord that refuses edits with these codes, one after the other. */
async function openAnswers(t: TestContext, options: HttpAnswerOptions, refusals: readonly number[] = []) {
  const left = [...refusals]
  const host = await openHost(t, {
    [`/v10${callback}`]: (_, response) => response.writeHead(204).end(),
    [`/v10${original.replace('@', '%40')}`]: (_, response) => {
      const code = left.shift()
      const json = { 'content-type': 'application/json' }
      response.writeHead(code === undefined ? 200 : 404, json).end(JSON.stringify({ code, message: 'no' }))
    },
  })
  const http = createHttpAnswers(options)
  const rest = new REST({ api: host.url, makeRequest: http.through(), retries: 0 }).setToken('x')
  t.after(() => {
    rest.clearHandlerSweeper()
    rest.clearHashSweeper()
  })
  const expect = () => http.expect(id) ?? assert.fail('somebody waits already')
  const edit = () => rest.patch(original, { body: {}, auth: false })
  return { expect, edit, rest, asked: () => host.asked.map(({ path }) => path), http }
}

/** Says of an answer that it went out, or did not. */
function sent({ sent: tell }: SignedAnswer, isSent = true): void {
  assert.ok(tell !== undefined)
  tell(isSent)
}

const codeOf = (code: number) => (error: unknown) => error instanceof DiscordAPIError && error.code === code

test('a first answer is the answer to the request, and counts when it has gone out', async (t) => {
  const { expect, rest, asked, http } = await openAnswers(t, {})
  const expected = expect()
  assert.equal(http.expect(id), undefined, 'the same interaction is waited for once')
  const posted = rest.post(callback, { body: deferred, auth: false })
  const answer = await expected.answer
  assert.deepEqual([answer.status, JSON.parse(answer.json ?? '')], [200, deferred])
  sent(answer)
  await posted
  expected.giveUp()
  assert.deepEqual(asked(), [])
})

test('where the request was given up before its answer went out, nobody waits for more', async (t) => {
  const { expect, rest, asked } = await openAnswers(t, {})
  const expected = expect()
  const posted = rest.post(callback, { body: deferred, auth: false })
  const refused = assert.rejects(posted, codeOf(10062))
  sent(await expected.answer, false)
  await refused
  assert.deepEqual(asked(), [])
})

test('an answer with a file, one that comes late, and one nobody waits for go to Discord by themselves', async (t) => {
  const { expect, rest, asked } = await openAnswers(t, { holdMs: 1 })
  const withFile = expect()
  await rest.post(callback, {
    body: deferred,
    files: [{ name: 'a.txt', data: 'a' }],
    auth: false,
  })
  assert.deepEqual(await withFile.answer, { status: 202 })
  assert.deepEqual(await expect().answer, { status: 202 })
  await rest.post(callback, { body: deferred, auth: false })
  const given = expect()
  given.giveUp()
  assert.deepEqual(await given.answer, { status: 202 })
  await rest.post(callback, { body: deferred, auth: false })
  assert.equal(asked().length, 3)
})

test('what is said before Discord has read the first answer is said again, and no other refusal is', async (t) => {
  const { expect, rest, edit, asked } = await openAnswers(t, { pausesMs: [1, 1] }, [10015, 10015, 10008])
  await assert.rejects(edit(), codeOf(10015), 'of what did not come by HTTP')
  const expected = expect()
  const posted = rest.post(callback, { body: deferred, auth: false })
  sent(await expected.answer)
  await posted
  await assert.rejects(edit(), codeOf(10008))
  assert.equal(asked().length, 3)
  await edit()
  assert.equal(asked().length, 4)
})
