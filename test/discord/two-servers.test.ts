/** Two servers, each with a feed of its own that tells of one event: what one is shown is nothing for the other, not even by its old buttons. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { send } from '../rehearsal/standin/raw.ts'
import { memberId, messageOf, openTestBot, ownerId, textOf } from '../support/bot.ts'
import { callCard } from '../support/card.ts'
import { openHost } from '../support/host.ts'

const text =
  'A fire has destroyed the old paint mill at Kelsport on Thursday night. Forty firefighters fought the flames until the morning, and nobody was hurt, said the fire chief, Ines Farrow. The mill was built in 1871.'

const chess =
  'Chess champion Ludmila Varga has won the winter cup in Brixen after seven hours against a computer scientist from Oslo. She sacrificed her queen on move 31, and the hall rose to its feet. The prize is worth 40,000 euros.'

const item = (name: string, title: string, said: string) =>
  `<item><title>${title}, ${name} reports</title><link>https://${name}.example/${title.length}</link>
<guid>${name}-${title.length}</guid><pubDate>Fri, 20 Nov 2026 05:00:00 GMT</pubDate><description>${said}</description></item>`

/** Both tell of the fire, and each of something that the other does not know. */
const feedOf = (name: string) => `<?xml version="1.0"?><rss version="2.0"><channel><title>${name}</title>
${item(name, 'Fire destroys the paint mill at Kelsport', text)}
${name === 'north' ? item(name, 'Ludmila Varga wins the chess cup in Brixen', chess) : ''}</channel></rss>`

const guildNamed = (name: string) => ({
  name,
  ownerId,
  channels: [{ name: 'news' }, { name: `news-${name}` }],
  members: [
    { id: ownerId, name: 'olivia' },
    { id: memberId, name: 'mika' },
  ],
})

test('buttons and menus of one server say kindly on another that this is not for there', async (t) => {
  const answer = (name: string) => (_: unknown, response: import('node:http').ServerResponse) =>
    void response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feedOf(name))
  const host = await openHost(t, { '/north.xml': answer('north'), '/south.xml': answer('south') })
  const bot = await openTestBot(t, { guilds: [guildNamed('north'), guildNamed('south')] }, ['127.0.0.1'])
  await bot.start()
  const { discord } = bot
  const [north, south] = ['north', 'south'].map((name) => {
    const channelId = discord.world.channelNamed(`news-${name}`).id
    const guildId = discord.world.channel(channelId)?.guildId ?? assert.fail()
    return {
      name,
      channelId,
      hands: (locale: string, id = memberId) => discord.member(id, { guildId, locale }),
    }
  })
  assert.ok(north !== undefined && south !== undefined)
  const rest = () => bot.clock.moveTo(bot.clock.now() + 30_000)
  for (const { name, channelId, hands } of [north, south]) {
    rest()
    const address = `${host.url}/${name}.xml`
    await callCard(hands('en-GB', ownerId), channelId, 'feed', { address }, { subcommand: 'add' })
  }
  const foundBy = async ({ channelId, hands }: typeof north) => {
    rest()
    return messageOf(await hands('en-GB').command(channelId, 'search', { words: 'paint mill Kelsport' }))
  }
  await bot.untilLogged('source.polled', 2)
  let hit = await foundBy(north)
  for (let tries = 0; tries < 40 && !/north reports/.test(textOf(hit)); tries += 1) hit = await foundBy(north)
  assert.match(textOf(hit), /north reports/)
  assert.doesNotMatch(textOf(hit), /south reports/)
  assert.doesNotMatch(textOf(await foundBy(south)), /north reports/)

  const storyOffered = async (typed: string) => {
    const offered = await north
      .hands('en-GB')
      .autocomplete(north.channelId, 'summary', { story: typed }, 'story')
    return String((offered.kind === 'choices' ? offered.choices[0]?.value : undefined) ?? assert.fail(typed))
  }
  /** As if the message had been carried over to the other server. */
  const replayed = async (customId: string, locale: string) => {
    const posted = await send(discord, 'POST', `/channels/${south.channelId}/messages`, {
      content: 'x',
      components: [{ type: 1, components: [{ type: 2, style: 2, label: 'x', custom_id: customId }] }],
    })
    rest()
    const said = messageOf(await south.hands(locale).click(south.channelId, String(posted.body.id), customId))
    assert.equal(said.ephemeralFor, memberId)
    return textOf(said)
  }
  const verbs = (story: string) => [`1:summary:${story}`, `1:story-text:${story}`, `1:sources:${story}:0`]
  for (const id of verbs(await storyOffered('mill'))) {
    assert.match(await replayed(id, 'en-GB'), /south/, 'the event, as its own source tells it')
    assert.doesNotMatch(await replayed(id, 'de'), /north/)
  }
  const foreign = await storyOffered('Ludmila Varga')
  for (const id of [...verbs(foreign), `1:follow:${foreign}`]) {
    assert.match(await replayed(id, 'en-GB'), /^That is from a source that another server/, id)
    assert.match(await replayed(id, 'de'), /^Das ist aus einer Quelle, die ein anderer Server/, id)
  }
})
