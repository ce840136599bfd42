/** The web side of the running bot: what it posts can be read there, and what it does is counted. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestBot } from '../support/bot.ts'

test('what was posted on Discord is on the web, with its picture, and everything on the way was counted', async (t) => {
  const bot = await openTestBot(t, {}, [], { webPort: 0 })
  const started = bot.start()
  const { url } = await bot.untilLogged('web.listening')
  const get = (path: string): Promise<Response> => fetch(`${url}${path}`)
  assert.equal((await get('/healthz')).status, 200)
  await started
  await bot.setUp()
  assert.equal((await get('/d/wire/1')).status, 404)
  bot.approach('2026-11-20T07:30:00Z')
  await bot.untilLogged('delivery.sent')

  const text = await (await get('/d/wire/1')).text()
  assert.match(text, /Council agrees on new bridge over the Averne/)
  assert.match(text, new RegExp(`og:image" content="${url}/d/wire/1/card\\.png"`))
  const card = await get('/d/wire/1/card.png')
  assert.deepEqual([card.status, card.headers.get('content-type')], [200, 'image/png'])
  assert.deepEqual([...new Uint8Array(await card.arrayBuffer()).subarray(1, 4)], [0x50, 0x4e, 0x47])

  assert.deepEqual(await (await get('/readyz')).json(), { ready: true, problems: [] })
  const metrics = await (await get('/metrics')).text()
  const valueAt = (line: string) =>
    Number(
      metrics
        .split('\n')
        .find((each) => each.startsWith(`${line} `))
        ?.split(' ')[1],
    )
  assert.equal(valueAt('depesche_articles_total{change="new"}'), 2)
  assert.equal(valueAt('depesche_editions_total'), 1)
  assert.equal(valueAt('depesche_deliveries_total{outcome="sent"}'), 1)
  assert.equal(valueAt('depesche_deliveries_total{outcome="failed"}'), 0)
  assert.ok(valueAt('depesche_interaction_seconds_count{kind="command"}') >= 1)
  assert.equal(valueAt('depesche_subscriptions'), 1)
  assert.equal(valueAt('depesche_gateway_up'), 1)
  assert.doesNotMatch(metrics, /test-token|wire|averne/i)
})
