/** `/status` as owners see it: what comes next, what went wrong and how to mend it, feeds, and the chart. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { createChartDrawing } from '../../src/jobs/chart.ts'
import { createLog } from '../../src/log.ts'
import type { GuildSeed } from '../../src/rehearsal/standin/types.ts'
import { openPool } from '../../src/work/pool.ts'
import { chartOf } from '../pictures/charts.ts'
import { messageOf, openTestBot, ownerId, textOf, writeSettled } from '../support/bot.ts'
import { callCard } from '../support/card.ts'
import { type FeedItem, rss, sends, wholeText } from '../support/feeds.ts'
import { openOwner } from '../support/owner.ts'

const news: readonly FeedItem[] = [
  { title: 'Ferries to Skerra resume on Monday', body: wholeText },
  { title: 'School choir wins a prize in Merrow', body: ['Forty children sang for an hour.'] },
]
const sendMessages = 1n << 11n

test('the next run, the last delivery, what failed with its remedy, feeds and chart, after a restart too', async (t) => {
  let isDead = false
  const owner = await openOwner(t, {
    '/feed.xml': (request, response, host) =>
      isDead
        ? void response.writeHead(410).end()
        : sends(rss('Estuary Radio', news))?.(request, response, host),
  })
  const { bot, host, call, later } = owner

  const bare = await call('status')
  assert.match(bare.text(), /### Digests\nNo digest is posted on this server yet/)
  assert.match(bare.text(), /### Feeds\nWhat is posted here has no feeds/)
  assert.match(bare.text(), /Depesche 0\.1\.0 · Node\.js 24\.[\d.]+ · started <t:17951544\d\d:R>/)

  await call('feed add', { address: `${host.url}/feed.xml` })
  await bot.untilLogged('source.polled')
  await bot.setUp()
  const ready = await call('status', {}, 'de')
  assert.match(
    ready.text(),
    /\*\*Harbour Wire\*\* · <#\d+>\nals Nächstes <t:1795159800:f> \(<t:1795159800:R>\)$/m,
  )
  assert.match(ready.text(), /### Feeds\nDem einzigen Feed geht es gut\./)
  assert.match(ready.text(), /4 Artikel in 4 neuen Meldungen in den letzten 14 Tagen\./)
  const picture = ready.message().wire.attachments[0] ?? assert.fail('no picture')
  assert.equal(picture.content_type, 'image/png')
  const bytes = bot.discord.world.file(picture.url) ?? assert.fail('no bytes')
  assert.deepEqual([...bytes.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const alt = /"description":"(Diagramm: [^"]+)"/.exec(JSON.stringify(ready.message().wire.components))?.[1]
  assert.equal(
    alt,
    'Diagramm: 4 Meldungen in 14\u00a0Tagen, 7. November bis 20. November. 4 davon heute. Die meisten an einem Tag waren 4, am 20. November. 13\u00a0Tage ohne Meldungen. 4 Artikel haben sie erzählt.',
  )

  bot.approach('2026-11-20T07:30:00Z')
  await bot.untilPosted(1)
  await bot.untilLogged('delivery.sent')
  assert.match((await call('status')).text(), /last: No\. 1 with 2 stories, <t:\d+:R>$/m)

  bot.discord.admin.setOverwrites(bot.channelId, [{ id: 'bot', deny: sendMessages }])
  assert.match(
    (await call('status')).text(),
    /⚠️ I cannot post in <#\d+>: there I lack “Send Messages”\. Open the channel’s settings/,
    'what would fail is said before it does',
  )
  isDead = true
  later(24 * 60)
  await bot.untilLogged('source.noticed')
  await bot.stop()
  await bot.start()
  const broken = await call('status')
  assert.match(
    broken.text(),
    /None is well, 1 is not:\n⚠️ \*\*Estuary Radio\*\* · since <t:\d+:f>\n127\\?\.0\.0\.1 says that this is gone for good/,
  )
  assert.match((await call('feed list')).text(), /not asked any more/)

  later(2)
  await bot.untilLogged('notice.told')
  const [told, ...more] = bot.discord.world.messages(bot.discord.member(ownerId).directMessages().id)
  assert.deepEqual(more, [], 'whoever added the feed is told once')
  assert.match(told === undefined ? '' : textOf(told), /not been able to read .*feed.xml.*gone for good/)
})

test('a refused post is told with its remedy until it goes through', async (t) => {
  const { bot, call } = await openOwner(t, {})
  await bot.setUp()
  bot.discord.faults.inject({
    method: 'POST',
    path: /^\/channels\/\d+\/messages/,
    times: 1,
    effect: { kind: 'status', status: 403, body: { code: 50013, message: 'Missing Permissions' } },
  })
  bot.approach('2026-11-20T07:30:00Z')
  await bot.untilLogged('delivery.refused')
  const failed = await call('status', {}, 'de')
  assert.match(
    failed.text(),
    /zuletzt hat es nicht geklappt, <t:\d+:R>; beim nächsten Mal versuche ich es wieder/,
  )
  assert.match(
    failed.text(),
    /⚠️ Ich kann dort nichts posten: Mir fehlt „Nachrichten senden“\..*\(seit <t:\d+:f>\)/,
  )
  bot.approach('2026-11-21T07:30:00Z')
  await bot.untilLogged('delivery.sent')
  assert.doesNotMatch((await call('status')).text(), /⚠️/)
  const member = bot.member('en-GB')
  assert.equal((await member.command(bot.channelId, 'status')).kind, 'failed')
  const direct = await bot.discord
    .member('100000000000000009', { guildId: null })
    .command(bot.owner.directMessages().id, 'status')
  assert.equal(direct.kind, 'failed')
  assert.doesNotMatch(textOf(messageOf(await member.command(bot.channelId, 'help'))), /\/status/)
})

test('an edition that its followers did not get is told until the next one goes to them', async (t) => {
  const guild: GuildSeed = {
    name: 'Town',
    ownerId,
    channels: [{ name: 'news' }, { name: 'loud', kind: 'announcement' }],
    members: [{ id: ownerId, name: 'olivia' }],
  }
  const bot = await openTestBot(t, { guilds: [guild] })
  await bot.start()
  const { discord, clock, channelId } = bot
  const loud = discord.world.channelNamed('loud').id
  const call = (name: string, options = {}, way = {}) => {
    clock.moveTo(clock.now() + 15_000)
    return callCard(bot.owner, channelId, name, options, way)
  }
  await call(
    'digest',
    { digest: 'wire', channel: loud, times: 'Fri 7:30', zone: 'UTC' },
    { subcommand: 'setup' },
  )
  discord.faults.inject({
    method: 'POST',
    path: /\/crosspost$/,
    times: 2,
    effect: { kind: 'rate-limit', retryAfterMs: 25 * 60 * 60_000, scope: 'shared' },
  })
  bot.approach('2026-11-20T07:30:00Z')
  await bot.untilLogged('crosspost.postponed')
  assert.doesNotMatch((await call('status')).text(), /⚠️/)
  bot.approach('2026-11-21T08:45:00Z')
  await bot.untilLogged('crosspost.given-up')
  assert.match(
    (await call('status')).text(),
    /⚠️ The servers that follow <#\d+> did not get all of No\. 1: .* I gave up <t:\d+:R>\. Publish it there by hand/,
  )
  const taken = bot.timesLogged('articles.taken')
  await writeSettled(join(bot.digestsDir, 'wire/articles/gull.txt'), `Gull steals a herring\n\n${wholeText}`)
  await bot.untilLogged('articles.taken', taken + 1)
  bot.approach('2026-11-27T07:30:00Z')
  await bot.untilLogged('crosspost.done')
  assert.doesNotMatch((await call('status')).text(), /⚠️/)
})

test('an answer never waits for the chart: it comes without where drawing fails or is late', async (t) => {
  const lines: string[] = []
  const log = createLog({ level: 'debug', sink: (text) => void lines.push(text) })
  const pool = openPool()
  t.after(() => pool.close())
  const chart = chartOf({ stories: [1, 2, 3] })
  const drawnBy = (draw: () => Promise<Uint8Array>) => createChartDrawing({ draw, log, longestMs: 20 })(chart)
  const patient = createChartDrawing({ draw: (each) => pool.run('drawChart', each), log, longestMs: 30_000 })
  assert.ok((await patient(chart)) !== undefined)
  assert.equal(await drawnBy(() => new Promise(() => undefined)), undefined)
  assert.equal(await drawnBy(() => Promise.reject(new Error('no fonts'))), undefined)
  assert.match(lines.join(''), /chart\.late.*chart\.failed.*no fonts|chart\.late.*no fonts.*chart\.failed/s)
})
