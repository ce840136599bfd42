/** The filters of a server's own digests: rules added, listed, taken away and looked at. What the buttons, menus and forms of `/filter` do. */
import type { Digest, DigestDefinition, DigestId } from '../../digest/definition.ts'
import { type DigestFilters, type FilterRule, rulesOf } from '../../digest/filter-rule.ts'
import {
  addRules,
  type RuleProblem,
  readRules,
  ruleKinds,
  ruleName,
  type TypedRule,
  withoutRule,
} from '../../digest/typed-rule.ts'
import { UserError } from '../../errors.ts'
import type { Context, Given } from '../context.ts'
import type { Action } from '../custom-id.ts'
import { markOf } from '../mark.ts'
import { ruleReaches, ruleSides } from '../options/rule.ts'
import { type BegunRule, ruleForm } from '../views/filter-form.ts'
import { effectsView, filterView, whichDigestView } from '../views/filter-view.ts'
import { sayRule, sayRuleProblem } from '../views/filter-words.ts'
import { foreign } from '../views/foreign.ts'
import type { FormView } from '../views/form.ts'
import { button, container, row, text, type View } from '../views/layout.ts'
import { keepRuleDraft, openRuleDraft } from './filter-draft.ts'
import { ownDigest } from './own-digest.ts'
import { guildOf } from './problem.ts'

export type FilterAction = Extract<
  Action,
  { do: 'filter-list' | 'filter-drop' | 'filter-add' | 'filter-effects' | 'filter-digest' }
>

export async function answerFilter(action: FilterAction, context: Context & Given): Promise<View> {
  const [value = ''] = context.values
  switch (action.do) {
    case 'filter-list':
      return filterView(await ownDigest(action.digestId, context), [], action.page, context.say)
    case 'filter-drop':
      return removeRule(action.digestId, value, context)
    case 'filter-add':
      return addRule(action.digestId, typedRule(context), context)
    case 'filter-effects':
      return showEffects(await ownDigest(action.digestId, context), action.page, context)
    case 'filter-digest': {
      const digest = await ownDigest(value as DigestId, context)
      return action.what === 'effects'
        ? showEffects(digest, 0, context)
        : filterView(digest, [], 0, context.say)
    }
  }
}

/** The form for a new rule, or for one that has to be mended. */
export async function openRuleForm(
  action: Extract<Action, { do: 'filter-form' | 'filter-mend' }>,
  context: Context,
): Promise<FormView> {
  if (action.do === 'filter-form') {
    const { id } = await ownDigest(action.digestId, context)
    return ruleForm({ do: 'filter-add', digestId: id }, [], {}, context.say)
  }
  const { digestId, ...typed } = await openRuleDraft(action.draft, context)
  return ruleForm({ do: 'filter-add', digestId }, [], typed, context.say)
}

/** The form for a rule of which nothing was typed yet; in it one chooses the digest, where the server has several. */
export async function newRuleForm(
  digest: Digest | undefined,
  typed: BegunRule,
  context: Context,
): Promise<FormView> {
  const digests = digest === undefined ? await ownDigests(context) : [digest]
  const [first] = digests
  if (first === undefined) throw noDigest(context)
  return ruleForm({ do: 'filter-add', digestId: first.id }, digests, typed, context.say)
}

export async function showFilter(digest: Digest | undefined, context: Context): Promise<View> {
  return forOneDigest(digest, 'list', context, async (one) => filterView(one, [], 0, context.say))
}

export async function previewFilter(digest: Digest | undefined, context: Context): Promise<View> {
  return forOneDigest(digest, 'effects', context, (one) => showEffects(one, 0, context))
}

/** Adds what was typed on the command line; errors as for every choice of a digest. */
export async function addTypedRule(
  digest: Digest | undefined,
  typed: TypedRule,
  context: Context,
): Promise<View> {
  const digests = digest === undefined ? await ownDigests(context) : [digest]
  const [first] = digests
  if (first === undefined) throw noDigest(context)
  if (digests.length > 1) {
    throw new UserError('which-digest', 'This server has several digests of its own.', {
      digests: digests.map(({ title }) => foreign(title, 60)).join(', '),
    })
  }
  return addRule(first.id, typed, context)
}

