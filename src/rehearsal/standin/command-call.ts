/**
 * What a Discord client does before it sends a command: it offers only what the person may use there, and it sends no
 * options that the command does not allow. interactions/application-commands.mdx, Permissions and Contexts.
 */
import { PermissionFlagsBits as P } from 'discord-api-types/v10'
import { settingFor } from './command-settings.ts'
import { permissionsIn, type Realm } from './realm.ts'
import type { Channel, OptionValue, WireCommand, WireCommandOption, WireUser } from './types.ts'

export interface Where {
  readonly channel: Channel
  readonly user: WireUser
  readonly userInstallOnly: boolean
}

/** Commands that this person's client offers in this channel. */
export function offeredCommands(realm: Realm, where: Where): WireCommand[] {
  const { guildId } = where.channel
  const all = [
    ...(guildId === undefined || where.userInstallOnly ? [] : (realm.commands.get(guildId)?.values() ?? [])),
    ...(realm.commands.get('')?.values() ?? []),
  ]
  return all.filter((command) => isOffered(realm, where, command))
}

function isOffered(realm: Realm, where: Where, command: WireCommand): boolean {
  const { channel, user, userInstallOnly } = where
  const context = contextOf(realm, where)
  const byDefault = command.dm_permission === false ? [0] : [0, 1, 2]
  if (command.guild_id === undefined && !(command.contexts ?? byDefault).includes(context)) return false
  const installed = command.integration_types ?? [0]
  if (userInstallOnly ? !installed.includes(1) : context === 2 ? !installed.includes(1) : false) return false
  if (!userInstallOnly && context === 0 && !installed.includes(0)) return false
  if (channel.guildId === undefined) return true
  const held = permissionsIn(realm, channel, user.id)
  if ((held & P.Administrator) !== 0n) return true
  if ((held & P.ViewChannel) === 0n || (held & P.UseApplicationCommands) === 0n) return false
  const guild = realm.guilds.get(channel.guildId)
  const setting = guild === undefined ? undefined : settingFor(realm, guild, command.id, user.id)
  if (setting !== undefined) return setting
  const needed = command.default_member_permissions
  if (needed === null) return true
  return needed !== '0' && (held & BigInt(needed)) === BigInt(needed)
}

/** 0: guild, 1: DM with the bot, 2: a private channel of others. */
export function contextOf(realm: Realm, { channel, user }: Where): 0 | 1 | 2 {
  if (channel.guildId !== undefined) return 0
  return realm.directMessages.get(user.id) === channel.id ? 1 : 2
}

/** One option as it stands in an interaction. */
export interface SentOption {
  readonly name: string
  readonly type: number
  readonly value?: OptionValue
  readonly focused?: boolean
  readonly options?: readonly SentOption[]
}

export interface OptionRequest {
  readonly values: Readonly<Record<string, OptionValue>>
  readonly subcommand: string | undefined
  readonly group: string | undefined
  /** While typing: this option is unfinished, and required ones may still be missing. */
  readonly focused: string | undefined
}

/** The options as the client would send them, or what it would complain about. */
export function sentOptions(command: WireCommand, request: OptionRequest): SentOption[] | string {
  const steps = [request.group, request.subcommand].filter((step) => step !== undefined)
  let level: readonly WireCommandOption[] = command.options ?? []
  const wrap: WireCommandOption[] = []
  for (const step of steps) {
    const next = level.find((one) => one.name === step && (one.type === 1 || one.type === 2))
    if (next === undefined) return `/${command.name} has no subcommand ${step}.`
    wrap.push(next)
    level = next.options ?? []
  }
  if (level.some((one) => one.type === 1 || one.type === 2)) return `/${command.name} needs a subcommand.`
  const leaves = leafOptions(level, request)
  if (typeof leaves === 'string') return `/${command.name}: ${leaves}`
  return wrap.reduceRight<SentOption[]>(
    (inner, outer) => [{ name: outer.name, type: outer.type, options: inner }],
    leaves,
  )
}

function leafOptions(known: readonly WireCommandOption[], request: OptionRequest): SentOption[] | string {
  const { values, focused } = request
  const stranger = Object.keys(values).find((name) => !known.some((one) => one.name === name))
  if (stranger !== undefined) return `there is no option ${stranger}.`
  if (focused !== undefined && known.find((one) => one.name === focused)?.autocomplete !== true) {
    return `the option ${focused} does not autocomplete.`
  }
  const sent: SentOption[] = []
  for (const option of known) {
    const value = values[option.name] ?? (option.name === focused ? '' : undefined)
    if (value === undefined) {
      if (option.required === true && focused === undefined) return `the option ${option.name} is required.`
      continue
    }
    const complaint = option.name === focused ? undefined : complaintAbout(option, value)
    if (complaint !== undefined) return `the option ${option.name} ${complaint}`
    sent.push({
      name: option.name,
      type: option.type,
      value,
      ...(option.name === focused ? { focused: true } : {}),
    })
  }
  return sent
}

function complaintAbout(option: WireCommandOption, value: OptionValue): string | undefined {
  const wanted = option.type === 4 || option.type === 10 ? 'number' : option.type === 5 ? 'boolean' : 'string'
  if (typeof value !== wanted) return `must be a ${wanted}.`
  if (option.choices !== undefined && !option.choices.some((choice) => choice.value === value)) {
    return 'must be one of its choices.'
  }
  if (typeof value === 'number') {
    if (option.type === 4 && !Number.isInteger(value)) return 'must be a whole number.'
    if (value < (option.min_value ?? -Infinity)) return `must be at least ${option.min_value}.`
    if (value > (option.max_value ?? Infinity)) return `must be at most ${option.max_value}.`
  }
  if (typeof value === 'string' && option.type === 3) {
    if (value.length < (option.min_length ?? 0)) return `needs ${option.min_length} characters.`
    if (value.length > (option.max_length ?? 6000))
      return `takes at most ${option.max_length ?? 6000} characters.`
  }
  return undefined
}
