import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  ButtonBuilder,
  ButtonStyle,
  Events,
  type Interaction,
  InteractionContextType,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  PermissionFlagsBits,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js'
import type { Answer } from '../../../src/rehearsal/standin/types.ts'
import { openTestDiscord } from '../../support/standin.ts'
import { openClient } from './client.ts'
import { catchInteractions } from './raw-interactions.ts'

const ada = '200000000000000001'
const bob = '200000000000000002'

function expectKind<K extends Answer['kind']>(answer: Answer, kind: K): Extract<Answer, { kind: K }> {
  const isKind = (one: Answer): one is Extract<Answer, { kind: K }> => one.kind === kind
  assert.ok(isKind(answer), `expected ${kind}: ${JSON.stringify(answer)}`)
  return answer
}

test('options arrive resolved, with the permissions of member and app, locale and context', async (t) => {
  const discord = await openTestDiscord(t)
  const client = await openClient(discord)
  await client.application.commands.set([
    {
      name: 'digest',
      description: 'Settings',
      options: [
        {
          type: ApplicationCommandOptionType.Subcommand,
          name: 'set',
          description: 'Sets',
          options: [
            {
              type: ApplicationCommandOptionType.Channel,
              name: 'channel',
              description: 'Where',
              required: true,
            },
            {
              type: ApplicationCommandOptionType.Integer,
              name: 'size',
              description: 'How many',
              minValue: 1,
              maxValue: 9,
            },
            { type: ApplicationCommandOptionType.User, name: 'who', description: 'Whose' },
          ],
        },
      ],
    },
  ])
  client.on(Events.InteractionCreate, async (interaction) => {
    if (!interaction.isChatInputCommand()) return
    const channel = interaction.options.getChannel('channel', true)
    const seen = [
      interaction.options.getSubcommand(),
      channel.name,
      interaction.options.getInteger('size'),
      interaction.options.getMember('who') !== null,
      interaction.locale,
      interaction.guildLocale,
      interaction.memberPermissions?.has(PermissionFlagsBits.ViewChannel),
      interaction.appPermissions.has(PermissionFlagsBits.SendMessages),
      interaction.context === InteractionContextType.Guild,
      interaction.inCachedGuild(),
    ]
    await interaction.reply({ content: JSON.stringify(seen), flags: MessageFlags.Ephemeral })
  })
  const news = discord.world.channelNamed('news')
  discord.member(bob)
  const member = discord.member(ada, { locale: 'de' })
  const call = { subcommand: 'set' }
  const answer = await member.command(news.id, 'digest', { channel: news.id, size: 3, who: bob }, call)
  assert.deepEqual(JSON.parse(expectKind(answer, 'message').message.wire.content), [
    'set',
    'news',
    3,
    true,
    'de',
    'en-US',
    true,
    true,
    true,
    true,
  ])
  const refusals = [
    await member.command(news.id, 'digest', { channel: news.id }),
    await member.command(news.id, 'digest', {}, call),
    await member.command(news.id, 'digest', { channel: news.id, size: 10 }, call),
    await member.command(news.id, 'digest', { channel: news.id, colour: 'red' }, call),
    await member.command(news.id, 'unknown'),
  ]
  assert.deepEqual(
    refusals.map((one) => one.kind === 'failed' && one.by),
    ['client', 'client', 'client', 'client', 'client'],
  )
})

test('autocomplete gives choices for the focused option', async (t) => {
  const discord = await openTestDiscord(t)
  const client = await openClient(discord)
  const story = {
    type: ApplicationCommandOptionType.String,
    name: 'story',
    description: 'Which',
    autocomplete: true,
  } as const
  await client.application.commands.set([{ name: 'summary', description: 'Summary', options: [story] }])
  client.on(Events.InteractionCreate, async (interaction) => {
    if (!interaction.isAutocomplete()) return
    const { value } = interaction.options.getFocused(true)
    await interaction.respond([{ name: `About ${value}`, value: 'story-1' }])
  })
  const news = discord.world.channelNamed('news')
  const answer = await discord.member(ada).autocomplete(news.id, 'summary', { story: 'flo' }, 'story')
  assert.deepEqual(expectKind(answer, 'choices').choices, [{ name: 'About flo', value: 'story-1' }])
})

