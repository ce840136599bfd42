/** One person's hands on the stand-in: commands, buttons, selects, modals, messages. */
import { awaitAnswer } from './answer-waiting.ts'
import type { Discord } from './call.ts'
import { offeredCommands, type SentOption, sentOptions } from './command-call.ts'
import {
  type Doing,
  interactionPayload,
  ownersOf,
  resolvedOf,
  resolvedOfSelect,
} from './interaction-payload.ts'
import { interactionTypes, metadataOf } from './interactions.ts'
import { createMessage } from './messages.ts'
import { wirePartialMember } from './objects.ts'
import { type Realm, type StoredFile, someUser } from './realm.ts'
import { directMessageChannel, ensureMember } from './seed.ts'
import type {
  Answer,
  Channel,
  CommandCall,
  MemberHands,
  MemberOptions,
  OptionValue,
  Snowflake,
  StoredMessage,
  WireButton,
  WireCommand,
  WireInteractionMetadata,
  WireModal,
  WireModalField,
  WireModalPart,
  WireSelect,
  WireTopComponent,
  WireUser,
} from './types.ts'

interface Person {
  readonly discord: Discord
  readonly user: WireUser
  readonly locale: string
  readonly userInstallOnly: boolean
  readonly waiting: Set<() => void>
  /** Modals this person was shown, by custom id, with where they came from. */
  readonly modals: Map<
    string,
    {
      readonly modal: WireModal
      readonly channelId: Snowflake
      readonly source?: StoredMessage
      readonly trigger: WireInteractionMetadata
    }
  >
}

/** The hands of one person; in a guild they become a member of it. */
export function memberHands(
  discord: Discord,
  userId: Snowflake,
  options: MemberOptions,
  waiting: Set<() => void>,
): MemberHands {
  const { realm } = discord
  const user = someUser(realm, userId)
  const guildId = options.guildId === undefined ? [...realm.guilds.keys()][0] : (options.guildId ?? undefined)
  const guild = realm.guilds.get(guildId ?? '')
  if (guild !== undefined) ensureMember(realm, guild, user)
  const person: Person = {
    discord,
    user,
    locale: options.locale ?? 'en-US',
    userInstallOnly: options.userInstallOnly ?? false,
    waiting,
    modals: new Map(),
  }
  return {
    user,
    offered: (channelId) => offeredCommands(realm, placeOf(person, channelId)),
    command: (channelId, name, values = {}, call = {}) =>
      useCommand(person, channelId, { name, values }, call),
    autocomplete: (channelId, name, values, focused, call = {}) =>
      useCommand(person, channelId, { name, values, focused }, call),
    click: (channelId, messageId, customId, call = {}) =>
      useComponent(person, { channelId, messageId, customId }, call),
    select: (channelId, messageId, customId, values, call = {}) =>
      useComponent(person, { channelId, messageId, customId, values }, call),
    submitModal: (customId, fields, call = {}) => submitModal(person, customId, fields, call),
    messageCommand: (channelId, name, messageId, call = {}) =>
      useMenu(person, channelId, { name, type: 3, targetId: messageId }, call),
    userCommand: (channelId, name, targetId, call = {}) =>
      useMenu(person, channelId, { name, type: 2, targetId }, call),
    upload: (name, bytes, contentType = 'application/octet-stream') =>
      keepUpload(realm, { name, bytes, contentType }),
    send: (channelId, content) =>
      createMessage(realm, {
        channel: placeOf(person, channelId).channel,
        author: user,
        draft: { content },
        files: [],
      }),
    directMessages: () => directMessageChannel(realm, user),
  }
}

/** Where Discord keeps what goes along with a command: a place of its own, not of a channel. */
function keepUpload(realm: Realm, file: StoredFile): Snowflake {
  const id = realm.nextId()
  const path = `/ephemeral-attachments/${realm.applicationId}/${id}/${encodeURIComponent(file.name)}`
  const url = `${realm.origin}${path}`
  realm.files.set(path, file)
  realm.uploads.set(id, {
    id,
    filename: file.name,
    size: file.bytes.byteLength,
    url,
    proxy_url: url,
    content_type: file.contentType,
  })
  return id
}

function placeOf(person: Person, channelId: Snowflake): Doing {
  const channel: Channel | undefined = person.discord.realm.channels.get(channelId)
  if (channel === undefined) throw new Error(`The stand-in has no channel ${channelId}.`)
  return { channel, user: person.user, userInstallOnly: person.userInstallOnly, locale: person.locale }
}

function refusedByClient(reason: string): Promise<Answer> {
  return Promise.resolve({ kind: 'failed', by: 'client', reason })
}

interface Sending {
  readonly type: number
  readonly data: Readonly<Record<string, unknown>>
  readonly source?: StoredMessage
  readonly trigger?: WireInteractionMetadata
}

