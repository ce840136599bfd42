/** Editions in the channel: what readers see of updates and quiet days, with the real bot, its workers and the stand-in Discord. */
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { customIdsOf, messageOf, openTestBot, type TestBot, textOf, writeSettled } from './support/bot.ts'

const fire = `Twelve dead after fire at Kelsport paint factory

The blaze broke out in a warehouse of the paint factory shortly after midnight.

Twelve people have died in a fire at a paint factory in Kelsport, the fire service said on Friday. Another 30 workers of the paint factory were injured, four of them seriously.

The fire broke out in a warehouse of the factory shortly after midnight and spread to the main hall. More than 200 firefighters fought the flames in Kelsport until the early morning.
`

const arrest = `Manager arrested after Kelsport paint factory fire

Police say that he had locked the emergency exits of the paint factory.

Police have arrested the operations manager of the paint factory in Kelsport where twelve people died in a fire. The fire had broken out in a warehouse of the factory shortly after midnight.

More than 200 firefighters had fought the flames at the paint factory in Kelsport.
`

const reworded = `Blaze at paint factory in Kelsport kills twelve

Flames spread from a warehouse of the paint factory to the main hall.

A blaze at the Kelsport paint factory has killed twelve people, according to the fire service. Some 200 firefighters fought the flames in the factory until dawn.
`

async function hold(bot: TestBot, name: string, text: string): Promise<void> {
  const taken = bot.timesLogged('articles.taken')
  await writeSettled(join(bot.digestsDir, 'wire/articles', name), text)
  await bot.untilLogged('articles.taken', taken + 1)
}

async function define(bot: TestBot, more: string): Promise<void> {
  const path = join(bot.digestsDir, 'wire/digest.yaml')
  await writeFile(path, `${await readFile(path, 'utf8')}${more}`)
}

test('a story in the channel returns as an update when it has moved, and not when it is told again', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  await hold(bot, 'fire.txt', fire)
  await bot.setUp()
  bot.approach('2026-11-20T07:30:00Z')
  await bot.untilLogged('delivery.sent')
  await hold(bot, 'reworded.txt', reworded)
  bot.approach('2026-11-21T07:30:00Z')
  await bot.untilLogged('delivery.skipped')
  await hold(bot, 'arrest.txt', arrest)
  bot.approach('2026-11-22T07:30:00Z')
  const [, update] = await bot.untilPosted(2)
  const text = textOf(update ?? assert.fail())
  assert.match(
    text,
    /### Update: Manager arrested after Kelsport paint factory fire\n> Police have arrested the operations manager/,
  )
  assert.match(text, /-# New since No\. 1 · Harbour Wire/)
  assert.doesNotMatch(text, /bridge|reef/)
})

test('a digest that says so has a quiet day without stories, and its button shows what there is', async (t) => {
  const bot = await openTestBot(t)
  await define(bot, 'quiet: say\n')
  await bot.start()
  await bot.setUp()
  bot.approach('2026-11-20T07:30:00Z')
  await bot.untilLogged('delivery.sent')
  bot.approach('2026-11-21T07:30:00Z')
  await bot.untilLogged('delivery.sent', 2)
  const [first, quiet] = await bot.untilPosted(2)
  assert.match(textOf(first ?? assert.fail()), /A quiet day: little has happened\./)
  const message = quiet ?? assert.fail()
  assert.match(textOf(message), /No\. 2\n<t:\d+:D>\nA quiet day: nothing new since the last edition\./)
  const [button = ''] = customIdsOf(message)
  const answer = messageOf(await bot.member('en-US').click(bot.channelId, message.wire.id, button))
  assert.match(textOf(answer), /Newest stories/)
  assert.match(textOf(answer), /coral reef/)
})
