/** The filters of the digests that a server made: rules added, listed, taken away, and looked at before readers notice. */
import { ruleName } from '../../digest/typed-rule.ts'
import { addTypedRule, newRuleForm, previewFilter, removeRule, showFilter } from '../actions/filter.ts'
import { markOf } from '../mark.ts'
import { command } from './command.ts'

/** With a text it answers at once; without one it opens a form. */
export const filterAdd = command({
  name: 'filter add',
  forOwners: true,
  options: {
    text: { kind: 'text', required: false },
    mode: { kind: 'ruleSide', required: false },
    kind: { kind: 'ruleKind', required: false },
    reach: { kind: 'ruleReach', required: false },
    digest: { kind: 'ownDigest', required: false },
  },
  opensWithout: 'text',
  opens: async ({ options: { digest, kind, mode, reach }, ...context }) =>
    newRuleForm(digest, { kind, side: mode, reach }, context),
  run: async ({ options: { digest, text, kind, mode, reach }, ...context }) =>
    addTypedRule(
      digest,
      { kind, text: text ?? '', side: mode ?? 'exclude', reach: reach ?? 'text' },
      context,
    ),
})

export const filterList = command({
  name: 'filter list',
  forOwners: true,
  options: { digest: { kind: 'ownDigest', required: false } },
  run: async ({ options, ...context }) => showFilter(options.digest, context),
})

export const filterRemove = command({
  name: 'filter remove',
  forOwners: true,
  options: { rule: { kind: 'rule', required: true } },
  run: async ({ options: { rule }, ...context }) =>
    removeRule(rule.digest.id, markOf(ruleName(rule.rule)), context),
})

export const filterPreview = command({
  name: 'filter preview',
  forOwners: true,
  isCostly: true,
  options: { digest: { kind: 'ownDigest', required: false } },
  run: async ({ options, ...context }) => previewFilter(options.digest, context),
})