async function answerComponents(interaction: Interaction): Promise<void> {
  if (interaction.isButton() && interaction.customId === 'more') await interaction.update({ content: 'more' })
  else if (interaction.isButton() && interaction.customId === 'later') {
    await interaction.deferUpdate()
    await interaction.editReply({ content: 'later' })
  } else if (interaction.isButton() && interaction.customId === 'ask') {
    const input = new TextInputBuilder().setCustomId('zone').setStyle(TextInputStyle.Short).setMaxLength(20)
    const label = new LabelBuilder().setLabel('Time zone').setTextInputComponent(input)
    await interaction.showModal(
      new ModalBuilder().setCustomId('form').setTitle('Settings').addLabelComponents(label),
    )
  } else if (interaction.isStringSelectMenu()) {
    await interaction.reply({ content: interaction.values.join(), flags: MessageFlags.Ephemeral })
  } else if (interaction.isModalSubmit()) {
    await interaction.reply({
      content: interaction.fields.getTextInputValue('zone'),
      flags: MessageFlags.Ephemeral,
    })
  }
}

test('buttons update or defer, selects answer, modals are shown and submitted', async (t) => {
  const discord = await openTestDiscord(t)
  const client = await openClient(discord)
  client.on(Events.InteractionCreate, answerComponents)
  const news = discord.world.channelNamed('news')
  const channel = await client.channels.fetch(news.id)
  assert.ok(channel?.isSendable())
  const button = (id: string) =>
    new ButtonBuilder().setCustomId(id).setLabel(id).setStyle(ButtonStyle.Secondary).setEmoji('📰')
  const message = await channel.send({
    content: 'headlines',
    components: [
      new ActionRowBuilder<ButtonBuilder>().addComponents(
        button('more'),
        button('later'),
        button('ask'),
        button('off').setDisabled(),
      ),
      new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
        new StringSelectMenuBuilder()
          .setCustomId('pick')
          .addOptions({ label: 'One', value: '1' }, { label: 'Two', value: '2' }),
      ),
    ],
  })
  const member = discord.member(ada)
  const updated = expectKind(await member.click(news.id, message.id, 'more'), 'update')
  assert.deepEqual([updated.message.wire.content, updated.deferred], ['more', false])
  const later = expectKind(await member.click(news.id, message.id, 'later'), 'update')
  assert.deepEqual([later.message.wire.content, later.deferred], ['later', true])
  const chosen = expectKind(await member.select(news.id, message.id, 'pick', ['2']), 'message')
  assert.deepEqual([chosen.message.wire.content, chosen.ephemeral], ['2', true])
  assert.equal(expectKind(await member.click(news.id, message.id, 'ask'), 'modal').modal.title, 'Settings')
  assert.equal(expectKind(await member.submitModal('form', { zone: 'x'.repeat(21) }), 'failed').by, 'client')
  const submitted = expectKind(await member.submitModal('form', { zone: 'Europe/Berlin' }), 'message')
  assert.equal(submitted.message.wire.content, 'Europe/Berlin')
  assert.equal(expectKind(await member.click(news.id, message.id, 'off'), 'failed').by, 'client')
  assert.equal(expectKind(await member.select(news.id, message.id, 'pick', ['3']), 'failed').by, 'client')
  assert.equal(discord.world.messages(news.id, bob).length, 1)
  assert.equal(discord.world.messages(news.id, ada).length, 3)
})

