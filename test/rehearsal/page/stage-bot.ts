/**
 * A small bot on a real discord.js client for the page's tests: a digest with every kind of component, commands with
 * options, autocomplete and localisations, an ephemeral answer, a deferred one, a modal, and one that never answers.
 */
import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  AttachmentBuilder,
  ButtonBuilder,
  type ButtonInteraction,
  ButtonStyle,
  ChannelType,
  Client,
  ContainerBuilder,
  EmbedBuilder,
  Events,
  GatewayIntentBits,
  type Interaction,
  LabelBuilder,
  type MessageCreateOptions,
  MessageFlags,
  ModalBuilder,
  PermissionFlagsBits,
  type SendableChannels,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js'

const headlines = [
  'Night trains return to the coast',
  'Council votes for quieter harbour',
  'Museum finds a lost map in its own cellar',
]

/** Logs in against a stand-in and registers the commands; resolves when the bot is ready. */
export async function startStageBot(api: string): Promise<Client<true>> {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api } })
  client.on(Events.InteractionCreate, (interaction) => void answer(interaction))
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve))
  await client.login('stage')
  const bot = await ready
  await bot.application.commands.set([
    {
      type: ApplicationCommandType.ChatInput,
      name: 'headlines',
      nameLocalizations: { de: 'schlagzeilen' },
      description: 'The newest headlines',
      descriptionLocalizations: { de: 'Die neuesten Schlagzeilen' },
      options: [
        {
          type: ApplicationCommandOptionType.Integer,
          name: 'count',
          description: 'How many',
          minValue: 1,
          maxValue: 9,
        },
      ],
    },
    {
      type: ApplicationCommandType.ChatInput,
      name: 'summary',
      nameLocalizations: { de: 'zusammenfassung' },
      description: 'What a story says, in a few sentences',
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: 'story',
          nameLocalizations: { de: 'meldung' },
          description: 'Which story',
          required: true,
          autocomplete: true,
        },
        { type: ApplicationCommandOptionType.Boolean, name: 'private', description: 'Only for you' },
      ],
    },
    {
      type: ApplicationCommandType.ChatInput,
      name: 'setup',
      description: 'Choose what is posted where',
      defaultMemberPermissions: PermissionFlagsBits.ManageGuild,
      options: [
        {
          type: ApplicationCommandOptionType.Channel,
          name: 'channel',
          description: 'Where',
          required: true,
          channelTypes: [ChannelType.GuildText],
        },
      ],
    },
    { type: ApplicationCommandType.ChatInput, name: 'silence', description: 'Never answers' },
    { type: ApplicationCommandType.ChatInput, name: 'feedback', description: 'Tell us what is missing' },
    { type: ApplicationCommandType.ChatInput, name: 'slow', description: 'Thinks until it is told' },
  ])
  return bot
}

async function answer(interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused().toLowerCase()
    const fitting = headlines.filter((headline) => headline.toLowerCase().includes(typed))
    return interaction.respond(
      fitting.map((headline) => ({ name: headline, value: String(headlines.indexOf(headline)) })),
    )
  }
  if (interaction.isButton()) return answerButton(interaction)
  if (interaction.isStringSelectMenu()) {
    await interaction.update(storyPage(`Chosen: ${interaction.values.join(', ')}`, 0))
    return
  }
  if (interaction.isModalSubmit()) {
    const said = interaction.fields.getTextInputValue('text')
    await interaction.reply({ content: `Thank you: ${said}`, flags: MessageFlags.Ephemeral })
    return
  }
  if (!interaction.isChatInputCommand()) return
  switch (interaction.commandName) {
    case 'headlines':
      await interaction.reply({
        ...storyPage('Page 1', 1),
        flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral,
      })
      return
    case 'summary': {
      const headline = headlines[Number(interaction.options.getString('story'))] ?? 'No such story'
      await interaction.reply({
        content: `**${headline}**\nThe line opens in spring.`,
        flags: MessageFlags.Ephemeral,
      })
      return
    }
    case 'setup':
      await interaction.reply({ content: `Posts will go to ${interaction.options.getChannel('channel')}.` })
      return
    case 'feedback':
      await interaction.showModal(feedbackModal())
      return
    case 'slow':
      await interaction.deferReply()
  }
}

async function answerButton(interaction: ButtonInteraction): Promise<void> {
  const page = /^page:(\d+)$/.exec(interaction.customId)?.[1]
  if (page !== undefined) await interaction.update(storyPage(`Page ${page}`, Number(page)))
  else if (interaction.customId === 'feedback') await interaction.showModal(feedbackModal())
}

const body =
  'The **overnight line** to the coast runs again from <t:1893456000:D>, *twelve years* after it was given up. ' +
  'See <#0> or [the timetable](https://example.com/timetable).'

