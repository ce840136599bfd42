/**
 * A command is a declaration and one short function. Reading options, acknowledging, errors and language are
 * the dispatcher's. Names and descriptions come from the catalogs, in every language spoken.
 */
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10'
import type { Instant } from '../../article/article.ts'
import type { Digest } from '../../digest/definition.ts'
import type { ChannelId, GuildId, Subscriptions } from '../../digest/ledger.ts'
import type { Library } from '../../digest/library.ts'
import type { Story } from '../../story/story.ts'
import type { TextKey } from '../text/en.ts'
import { discordLocales, isTextKey, type Say, sayIn } from '../text/say.ts'
import type { View } from '../views/layout.ts'

/** What an option holds once it is read. */
interface OptionValues {
  story: Story
  digest: Digest
  text: string
  channel: { readonly id: ChannelId; readonly missing: readonly string[] }
}

export interface OptionSpec {
  readonly kind: keyof OptionValues
  readonly required: boolean
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>

export type Options<Specs extends OptionSpecs> = {
  readonly [Name in keyof Specs]: Specs[Name]['required'] extends true
    ? OptionValues[Specs[Name]['kind']]
    : OptionValues[Specs[Name]['kind']] | undefined
}

/** What every command is handed. */
export interface CommandContext {
  readonly library: Library
  readonly subscriptions: Subscriptions
  readonly say: Say
  readonly now: Instant
  /** Absent in a direct message. */
  readonly guildId: GuildId | undefined
  /** How a command is shown so that a tap runs it: `</headlines:123>`. */
  readonly mention: (command: string) => string
}

/** A reader for each kind of option: undefined where it was not given. Errors: `UserError` where it means nothing. */
export type OptionReaders = {
  readonly [Kind in keyof OptionValues]: (name: string) => Promise<OptionValues[Kind] | undefined>
}

interface Declaration<Specs extends OptionSpecs> {
  /** `headlines`, or `digest setup` for a subcommand. */
  readonly name: string
  readonly options: Specs
  /** Manage Server unless the server's owners chose otherwise. */
  readonly forOwners?: boolean
  readonly run: (context: CommandContext & { readonly options: Options<Specs> }) => Promise<View>
}

export interface Command extends Omit<Declaration<OptionSpecs>, 'run'> {
  readonly run: (context: CommandContext, read: OptionReaders) => Promise<View>
}

/** A declaration whose options are typed → a command that reads them. */
export function command<const Specs extends OptionSpecs>(declaration: Declaration<Specs>): Command {
  return {
    ...declaration,
    run: async (context, read) => {
      const values: Record<string, unknown> = {}
      for (const [name, spec] of Object.entries(declaration.options)) {
        const value = await read[spec.kind](name)
        if (value === undefined && spec.required)
          throw new Error(`The option "${name}" is required and was not sent.`)
        values[name] = value
      }
      // Each value was read by the kind its spec declares: the record has the declared shape.
      return declaration.run({ ...context, options: values as Options<Specs> })
    },
  }
}

/** MANAGE_GUILD. */
const manageServer = '32'

/** The commands as Discord wants them registered. */
export function registrations(
  commands: readonly Command[],
): RESTPostAPIChatInputApplicationCommandsJSONBody[] {
  const roots = Map.groupBy(commands, (each) => each.name.split(' ')[0] ?? each.name)
  return [...roots].map(([root, members]) => {
    const own = members.find((each) => each.name === root)
    const options =
      own === undefined ? members.map((each) => subcommandOption(each)) : basicOptions(own.options)
    const forOwners = members.some((each) => each.forOwners === true)
    return {
      type: ApplicationCommandType.ChatInput,
      ...named(`command.${root}`),
      options,
      ...(forOwners
        ? {
            default_member_permissions: manageServer,
            contexts: [InteractionContextType.Guild],
            integration_types: [ApplicationIntegrationType.GuildInstall],
          }
        : {
            contexts: [
              InteractionContextType.Guild,
              InteractionContextType.BotDM,
              InteractionContextType.PrivateChannel,
            ],
            integration_types: [
              ApplicationIntegrationType.GuildInstall,
              ApplicationIntegrationType.UserInstall,
            ],
          }),
    }
  })
}

function subcommandOption(each: Command): APIApplicationCommandOption {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    ...named(`command.${each.name.replace(' ', '.')}`),
    options: basicOptions(each.options),
  }
}

function basicOptions(specs: OptionSpecs): APIApplicationCommandBasicOption[] {
  return Object.entries(specs)
    .sort(([, a], [, b]) => Number(b.required) - Number(a.required))
    .map(([name, spec]) => {
      const base = { ...named(`option.${name}`), required: spec.required }
      if (spec.kind === 'channel') {
        return {
          ...base,
          type: ApplicationCommandOptionType.Channel,
          channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
        }
      }
      return { ...base, type: ApplicationCommandOptionType.String, autocomplete: spec.kind !== 'text' }
    })
}

/** English name and description, and the same in every other language spoken. */
function named(prefix: string) {
  const keyOf = (part: 'name' | 'description'): TextKey => {
    const key = `${prefix}.${part}`
    if (!isTextKey(key)) throw new Error(`The catalogs lack "${key}".`)
    return key
  }
  const english = sayIn('en')
  const localized = (part: 'name' | 'description') =>
    Object.fromEntries(discordLocales.map(({ discord, catalog }) => [discord, sayIn(catalog)(keyOf(part))]))
  return {
    name: english(keyOf('name')),
    name_localizations: localized('name'),
    description: english(keyOf('description')),
    description_localizations: localized('description'),
  }
}
