/** A kind of option: how it is registered, how what was given becomes a value, and what is offered while somebody types. */

import type { ChatInputCommandInteraction } from 'discord.js'
import type { APIApplicationCommandBasicOption } from 'discord-api-types/v10'
import type { Context } from '../context.ts'

export type GivenOptions = ChatInputCommandInteraction['options']

export interface Choice {
  readonly name: string
  readonly value: string
}

/** Everything about the option for Discord but its name, its description and whether it is required. */
type Registered<Option> = Option extends unknown
  ? Omit<
      Option,
      | 'name'
      | 'name_localizations'
      | 'description'
      | 'description_localizations'
      | 'required'
      | 'autocomplete'
      | 'choices'
    >
  : never

export interface OptionKind<Value> {
  readonly registered: Registered<APIApplicationCommandBasicOption>
  /** Undefined where the option was not given. Errors: `UserError` where it means nothing. */
  readonly read: (given: GivenOptions, name: string, context: Context) => Promise<Value | undefined>
  /** At most 25 choices for what has been typed so far. */
  readonly suggest?: (typed: string, context: Context) => Promise<readonly Choice[]>
  /** Fixed choices: text keys of their names, by value. */
  readonly choices?: readonly { readonly key: string; readonly value: string }[]
}
