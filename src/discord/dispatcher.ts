/**
 * Interactions → answers. Every interaction is acknowledged before anything else is done; what a person can mend is said in
 * their language, anything else is logged and shown as a short reference.
 */
import { randomBytes } from 'node:crypto'
import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChannelSelectMenuInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
  type RoleSelectMenuInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js'
import type { Instant } from '../article/article.ts'
import type { ChannelId, GuildId, UserId } from '../digest/ledger.ts'
import { UserError } from '../errors.ts'
import type { Log } from '../log.ts'
import { ownerCommandOf } from './actions/owner.ts'
import { answer, costlyVerbs, formOpeners, menusInPlace, openForm } from './answers.ts'
import type { Command, MessageCommand, SlashCommand } from './commands/command.ts'
import type { Context, Given, PickedChannel, Ports } from './context.ts'
import { type Cooldown, costs, createCooldown } from './cooldown.ts'
import { type Action, parseCustomId } from './custom-id.ts'
import { seenBy } from './known-guild.ts'
import { bareChannel, type KnownServers } from './known-servers.ts'
import { mayUse } from './may-manage.ts'
import { optionKinds } from './options/list.ts'
import type { RegisteredCommands } from './registration.ts'
import { isTextKey, sayIn } from './text/say.ts'
import { createTurns, type Rank, type Turns } from './turns.ts'
import { untoldView } from './views/follow-view.ts'
import type { FormView } from './views/form.ts'
import type { View } from './views/layout.ts'
import { limits } from './views/limits.ts'
import { noteView } from './views/list-view.ts'

export interface Dispatch extends Ports {
  readonly commands: readonly Command[]
  readonly now: () => Instant
  readonly log: Log
  readonly registered: RegisteredCommands
  readonly known: KnownServers
}

type Menu = StringSelectMenuInteraction | ChannelSelectMenuInteraction | RoleSelectMenuInteraction
type Component = ButtonInteraction | Menu
type Called = ChatInputCommandInteraction | MessageContextMenuCommandInteraction
type Answerable = Called | Component | ModalSubmitInteraction

/** Already acknowledged: the first answer arrived and its confirmation was lost. */
const alreadyAcknowledged = 40060
/** Nobody waits any more: unknown message, webhook or interaction, and a token that has run out (developers/topics/opcodes-and-status-codes). */
const tooLate: ReadonlySet<string | number> = new Set([10008, 10015, 10062, 50027])
/** Interactions remembered so that one replayed after a resume is answered once. */
const rememberedInteractions = 5000

interface Desk extends Dispatch {
  readonly cooldown: Cooldown
  readonly turns: Turns
}

export function createDispatcher(dispatch: Dispatch): (interaction: Interaction) => Promise<void> {
  const desk: Desk = { ...dispatch, cooldown: createCooldown(), turns: createTurns() }
  const seen = new Set<string>()
  return async (interaction) => {
    if (seen.has(interaction.id)) return
    seen.add(interaction.id)
    const [oldest] = seen
    if (oldest !== undefined && seen.size > rememberedInteractions) seen.delete(oldest)
    try {
      await take(interaction, desk)
    } catch (error) {
      if (isTooLate(error)) dispatch.log.info({ interaction: interaction.id }, 'interaction.expired')
      else dispatch.log.error({ err: error, interaction: interaction.id }, 'interaction.failed')
    }
  }
}

async function take(interaction: Interaction, desk: Desk): Promise<void> {
  if (interaction.isAutocomplete()) await suggest(interaction, desk)
  else if (interaction.isChatInputCommand()) await runSlash(interaction, desk)
  else if (interaction.isMessageContextMenuCommand()) await runOnMessage(interaction, desk)
  else if (interaction.isModalSubmit()) await runForm(interaction, desk)
  else if (
    interaction.isButton() ||
    interaction.isStringSelectMenu() ||
    interaction.isChannelSelectMenu() ||
    interaction.isRoleSelectMenu()
  )
    await runComponent(interaction, desk)
}

async function suggest(interaction: AutocompleteInteraction, desk: Desk): Promise<void> {
  const { name, value } = interaction.options.getFocused(true)
  const spec = slashCommand(interaction, desk)?.options[name]
  const found = await desk.turns.take('in-time', async () =>
    spec === undefined ? [] : optionKinds[spec.kind].suggest?.(value, contextOf(interaction, desk)),
  )
  await interaction.respond((found ?? []).slice(0, limits.choices))
}

async function runSlash(interaction: ChatInputCommandInteraction, desk: Desk): Promise<void> {
  const command = slashCommand(interaction, desk)
  const { options } = interaction
  const isShared = command?.options.public !== undefined && options.getBoolean('public') === true
  const context = contextOf(interaction, desk, isShared)
  const cost = command?.isCostly === true ? costs.costly : costs.command
  const answersAtOnce = command?.opensWithout !== undefined && options.get(command.opensWithout) !== null
  const opens = answersAtOnce ? undefined : command?.opens
  if (opens !== undefined) {
    await showForm(interaction, desk, cost, () => opens(context, options))
    return
  }
  await acknowledge(interaction, desk, () =>
    interaction.deferReply(isShared ? {} : { flags: MessageFlags.Ephemeral }),
  )
  await finish(interaction, desk, cost, async () => {
    if (command?.run === undefined) throw new Error(`No command is called "${interaction.commandName}".`)
    return command.run(context, options)
  })
  await tellUntold(interaction, contextOf(interaction, desk))
}

