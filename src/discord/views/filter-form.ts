/** The form in which a rule of a filter is written. */
import type { Digest } from '../../digest/definition.ts'
import { type RuleKind, type RuleSide, ruleKinds } from '../../digest/typed-rule.ts'
import type { Action } from '../custom-id.ts'
import type { Say } from '../text/say.ts'
import { label } from './foreign.ts'
import { choice, type FormView, form, question } from './form.ts'
import { limits } from './limits.ts'

/** What is known of a rule already. */
export interface BegunRule {
  readonly kind?: RuleKind | undefined
  readonly text?: string | undefined
  readonly side?: RuleSide | undefined
  readonly reach?: 'text' | 'headline' | undefined
}

/** `digests`: more than one where it is still open which is meant. `typed`: what was written before, to be mended. */
export function ruleForm(action: Action, digests: readonly Digest[], typed: BegunRule, say: Say): FormView {
  const pick = <Value extends string>(
    values: readonly Value[],
    key: (value: Value) => string,
    chosen: Value,
  ) => values.map((value) => ({ label: key(value), value, default: value === chosen }))
  const sides = pick(['exclude', 'include'], (side) => say(`rule.side.${side}`), typed.side ?? 'exclude')
  const reaches = pick(['text', 'headline'], (reach) => say(`rule.reach.${reach}`), typed.reach ?? 'text')
  const kinds = pick(ruleKinds, (kind) => say(`rule.kind.${kind}`), typed.kind ?? 'words')
  const chosenDigest = digests.map(({ id, title }, at) => ({
    label: label(title, limits.optionLabel),
    value: id,
    default: at === 0,
  }))
  return form(action, say('ruleForm.title'), [
    ...(digests.length > 1 ? [choice('digest', say('ruleForm.digest'), chosenDigest)] : []),
    choice('mode', say('ruleForm.mode'), sides),
    choice('kind', say('ruleForm.kind'), kinds),
    question('text', say('ruleForm.text'), {
      about: say('ruleForm.textAbout'),
      maxCharacters: 1000,
      ...(typed.text === undefined ? {} : { value: typed.text }),
    }),
    choice('reach', say('ruleForm.reach'), reaches),
  ])
}
