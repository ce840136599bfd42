/**
 * A command is a declaration and one short function. Reading options, acknowledging, errors, cooldowns and language are
 * the dispatcher's. Names and descriptions come from the catalogs, in every language spoken.
 */
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10'
import type { Context } from '../context.ts'
import { type OptionValues, optionKinds } from '../options/list.ts'
import type { GivenOptions } from '../options/option.ts'
import type { TextKey } from '../text/en.ts'
import { discordLocales, isTextKey, sayIn } from '../text/say.ts'
import type { FormView } from '../views/form.ts'
import type { View } from '../views/layout.ts'

export interface OptionSpec {
  readonly kind: keyof typeof optionKinds
  readonly required: boolean
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>

export type Options<Specs extends OptionSpecs> = {
  readonly [Name in keyof Specs]: Specs[Name]['required'] extends true
    ? OptionValues[Specs[Name]['kind']]
    : OptionValues[Specs[Name]['kind']] | undefined
}

interface Declared<Specs extends OptionSpecs> {
  /** `headlines`, or `digest setup` for a subcommand. */
  readonly name: string
  readonly options: Specs
  /** Manage Server unless the server's owners chose otherwise. */
  readonly forOwners?: boolean
  /** Fetches something from outside, and so may be asked for less often. */
  readonly isCostly?: boolean
}

/** Most commands answer with a view; one that `opens` a form does so as its first answer. */
interface Answering<Specs extends OptionSpecs> {
  readonly run: (context: Context & { readonly options: Options<Specs> }) => Promise<View>
}
interface Opening<Specs extends OptionSpecs> {
  readonly opens: (context: Context & { readonly options: Options<Specs> }) => Promise<FormView>
}
/** One that opens its form only where an option was left out, and answers where it was given. */
interface Asking<Specs extends OptionSpecs> extends Answering<Specs>, Opening<Specs> {
  readonly opensWithout: keyof Specs & string
}

export interface SlashCommand extends Declared<OptionSpecs> {
  readonly type: 'slash'
  readonly run?: (context: Context, given: GivenOptions) => Promise<View>
  readonly opens?: (context: Context, given: GivenOptions) => Promise<FormView>
  /** The option with which it answers instead of opening its form. */
  readonly opensWithout?: string
}

/** A command in the menu of a message; it is handed the message's text and links. */
export interface MessageCommand {
  readonly type: 'message'
  readonly name: string
  readonly isCostly?: boolean
  readonly run: (context: Context, message: { readonly text: string }) => Promise<View>
}

export type Command = SlashCommand | MessageCommand

/** A declaration whose options are typed → a command that reads them. */
export function command<const Specs extends OptionSpecs>(
  declaration: Declared<Specs> & (Answering<Specs> | Opening<Specs> | Asking<Specs>),
): SlashCommand {
  const { name, options, forOwners, isCostly } = declaration
  const read = (context: Context, given: GivenOptions) => readOptions(options, context, given)
  return {
    type: 'slash',
    name,
    options,
    ...(forOwners === undefined ? {} : { forOwners }),
    ...(isCostly === undefined ? {} : { isCostly }),
    ...('opensWithout' in declaration ? { opensWithout: declaration.opensWithout } : {}),
    ...('run' in declaration
      ? {
          run: async (context, given) => declaration.run({ ...context, options: await read(context, given) }),
        }
      : {}),
    ...('opens' in declaration
      ? {
          opens: async (context, given) =>
            declaration.opens({ ...context, options: await read(context, given) }),
        }
      : {}),
  }
}

export function messageCommand(declaration: Omit<MessageCommand, 'type'>): MessageCommand {
  return { type: 'message', ...declaration }
}

async function readOptions<Specs extends OptionSpecs>(
  specs: Specs,
  context: Context,
  given: GivenOptions,
): Promise<Options<Specs>> {
  const values: Record<string, unknown> = {}
  for (const [name, spec] of Object.entries(specs)) {
    const value = await optionKinds[spec.kind].read(given, name, context)
    if (value === undefined && spec.required)
      throw new Error(`The option "${name}" is required and was not sent.`)
    values[name] = value
  }
  // Each value was read by the kind its spec declares: the record has the declared shape.
  return values as Options<Specs>
}

/** MANAGE_GUILD. */
const manageServer = '32'

/** The commands as Discord wants them registered. */
export function registrations(commands: readonly Command[]): RESTPostAPIApplicationCommandsJSONBody[] {
  const slash = commands.filter((each) => each.type === 'slash')
  const roots = Map.groupBy(slash, (each) => each.name.split(' ')[0] ?? each.name)
  return [
    ...[...roots].map(([root, members]) => slashRegistration(root, members)),
    ...commands.filter((each) => each.type === 'message').map(messageRegistration),
  ]
}

const everywhere = {
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
}

const onServers = {
  default_member_permissions: manageServer,
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
}

function slashRegistration(
  root: string,
  members: readonly SlashCommand[],
): RESTPostAPIApplicationCommandsJSONBody {
  const own = members.find((each) => each.name === root)
  const options = own === undefined ? members.map(subcommandOption) : basicOptions(own.options)
  const forOwners = members.some((each) => each.forOwners === true)
  return {
    type: ApplicationCommandType.ChatInput,
    ...named(`command.${root}`),
    options,
    ...(forOwners ? onServers : everywhere),
  }
}

function messageRegistration({ name }: MessageCommand): RESTPostAPIApplicationCommandsJSONBody {
  return { type: ApplicationCommandType.Message, ...namesOf(`message.${name}`), ...everywhere }
}

function subcommandOption(each: SlashCommand): APIApplicationCommandSubcommandOption {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    ...named(`command.${each.name.replace(' ', '.')}`),
    options: basicOptions(each.options),
  }
}

function basicOptions(specs: OptionSpecs): APIApplicationCommandBasicOption[] {
  return Object.entries(specs)
    .sort(([, a], [, b]) => Number(b.required) - Number(a.required))
    .map(([name, spec]) => basicOption(name, spec))
}

function basicOption(name: string, { kind, required }: OptionSpec): APIApplicationCommandBasicOption {
  const { registered, suggest, choices } = optionKinds[kind]
  const base = { ...named(`option.${name}`), required }
  if (registered.type !== ApplicationCommandOptionType.String) return { ...registered, ...base }
  if (choices !== undefined) {
    const named = choices.map(({ key, value }) => ({ ...namedBy(key), value }))
    return { ...registered, ...base, choices: named }
  }
  return { ...registered, ...base, autocomplete: suggest !== undefined }
}

/** English name and description, and the same in every other language spoken. */
function named(prefix: string) {
  const description = inEveryLanguage(`${prefix}.description`)
  return {
    ...namesOf(prefix),
    description: description.english,
    description_localizations: description.others,
  }
}

function namesOf(prefix: string) {
  return namedBy(`${prefix}.name`)
}

function namedBy(key: string) {
  const name = inEveryLanguage(key)
  return { name: name.english, name_localizations: name.others }
}

function inEveryLanguage(key: string) {
  if (!isTextKey(key)) throw new Error(`The catalogs lack "${key}".`)
  const textKey: TextKey = key
  return {
    english: sayIn('en')(textKey),
    others: Object.fromEntries(
      discordLocales.map(({ discord, catalog }) => [discord, sayIn(catalog)(textKey)]),
    ),
  }
}
