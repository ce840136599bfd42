/**
 * Adding a feed to a digest of this server, step by step: the address is tried out, of several feeds one is chosen, of several digests
 * one; where the server has none, one is begun. Each step answers with what was found, so that nobody adds what they have not seen.
 */
import { type Digest, type DigestId, definitionSchema } from '../../digest/definition.ts'
import type { FoundSource } from '../../digest/found-source.ts'
import {
  type AddedSources,
  addSources,
  mostSources,
  type NewSource,
  sourceIdOf,
  sourcesIn,
} from '../../digest/own-sources.ts'
import { UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import { languageOf } from '../text/languages.ts'
import { addButton, candidatesView, digestMenu, foundView, titleOf } from '../views/feed-view.ts'
import { sayTrouble } from '../views/feed-words.ts'
import { cut, foreign, visible } from '../views/foreign.ts'
import { container, text, type View } from '../views/layout.ts'
import { noteView } from '../views/list-view.ts'
import { type FeedDraft, keepFeedDraft, openFeedDraft } from './feed-draft.ts'
import { ownDigest } from './own-digest.ts'
import { guildOf } from './problem.ts'
import { serverZone } from './setup-draft.ts'

type Wish = Pick<FeedDraft, 'adds' | 'digestId' | 'name'>
type Found = NonNullable<FeedDraft['found']>

/** What would come of an address that was typed, and with `adds` what comes of adding it. */
export async function tryFeed(typed: string, wish: Wish, context: Context): Promise<View> {
  const { say } = context
  guildOf(context)
  const test = await context.testSource(typed)
  switch (test.kind) {
    case 'problem':
      return noteView(sayTrouble(test.problem, test.host, say))
    case 'several': {
      const draft = await keepFeedDraft({ ...wish, candidates: [...test.candidates] }, context)
      return candidatesView(test.candidates, test.host, draft, say)
    }
    case 'found': {
      const found = briefOf(test.source)
      if (wish.adds) return placeFeed(found, wish, context, test.source)
      const draft = await keepFeedDraft({ ...wish, candidates: [], found }, context)
      return foundView(test.source, [say('feed.wouldCome')], [addButton(draft, say)], say)
    }
  }
}

/** One of several feeds was chosen, by its place. */
export async function pickFeed(id: string, place: string | undefined, context: Context): Promise<View> {
  const draft = await openFeedDraft(id, context)
  const candidate = draft.candidates[Number(place)]
  if (candidate === undefined) throw tooLongAgo(context)
  return tryFeed(candidate.address, draft, context)
}

/** What was tried out is to be added; `digestId` where its owner chose one. */
export async function takeFeed(id: string, digestId: DigestId | undefined, context: Context): Promise<View> {
  const draft = await openFeedDraft(id, context)
  if (draft.found === undefined) throw tooLongAgo(context)
  const chosen = digestId ?? draft.digestId
  return placeFeed(draft.found, { ...draft, ...(chosen === undefined ? {} : { digestId: chosen }) }, context)
}

/** `shown`: what was found, where the reader has not seen it yet. */
async function placeFeed(found: Found, wish: Wish, context: Context, shown?: FoundSource): Promise<View> {
  const { guildDigests, say } = context
  const own = wish.digestId === undefined ? await guildDigests.list(guildOf(context)) : []
  const [only] = own
  if (own.length > 1) {
    const draft = await keepFeedDraft({ ...wish, candidates: [], found }, context)
    const ask = say('feed.whichDigest', { source: foreign(titleOf(found), 120) })
    const parts = [digestMenu(draft, own, say)]
    return shown === undefined
      ? { components: [container([text(ask), ...parts])] }
      : foundView(shown, [ask], parts, say)
  }
  const digestId = wish.digestId ?? only?.id
  const sentences =
    digestId === undefined
      ? await beginDigest(found, wish, context)
      : await addTo(digestId, found, wish, context)
  return shown === undefined ? noteView(sentences.join('\n')) : foundView(shown, sentences, [], say)
}

async function addTo(
  digestId: DigestId,
  found: Found,
  wish: Wish,
  context: Context,
): Promise<readonly string[]> {
  const { say, mention } = context
  const { digest, outcome } = await addSourcesTo(digestId, [sourceFor(found, wish)], context)
  const facts = { source: foreign(titleOf(found), 120), digest: foreign(digest.title, 100) }
  if (outcome.known.length > 0) return [say('feed.known', facts)]
  if (outcome.left.length > 0)
    return [say('feed.full', { ...facts, most: mostSources, remove: mention('feed remove') })]
  return [
    say('feed.added', facts),
    ...(await alsoIn(digest, found, context)),
    ...(await next(digest, context)),
  ]
}

/** Adds what a digest does not have yet, in one step. Errors: `UserError` where the server made no such digest. */
export async function addSourcesTo(
  digestId: DigestId,
  sources: readonly NewSource[],
  context: Context,
): Promise<{ readonly digest: Digest; readonly outcome: AddedSources }> {
  const { guildDigests, sourceHealths, now, userId } = context
  const standing = sourcesIn(await ownDigest(digestId, context))
  const readAt = await sourceHealths.of(standing.map(sourceIdOf), now)
  let outcome: AddedSources | undefined
  const changed = await guildDigests.change(
    guildOf(context),
    digestId,
    (standing) => {
      outcome = addSources(standing.sources, sources, readAt)
      return outcome.added.length === 0 ? undefined : { ...standing, sources: [...outcome.sources] }
    },
    now,
    userId,
  )
  const digest = changed ?? (await ownDigest(digestId, context))
  return { digest, outcome: outcome ?? addSources(digest.sources, sources, readAt) }
}

async function beginDigest(found: Found, wish: Wish, context: Context): Promise<readonly string[]> {
  const digest = await newDigest([sourceFor(found, wish)], context)
  const facts = { source: foreign(titleOf(found), 120), digest: foreign(digest.title, 100) }
  return [
    context.say('feed.created', facts),
    ...(await alsoIn(digest, found, context)),
    ...(await next(digest, context)),
  ]
}

/** The first digest of a server is called after it, and speaks its language. */
export async function newDigest(sources: readonly NewSource[], context: Context): Promise<Digest> {
  const { guilds, guildDigests, guildName, say, now } = context
  const guildId = guildOf(context)
  const settings = await guilds.settings(guildId)
  const definition = definitionSchema.parse({
    title: cut(visible((await guildName()) ?? ''), 100) || say('feed.digestTitle'),
    language: languageOf(settings, context),
    sources: addSources([], sources).sources,
    schedule: { times: ['07:30'], zone: serverZone(settings, context) ?? 'UTC' },
  })
  return guildDigests.add(guildId, definition, now, context.userId)
}

function sourceFor(found: Found, { name }: Wish): NewSource {
  return { kind: found.kind, address: found.address, name: name ?? found.title }
}

function briefOf({ kind, address, title }: FoundSource): Found {
  return { kind, address, ...(title === undefined ? {} : { title }) }
}

/** Other digests that are read here and have the feed as well. */
async function alsoIn(digest: Digest, { address }: Found, context: Context): Promise<readonly string[]> {
  const { library, guildId, say } = context
  const others = (await library.digests(guildId)).filter(
    (other) => other.id !== digest.id && sourcesIn(other).some((source) => source.address === address),
  )
  if (others.length === 0) return []
  const titles = others.slice(0, 3).map(({ title }) => foreign(title, 100))
  return [say('feed.alsoIn', { digests: titles.join(', ') })]
}

/** What to do next: a digest that is posted nowhere tells nobody anything. */
async function next(digest: Digest, context: Context): Promise<readonly string[]> {
  const { subscriptions, say, mention } = context
  const posted = await subscriptions.ofGuild(guildOf(context))
  return posted.some(({ digestId }) => digestId === digest.id)
    ? []
    : [say('feed.notPosted', { setup: mention('digest setup') })]
}

function tooLongAgo({ mention }: Context): UserError {
  return new UserError('begun-too-long-ago', 'That was begun too long ago.', { command: mention('feed add') })
}