test('an answer after the deadline is refused with 10062, a second one with 40060, an unknown one with 10062', async (t) => {
  let now = 1_700_000_000_000
  const discord = await openTestDiscord(t, {
    now: () => now,
    deadlines: { firstResponseMs: 2000, tokenMs: 60_000 },
  })
  const client = await openClient(discord)
  const next = await catchInteractions(client, discord)
  const news = discord.world.channelNamed('news').id
  const late = await next(() => discord.member(ada).command(news, 'raw'))
  now += 2001
  assert.equal((await late.reply({ type: 4, data: { content: 'late' } })).code, 10062)
  const good = await next(() => discord.member(ada).command(news, 'raw'))
  assert.equal((await good.reply({ type: 5 })).status, 204)
  assert.equal((await good.reply({ type: 5 })).code, 40060)
  assert.equal((await good.webhook('PATCH', '/messages/@original', { content: 'done' })).status, 200)
  assert.equal(expectKind(await good.answer, 'message').message.wire.content, 'done')
  now += 60_001
  const expired = await good.webhook('PATCH', '/messages/@original', { content: 'too late' })
  assert.deepEqual([expired.status, expired.code], [401, 50027])
})

test('what is never answered fails at the deadline, what is never filled stays unfinished', async (t) => {
  const discord = await openTestDiscord(t, { deadlines: { firstResponseMs: 1000, tokenMs: 1500 } })
  const client = await openClient(discord)
  const next = await catchInteractions(client, discord)
  const news = discord.world.channelNamed('news').id
  const silent = await next(() => discord.member(ada).command(news, 'raw'))
  assert.equal(expectKind(await silent.answer, 'failed').by, 'deadline')
  const deferred = await next(() => discord.member(ada).command(news, 'raw'))
  await deferred.reply({ type: 5, data: { flags: 64 } })
  const answer = expectKind(await deferred.answer, 'failed')
  assert.equal(answer.by, 'unfinished')
  assert.ok(answer.ackMs !== undefined)
})

test('answers that do not fit the interaction, and modals beyond the limits, are refused', async (t) => {
  const discord = await openTestDiscord(t, { allowBadRequests: true })
  const client = await openClient(discord)
  const next = await catchInteractions(client, discord)
  const news = discord.world.channelNamed('news').id
  const one = await next(() => discord.member(ada).command(news, 'raw'))
  const input = (id: string) => ({
    type: 18,
    label: 'Label',
    component: { type: 4, custom_id: id, style: 1 },
  })
  const modal = (more: object) => ({
    type: 9,
    data: { custom_id: 'm', title: 'T', components: [input('a')], ...more },
  })
  const refused: readonly [unknown, string][] = [
    [{ type: 7, data: { content: 'a' } }, 'type:INTERACTION_CALLBACK_TYPE_INVALID'],
    [{ type: 8, data: { choices: [] } }, 'type:INTERACTION_CALLBACK_TYPE_INVALID'],
    [modal({ title: 't'.repeat(46) }), 'data.title:BASE_TYPE_BAD_LENGTH'],
    [modal({ components: [] }), 'data.components:BASE_TYPE_REQUIRED'],
    [
      modal({ components: ['a', 'b', 'c', 'd', 'e', 'f'].map(input) }),
      'data.components:BASE_TYPE_BAD_LENGTH',
    ],
    [modal({ components: [input('a'), input('a')] }), 'data.components.1:COMPONENT_CUSTOM_ID_DUPLICATED'],
    [modal({ components: [{ type: 10, content: '' }] }), 'data.components.0.content:BASE_TYPE_REQUIRED'],
    [{ type: 4, data: { content: 'a'.repeat(2001) } }, 'data.content:BASE_TYPE_MAX_LENGTH'],
  ]
  for (const [body, error] of refused) {
    const answer = await one.reply(body)
    assert.ok(answer.errors.includes(error), `${error}: ${JSON.stringify(answer.body)}`)
  }
  assert.equal((await one.reply({ type: 4, data: {} })).code, 50006)
  assert.equal((await one.webhook('POST', '', { content: 'too early' })).code, 10015)
  const taken = await one.reply({ type: 4, data: { content: 'yes', flags: 64 } }, '?with_response=true')
  assert.equal(taken.status, 200)
  assert.ok(JSON.stringify(taken.body).includes('"response_message_ephemeral":true'))
})