/** Opens the interaction, hands it to the gateway or to the endpoint, and waits. */
async function send(person: Person, doing: Doing, sending: Sending, call: CommandCall): Promise<Answer> {
  const { interactions, gateway, endpoint, realm } = person.discord
  const { deadlines } = interactions
  const waiting = awaitAnswer(deadlines, call.timeoutMs ?? deadlines.tokenMs, person.waiting)
  const { source, trigger } = sending
  const interaction = interactions.open({
    type: sending.type,
    user: person.user,
    channel: doing.channel,
    userInstallOnly: person.userInstallOnly,
    owners: ownersOf(doing),
    ...(source === undefined ? {} : { source }),
    ...(trigger === undefined ? {} : { trigger }),
    hear: waiting.hear,
  })
  waiting.start(interaction)
  const { guildId } = doing.channel
  const data = interactionPayload(realm, interaction, doing, sending.data)
  if (realm.endpointUrl !== undefined) void endpoint.deliver(interaction, data)
  else {
    const event = 'INTERACTION_CREATE'
    gateway.dispatch({ event, data, intents: 0, ...(guildId === undefined ? {} : { guildId }) })
  }
  const answer = await waiting.answer
  if (answer.kind === 'modal') {
    person.modals.set(answer.modal.custom_id, {
      modal: answer.modal,
      channelId: doing.channel.id,
      trigger: metadataOf(interaction),
      ...(source === undefined ? {} : { source }),
    })
  }
  return answer
}

interface Wish {
  readonly name: string
  readonly values: Readonly<Record<string, OptionValue>>
  readonly focused?: string
}

function useCommand(person: Person, channelId: Snowflake, wish: Wish, call: CommandCall): Promise<Answer> {
  const doing = placeOf(person, channelId)
  const { realm } = person.discord
  const command = offeredCommands(realm, doing).find((one) => one.name === wish.name && one.type === 1)
  if (command === undefined) return refusedByClient(`/${wish.name} is not offered here.`)
  const options = sentOptions(command, {
    values: wish.values,
    subcommand: call.subcommand,
    group: call.group,
    focused: wish.focused,
  })
  if (typeof options === 'string') return refusedByClient(options)
  const type = wish.focused === undefined ? interactionTypes.command : interactionTypes.autocomplete
  return send(person, doing, { type, data: commandData(person, doing, command, options) }, call)
}

function commandData(person: Person, doing: Doing, command: WireCommand, options: readonly SentOption[]) {
  const { realm } = person.discord
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
    ...(options.length === 0 ? {} : { options }),
    resolved: resolvedOf(realm, doing.channel.guildId, options),
  }
}

interface MenuWish {
  readonly name: string
  readonly type: 2 | 3
  readonly targetId: Snowflake
}

function useMenu(person: Person, channelId: Snowflake, wish: MenuWish, call: CommandCall): Promise<Answer> {
  const doing = placeOf(person, channelId)
  const { realm } = person.discord
  const command = offeredCommands(realm, doing).find(
    (one) => one.name === wish.name && one.type === wish.type,
  )
  if (command === undefined) return refusedByClient(`${wish.name} is not offered here.`)
  const resolved =
    wish.type === 3
      ? resolvedMessage(person, channelId, wish.targetId)
      : resolvedUser(person, doing, wish.targetId)
  if (resolved === undefined) return refusedByClient(`${wish.targetId} cannot be seen here.`)
  const data = { ...commandData(person, doing, command, []), target_id: wish.targetId, resolved }
  return send(person, doing, { type: interactionTypes.command, data }, call)
}

function resolvedMessage(person: Person, channelId: Snowflake, messageId: Snowflake) {
  const message = visibleMessage(person, channelId, messageId)
  return message === undefined ? undefined : { messages: { [messageId]: message.wire } }
}

function resolvedUser(person: Person, doing: Doing, userId: Snowflake) {
  const { realm } = person.discord
  const user = realm.users.get(userId)
  if (user === undefined) return undefined
  const member = realm.guilds.get(doing.channel.guildId ?? '')?.members.find((one) => one.user.id === userId)
  return {
    users: { [userId]: user },
    ...(member === undefined
      ? {}
      : { members: { [userId]: { ...wirePartialMember(member), permissions: '0' } } }),
  }
}

function visibleMessage(
  person: Person,
  channelId: Snowflake,
  messageId: Snowflake,
): StoredMessage | undefined {
  const message = person.discord.realm.messages.get(channelId)?.get(messageId)
  const isForOthers = message?.ephemeralFor !== undefined && message.ephemeralFor !== person.user.id
  return isForOthers ? undefined : message
}

