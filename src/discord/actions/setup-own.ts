/** Sources of one's own: addresses are tried out before a digest is made of them, and what is wrong with one is said beside the card. */
import type { Digest } from '../../digest/definition.ts'
import type { FoundSource, SourceTest } from '../../digest/found-source.ts'
import type { Context, Given } from '../context.ts'
import { languageOf } from '../text/languages.ts'
import { foreign } from '../views/foreign.ts'
import type { FormView } from '../views/form.ts'
import type { View } from '../views/layout.ts'
import { mostAddresses, ownSourcesForm } from '../views/setup-form.ts'
import type { FoundBrief } from '../views/setup-view.ts'
import { definitionOf } from './own-digest.ts'
import { guildOf, sentenceOf } from './problem.ts'
import { keep, written } from './setup.ts'
import { openDraft, type SetupDraft, scheduleFor } from './setup-draft.ts'

/** Headlines shown of each source. */
const shownHeadlines = 2

export async function openOwnForm(id: string, context: Context): Promise<FormView> {
  const draft = await openDraft(id, context)
  const settings = await context.guilds.settings(guildOf(context))
  const typed = draft.own ?? { title: '', addresses: '', language: languageOf(settings, context) }
  return ownSourcesForm({ do: 'setup-own-sent', draft: id }, typed, context.say)
}

export async function takeOwnSources(id: string, context: Context & Given): Promise<View> {
  const { say, testSource } = context
  const own = {
    title: written('title', context),
    addresses: context.fields.get('addresses')?.join('\n') ?? '',
    language: written('language', context),
  }
  const draft: SetupDraft = { ...(await openDraft(id, context)), own }
  const mend = (sentence: string) => keep(id, draft, context, { about: 'what', sentence })
  const addresses = linesOf(own.addresses)
  if (addresses.length > mostAddresses) {
    return mend(say('setup.own.tooMany', { most: mostAddresses, add: context.mention('feed add') }))
  }
  if (addresses.length === 0) return mend(say('trouble.address', { host: '' }))
  const trials = await Promise.all(
    addresses.map(async (typed) => ({ typed, test: await firstOf(typed, testSource) })),
  )
  const problems = trials.flatMap(({ typed, test }) => problemOf(typed, test, context))
  if (problems.length > 0) return mend(problems.join('\n'))
  const sources = eachOnce(trials.flatMap(({ test }) => (test.kind === 'found' ? [test.source] : [])))
  try {
    const { id: digestId } = await digestOf(draft, own, sources, context)
    const found = sources.map((source) => briefOf(source))
    return await keep(id, { ...draft, digestId, madeId: digestId, found }, context)
  } catch (error) {
    return mend(sentenceOf(error, context))
  }
}

/** What was typed, one address a line, each once. */
function linesOf(typed: string): readonly string[] {
  const lines = typed.split('\n').map((line) => line.trim())
  return [...new Set(lines.filter((line) => line !== ''))]
}

/** A site with several feeds is read by the first, which is its main one as a rule; `/feed` adds others. */
async function firstOf(typed: string, testSource: Context['testSource']): Promise<SourceTest> {
  const test = await testSource(typed)
  const [first] = test.kind === 'several' ? test.candidates : []
  return first === undefined ? test : testSource(first.address)
}

function problemOf(typed: string, test: SourceTest, { say }: Context): readonly string[] {
  if (test.kind === 'found') return []
  const problem = test.kind === 'problem' ? test.problem : 'several-feeds'
  const host = test.host === '' ? typed : test.host
  return [`${foreign(typed, 80)}: ${say(`trouble.${problem}`, { host: foreign(host, 80) })}`]
}

/** The digest of these sources: made, or made anew where the owner sent the form before. */
async function digestOf(
  draft: SetupDraft,
  own: { readonly title: string; readonly language: string },
  sources: readonly FoundSource[],
  context: Context,
): Promise<Digest> {
  const guildId = guildOf(context)
  const [only] = sources
  const title =
    own.title || (sources.length === 1 ? only?.title : undefined) || context.say('setup.own.untitled')
  const schedule = scheduleFor(draft, undefined, await context.guilds.settings(guildId), context)
  const definition = definitionOf({ title, language: own.language, sources, schedule })
  const standing =
    draft.madeId === undefined
      ? undefined
      : await context.guildDigests.replace(guildId, draft.madeId, definition, context.now, context.userId)
  return standing ?? context.guildDigests.add(guildId, definition, context.now, context.userId)
}

/** Two addresses may lead to the same feed. */
function eachOnce(sources: readonly FoundSource[]): readonly FoundSource[] {
  return [...new Map(sources.map((source) => [source.address, source])).values()]
}

function briefOf({ title, address, newest }: FoundSource): FoundBrief {
  return {
    title: (title ?? new URL(address).hostname).slice(0, 200),
    headlines: newest.slice(0, shownHeadlines).map(({ headline }) => headline.slice(0, 300)),
  }
}
