/** What the list under an option's field offers: its choices, yes and no, or the people, roles and channels there are. */
import type { Snapshot } from '../page-protocol.ts'
import type { WireChoice, WireCommandOption } from '../standin/wire.ts'
import { localName, type OptionValue, optionKinds } from './command-draft.ts'

export interface OptionChoice {
  readonly label: string
  readonly value: OptionValue
}

/** Undefined where the option is typed freely. */
export function optionChoices(
  option: WireCommandOption,
  snapshot: Snapshot | undefined,
  locale: string,
): readonly OptionChoice[] | undefined {
  const people = (snapshot?.people ?? []).map(({ id, name }) => ({ label: `@${name}`, value: id }))
  const roles = (snapshot?.guildRoles ?? []).map(({ id, name }) => ({
    label: `@${name.replace(/^@/, '')}`,
    value: id,
  }))
  switch (option.type) {
    case optionKinds.boolean:
      return [
        { label: 'True', value: true },
        { label: 'False', value: false },
      ]
    case optionKinds.user:
      return people
    case optionKinds.role:
      return roles
    case optionKinds.mentionable:
      return [...people, ...roles]
    case optionKinds.channel:
      return (snapshot?.channels ?? [])
        .filter(({ kind, type }) => kind !== 'dm' && (option.channel_types?.includes(type) ?? true))
        .map(({ id, name }) => ({ label: `#${name}`, value: id }))
    default:
      return option.choices?.map((choice) => fromWire(choice, locale))
  }
}

export function fromWire(choice: WireChoice, locale: string): OptionChoice {
  return { label: localName(choice, locale), value: choice.value }
}

/** Those whose label holds what was typed. */
export function fittingChoices(choices: readonly OptionChoice[], typed: string): readonly OptionChoice[] {
  const wanted = typed.trim().toLocaleLowerCase()
  return choices.filter(({ label }) => label.toLocaleLowerCase().includes(wanted)).slice(0, 50)
}
