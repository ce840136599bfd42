/** What a rule of a filter is made of: fixed choices. */
import { ApplicationCommandOptionType } from 'discord-api-types/v10'
import { type RuleKind, type RuleSide, ruleKinds } from '../../digest/typed-rule.ts'
import type { OptionKind } from './option.ts'

export const ruleSides = ['exclude', 'include'] as const satisfies readonly RuleSide[]
export const ruleReaches = ['text', 'headline'] as const

export const ruleKindOption: OptionKind<RuleKind> = oneOf(ruleKinds, 'rule.kind')
export const ruleSideOption: OptionKind<RuleSide> = oneOf(ruleSides, 'rule.side')
export const ruleReachOption: OptionKind<(typeof ruleReaches)[number]> = oneOf(ruleReaches, 'rule.reach')

/** The names of the choices stand in the catalogs under `key`. */
function oneOf<const Value extends string>(values: readonly Value[], key: string): OptionKind<Value> {
  return {
    registered: { type: ApplicationCommandOptionType.String },
    read: async (given, name) => values.find((value) => value === given.getString(name)),
    choices: values.map((value) => ({ key: `${key}.${value}`, value })),
  }
}