test('the first follow-up to a deferred answer fills it; @original is found, changed and deleted', async (t) => {
  const discord = await openTestDiscord(t)
  const client = await openClient(discord)
  const next = await catchInteractions(client, discord)
  const news = discord.world.channelNamed('news').id
  const one = await next(() => discord.member(ada).command(news, 'raw'))
  await one.reply({ type: 5 })
  assert.equal(discord.world.messages(news)[0]?.loading, true)
  await one.webhook('POST', '', { content: 'first' })
  await one.webhook('POST', '', { content: 'second' })
  assert.deepEqual(
    discord.world.messages(news).map((message) => message.wire.content),
    ['first', 'second'],
  )
  assert.equal((await one.webhook('GET', '/messages/%40original')).body.content, 'first')
  assert.equal((await one.webhook('DELETE', '/messages/@original')).status, 204)
  assert.equal((await one.webhook('GET', '/messages/@original')).code, 10008)
})

test('an app that only the person installed may follow up five times, then 40094', async (t) => {
  const discord = await openTestDiscord(t)
  const client = await openClient(discord)
  const next = await catchInteractions(client, discord)
  const news = discord.world.channelNamed('news').id
  const one = await next(() => discord.member(ada, { userInstallOnly: true }).command(news, 'raw'))
  await one.reply({ type: 4, data: { content: 'answer' } })
  const codes: (number | undefined)[] = []
  for (let count = 0; count < 6; count += 1)
    codes.push((await one.webhook('POST', '', { content: `${count}` })).code)
  assert.deepEqual(codes, [undefined, undefined, undefined, undefined, undefined, 40094])
})

test('a command can be used in the DM with the bot, and only where it is offered', async (t) => {
  const discord = await openTestDiscord(t)
  const client = await openClient(discord)
  await client.application.commands.set([
    {
      name: 'anywhere',
      description: 'd',
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      integrationTypes: [ApplicationIntegrationType.GuildInstall],
    },
    { name: 'here', description: 'd', contexts: [InteractionContextType.Guild] },
    {
      name: 'admin',
      description: 'd',
      contexts: [InteractionContextType.Guild],
      defaultMemberPermissions: PermissionFlagsBits.ManageGuild,
    },
  ])
  client.on(Events.InteractionCreate, async (interaction) => {
    if (interaction.isChatInputCommand())
      await interaction.reply(`${interaction.context} ${interaction.inGuild()}`)
  })
  const member = discord.member(ada)
  const dm = member.directMessages()
  const answer = await member.command(dm.id, 'anywhere')
  assert.equal(expectKind(answer, 'message').message.wire.content, '1 false')
  assert.deepEqual(
    member.offered(dm.id).map((one) => one.name),
    ['anywhere'],
  )
  const news = discord.world.channelNamed('news').id
  assert.deepEqual(
    member.offered(news).map((one) => one.name),
    ['anywhere', 'here'],
  )
  const guild = discord.world.guilds()[0]
  assert.ok(guild)
  assert.deepEqual(
    discord
      .member(guild.ownerId)
      .offered(news)
      .map((one) => one.name),
    ['anywhere', 'here', 'admin'],
  )
})

test('message commands carry the message they are used on', async (t) => {
  const discord = await openTestDiscord(t)
  const client = await openClient(discord)
  await client.application.commands.set([{ type: 3, name: 'Full text' }])
  client.on(Events.InteractionCreate, async (interaction) => {
    if (interaction.isMessageContextMenuCommand())
      await interaction.reply(interaction.targetMessage.content.toUpperCase())
  })
  const news = discord.world.channelNamed('news').id
  const member = discord.member(ada)
  const message = member.send(news, 'flood')
  const answer = await member.messageCommand(news, 'Full text', message.wire.id)
  assert.equal(expectKind(answer, 'message').message.wire.content, 'FLOOD')
})
