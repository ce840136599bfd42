/** `/settings`: what holds for all digests of a server, with the real bot and a stand-in Discord. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GuildSeed } from '../../src/rehearsal/standin/types.ts'
import { openTestBot, ownerId } from '../support/bot.ts'
import { callCard } from '../support/card.ts'

const readers = '300000000000000002'
const quiet = '300000000000000003'

const town: GuildSeed = {
  name: 'Stadt',
  ownerId,
  locale: 'de',
  roles: [
    { id: readers, name: 'Readers', mentionable: true },
    { id: quiet, name: 'Quiet' },
  ],
  channels: [{ name: 'news' }],
}

test('settings begin with what the server tells, change step by step, outlive a restart, and new digests begin with them', async (t) => {
  const bot = await openTestBot(t, { guilds: [town] })
  await bot.start()
  const guildId = bot.discord.world.guilds()[0]?.id ?? assert.fail('no server')
  const hands = bot.discord.member(ownerId, { guildId, locale: 'en-US' })
  const rest = () => bot.clock.moveTo(bot.clock.now() + 30_000)

  const card = await callCard(hands, bot.channelId, 'settings')
  assert.match(card.text(), /As on Discord: German/)
  assert.match(card.text(), /Not set; I assume Europe\/Berlin/)
  assert.match(card.text(), /<\/digest setup:\d+> and <\/settings:\d+>.*Server Settings → Integrations/s)

  await card.choose('settings-language', 'en')
  assert.deepEqual(card.offered('settings-language').chosen, ['en'])
  await card.choose('settings-role', quiet)
  assert.match(card.text(), new RegExp(`⚠️ A mention of <@&${quiet}> would notify nobody`))
  await card.choose('settings-role', guildId)
  assert.match(card.text(), /⚠️ A digest does not mention everybody/)
  await card.choose('settings-role', readers)
  assert.doesNotMatch(card.text(), /⚠️/)
  await card.fill('settings-zone-form', { zone: 'Berlni' })
  assert.match(card.text(), /⚠️ “Berlni” is not a time zone I know\. Did you mean Europe\\?\/Berlin/)
  const { stood } = await card.fill('settings-zone-form', { zone: 'Tokyo' })
  assert.deepEqual(stood, { zone: 'Europe/Berlin' })
  assert.match(card.text(), /✓ Changed\..*Asia\/Tokyo \(Japan Standard Time\)/s)

  await bot.stop()
  await bot.start()
  rest()
  const setup = await callCard(hands, bot.channelId, 'digest', {}, { subcommand: 'setup' })
  assert.match(setup.text(), /: 7:30 AM, every day, Asia\/Tokyo/)
  const { stood: own } = await setup.fill('setup-own-form', { addresses: 'x' })
  assert.equal(own.language, 'en')

  rest()
  const options = { zone: 'Lisbon', role: quiet }
  const named = await callCard(hands, bot.channelId, 'settings', options)
  assert.match(named.text(), /✓ Changed\..*Europe\/Lisbon/s)
  await named.choose('settings-role')
  assert.doesNotMatch(named.text(), /⚠️/)
  await named.fill('settings-zone-form', { zone: '' })
  assert.match(named.text(), /Not set; I assume Europe\/Berlin/)
  const wrong = await callCard(hands, bot.channelId, 'settings', { zone: 'Atlantis' })
  assert.match(wrong.text(), /^“Atlantis” is not a time zone/)
})
