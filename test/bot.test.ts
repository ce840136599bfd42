/** The real bot, a real discord.js client, against the stand-in Discord: what people and schedulers see. */
import assert from 'node:assert/strict'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { OutsideError } from '../src/errors.ts'
import { openPool, type WorkPool } from '../src/work/pool.ts'
import { customIdsOf, messageOf, openTestBot, textOf, writeSettled } from './support/bot.ts'

const slot = '2026-11-20T07:30:00Z'

test('a slot comes due and the channel gets one correct digest', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  await bot.setUp()
  bot.approach(slot)
  await bot.untilLogged('delivery.sent')
  const [message, ...more] = await bot.untilPosted(1)
  assert.ok(message)
  assert.deepEqual(more, [])
  const text = textOf(message)
  assert.match(text, /^## Harbour Wire · No\. 1\n<t:1795159800:D>/)
  assert.match(text, /### Council agrees on new bridge over the Averne\nThe vote was close\./)
  assert.match(text, /### Divers map a coral reef off Saltmere/)
  assert.match(text, /source-041/)
  assert.doesNotMatch(text, /Leave a Reply/)
  assert.deepEqual(message.pings, { everyone: false, users: [], roles: [] })
  assert.deepEqual(
    customIdsOf(message).map((id) => id.split(':')[1]),
    ['summary', 'story-text', 'summary', 'story-text', 'edition'],
  )
})

test('nothing new gives no second digest, and a new article comes alone the day after', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  await bot.setUp()
  bot.approach(slot)
  await bot.untilPosted(1)
  await bot.untilLogged('delivery.sent')
  bot.approach('2026-11-21T07:30:00Z')
  await bot.untilLogged('delivery.skipped')
  const taken = bot.timesLogged('articles.taken')
  await writeFile(
    join(bot.digestsDir, 'wire/articles/opera.txt'),
    'Lost opera found in an attic\n\nThe score was thought burnt.\n\nA lost opera by Ida Trautwitz was found in an attic in Merrow on Friday.\n',
  )
  await bot.untilLogged('articles.taken', taken + 1)
  bot.approach('2026-11-22T07:30:00Z')
  const messages = await bot.untilPosted(2)
  const text = textOf(messages[1] ?? assert.fail('no second digest'))
  assert.match(text, /No\. 2/)
  assert.match(text, /Lost opera found in an attic/)
  assert.doesNotMatch(text, /bridge/)
})

const locales = [
  {
    locale: 'en-US',
    answers: {
      headlines: /Newest stories/,
      summary: /Full text/,
      fulltext: /minute to read/,
      unknown: /I know no story called “zzz”/,
    },
  },
  {
    locale: 'de',
    answers: {
      headlines: /Neueste Meldungen/,
      summary: /Volltext/,
      fulltext: /Minute Lesezeit/,
      unknown: /Eine Meldung „zzz“ kenne ich nicht/,
    },
  },
] as const

for (const { locale, answers } of locales) {
  test(`/headlines, /summary and /fulltext answer a member in ${locale}, unseen by others and at once`, async (t) => {
    const bot = await openTestBot(t)
    await bot.start()
    const member = bot.member(locale)
    const headlines = await member.command(bot.channelId, 'headlines')
    assert.match(textOf(messageOf(headlines)), answers.headlines)
    const offered = await member.autocomplete(bot.channelId, 'summary', { story: 'bridge' }, 'story')
    assert.ok(offered.kind === 'choices')
    assert.deepEqual(
      offered.choices.map((choice) => choice.name),
      ['Council agrees on new bridge over the Averne'],
    )
    const story = String(offered.choices[0]?.value)
    const summary = await member.command(bot.channelId, 'summary', { story })
    assert.match(textOf(messageOf(summary)), /The vote was close\. Work begins in spring\./)
    assert.match(textOf(messageOf(summary)), answers.summary)
    const fulltext = await member.command(bot.channelId, 'fulltext', { story: 'reef' })
    assert.match(textOf(messageOf(fulltext)), /They counted 31 kinds of fish\./)
    assert.match(textOf(messageOf(fulltext)), answers.fulltext)
    const unknown = await member.command(bot.channelId, 'summary', { story: 'zzz' })
    assert.match(textOf(messageOf(unknown)), answers.unknown)
    for (const answer of [headlines, summary, fulltext, unknown]) {
      assert.ok(answer.kind === 'message' && answer.ephemeral && answer.deferred)
    }
  })
}

test('long texts turn their pages by buttons, also after a restart', async (t) => {
  const bot = await openTestBot(t)
  const paragraph =
    'The committee heard the next witness, who spoke at length about the harbour and its tides. '.repeat(12)
  const body = Array.from({ length: 12 }, (_, index) => `Paragraph ${index + 1}. ${paragraph}`).join('\n\n')
  await writeSettled(
    join(bot.digestsDir, 'wire/articles/long.txt'),
    `Inquiry hears forty witnesses\n\n${body}\n`,
  )
  await bot.start()
  const member = bot.member('en-US')
  const answer = await member.command(bot.channelId, 'fulltext', { story: 'Inquiry' })
  const first = messageOf(answer)
  assert.match(textOf(first), /Paragraph 1\./)
  const pages = Number(/Page 1 of (\d+)/.exec(textOf(first))?.[1])
  assert.ok(pages >= 4, `${pages} pages`)
  await bot.stop()
  await bot.start()
  let message = first
  for (let page = 2; page <= pages; page += 1) {
    const next =
      customIdsOf(message).find((id) => id.endsWith(`:${page - 1}`)) ?? assert.fail('no next button')
    const turned = await member.click(bot.channelId, message.wire.id, next)
    assert.equal(turned.kind, 'update')
    message = messageOf(turned)
    assert.match(textOf(message), new RegExp(`Page ${page} of ${pages}`))
  }
  assert.match(textOf(message), /Paragraph 12\./)
  assert.equal(
    bot.logged.filter((line) => line.msg === 'commands.registered').length,
    1,
    'commands are registered once',
  )
})

test('buttons and the menu of a digest answer each member in their own language, also after a restart', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  await bot.setUp()
  bot.approach(slot)
  const [message] = await bot.untilPosted(1)
  assert.ok(message)
  await bot.untilLogged('delivery.sent')
  await bot.stop()
  await bot.start()
  const [summary, fulltext] = customIdsOf(message)
  const menu = customIdsOf(message).at(-1) ?? ''
  const member = bot.member('de')
  const pressed = await member.click(bot.channelId, message.wire.id, summary ?? '')
  assert.ok(pressed.kind === 'message' && pressed.ephemeral)
  assert.match(textOf(pressed.message), /Volltext/)
  assert.match(
    textOf(messageOf(await member.click(bot.channelId, message.wire.id, fulltext ?? ''))),
    /Lesezeit/,
  )
  const story = summary?.split(':')[2] ?? ''
  const picked = await member.select(bot.channelId, message.wire.id, menu, [story])
  assert.ok(picked.kind === 'message' && picked.ephemeral)
})

