import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDocument } from '../../../src/rehearsal/standin/openapi.ts'
import { routes } from '../../../src/rehearsal/standin/router.ts'
import { findOpenapiFile, openTestDiscord } from '../../support/standin.ts'
import { send } from './raw.ts'

const absent = "Discord's OpenAPI document is not on this machine"

test('every route is an operation of the document, under its own name', async (t) => {
  const file = findOpenapiFile()
  if (file === undefined) return t.skip(absent)
  const document = await openDocument(file)
  for (const route of routes) {
    const [violation] = document.response(route, 418, undefined)
    assert.equal(violation?.operation, route.operation, `${route.method} ${route.path}`)
  }
})

test('a misspelt field, a wrong query and one wrong button give one violation each', async (t) => {
  if (findOpenapiFile() === undefined) return t.skip(absent)
  const discord = await openTestDiscord(t, { allowBadRequests: true })
  const path = `/channels/${discord.world.channelNamed('news').id}/messages`
  await send(discord, 'POST', path, { content: 'a', flag: 1 })
  await send(discord, 'GET', `${path}?limit=500`)
  await send(discord, 'GET', `${path}?page=2`)
  const button = { type: 2, style: 1, custom_id: 'a', label: 5 }
  await send(discord, 'POST', path, { components: [{ type: 1, components: [button] }] })
  assert.deepEqual(
    discord.violations.map((one) => [one.operation, one.path]),
    [
      ['create_message', ''],
      ['list_messages', '?limit'],
      ['list_messages', '?page'],
      ['create_message', '/components/0/components/0/label'],
    ],
  )
})

test('a forum post with six tags breaks the document instead of passing as a plain thread', async (t) => {
  const file = findOpenapiFile()
  if (file === undefined) return t.skip(absent)
  const document = await openDocument(file)
  const route = routes.find((one) => one.operation === 'create_thread')
  assert.ok(route)
  const body = { name: 'a', applied_tags: ['1', '2', '3', '4', '5', '6'], message: { content: 'a' } }
  const paths = document.request(route, body, new URLSearchParams()).map((one) => one.path)
  assert.deepEqual(paths, ['/applied_tags'])
})

test('an answer that lacks what the document promises is a violation', async (t) => {
  const file = findOpenapiFile()
  if (file === undefined) return t.skip(absent)
  const document = await openDocument(file)
  const route = routes.find((one) => one.operation === 'get_channel')
  assert.ok(route)
  assert.notEqual(document.response(route, 200, { id: '1', type: 0 }).length, 0)
})