interface Touch {
  readonly channelId: Snowflake
  readonly messageId: Snowflake
  readonly customId: string
  /** Left out for a button. */
  readonly values?: readonly string[]
}

function useComponent(person: Person, touch: Touch, call: CommandCall): Promise<Answer> {
  const doing = placeOf(person, touch.channelId)
  const source = visibleMessage(person, touch.channelId, touch.messageId)
  if (source === undefined) return refusedByClient('That message cannot be seen.')
  const component = source.wire.components
    .flatMap(interactive)
    .find((one) => one.custom_id === touch.customId)
  if (component === undefined) return refusedByClient(`The message has no component ${touch.customId}.`)
  const complaint = complaintAbout(component, touch.values)
  if (complaint !== undefined) return refusedByClient(complaint)
  const base = { custom_id: touch.customId, component_type: component.type, id: component.id }
  const { realm } = person.discord
  const data =
    component.type === 2
      ? base
      : {
          ...base,
          values: touch.values ?? [],
          ...(component.type === 3
            ? {}
            : {
                resolved: resolvedOfSelect(realm, doing.channel.guildId, component.type, touch.values ?? []),
              }),
        }
  return send(person, doing, { type: interactionTypes.component, data, source }, call)
}

/** Buttons and selects of a component, however deep. */
function interactive(component: WireTopComponent): (WireButton | WireSelect)[] {
  if (component.type === 17) return component.components.flatMap(interactive)
  if (component.type === 1) return [...component.components]
  if (component.type === 9 && component.accessory.type === 2) return [component.accessory]
  return []
}

function complaintAbout(
  component: WireButton | WireSelect,
  values: readonly string[] | undefined,
): string | undefined {
  if (component.disabled === true) return 'The component is disabled.'
  if (component.type === 2) return values === undefined ? undefined : 'A button takes no values.'
  if (values === undefined) return 'A select is not clicked.'
  if (values.length < component.min_values || values.length > component.max_values) {
    return `The select takes ${component.min_values} to ${component.max_values} values.`
  }
  const stranger = values.find(
    (value) => component.options?.some((option) => option.value === value) === false,
  )
  return stranger === undefined ? undefined : `The select has no option ${stranger}.`
}

type Fields = Readonly<Record<string, string | readonly string[]>>

function submitModal(person: Person, customId: string, fields: Fields, call: CommandCall): Promise<Answer> {
  const shown = person.modals.get(customId)
  if (shown === undefined) return refusedByClient(`No modal ${customId} is open.`)
  const known = shown.modal.components.flatMap(fieldsOf)
  const stranger = Object.keys(fields).find((name) => !known.some((field) => field.custom_id === name))
  if (stranger !== undefined) return refusedByClient(`The modal has no field ${stranger}.`)
  for (const field of known) {
    const complaint = complaintAboutField(field, fields[field.custom_id])
    if (complaint !== undefined) return refusedByClient(`The field ${field.custom_id} ${complaint}`)
  }
  person.modals.delete(customId)
  const components = shown.modal.components.map((part) => {
    if (part.type === 18) return { type: 18, id: part.id, component: filled(part.component, fields) }
    if (part.type === 1)
      return { type: 1, id: part.id, components: part.components.map((field) => filled(field, fields)) }
    return { type: 10, id: part.id }
  })
  const { source, trigger } = shown
  const sending: Sending = {
    type: interactionTypes.modal,
    data: { custom_id: customId, components },
    trigger,
    ...(source === undefined ? {} : { source }),
  }
  return send(person, placeOf(person, shown.channelId), sending, call)
}

function fieldsOf(part: WireModalPart): readonly WireModalField[] {
  if (part.type === 18) return [part.component]
  return part.type === 1 ? part.components : []
}

function filled(field: WireModalField, fields: Fields): Record<string, unknown> {
  const given = fields[field.custom_id]
  const base = { type: field.type, id: field.id, custom_id: field.custom_id }
  if (field.type === 4) return { ...base, value: typeof given === 'string' ? given : (field.value ?? '') }
  return { ...base, values: typeof given === 'string' ? [given] : (given ?? []) }
}

function complaintAboutField(
  field: WireModalField,
  given: string | readonly string[] | undefined,
): string | undefined {
  if (field.type !== 4) {
    const count = given === undefined ? 0 : typeof given === 'string' ? 1 : given.length
    if (count === 0) return field.required ? 'is required.' : undefined
    return count < field.min_values || count > field.max_values
      ? 'has too few or too many values.'
      : undefined
  }
  const text = given ?? field.value ?? ''
  if (typeof text !== 'string') return 'takes a text.'
  if (text === '') return field.required ? 'is required.' : undefined
  if (text.length < (field.min_length ?? 0)) return 'is too short.'
  return text.length > (field.max_length ?? 4000) ? 'is too long.' : undefined
}
