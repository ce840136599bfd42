/**
 * Everything an owner can press, choose or fill in, and what every member reads, walked through in every language with the real bot: each
 * answer is in the language of the reader, whole, and without a sentence of another one.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogs } from '../../src/discord/text/say.ts'
import type { GuildSeed } from '../../src/rehearsal/standin/types.ts'
import { openTestBot, ownerId } from '../support/bot.ts'
import { type Card, callCard } from '../support/card.ts'

const spoken = [
  ['en', 'en-GB'],
  ['de', 'de'],
  ['fr', 'fr'],
  ['es', 'es-419'],
  ['pt', 'pt-BR'],
] as const

/** One server for each language, all with the same bot. */
const towns: readonly GuildSeed[] = spoken.map(([language]) => ({
  name: `Town ${language}`,
  ownerId,
  roles: [{ id: readersOf(language), name: 'Readers' }],
  channels: [{ name: language === 'en' ? 'news' : `news-${language}` }, { name: `lounge-${language}` }],
}))

function readersOf(language: string): string {
  return `3000000000000000${10 + spoken.findIndex(([each]) => each === language)}`
}

/** Sentences without placeholders that stand in one catalog alone. */
function sentencesOf(language: string): readonly string[] {
  const others = Object.entries(catalogs)
    .filter(([each]) => each !== language)
    .flatMap(([, catalog]) => Object.values(catalog))
  return Object.values(catalogs[language] ?? {}).filter(
    (text) => text.length >= 12 && !text.includes('{') && !others.includes(text),
  )
}

test('every card of the owners is in their language, step by step', async (t) => {
  const bot = await openTestBot(t, { guilds: towns })
  await bot.start()
  for (const [language, locale] of spoken) {
    const { world } = bot.discord
    const guildId =
      world.guilds().find(({ name }) => name === `Town ${language}`)?.id ?? assert.fail('no server')
    const news = world.channelNamed(language === 'en' ? 'news' : `news-${language}`).id
    const lounge = world.channelNamed(`lounge-${language}`).id
    const readers = readersOf(language)
    const hands = bot.discord.member(ownerId, { guildId, locale })
    const foreignSentences = Object.keys(catalogs)
      .filter((each) => each !== language)
      .flatMap(sentencesOf)
    const seen = new Set<string>()
    const check = (card: Card): Card => {
      const text = card.text()
      for (const verb of card.verbs()) seen.add(verb)
      for (const sentence of foreignSentences)
        assert.ok(!text.includes(sentence), `${language}: ${sentence} in ${text}`)
      assert.doesNotMatch(text, /\{\w+|undefined|\[object/)
      return card
    }
    const call = async (
      name: string,
      options: Readonly<Record<string, string>> = {},
      subcommand?: string,
    ) => {
      bot.clock.moveTo(bot.clock.now() + 30_000)
      return check(await callCard(hands, news, name, options, subcommand === undefined ? {} : { subcommand }))
    }
    const press = async (card: Card, ...verbs: readonly string[]): Promise<Card> => {
      for (const verb of verbs) check(await card.press(verb))
      return card
    }

    const setup = await call('digest', {}, 'setup')
    check(await setup.choose('setup-channel', lounge))
    check(await setup.choose('setup-times', '08:00+20:00'))
    await setup.fill('setup-times-form', { times: 'xyzzy' })
    await setup.fill('setup-own-form', { addresses: 'nirgends' })
    check(setup)
    await setup.fill('setup-times-form', { times: '6:45' })
    await press(setup, 'setup-preview', 'setup', 'setup-cancel')
    const again = await call('digest', {}, 'setup')
    await press(again, 'setup-post', 'digest-show', 'digest-preview', 'digest-now')

    const list = await call('digest', {}, 'list')
    const shown = check(await list.choose('digest-pick', list.offered('digest-pick').values[0] ?? ''))
    await press(shown, 'digest-pause', 'digest-resume', 'digest-edit')
    check(await shown.choose('digest-times', '12:00'))
    check(await shown.choose('digest-channel', lounge))
    check(await shown.choose('digest-notice', 'silent'))
    await shown.fill('digest-times-form', { times: '30 7 * * 1-5' })
    await press(shown, 'digest-show', 'digest-list')
    for (const each of ['show', 'edit', 'preview', 'now', 'pause', 'resume', 'remove']) {
      await call('digest', {}, each)
    }
    await call('digest', { article: 'bridge' }, 'why')
    await call('digest', { article: 'xyzzy' }, 'why')

    const settings = await call('settings')
    check(await settings.choose('settings-language', 'de'))
    check(await settings.choose('settings-role', readers))
    check(await settings.choose('settings-role', guildId))
    check(await settings.choose('settings-role'))
    await settings.fill('settings-zone-form', { zone: 'Atlantis' })
    check(settings)
    await settings.fill('settings-zone-form', { zone: 'Lissabon' })
    check(settings)

    for (const each of ['headlines', 'following', 'help', 'privacy']) await call(each)
    await call('search', { words: 'bridge' })
    await call('search', { words: 'xyzzy' })
    await call('forget', {}, 'me')

    const remove = await call('digest', {}, 'remove')
    await press(remove, 'digest-show', 'digest-remove', 'digest-remove-sure')
    assert.ok(seen.has('setup-post') && seen.has('digest-remove-sure') && seen.has('settings-role'))
  }
})
