/** A rule of a filter on this server: chosen from the list that opens as one types, or by the text that was written for it. */
import { ApplicationCommandOptionType } from 'discord-api-types/v10'
import type { Digest } from '../../digest/definition.ts'
import type { FilterRule } from '../../digest/filter-rule.ts'
import { distinctRules, ruleName } from '../../digest/typed-rule.ts'
import { UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import { markOf } from '../mark.ts'
import { plainRule } from '../views/filter-words.ts'
import { foreign, label } from '../views/foreign.ts'
import { limits } from '../views/limits.ts'
import type { OptionKind } from './option.ts'

/** A rule, and the digest whose filter it belongs to. */
export interface OwnRule {
  readonly digest: Digest
  readonly rule: FilterRule
}

export const ruleOption: OptionKind<OwnRule> = {
  registered: { type: ApplicationCommandOptionType.String, max_length: 300 },
  read: async (given, name, context) => {
    const typed = given.getString(name)?.trim()
    if (typed === undefined || typed === '') return undefined
    const rules = await ownRules(context)
    const byText = rules.filter(({ rule }) => rule.text.toLowerCase() === typed.toLowerCase())
    const found =
      rules.find((each) => choiceOf(each) === typed) ?? (byText.length === 1 ? byText[0] : undefined)
    if (found !== undefined) return found
    throw new UserError('rule-unknown', `No filter of this server has the rule "${typed}".`, {
      typed: foreign(typed, 100),
      list: context.mention('filter list'),
    })
  },
  suggest: async (typed, context) => {
    const wanted = typed.trim().toLowerCase()
    const rules = await ownRules(context)
    return rules
      .map((each) => ({ name: `${plainRule(each.rule, context.say)} · ${each.digest.title}`, each }))
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .slice(0, limits.choices)
      .map(({ name, each }) => ({ name: label(name, limits.choiceName), value: choiceOf(each) }))
  },
}

async function ownRules({ guildDigests, guildId }: Context): Promise<readonly OwnRule[]> {
  const digests = guildId === undefined ? [] : await guildDigests.list(guildId)
  return digests.flatMap((digest) => distinctRules(digest.filters).map((rule) => ({ digest, rule })))
}

function choiceOf({ digest, rule }: OwnRule): string {
  return `${digest.id}/${markOf(ruleName(rule))}`
}
