/**
 * Interactions → answers. Every interaction is acknowledged before anything else is done; what a person can mend is said in
 * their language, anything else is logged and shown as a short reference.
 */
import { randomBytes } from 'node:crypto'
import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type Interaction,
  MessageFlags,
  type StringSelectMenuInteraction,
} from 'discord.js'
import type { Instant } from '../article/article.ts'
import type { GuildId, Subscriptions } from '../digest/ledger.ts'
import type { Library } from '../digest/library.ts'
import { UserError } from '../errors.ts'
import type { Log } from '../log.ts'
import { answer } from './answers.ts'
import type { Command } from './commands/command.ts'
import { parseCustomId } from './custom-id.ts'
import { choices, optionReaders } from './options.ts'
import { isTextKey, type Say, sayIn } from './text/say.ts'
import type { View } from './views/layout.ts'
import { noteView } from './views/list-view.ts'

export interface Dispatch {
  readonly commands: readonly Command[]
  readonly library: Library
  readonly subscriptions: Subscriptions
  readonly now: () => Instant
  readonly log: Log
  readonly mention: (command: string) => string
}

type Answerable = ChatInputCommandInteraction | ButtonInteraction | StringSelectMenuInteraction

/** Already acknowledged: the first answer arrived and its confirmation was lost. */
const alreadyAcknowledged = 40060
/** Interactions remembered so that one replayed after a resume is answered once. */
const rememberedInteractions = 5000

export function createDispatcher(dispatch: Dispatch): (interaction: Interaction) => Promise<void> {
  const seen = new Set<string>()
  return async (interaction) => {
    if (seen.has(interaction.id)) return
    seen.add(interaction.id)
    const [oldest] = seen
    if (oldest !== undefined && seen.size > rememberedInteractions) seen.delete(oldest)
    try {
      if (interaction.isAutocomplete()) await suggest(interaction, dispatch)
      else if (interaction.isChatInputCommand()) await runCommand(interaction, dispatch)
      else if (interaction.isButton() || interaction.isStringSelectMenu())
        await runComponent(interaction, dispatch)
    } catch (error) {
      dispatch.log.error({ err: error, interaction: interaction.id }, 'interaction.failed')
    }
  }
}

async function suggest(interaction: AutocompleteInteraction, dispatch: Dispatch): Promise<void> {
  await interaction.respond(await choices(interaction, dispatch.library, dispatch.subscriptions))
}

async function runCommand(interaction: ChatInputCommandInteraction, dispatch: Dispatch): Promise<void> {
  await acknowledge(interaction, () => interaction.deferReply({ flags: MessageFlags.Ephemeral }))
  const name = [interaction.commandName, interaction.options.getSubcommand(false)].filter(Boolean).join(' ')
  const say = sayIn(interaction.locale)
  await finish(interaction, dispatch, say, async () => {
    const command = dispatch.commands.find((each) => each.name === name)
    if (command === undefined) throw new Error(`No command is called "${name}".`)
    return command.run(
      {
        library: dispatch.library,
        subscriptions: dispatch.subscriptions,
        say,
        now: dispatch.now(),
        guildId: interaction.guildId === null ? undefined : (interaction.guildId as GuildId),
        mention: dispatch.mention,
      },
      optionReaders(interaction, dispatch.library),
    )
  })
}

/** A press on one's own ephemeral answer changes that answer; one on a digest makes a new, ephemeral one. */
async function runComponent(
  interaction: ButtonInteraction | StringSelectMenuInteraction,
  dispatch: Dispatch,
): Promise<void> {
  const inPlace = interaction.message.flags.has(MessageFlags.Ephemeral) && interaction.isButton()
  await acknowledge(interaction, () =>
    inPlace ? interaction.deferUpdate() : interaction.deferReply({ flags: MessageFlags.Ephemeral }),
  )
  const say = sayIn(interaction.locale)
  const headlines = dispatch.mention('headlines')
  await finish(interaction, dispatch, say, async () => {
    const action = parseCustomId(interaction.customId)
    if (action === undefined)
      throw new UserError('old-button', 'This button is no longer understood.', { headlines })
    const value = interaction.isStringSelectMenu() ? interaction.values[0] : undefined
    return answer(action, value, { library: dispatch.library, say, headlines })
  })
}

async function acknowledge(interaction: Answerable, defer: () => Promise<unknown>): Promise<void> {
  try {
    await defer()
  } catch (error) {
    if (!(error instanceof DiscordAPIError && error.code === alreadyAcknowledged)) throw error
    interaction.deferred = true
  }
}

async function finish(
  interaction: Answerable,
  dispatch: Dispatch,
  say: Say,
  work: () => Promise<View>,
): Promise<void> {
  const view = await work().catch((error: unknown) => errorView(error, interaction, dispatch, say))
  await interaction.editReply({
    components: [...view.components],
    flags: MessageFlags.IsComponentsV2,
    allowedMentions: { parse: [] },
  })
}

function errorView(error: unknown, interaction: Answerable, dispatch: Dispatch, say: Say): View {
  if (error instanceof UserError) {
    const key = `error.${error.code}`
    const known = { headlines: dispatch.mention('headlines'), list: dispatch.mention('digest list') }
    if (isTextKey(key)) return noteView(say(key, { ...known, ...error.facts }))
  }
  const reference = randomBytes(3).toString('hex')
  dispatch.log.error({ err: error, reference, interaction: interaction.id }, 'interaction.failed')
  return noteView(say('error.unknown', { reference }))
}