/** What Discord let nobody write to the member about is said after their answer, once. */
async function tellUntold(
  interaction: ChatInputCommandInteraction,
  { library, members, mention, say, userId }: Context,
): Promise<void> {
  const ids = await members.takeUntold(userId)
  const stories = (await Promise.all(ids.map(library.findStory))).filter((each) => each !== undefined)
  if (stories.length === 0) return
  await interaction.followUp({
    components: [...untoldView(stories, mention('following'), say).components],
    flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral,
    allowedMentions: { parse: [] },
  })
}

async function runOnMessage(interaction: MessageContextMenuCommandInteraction, desk: Desk): Promise<void> {
  await acknowledge(interaction, desk, () => interaction.deferReply({ flags: MessageFlags.Ephemeral }))
  const command = desk.commands.find(
    (each): each is MessageCommand => each.type === 'message' && sayNameOf(each) === interaction.commandName,
  )
  await finish(interaction, desk, command?.isCostly === true ? costs.costly : costs.command, async () => {
    if (command === undefined) throw new Error(`No command is called "${interaction.commandName}".`)
    return command.run(contextOf(interaction, desk), { text: textOf(interaction) })
  })
}

/** A press on one's own ephemeral answer changes that answer; one on a digest makes a new, ephemeral one. */
async function runComponent(interaction: Component, desk: Desk): Promise<void> {
  const action = parseCustomId(interaction.customId)
  const context = contextOf(interaction, desk)
  if (action !== undefined && formOpeners.has(action.do)) {
    await showForm(interaction, desk, costs.press, async () => {
      await refuseStrangers(action, interaction, desk)
      return openForm(action, context)
    })
    return
  }
  const isOwn = interaction.message.flags.has(MessageFlags.Ephemeral)
  const inPlace = isOwn && (interaction.isButton() || (action !== undefined && menusInPlace.has(action.do)))
  await acknowledge(interaction, desk, () =>
    inPlace ? interaction.deferUpdate() : interaction.deferReply({ flags: MessageFlags.Ephemeral }),
  )
  await answerAction(interaction, desk, action, {
    values: interaction.isButton() ? [] : interaction.values,
    channels: interaction.isChannelSelectMenu()
      ? await pickedChannels(interaction, contextOf(interaction, desk))
      : [],
    fields: new Map(),
  })
}

/** A form opened from one's own ephemeral answer changes that answer when it is sent. */
async function runForm(interaction: ModalSubmitInteraction, desk: Desk): Promise<void> {
  const isOwn = interaction.message?.flags.has(MessageFlags.Ephemeral) === true
  await acknowledge(interaction, desk, () =>
    isOwn && interaction.isFromMessage()
      ? interaction.deferUpdate()
      : interaction.deferReply({ flags: MessageFlags.Ephemeral }),
  )
  await answerAction(interaction, desk, parseCustomId(interaction.customId), {
    values: [],
    channels: [],
    fields: fieldsOf(interaction),
  })
}

async function answerAction(
  interaction: Component | ModalSubmitInteraction,
  desk: Desk,
  action: Action | undefined,
  given: Given,
): Promise<void> {
  const context = contextOf(interaction, desk)
  const isCostly = action !== undefined && costlyVerbs.has(action.do)
  await finish(interaction, desk, isCostly ? costs.costly : costs.press, async () => {
    if (action === undefined) {
      throw new UserError('old-button', 'This button is no longer understood.', {
        headlines: desk.registered.mention('headlines'),
      })
    }
    await refuseStrangers(action, interaction, desk)
    return answer(action, { ...context, ...given })
  })
}

/** A right may be taken from a member while an owners' answer is still open. */
async function refuseStrangers(
  action: Action,
  interaction: Interaction,
  { registered }: Desk,
): Promise<void> {
  const command = ownerCommandOf(action)
  if (command === undefined || (await mayUse(command, interaction, registered))) return
  throw new UserError('owners-only', 'Only those who manage this server may do that.', {
    command: registered.mention(command),
  })
}

function isTooLate(error: unknown): boolean {
  return error instanceof DiscordAPIError && tooLate.has(error.code)
}

async function acknowledge(
  interaction: Answerable,
  { turns }: Desk,
  defer: () => Promise<unknown>,
): Promise<void> {
  try {
    await turns.acknowledge(defer)
  } catch (error) {
    if (!(error instanceof DiscordAPIError && error.code === alreadyAcknowledged)) throw error
    interaction.deferred = true
  }
}