test('a button whose story was withdrawn says so and leads on', async (t) => {
  const bot = await openTestBot(t)
  await bot.start()
  await bot.setUp()
  bot.approach(slot)
  const [message] = await bot.untilPosted(1)
  assert.ok(message)
  await rm(join(bot.digestsDir, 'wire/articles/bridge.txt'))
  await rm(join(bot.digestsDir, 'wire/articles/reef.txt'))
  await bot.untilLogged('article.retired', 2)
  const pressed = await bot
    .member('en-US')
    .click(bot.channelId, message.wire.id, customIdsOf(message)[0] ?? '')
  assert.match(textOf(messageOf(pressed)), /no longer held\. <\/headlines:\d+> shows what is\./)
})

test('files that are dropped, changed and renamed are followed; bad ones are named once and hinder none', async (t) => {
  const bot = await openTestBot(t)
  await writeSettled(join(bot.digestsDir, 'wire/articles/empty.txt'), '')
  await writeSettled(
    join(bot.digestsDir, 'wire/articles/picture.txt'),
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0, 0, 9]),
  )
  await bot.start()
  const member = bot.member('en-US')
  const found = async (words: string) => {
    const offered = await member.autocomplete(bot.channelId, 'summary', { story: words }, 'story')
    return offered.kind === 'choices' ? offered.choices.map((choice) => choice.name) : []
  }
  assert.deepEqual(await found('bridge'), ['Council agrees on new bridge over the Averne'])
  const article = join(bot.digestsDir, 'wire/articles/bridge.txt')
  const taken = bot.timesLogged('articles.taken')
  await writeFile(
    article,
    'Council changes its mind about the bridge\n\nA second vote went the other way.\n\nThe council of Port Averne voted again on Tuesday and rejected the plan for good.\n',
  )
  await bot.untilLogged('articles.taken', taken + 1)
  assert.deepEqual(await found('bridge'), ['Council changes its mind about the bridge'])
  await rename(article, join(bot.digestsDir, 'wire/articles/bridge-vote.txt'))
  await bot.untilLogged('article.retired')
  await bot.untilLogged('articles.taken', taken + 2)
  assert.deepEqual(await found('bridge'), ['Council changes its mind about the bridge'])
  const refused = bot.logged
    .filter((line) => line.msg === 'article.refused')
    .map((line) => String(line.problem))
  assert.equal(refused.length, 2, refused.join('\n'))
  assert.match(refused[0] ?? '', /^wire\/articles\/empty\.txt: /)
  assert.match(refused[1] ?? '', /^wire\/articles\/picture\.txt: /)
})

test('a definition that cannot be used is named and the other digests go on', async (t) => {
  const bot = await openTestBot(t)
  await writeFile(join(bot.digestsDir, 'wire/digest.yaml'), 'title: Broken\n')
  await bot.start()
  const problem = await bot.untilLogged('digests.refused')
  assert.match(String(problem.problem), /^wire\/digest\.yaml:1: language: is missing; expected string/)
})

test('files for which no thread was ready in time are read by a later scan', async (t) => {
  const threads = openPool()
  let isBusy = true
  const late = new OutsideError('No thread was ready.', { retry: true })
  const pool: WorkPool = {
    ...threads,
    run: (name, input) => (isBusy ? Promise.reject(late) : threads.run(name, input)),
  }
  const bot = await openTestBot(t, {}, [], { pool })
  t.after(threads.close)
  await bot.start()
  assert.match(
    String((await bot.untilLogged('article.refused')).problem),
    /\.txt: No thread was ready\. It is tried again\.$/,
  )
  assert.equal(bot.timesLogged('articles.taken'), 0)
  isBusy = false
  let taken = 0
  for (let nth = 1; taken < 2; nth += 1)
    taken += Number((await bot.untilLogged('articles.taken', nth)).changes)
})
