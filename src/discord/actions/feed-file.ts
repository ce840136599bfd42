/** Lists of feeds as files (OPML): taken over into a digest of this server, and given out. */
import type { Digest } from '../../digest/definition.ts'
import { type FeedListResult, mostListBytes } from '../../digest/feed-list.ts'
import { currentAddress, listedSource, mostSources, sourceIdOf, sourcesIn } from '../../digest/own-sources.ts'
import { UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import type { GivenFile } from '../options/plain.ts'
import { foreign } from '../views/foreign.ts'
import { attachedFile, container, text, type View } from '../views/layout.ts'
import { noteView } from '../views/list-view.ts'
import { addSourcesTo, newDigest } from './feed-adding.ts'
import { guildOf } from './problem.ts'

type List = Extract<FeedListResult, { kind: 'list' }>

/** Addresses that cannot be read are named up to so many. */
const mostNamed = 5

/** Adds what a file names and the digest does not have; where the server has no digest, one is begun. */
export async function importFeeds(
  file: GivenFile,
  digest: Digest | undefined,
  context: Context,
): Promise<View> {
  const { feedLists, guildDigests, say } = context
  const own = digest === undefined ? await guildDigests.list(guildOf(context)) : [digest]
  if (own.length > 1) throw severalDigests(own)
  const result = await feedLists.read(file)
  if (result.kind === 'problem') {
    return noteView(say(`feedFile.${result.problem}`, { kilobytes: mostListBytes / 1024 }))
  }
  if (result.sources.length === 0) return noteView(nothingIn(result, context).join('\n'))
  return reportOf(result, own[0], context)
}

async function reportOf(list: List, digest: Digest | undefined, context: Context): Promise<View> {
  const { say, mention, subscriptions } = context
  const sources = list.sources.map(listedSource)
  const target = digest ?? (await newDigest(sources.slice(0, 1), context))
  const { outcome } = await addSourcesTo(target.id, sources, context)
  const begun = digest === undefined ? 1 : 0
  const added = outcome.added.length + begun
  const known = outcome.known.length - begun
  const title = foreign(target.title, 100)
  const posted = await subscriptions.ofGuild(guildOf(context))
  const isPosted = posted.some(({ digestId }) => digestId === target.id)
  const lines = [
    say(digest === undefined ? 'feedFile.created' : 'feedFile.added', { digest: title, count: added }),
    ...(known === 0 ? [] : [say('feedFile.known', { count: known })]),
    ...(outcome.left.length === 0
      ? []
      : [say('feedFile.left', { count: outcome.left.length, most: mostSources })]),
    ...unusableWords(list, context),
    ...(added === 0 ? [] : [say('feedFile.next', { list: mention('feed list') })]),
    ...(isPosted ? [] : [say('feed.notPosted', { setup: mention('digest setup') })]),
  ]
  return noteView(lines.join('\n'))
}

function nothingIn(list: List, context: Context): readonly string[] {
  return [context.say('feedFile.empty'), ...unusableWords(list, context)]
}

function unusableWords({ unusable }: List, { say }: Context): readonly string[] {
  if (unusable.length === 0) return []
  const named = unusable.slice(0, mostNamed).map((each) => foreign(each, 120))
  const more = unusable.length > named.length ? ', …' : ''
  return [say('feedFile.unusable', { count: unusable.length, addresses: `${named.join(', ')}${more}` })]
}

/** A file for any feed reader, with a folder for each digest. Feeds that moved are given where they are now. */
export async function exportFeeds(digest: Digest | undefined, context: Context): Promise<View> {
  const { feedLists, guildDigests, guildName, sourceHealths, now, say, mention } = context
  const digests = digest === undefined ? await guildDigests.list(guildOf(context)) : [digest]
  const readAt = await sourceHealths.of(digests.flatMap(sourcesIn).map(sourceIdOf), now)
  const folders = digests.map((each) => ({
    name: each.title,
    sources: sourcesIn(each)
      .filter(({ kind }) => kind === 'feed')
      .map((source) => ({
        address: currentAddress(source, readAt),
        ...(source.name === undefined ? {} : { title: source.name }),
      })),
  }))
  const count = folders.reduce((sum, { sources }) => sum + sources.length, 0)
  const pages = digests.flatMap(sourcesIn).length - count
  if (count === 0) return noteView(say('feeds.none', { add: mention('feed add') }))
  const bytes = feedLists.write(folders, digest?.title ?? (await guildName()) ?? 'Depesche')
  const name = 'feeds.opml'
  const sentences = [
    say('feedFile.given', { count, import: mention('feed import') }),
    ...(pages === 0 ? [] : [say('feedFile.pages', { count: pages })]),
  ]
  return {
    components: [container([text(sentences.join('\n')), attachedFile(name)])],
    files: [{ name, attachment: Buffer.from(bytes) }],
  }
}

function severalDigests(digests: readonly Digest[]): UserError {
  const titles = digests.slice(0, 10).map(({ title }) => foreign(title, 60))
  return new UserError('which-digest', 'This server has several digests of its own.', {
    digests: titles.join(', '),
  })
}