/** A page of an answer: a text, a section with a button, and the way to the next page. */
function storyPage(title: string, page: number) {
  return {
    components: [
      new ContainerBuilder()
        .setAccentColor(0x2f6fde)
        .addTextDisplayComponents((text) => text.setContent(`## ${title}\n${body}`))
        .addActionRowComponents(
          new ActionRowBuilder<ButtonBuilder>().addComponents(
            new ButtonBuilder()
              .setCustomId(`page:${page + 1}`)
              .setLabel('Next page')
              .setStyle(ButtonStyle.Primary),
          ),
        ),
    ],
  }
}

function feedbackModal(): ModalBuilder {
  return new ModalBuilder()
    .setCustomId('feedback')
    .setTitle('What is missing?')
    .addLabelComponents(
      new LabelBuilder()
        .setLabel('Subject')
        .setStringSelectMenuComponent(
          new StringSelectMenuBuilder()
            .setCustomId('subject')
            .setPlaceholder('Choose a subject')
            .addOptions({ label: 'Sources', value: 'sources' }, { label: 'Layout', value: 'layout' }),
        ),
      new LabelBuilder()
        .setLabel('Your words')
        .setDescription('One sentence is enough.')
        .setTextInputComponent(
          new TextInputBuilder().setCustomId('text').setStyle(TextInputStyle.Paragraph).setMaxLength(400),
        ),
    )
}

/** A digest as Depesche would post it, and more kinds of components than it needs. */
export function digestMessage(extra = ''): MessageCreateOptions {
  const container = new ContainerBuilder()
    .setAccentColor(0xd9534f)
    .addTextDisplayComponents((text) =>
      text.setContent(`# Harbour Post\n-# Morning edition · <t:1893456000:f> · 12 sources${extra}`),
    )
    .addSeparatorComponents((line) => line.setDivider(true))
    .addSectionComponents((section) =>
      section
        .addTextDisplayComponents((text) =>
          text.setContent(`### 1. ${headlines[0]}\n${body}\n-# Harbour Post, Coast Courier and 2 more`),
        )
        .setThumbnailAccessory((thumbnail) =>
          thumbnail.setURL('https://pictures.example/night-train.jpg').setDescription('A train at dusk'),
        ),
    )
    .addSectionComponents((section) =>
      section
        .addTextDisplayComponents((text) =>
          text.setContent(
            `### 2. ${headlines[1]}\nAfter **nine hours** the council agreed; ||by one vote||.`,
          ),
        )
        .setButtonAccessory((accessory) =>
          accessory.setCustomId('page:1').setLabel('Summary').setStyle(ButtonStyle.Secondary),
        ),
    )
    .addSeparatorComponents((line) => line.setDivider(false))
    .addActionRowComponents(
      new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
        new StringSelectMenuBuilder()
          .setCustomId('story')
          .setPlaceholder('Read a story')
          .addOptions(
            headlines.map((label, index) => ({
              label,
              value: String(index),
              description: 'Summary and full text',
            })),
          ),
      ),
    )
    .addActionRowComponents(
      new ActionRowBuilder<ButtonBuilder>().addComponents(
        new ButtonBuilder()
          .setCustomId('page:2')
          .setLabel('Full text')
          .setStyle(ButtonStyle.Primary)
          .setEmoji('📰'),
        new ButtonBuilder().setCustomId('feedback').setLabel('Feedback').setStyle(ButtonStyle.Success),
        new ButtonBuilder()
          .setCustomId('gone')
          .setLabel('Unfollow')
          .setStyle(ButtonStyle.Danger)
          .setDisabled(true),
        new ButtonBuilder()
          .setURL('https://example.com/archive')
          .setLabel('Archive')
          .setStyle(ButtonStyle.Link),
      ),
    )
  return { components: [container], flags: MessageFlags.IsComponentsV2 }
}

/** An older kind of message: text, embed and attachment. */
export function embedMessage(): MessageCreateOptions {
  const embed = new EmbedBuilder()
    .setTitle('Weather for the week')
    .setURL('https://example.com/weather')
    .setDescription('> Wind from the *west*, later calm.\n```\nMon  12°\nTue  14°\n```')
    .setColor(0x3ba55d)
    .addFields(
      { name: 'Sunrise', value: '07:12', inline: true },
      { name: 'Sunset', value: '16:40', inline: true },
      { name: 'Tide', value: '- high 09:30\n- low 15:45' },
    )
    .setFooter({ text: 'Harbour office' })
  const file = new AttachmentBuilder(Buffer.from('one line\n'), { name: 'tides.txt' })
  return { content: 'Good morning @everyone, `tides.txt` is attached.', embeds: [embed], files: [file] }
}

/** A channel the bot may write in. */
export function writable(bot: Client<true>, channelId: string): SendableChannels {
  const channel = bot.channels.cache.get(channelId)
  if (!channel?.isSendable()) throw new Error(`The bot cannot write in ${channelId}.`)
  return channel
}
