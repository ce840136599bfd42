/** The rules of a filter in words, and what is wrong with one that was typed. */
import type { FilterRule } from '../../digest/filter-rule.ts'
import type { RuleProblem } from '../../digest/typed-rule.ts'
import { languageName } from '../text/language-name.ts'
import type { Say } from '../text/say.ts'
import { foreign, visible } from './foreign.ts'

/** A rule in a message: “Handball”, in the headline. */
export function sayRule(rule: FilterRule, say: Say): string {
  return ruleWords(rule, (text) => foreign(text, 120), say)
}

/** A rule where no markup is shown, as in a menu. */
export function plainRule(rule: FilterRule, say: Say): string {
  return ruleWords(rule, visible, say)
}

function ruleWords({ kind, text, reach }: FilterRule, shown: (text: string) => string, say: Say): string {
  const [primary = ''] = text.split('-')
  const said = kind === 'language' ? languageName(primary, say.locale) : text
  const words = say(`rule.${kind}`, { text: shown(said) })
  return reach === 'headline' ? say('rule.inHeadline', { rule: words }) : words
}

export function sayRuleProblem({ code, text, place }: RuleProblem, say: Say): string {
  const facts = { text: foreign(text, 120), place: foreign(place ?? text, 60) }
  return say(`ruleProblem.${code}`, facts)
}
