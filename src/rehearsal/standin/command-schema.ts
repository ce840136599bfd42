/**
 * Application commands as a bot may register them: interactions/application-commands.mdx. Names, order of options,
 * choices, locales and the sum of characters are judged here; how many commands there may be, in routes/commands.ts.
 */
import { z } from 'zod'
import { lengthOf, list, raise, snowflake, text } from './form.ts'
import { limits, locales } from './limits.ts'

const { command: limit } = limits
const namePattern = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u

type Context = Parameters<typeof raise>[0]

function checkName(name: string, ctx: Context, path: (string | number)[]): void {
  if (!namePattern.test(name)) {
    raise(ctx, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid', path)
  } else if (name !== name.toLowerCase()) {
    raise(ctx, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name must be lower case', path)
  }
}

/** Texts by locale; keys must be Discord's. */
function localizations(max: number) {
  return z.record(z.string(), text(1, max)).superRefine((value, ctx) => {
    for (const locale of Object.keys(value)) {
      if (!locales.includes(locale))
        raise(ctx, 'BASE_TYPE_CHOICES', `Value "${locale}" is no locale.`, [locale])
    }
  })
}

const choice = z.object({
  name: text(1, limit.choice),
  name_localizations: localizations(limit.choice).nullish(),
  value: z.union([text(0, limit.choice), z.number()]),
})

const optionBase = z.object({
  type: z.int().min(1).max(11),
  name: text(1, limit.name),
  name_localizations: localizations(limit.name).nullish(),
  description: text(1, limit.description),
  description_localizations: localizations(limit.description).nullish(),
  required: z.boolean().nullish(),
  autocomplete: z.boolean().nullish(),
  choices: list(choice, 0, limit.choices).nullish(),
  channel_types: z.array(z.int()).nullish(),
  min_value: z.number().nullish(),
  max_value: z.number().nullish(),
  min_length: z.int().min(0).max(limit.length).nullish(),
  max_length: z.int().min(1).max(limit.length).nullish(),
})

type OptionBase = z.infer<typeof optionBase>

export interface OptionInput extends OptionBase {
  readonly options?: OptionInput[] | null | undefined
}

const option: z.ZodType<OptionInput> = optionBase.extend({
  get options() {
    return z.array(option).max(limit.options).nullish()
  },
})

const commandShape = z.object({
  id: snowflake.nullish(),
  type: z.int().min(1).max(3).nullish(),
  name: text(1, limit.name),
  name_localizations: localizations(limit.name).nullish(),
  description: text(0, limit.description).nullish(),
  description_localizations: localizations(limit.description).nullish(),
  options: list(option, 0, limit.options).nullish(),
  default_member_permissions: z
    .union([z.string().regex(/^\d{1,20}$/), z.int().min(0).transform(String)])
    .nullish(),
  dm_permission: z.boolean().nullish(),
  contexts: z.array(z.int().min(0).max(2)).nullish(),
  integration_types: z.array(z.int().min(0).max(1)).nullish(),
  nsfw: z.boolean().nullish(),
})

type Shape = z.infer<typeof commandShape>

export const command = commandShape.superRefine(checkCommand)
export const commandPatch = commandShape.partial()
export const commandList = z.array(command)

export type CommandInput = Shape

function checkCommand(value: Shape, ctx: Context): void {
  const isSlash = (value.type ?? 1) === 1
  if (isSlash) {
    checkName(value.name, ctx, ['name'])
    for (const [locale, name] of Object.entries(value.name_localizations ?? {})) {
      checkName(name, ctx, ['name_localizations', locale])
    }
    if ((value.description ?? '') === '')
      raise(ctx, 'BASE_TYPE_REQUIRED', 'This field is required', ['description'])
    checkOptions(value.options ?? [], ctx, ['options'], 0)
  } else {
    if ((value.description ?? '') !== '') {
      raise(
        ctx,
        'APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED',
        'Context menu commands cannot have descriptions',
        ['description'],
      )
    }
    if ((value.options ?? []).length > 0) {
      raise(ctx, 'APPLICATION_COMMAND_OPTIONS_NOT_ALLOWED', 'Context menu commands cannot have options', [
        'options',
      ])
    }
  }
  if (charactersOf(value) > limit.characters) {
    raise(ctx, 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${limit.characters})`)
  }
}

const subcommand = 1
const group = 2

function checkOptions(
  options: readonly OptionInput[],
  ctx: Context,
  path: (string | number)[],
  depth: number,
): void {
  const names = new Set<string>()
  let sawOptional = false
  const kinds = new Set(options.map((one) => one.type === subcommand || one.type === group))
  if (kinds.size > 1) {
    raise(
      ctx,
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Sub-command and sub-command group option types are mutually exclusive to all other types',
      path,
    )
  }
  options.forEach((option, index) => {
    const here = [...path, index]
    checkName(option.name, ctx, [...here, 'name'])
    for (const [locale, name] of Object.entries(option.name_localizations ?? {})) {
      checkName(name, ctx, [...here, 'name_localizations', locale])
    }
    if (names.has(option.name)) {
      raise(ctx, 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID', 'Option names must be unique', here)
    }
    names.add(option.name)
    if (option.required === true && sawOptional) {
      raise(
        ctx,
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
        here,
      )
    }
    if (option.required !== true) sawOptional = true
    checkOption(option, ctx, here, depth)
  })
}

function checkOption(option: OptionInput, ctx: Context, path: (string | number)[], depth: number): void {
  const isNested = option.type === subcommand || option.type === group
  if (isNested && (depth > 1 || (option.type === group && depth > 0))) {
    raise(ctx, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Nested too deep', [...path, 'type'])
  }
  if (!isNested && (option.options ?? []).length > 0) {
    raise(ctx, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Only sub-commands and groups have options', [
      ...path,
      'options',
    ])
  }
  if (isNested) checkOptions(option.options ?? [], ctx, [...path, 'options'], depth + 1)
  const takesChoices = option.type === 3 || option.type === 4 || option.type === 10
  const hasChoices = (option.choices ?? []).length > 0
  if (option.autocomplete === true && (hasChoices || !takesChoices)) {
    raise(
      ctx,
      'APPLICATION_COMMAND_AUTOCOMPLETE_INVALID',
      'Autocomplete goes with string, integer and number options without choices',
      [...path, 'autocomplete'],
    )
  }
  if (hasChoices && !takesChoices) {
    raise(
      ctx,
      'APPLICATION_COMMAND_CHOICES_INVALID',
      'Only string, integer and number options have choices',
      [...path, 'choices'],
    )
  }
  checkChoices(option, ctx, [...path, 'choices'])
  if ((option.min_length ?? 0) > (option.max_length ?? limit.length)) {
    raise(ctx, 'BASE_TYPE_BAD_RANGE', 'min_length must not be above max_length.', [...path, 'min_length'])
  }
  if ((option.min_value ?? -Infinity) > (option.max_value ?? Infinity)) {
    raise(ctx, 'BASE_TYPE_BAD_RANGE', 'min_value must not be above max_value.', [...path, 'min_value'])
  }
}

function checkChoices(option: OptionInput, ctx: Context, path: (string | number)[]): void {
  const names = new Set<string>()
  option.choices?.forEach((one, index) => {
    const isRight = option.type === 3 ? typeof one.value === 'string' : typeof one.value === 'number'
    if (!isRight)
      raise(ctx, 'BASE_TYPE_INVALID', 'The value does not fit the option.', [...path, index, 'value'])
    if (names.has(one.name)) {
      raise(ctx, 'APPLICATION_COMMAND_OPTIONS_CHOICE_NAMES_INVALID', 'Choice names must be unique', path)
    }
    names.add(one.name)
  })
}

interface Described {
  readonly name: string
  readonly name_localizations?: Readonly<Record<string, string>> | null | undefined
  readonly description?: string | null | undefined
  readonly description_localizations?: Readonly<Record<string, string>> | null | undefined
  readonly options?: readonly OptionInput[] | null | undefined
  readonly choices?: OptionInput['choices']
}

/** Names, descriptions and choice values; of each text the longest localization counts. */
function charactersOf(part: Described): number {
  const longest = (
    own: string | null | undefined,
    others: Readonly<Record<string, string>> | null | undefined,
  ): number => Math.max(lengthOf(own ?? ''), ...Object.values(others ?? {}).map(lengthOf))
  const choices = (part.choices ?? []).map(
    (one) => longest(one.name, one.name_localizations) + lengthOf(String(one.value)),
  )
  const options = (part.options ?? []).map(charactersOf)
  return [...choices, ...options].reduce(
    (sum, one) => sum + one,
    longest(part.name, part.name_localizations) + longest(part.description, part.description_localizations),
  )
}
