/** The whole bot on PostgreSQL: set up, posted, killed under way, started anew, posted again. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openTestBot, textOf, writeSettled } from './support/bot.ts'
import { endConnections, newDatabase, testOn } from './support/engines.ts'

const slot = '2026-11-20T07:30:00Z'
const nextSlot = '2026-11-21T07:30:00Z'
const lastSlot = '2026-11-22T07:30:00Z'

const ferry = `Saltmere ferry runs again after the storm

Passengers waited for two days in the harbour.

The Saltmere ferry runs again. The harbour master said that 400 people had waited since Tuesday.
`
const library = `Merrow opens a library of sound recordings

It holds voices of fishermen from a hundred years ago.

The town of Merrow has opened a library of sound recordings. Historians brought 900 wax cylinders to it.
`

testOn(
  'PostgreSQL',
  'a bot on PostgreSQL posts each slot once, however often its connections are ended, and goes on after a restart',
  async (t) => {
    const databaseUrl = await newDatabase(t)
    const bot = await openTestBot(t, {}, [], { databaseUrl })
    const articles = join(bot.digestsDir, 'wire/articles')
    await bot.start()
    await bot.setUp()
    bot.approach(slot)
    const [first] = await bot.untilPosted(1)
    assert.match(textOf(first ?? assert.fail()), /new bridge over the Averne/)
    await bot.untilLogged('delivery.sent')
    // Search reads what is new within a second or so; the test's own time limit ends a wait in vain.
    const suggested = () => bot.owner.autocomplete(bot.channelId, 'summary', { story: 'bridge' }, 'story')
    while (!JSON.stringify(await suggested()).includes('bridge')) await pause(50)

    // From the moment at which the slot comes until it is posted, its connections are ended again and again.
    await writeSettled(join(articles, 'ferry.txt'), ferry)
    await bot.untilLogged('articles.taken', 2)
    bot.approach(nextSlot)
    let ended = 0
    while (bot.discord.world.messages(bot.channelId).length < 2) {
      ended += await endConnections(databaseUrl)
      await pause(100)
      if (ended > 40) break
    }
    assert.ok(ended > 0)
    // What was interrupted is taken up again after a pause, at the latest when its lease is over.
    bot.clock.moveTo(bot.clock.now() + 2 * 60_000)
    await bot.untilPosted(2)
    await bot.untilLogged('delivery.sent', 2)

    await bot.stop()
    await writeSettled(join(articles, 'library.txt'), library)
    await bot.start()
    bot.approach(lastSlot)
    const [, second, third, ...more] = await bot.untilPosted(3)
    assert.match(textOf(second ?? assert.fail()), /Saltmere ferry/)
    assert.match(textOf(third ?? assert.fail()), /library of sound recordings/)
    await bot.untilLogged('delivery.sent', 3)
    assert.deepEqual(more, [])
    assert.equal(bot.discord.world.messages(bot.channelId).length, 3)
  },
)
