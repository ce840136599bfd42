/** A mistake that nobody foresaw: whoever asked gets a reference in their language, and the log has the cause under the same. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { sayIn } from '../../src/discord/text/say.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { messageOf, openTestBot, textOf } from '../support/bot.ts'

test('a table is gone under the running bot: commands that need it answer with a reference, all others go on', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'depesche-unforeseen-'))
  const databaseUrl = `sqlite:${join(folder, 'depesche.sqlite')}`
  const bot = await openTestBot(t, {}, [], { databaseUrl })
  t.after(() => rm(folder, { recursive: true }))
  await bot.start()
  const vandal = await openDatabase(databaseUrl)
  t.after(() => vandal.destroy())
  const ask = async (locale: string, command: string) =>
    textOf(messageOf(await bot.member(locale).command(bot.channelId, command, {})))

  // The articles become stories, and are found, a moment after the start.
  const suggested = () => bot.owner.autocomplete(bot.channelId, 'summary', { story: 'bridge' }, 'story')
  while (!JSON.stringify(await suggested()).includes('bridge over the Averne')) await pause(50)
  const empty = await ask('de', 'following')
  await sql`alter table follow rename to follow_away`.execute(vandal)
  const failed = bot.untilLogged('interaction.failed')
  const said = await ask('de', 'following')
  const { reference, err } = await failed
  assert.match(String(reference), /^[0-9a-f]{6}$/)
  assert.equal(said, sayIn('de')('error.unknown', { reference: String(reference) }))
  assert.match(JSON.stringify(err), /no such table: (main\.)?follow/)
  assert.doesNotMatch(said, /table|sql/i)
  assert.match(await ask('en-US', 'headlines'), /bridge over the Averne/)
  await sql`alter table follow_away rename to follow`.execute(vandal)
  bot.clock.moveTo(bot.clock.now() + 60_000)
  assert.equal(await ask('de', 'following'), empty)
})