async function finish(
  interaction: Answerable,
  desk: Desk,
  cost: number,
  work: () => Promise<View>,
): Promise<void> {
  const answer = await paid(interaction, desk, 'answer', cost, work).then(
    (view) => ({ view, isError: false }),
    (error: unknown) => ({ view: errorView(error, interaction, desk), isError: true }),
  )
  const { components, files = [] } = answer.view
  const message = { components: [...components], files: [...files], allowedMentions: { parse: [] } }
  if (answer.isError && interaction.ephemeral === false) {
    // What went wrong is nothing for everybody, and what was promised to everybody cannot be made one's own.
    await interaction.deleteReply()
    await interaction.followUp({
      ...message,
      flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral,
    })
    return
  }
  await interaction.editReply({ ...message, flags: MessageFlags.IsComponentsV2 })
}

/** Opens a form, or says why it cannot be opened. */
async function showForm(
  interaction: ChatInputCommandInteraction | Component,
  desk: Desk,
  cost: number,
  work: () => Promise<FormView>,
): Promise<void> {
  try {
    await interaction.showModal(await paid(interaction, desk, 'in-time', cost, work))
  } catch (error) {
    const view = errorView(error, interaction, desk)
    await interaction.reply({
      components: [...view.components],
      flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral,
      allowedMentions: { parse: [] },
    })
  }
}

async function paid<Result>(
  interaction: Answerable,
  desk: Desk,
  rank: Rank,
  cost: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const waitMs = desk.cooldown.take(interaction.user.id, cost, desk.now())
  if (waitMs > 0) {
    throw new UserError('cooldown', 'Not so fast, please.', { seconds: Math.ceil(waitMs / 1000) })
  }
  return desk.turns.take(rank, work)
}

function errorView(error: unknown, interaction: Answerable, desk: Desk): View {
  const say = sayIn(interaction.locale)
  if (error instanceof UserError) {
    const key = `error.${error.code}`
    const known = {
      headlines: desk.registered.mention('headlines'),
      following: desk.registered.mention('following'),
      list: desk.registered.mention('digest list'),
    }
    if (isTextKey(key)) return noteView(say(key, { ...known, ...error.facts }))
  }
  const reference = randomBytes(3).toString('hex')
  desk.log.error({ err: error, reference, interaction: interaction.id }, 'interaction.failed')
  return noteView(say('error.unknown', { reference }))
}

function contextOf(interaction: Answerable | AutocompleteInteraction, desk: Desk, isShared = false): Context {
  const { commands, registered, known, cooldown: _, log: __, turns: ___, now, readingFor, ...ports } = desk
  // On a server that has not installed the bot, a member's own installation answers for the member alone.
  const isInstalled = interaction.inGuild() && interaction.authorizingIntegrationOwners[0] !== undefined
  const guildId = isInstalled ? (interaction.guildId as GuildId) : undefined
  const reading = readingFor({
    ...(guildId === undefined ? {} : { guildId }),
    ...(isShared ? {} : { userId: interaction.user.id as UserId }),
  })
  return {
    ...ports,
    ...reading,
    ...seenBy(known, guildId),
    mention: registered.mention,
    say: sayIn(interaction.locale),
    now: now(),
    userId: interaction.user.id as UserId,
    commands: commands
      .filter((each) => each.type === 'slash')
      .map(({ name, forOwners = false }) => ({ name, forOwners })),
    channelId: interaction.channelId === null ? undefined : (interaction.channelId as ChannelId),
    guildId,
    locale: interaction.locale,
    guildLocale: interaction.guildLocale ?? interaction.locale,
    canManage: isInstalled && interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true,
  }
}

function slashCommand(
  interaction: ChatInputCommandInteraction | AutocompleteInteraction,
  { commands }: Desk,
): SlashCommand | undefined {
  const name = [interaction.commandName, interaction.options.getSubcommand(false)].filter(Boolean).join(' ')
  return commands.find((each): each is SlashCommand => each.type === 'slash' && each.name === name)
}

/** What Discord sends is the English name, as it was registered. */
function sayNameOf({ name }: MessageCommand): string {
  const key = `message.${name}.name`
  return isTextKey(key) ? sayIn('en')(key) : name
}

/** Everything that stands in a message: what was written, and what embeds and components show. */
function textOf({ targetMessage }: MessageContextMenuCommandInteraction): string {
  const embeds = targetMessage.embeds.flatMap(({ url, title, description }) => [url, title, description])
  const components = targetMessage.components.map((each) => JSON.stringify(each.toJSON()))
  return [targetMessage.content, ...embeds, ...components].filter(Boolean).join('\n')
}

function pickedChannels(
  { channels }: ChannelSelectMenuInteraction,
  { channel }: Context,
): Promise<readonly PickedChannel[]> {
  return Promise.all(
    [...channels.values()].map(async (each) => (await channel(each.id as ChannelId)) ?? bareChannel(each)),
  )
}

function fieldsOf({ fields }: ModalSubmitInteraction): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...fields.fields.values()].map((field) => [
      field.customId,
      'values' in field
        ? [...field.values]
        : 'value' in field && typeof field.value === 'string'
          ? [field.value]
          : [],
    ]),
  )
}