async function forOneDigest(
  digest: Digest | undefined,
  what: 'list' | 'effects',
  context: Context,
  show: (digest: Digest) => Promise<View>,
): Promise<View> {
  const digests = digest === undefined ? await ownDigests(context) : [digest]
  const [first] = digests
  if (first === undefined) throw noDigest(context)
  return digests.length > 1 ? whichDigestView(what, digests, context.say) : show(first)
}

async function ownDigests(context: Context): Promise<readonly Digest[]> {
  return context.guildDigests.list(guildOf(context))
}

function noDigest({ mention }: Context): UserError {
  return new UserError('no-own-digest', 'This server has no digest of its own yet.', {
    add: mention('feed add'),
  })
}

async function showEffects(digest: Digest, page: number, context: Context): Promise<View> {
  if (rulesOf(digest.filters).length === 0) return filterView(digest, [], 0, context.say)
  return effectsView(digest, await context.filterEffects(digest), page, context.say)
}

const pickOf = <Value extends string>(values: readonly Value[], given: string | undefined) =>
  values.find((value) => value === given)

function typedRule({ fields }: Given): TypedRule & { readonly digestId: string | undefined } {
  const field = (name: string) => fields.get(name)?.[0]
  return {
    digestId: field('digest'),
    kind: pickOf(ruleKinds, field('kind')),
    text: field('text') ?? '',
    side: pickOf(ruleSides, field('mode')) ?? 'exclude',
    reach: pickOf(ruleReaches, field('reach')) ?? 'text',
  }
}

async function addRule(
  id: DigestId,
  typed: TypedRule & { readonly digestId?: string | undefined },
  context: Context,
): Promise<View> {
  const { say } = context
  const digestId = typed.digestId === undefined ? id : (typed.digestId as DigestId)
  const read = readRules(typed, say.locale)
  if (read.kind === 'problem') return problemView(read, digestId, typed, context)
  let problem: RuleProblem | undefined
  let added: readonly FilterRule[] = []
  let known: readonly FilterRule[] = []
  const digest = await changeFilter(
    digestId,
    (standing) => {
      const changed = addRules(standing.filters, read.rules)
      if (changed.kind === 'problem') {
        problem = changed
        return undefined
      }
      added = changed.added
      known = changed.known
      return added.length === 0 ? undefined : changed.filters
    },
    context,
  )
  if (problem !== undefined) return problemView(problem, digestId, typed, context)
  const said = [
    ...added.map((rule) => say(`filter.added.${rule.side}`, { rule: sayRule(rule, say) })),
    ...known.map((rule) => say('filter.known', { rule: sayRule(rule, say) })),
  ]
  return filterView(digest, said.slice(0, 5), 0, say)
}

/** Removes the rule of a mark; one that is gone already is not missed. */
export async function removeRule(digestId: DigestId, mark: string, context: Context): Promise<View> {
  const { say } = context
  let gone: FilterRule | undefined
  const digest = await changeFilter(
    digestId,
    ({ filters }) => {
      gone = rulesOf(filters).find((rule) => markOf(ruleName(rule)) === mark)
      return gone && withoutRule(filters, gone)
    },
    context,
  )
  const said =
    gone === undefined ? say('filter.goneAlready') : say('filter.removed', { rule: sayRule(gone, say) })
  return filterView(digest, [said], 0, say)
}

/** In one step. Errors: `UserError` where the server made no such digest. */
async function changeFilter(
  digestId: DigestId,
  change: (standing: DigestDefinition) => DigestFilters | undefined,
  context: Context,
): Promise<Digest> {
  const changed = await context.guildDigests.change(
    guildOf(context),
    digestId,
    (standing) => {
      const filters = change(standing)
      if (filters === undefined) return undefined
      return { ...standing, filters: { include: [...filters.include], exclude: [...filters.exclude] } }
    },
    context.now,
  )
  return changed ?? ownDigest(digestId, context)
}

/** What is wrong, and a button that opens the form again with what was typed. */
async function problemView(
  problem: RuleProblem,
  digestId: DigestId,
  { kind, text: typed, side, reach }: TypedRule,
  context: Context,
): Promise<View> {
  const { say } = context
  const draft = await keepRuleDraft({ digestId, kind, text: typed, side, reach }, context)
  return {
    components: [
      container([
        text(sayRuleProblem(problem, say)),
        row(button(say('button.mend'), { do: 'filter-mend', draft }, { look: 'primary' })),
      ]),
    ],
  }
}
