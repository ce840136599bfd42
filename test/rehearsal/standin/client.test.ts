import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ComponentType, Events, MessageFlags } from 'discord.js'
import { openTestDiscord } from '../../support/standin.ts'
import { openClient } from './client.ts'

const ada = '200000000000000001'

test('a discord.js client logs in, sees its guild, registers a command, answers it, posts and edits', async (t) => {
  const discord = await openTestDiscord(t)
  const client = await openClient(discord)
  const guild = client.guilds.cache.first()
  assert.equal(guild?.name, 'Rehearsal')
  await client.application.commands.set([{ name: 'ping', description: 'Says pong' }])
  assert.deepEqual(
    discord.world.commands().map((command) => command.name),
    ['ping'],
  )
  client.on(Events.InteractionCreate, async (interaction) => {
    if (!interaction.isChatInputCommand()) return
    await interaction.deferReply({ flags: MessageFlags.Ephemeral })
    await interaction.editReply('pong')
    await interaction.followUp({ content: 'and more', flags: MessageFlags.Ephemeral })
  })
  const channel = discord.world.channelNamed('news')
  const answer = await discord.member(ada).command(channel.id, 'ping')
  assert.equal(answer.kind, 'message')
  assert.ok(answer.kind === 'message')
  assert.equal(answer.message.wire.content, 'pong')
  assert.equal(answer.ephemeral, true)
  assert.equal(answer.deferred, true)
  const more = await answer.next()
  assert.equal(more.wire.content, 'and more')
  assert.equal(more.ephemeralFor, ada)

  const target = await client.channels.fetch(channel.id)
  assert.ok(target?.isSendable())
  const posted = await target.send({
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.TextDisplay, content: '# News' }],
    nonce: 'edition-1',
    enforceNonce: true,
    allowedMentions: { parse: [] },
  })
  await posted.edit({ components: [{ type: ComponentType.TextDisplay, content: '# More news' }] })
  const [message] = discord.world.messages(channel.id)
  assert.deepEqual(message?.wire.components, [{ type: 10, id: 1, content: '# More news' }])
})
