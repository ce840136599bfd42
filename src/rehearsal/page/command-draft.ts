/**
 * A slash command while it is being written: which can be called, what each option still needs, what is sent.
 * Pure; the composer draws it.
 */
import type { WireCommand, WireCommandOption } from '../standin/wire.ts'

/** A command, or one of its subcommands, as somebody would call it. */
export interface Callable {
  /** `settings language set`, in the visitor's locale and without the slash. */
  readonly title: string
  readonly description: string
  /** The command's own name, and where given its group and subcommand: what is sent. */
  readonly name: string
  readonly group?: string
  readonly subcommand?: string
  readonly options: readonly WireCommandOption[]
}

export type OptionValue = string | number | boolean

/** One option's field: what was typed, and the value behind it where one was chosen from a list. */
export interface Field {
  readonly option: WireCommandOption
  readonly text: string
  readonly value?: OptionValue
}

export const optionKinds = {
  subcommand: 1,
  group: 2,
  text: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
} as const

interface Named {
  readonly name: string
  readonly name_localizations?: Readonly<Record<string, string>> | null
}
interface Described {
  readonly description: string
  readonly description_localizations?: Readonly<Record<string, string>> | null
}

/** The name somebody with this locale reads. */
export function localName(named: Named, locale: string): string {
  return named.name_localizations?.[locale] ?? named.name
}

export function localDescription(described: Described, locale: string): string {
  return described.description_localizations?.[locale] ?? described.description
}

/** Every way to call these commands; a command with subcommands is not called by itself. */
export function callablesOf(commands: readonly WireCommand[], locale: string): readonly Callable[] {
  return commands
    .filter((command) => command.type === 1)
    .flatMap((command) => callablesIn(command, locale))
    .toSorted((a, b) => a.title.localeCompare(b.title, locale))
}

function callablesIn(command: WireCommand, locale: string): readonly Callable[] {
  const title = localName(command, locale)
  const options = command.options ?? []
  const nested = options.flatMap((option) => {
    const path = `${title} ${localName(option, locale)}`
    if (option.type === optionKinds.subcommand)
      return [callable(option, path, locale, { name: command.name, subcommand: option.name })]
    if (option.type !== optionKinds.group) return []
    return (option.options ?? []).map((inner) =>
      callable(inner, `${path} ${localName(inner, locale)}`, locale, {
        name: command.name,
        group: option.name,
        subcommand: inner.name,
      }),
    )
  })
  return nested.length > 0 ? nested : [callable(command, title, locale, { name: command.name })]
}

function callable(
  source: Described & { readonly options?: readonly WireCommandOption[] },
  title: string,
  locale: string,
  path: Pick<Callable, 'name' | 'group' | 'subcommand'>,
): Callable {
  return { title, description: localDescription(source, locale), ...path, options: source.options ?? [] }
}

/** The callables that fit what was typed after the slash; those that begin with it first. */
export function fittingCallables(callables: readonly Callable[], typed: string): readonly Callable[] {
  const wanted = typed.trim().toLocaleLowerCase()
  const titleOf = ({ title }: Callable) => title.toLocaleLowerCase()
  const begins = callables.filter((candidate) => titleOf(candidate).startsWith(wanted))
  const holds = callables.filter(
    (candidate) => !begins.includes(candidate) && titleOf(candidate).includes(wanted),
  )
  return [...begins, ...holds]
}

export type ParsedField =
  | { readonly kind: 'value'; readonly value: OptionValue }
  | { readonly kind: 'empty' }
  | { readonly kind: 'problem'; readonly problem: string }

/** What a field holds, checked as a Discord client checks it before anything is sent. */
export function parseField({ option, text, value }: Field): ParsedField {
  if (value !== undefined) return { kind: 'value', value }
  if (text.trim() === '') return { kind: 'empty' }
  switch (option.type) {
    case optionKinds.text:
      if (option.choices) return { kind: 'problem', problem: 'Choose one of the list.' }
      return parseText(option, text)
    case optionKinds.integer:
    case optionKinds.number:
      if (option.choices) return { kind: 'problem', problem: 'Choose one of the list.' }
      return parseNumber(option, text)
    case optionKinds.attachment:
      return { kind: 'problem', problem: 'The file is still on its way.' }
    default:
      return { kind: 'problem', problem: 'Choose one of the list.' }
  }
}

function parseText({ min_length: min, max_length: max }: WireCommandOption, text: string): ParsedField {
  if (min !== undefined && text.length < min)
    return { kind: 'problem', problem: `At least ${min} characters are needed.` }
  if (max !== undefined && text.length > max)
    return { kind: 'problem', problem: `At most ${max} characters fit.` }
  return { kind: 'value', value: text }
}

function parseNumber(option: WireCommandOption, text: string): ParsedField {
  const number = Number(text.trim().replace(',', '.'))
  if (!Number.isFinite(number)) return { kind: 'problem', problem: 'A number is needed.' }
  if (option.type === optionKinds.integer && !Number.isInteger(number))
    return { kind: 'problem', problem: 'A whole number is needed.' }
  if (option.min_value !== undefined && number < option.min_value)
    return { kind: 'problem', problem: `The number must be at least ${option.min_value}.` }
  if (option.max_value !== undefined && number > option.max_value)
    return { kind: 'problem', problem: `The number must be at most ${option.max_value}.` }
  return { kind: 'value', value: number }
}

/** The values of all filled fields by option name, or the first field that stands in the way. */
export function parseFields(
  fields: readonly Field[],
):
  | { readonly kind: 'ready'; readonly options: Readonly<Record<string, OptionValue>> }
  | { readonly kind: 'blocked'; readonly option: WireCommandOption; readonly problem: string } {
  const options: Record<string, OptionValue> = {}
  for (const field of fields) {
    const parsed = parseField(field)
    if (parsed.kind === 'value') options[field.option.name] = parsed.value
    else if (parsed.kind === 'problem')
      return { kind: 'blocked', option: field.option, problem: parsed.problem }
    else if (field.option.required === true)
      return { kind: 'blocked', option: field.option, problem: 'This option is required.' }
  }
  return { kind: 'ready', options }
}

/** What an autocomplete request carries: every field that holds something, the focused one as it was typed. */
export function optionsWhileTyping(
  fields: readonly Field[],
  focused: string,
): Readonly<Record<string, OptionValue>> {
  const options: Record<string, OptionValue> = {}
  for (const field of fields) {
    const parsed = parseField(field)
    if (field.option.name === focused) options[focused] = field.text
    else if (parsed.kind === 'value') options[field.option.name] = parsed.value
  }
  return options
}
