/** `/digest setup` as people use it: times and zones as they type them, said back in their language with the next runs. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageOf, openTestBot, ownerId, type TestBot, textOf } from '../support/bot.ts'

/** What the owner reads after setting the digest up with these options. */
async function answerTo(bot: TestBot, locale: string, options: { times?: string; zone?: string }) {
  const guildId = bot.discord.world.guilds()[0]?.id ?? assert.fail('no server')
  const owner = bot.discord.member(ownerId, { guildId, locale })
  const given = { digest: 'wire', channel: bot.channelId, ...options }
  const answer = await owner.command(bot.channelId, 'digest', given, { subcommand: 'setup' })
  return textOf(messageOf(answer)).replace(/[\u00a0\u202f]/g, ' ')
}

const setUps = [
  {
    locale: 'de',
    options: { times: 'werktags 7.30 und 18 Uhr', zone: 'Wien' },
    said: /: 07:30 und 18:00, Montag bis Freitag, Europe\/Vienna \(Mitteleuropäische Zeit\)\./,
    // Friday 20 November 2026, 06:30 UTC on.
    next: ['2026-11-20T06:30Z', '2026-11-20T17:00Z', '2026-11-23T06:30Z'],
  },
  {
    locale: 'en-US',
    options: { times: '8 PM Sundays New York' },
    said: /: 8:00 PM, Sunday, America\/New_York \(Eastern Time\)\./,
    next: ['2026-11-23T01:00Z', '2026-11-30T01:00Z', '2026-12-07T01:00Z'],
  },
  {
    locale: 'en-GB',
    options: { times: '30 7 * * 1-5', zone: 'Europe/London' },
    said: /: At 07:30, Monday through Friday, Europe\/London \(United Kingdom Time\)\./,
    next: ['2026-11-20T07:30Z', '2026-11-23T07:30Z', '2026-11-24T07:30Z'],
  },
  {
    locale: 'de',
    options: {},
    said: /: 07:30, täglich, UTC\./,
    next: ['2026-11-20T07:30Z', '2026-11-21T07:30Z', '2026-11-22T07:30Z'],
  },
] as const

for (const { locale, options, said, next } of setUps) {
  test(`in ${locale}, ${JSON.stringify(options)} is said back in words, with the next three runs and in the list`, async (t) => {
    const bot = await openTestBot(t)
    await bot.start()
    const text = await answerTo(bot, locale, options)
    assert.match(text, said)
    assert.deepEqual(
      [...text.matchAll(/<t:(\d+):f>/g)].map((match) => Number(match[1]) * 1000),
      next.map((iso) => Date.parse(iso)),
    )
    const guildId = bot.discord.world.guilds()[0]?.id ?? assert.fail('no server')
    const owner = bot.discord.member(ownerId, { guildId, locale })
    const list = await owner.command(bot.channelId, 'digest', {}, { subcommand: 'list' })
    assert.match(
      textOf(messageOf(list)).replace(/[\u00a0\u202f]/g, ' '),
      new RegExp(said.source.replace(/\\\.$/, '\\n')),
    )
  })
}

test('what cannot be read is named with the way to write it, and does nothing else', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  const problems = [
    [
      'de',
      { times: 'um 8 Uhr @everyone' },
      /^„\\@everyone“ verstehe ich nicht\. Schreibe es so: 7:30 und 18 Uhr, Mo/,
    ],
    ['en-US', { times: '8 Berlni' }, /^“Berlni” is not a time zone I know\. Did you mean Europe\/Berlin\?/],
    [
      'en-US',
      { times: '8', zone: 'IST' },
      /^“IST” can be several time zones\. .*Asia\/Kolkata, Europe\/Dublin/,
    ],
    [
      'de',
      { times: '8 London', zone: 'Berlin' },
      /^„Europe\/Berlin“ und „Europe\/London“ sind zwei Zeitzonen/,
    ],
    [
      'en-US',
      { times: '0 30 7 * * 1-5' },
      /^A cron expression has no seconds here\. Without them it is: 30 7/,
    ],
    ['de', { times: '30 7 * FOO *' }, /^„FOO“ kann in einem Cron-Ausdruck nicht der Monat sein/],
    ['en-US', { times: '*/5 * * * *' }, /^That would post more often than every 15 minutes\./],
    ['en-US', { times: '0 8 30 2 *' }, /^That never comes: no year has such a day\./],
  ] as const
  for (const [locale, options, said] of problems) {
    assert.match((await answerTo(bot, locale, options)).replaceAll('\\/', '/'), said)
  }
  assert.match(await answerTo(bot, 'en-US', {}), /will be posted in/)
})
