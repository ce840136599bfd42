/** The feeds of a server's own digests and how they are doing, and taking one away. */
import type { Digest, DigestId } from '../../digest/definition.ts'
import { type NewSource, sourceIdOf, sourceName, sourcesIn, withoutSource } from '../../digest/own-sources.ts'
import { UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import { markOf } from '../mark.ts'
import { type OwnFeed, ownFeeds } from '../options/feed.ts'
import { feedListView } from '../views/feed-list-view.ts'
import { foreign } from '../views/foreign.ts'
import { button, container, row, text, type View } from '../views/layout.ts'
import { noteView } from '../views/list-view.ts'
import { ownDigest } from './own-digest.ts'
import { guildOf } from './problem.ts'

const weekMs = 7 * 24 * 60 * 60 * 1000

/** Feeds that fail come first in their digest. */
export async function listFeeds(digest: Digest | undefined, page: number, context: Context): Promise<View> {
  const { sourceHealths, now, say, mention } = context
  guildOf(context)
  const own = await ownFeeds(context)
  const wanted = digest === undefined ? own : own.filter((feed) => feed.digest.id === digest.id)
  const healths = await sourceHealths.of(
    wanted.map(({ source }) => sourceIdOf(source)),
    now - weekMs,
  )
  const feeds = wanted.map((feed) => ({ ...feed, health: healths.get(sourceIdOf(feed.source)) }))
  const rank = ({ health }: (typeof feeds)[number]) => (health?.trouble === undefined ? 1 : 0)
  const sorted = [...Map.groupBy(feeds, (feed) => feed.digest.id).values()].flatMap((some) =>
    some.toSorted((a, b) => rank(a) - rank(b)),
  )
  const list = { feeds: sorted, only: digest, ofHouse: await houseDigestsPosted(context) }
  return feedListView(list, page, now, say, { add: mention('feed add') })
}

/** As `listFeeds`, for the digest of a mark; all where that names none any more. */
export async function turnFeeds(mark: string, page: number, context: Context): Promise<View> {
  const own = await context.guildDigests.list(guildOf(context))
  return listFeeds(
    own.find(({ id }) => markOf(id) === mark),
    page,
    context,
  )
}

async function houseDigestsPosted(context: Context): Promise<readonly string[]> {
  const { library, guildDigests, subscriptions } = context
  const guildId = guildOf(context)
  const posted = new Set((await subscriptions.ofGuild(guildId)).map(({ digestId }) => digestId))
  const own = new Set((await guildDigests.list(guildId)).map(({ id }) => id))
  const digests = await library.digests(guildId)
  return digests.filter(({ id }) => posted.has(id) && !own.has(id)).map(({ title }) => title)
}

/** Asks whether a feed is to go. */
export function askRemoval({ digest, source }: OwnFeed, { say }: Context): View {
  const facts = { source: foreign(sourceName(source), 120), digest: foreign(digest.title, 100) }
  return {
    components: [
      container([
        text(say('feed.removeAsk', facts)),
        row(
          button(
            say('button.remove'),
            { do: 'feed-drop', digestId: digest.id, source: markOf(sourceIdOf(source)) },
            { look: 'danger' },
          ),
          button(say('button.keep'), { do: 'feed-list', digest: markOf(digest.id), page: 0 }),
        ),
      ]),
    ],
  }
}

/** Takes the source of a mark out of a digest. Errors: `UserError` where it is the only one. */
export async function removeFeed(digestId: DigestId, mark: string, context: Context): Promise<View> {
  const { guildDigests, say, mention, now } = context
  let gone: NewSource | undefined
  let isLast = false
  const digest = await guildDigests.change(
    guildOf(context),
    digestId,
    (standing) => {
      gone = sourcesIn(standing).find((source) => markOf(sourceIdOf(source)) === mark)
      const sources = gone === undefined ? standing.sources : withoutSource(standing.sources, gone)
      isLast = sources === undefined
      return sources === undefined || gone === undefined ? undefined : { ...standing, sources: [...sources] }
    },
    now,
  )
  const { title } = digest ?? (await ownDigest(digestId, context))
  const facts = { digest: foreign(title, 100), add: mention('feed add'), remove: mention('digest remove') }
  if (isLast) throw new UserError('last-feed', `That is the only feed of ${title}.`, facts)
  if (gone === undefined) return noteView(say('feed.goneAlready', facts))
  return noteView(say('feed.removed', { ...facts, source: foreign(sourceName(gone), 120) }))
}
