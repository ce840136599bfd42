/**
 * Followers are told when their story moves: claim, tell, record. What has come since is read as editions read it; what says nothing
 * new waits for something that does, a day at most. In languages in which nobody can tell, every article counts.
 *
 * Never twice: the message bears the newest article it tells of. A follow whose claim has ended without an end is looked up in the
 * conversation before anything is sent, and the nonce is the same for the same news. A member whom Discord lets nobody write to is
 * told with their next answer instead, and not tried again before that.
 */
import type { Article, ArticleId, Instant } from '../article/article.ts'
import type { EditionDesk } from '../digest/desk.ts'
import type { Follows, MovedFollow } from '../digest/follow.ts'
import type { WorkerId } from '../digest/ledger.ts'
import type { Library, Reader } from '../digest/library.ts'
import type { Members } from '../digest/member.ts'
import {
  lookAgainAt,
  type RenderTelling,
  type Teller,
  type Telling,
  type TellOutcome,
  tellableFrom,
} from '../digest/tell.ts'
import type { Log } from '../log.ts'
import type { Movement, MovementTask } from '../story/movement.ts'
import type { Story } from '../story/story.ts'
import { hasTurns } from '../story/turns.ts'
import { startRepeating } from './repeat.ts'

export interface TellingFollowers {
  readonly now: () => Instant
  readonly worker: WorkerId
  readonly follows: Follows
  readonly members: Pick<Members, 'isUnreachable'>
  /** A story as a member may see it on the server where they follow it. */
  readonly libraryFor: (reader: Reader) => Pick<Library, 'findStory'>
  readonly desk: Pick<EditionDesk, 'texts'>
  /** Runs in a worker with a time limit. */
  readonly findNews: (task: MovementTask) => Promise<Movement>
  readonly render: RenderTelling
  readonly teller: Teller
  readonly log: Log
  /** Aborted when the process is to end: nothing new is begun. */
  readonly stopping: AbortSignal
}

/** How long a claim holds: a message and the look before it take seconds. */
const leaseMs = 60_000
const claimedAtOnce = 20
/** Before a message without a clear answer is looked up and sent again. */
const retryMs = 5_000
/** After so many claims without an end the news waits for the member's next answer. */
const mostAttempts = 8
/** More texts of a story, or of what came since, are not read. */
const mostTexts = 16

/** Looks for stories that have moved until it is stopped; a message on its way is cut off then, and looked up after the next start. */
export function startTelling(
  telling: Omit<TellingFollowers, 'stopping'>,
  everyMs: number,
): { readonly stop: () => Promise<void> } {
  const round = (stopping: AbortSignal) => tellFollowers({ ...telling, stopping })
  return startRepeating(everyMs, round, telling.log)
}

/** Tells everybody whose story has moved, one after another. */
async function tellFollowers(telling: TellingFollowers): Promise<void> {
  const { follows, now, worker, stopping } = telling
  const moves = createMoves(telling)
  while (!stopping.aborted && telling.teller.pauseMs() === 0) {
    const moved = await follows.moved({ owner: worker, now: now(), leaseMs, limit: claimedAtOnce })
    for (const [at, follow] of moved.entries()) {
      if (stopping.aborted) {
        for (const rest of moved.slice(at)) await follows.postpone(rest, now())
        return
      }
      // Storage failed, or a mistake of ours: it is taken up again when its lease runs out.
      await tellOne(telling, moves, follow).catch((error: unknown) =>
        telling.log.error({ err: error, follow: follow.id }, 'follow.interrupted'),
      )
    }
    if (moved.length < claimedAtOnce) return
  }
}

async function tellOne(telling: TellingFollowers, moves: Moves, follow: MovedFollow): Promise<void> {
  const { follows, libraryFor, log, members, now, teller } = telling
  const facts = factsOf(follow)
  const later = tellableFrom(follow, now())
  if (later !== undefined) {
    await (follow.attempt > 1 ? follows.postpone(follow, later) : follows.wait(follow, later))
    log.debug({ ...facts, until: later }, 'follow.waits')
    return
  }
  if (follow.attempt > 1) {
    const seen = await teller.findTold(follow, follow.storyId, follow.news)
    if (seen.kind === 'wait') {
      await follows.postpone(follow, now() + seen.afterMs)
      return
    }
    if (seen.kind === 'found') {
      // What came after that message is told in its turn.
      await follows.told(follow, follow.news.slice(0, follow.news.indexOf(seen.marker) + 1), now())
      log.info(facts, 'follow.found')
      return
    }
  }
  const { guildId } = follow
  const story = await libraryFor(guildId === undefined ? {} : { guildId }).findStory(follow.storyId)
  const move = story === undefined ? undefined : await moves.find(story, follow)
  // A story that was taken back meanwhile has nothing to tell; it may come again.
  const again = move?.isNew === true ? undefined : lookAgainAt(follow, move?.waitingSince ?? now(), now())
  if (move === undefined || again !== undefined) {
    await follows.wait(follow, again ?? now() + leaseMs)
    log.debug({ ...facts, until: again }, 'follow.unmoved')
    return
  }
  if (follow.attempt > mostAttempts || (await members.isUnreachable(follow.userId))) {
    await follows.keptUntold(follow, follow.news, now())
    log.debug(facts, 'follow.kept')
    return
  }
  await record(telling, follow, await send(telling, { ...move, follow }))
}

function send({ render, teller, stopping }: TellingFollowers, telling: Telling): Promise<TellOutcome> {
  const { follow, marker } = telling
  // Both ids have 12 characters.
  const nonce = `${follow.id}${marker}`.slice(0, 25)
  return teller.tell(follow, render(telling), { nonce, cutOff: stopping })
}

async function record(
  { follows, now, log }: TellingFollowers,
  follow: MovedFollow,
  outcome: TellOutcome,
): Promise<void> {
  const facts = factsOf(follow)
  switch (outcome.kind) {
    case 'told':
      await follows.told(follow, follow.news, now())
      log.info(facts, 'follow.told')
      return
    case 'wait':
      await follows.wait(follow, now() + Math.max(outcome.afterMs, retryMs))
      return
    case 'unknown':
      await follows.postpone(follow, now() + retryMs * follow.attempt)
      log.info({ ...facts, code: outcome.code }, 'follow.uncertain')
      return
    case 'closed':
      await follows.keptUntold(follow, follow.news, now())
      log.info({ ...facts, code: outcome.code }, 'follow.closed')
      return
    case 'bug':
      await follows.keptUntold(follow, follow.news, now())
      log.error({ ...facts, code: outcome.code, reason: outcome.reason }, 'follow.failed')
      return
  }
}

/** Of a member the log says nothing. */
function factsOf({ id, storyId }: MovedFollow) {
  return { follow: id, story: storyId }
}

interface Move extends Omit<Telling, 'follow'> {
  /** Whether it says anything that the member was not told. */
  readonly isNew: boolean
  /** When the first of what has come was seen. */
  readonly waitingSince: Instant
}

interface Moves {
  /** What has come to the story for this follower; undefined where it was taken back. */
  readonly find: (story: Story, follow: MovedFollow) => Promise<Move | undefined>
}

/** Followers of the same story mostly wait for the same news: it is read once. */
function createMoves(telling: TellingFollowers): Moves {
  const read = new Map<string, Promise<Movement | undefined>>()
  return {
    find: async (story, follow) => {
      const language = spokenBy(follow)
      const fresh = story.articles.filter(({ id }) => follow.news.includes(id))
      const newest = newestFirst(fresh)[0]
      const marker = follow.news.at(-1)
      if (newest === undefined || marker === undefined) return undefined
      const told = story.articles.filter(({ id }) => !follow.news.includes(id)).map(({ id }) => id)
      const key = [story.id, language, ...follow.news, '-', ...told].join(' ')
      const reading = read.get(key) ?? readNews(telling, story, fresh, language)
      read.set(key, reading)
      const movement = await reading
      const isReadable = movement !== undefined && fresh.every((article) => hasTurns(article.language))
      const news = movement?.news ?? []
      return {
        article: fresh.find(({ id }) => id === news[0]?.articleId) ?? newest,
        news: news.map(({ text }) => text),
        more: fresh.length - 1,
        marker,
        isNew: !isReadable || movement.moved,
        waitingSince: Math.min(...fresh.map(({ seenAt }) => seenAt)),
      }
    },
  }
}

function spokenBy({ locale }: MovedFollow): string {
  return (locale ?? 'en').toLowerCase().split('-')[0] ?? 'en'
}

/** Undefined where it could not be read in time: then nobody can tell whether it says anything new. */
async function readNews(
  { desk, findNews, log, now }: TellingFollowers,
  story: Story,
  fresh: readonly Article[],
  language: string,
): Promise<Movement | undefined> {
  const ids = new Set<ArticleId>(fresh.map(({ id }) => id))
  const at = now()
  const textsOf = (articles: readonly Article[]) =>
    desk.texts(
      newestFirst(articles)
        .slice(0, mostTexts)
        .map(({ id }) => ({ id, at })),
    )
  try {
    const told = await textsOf(story.articles.filter(({ id }) => !ids.has(id)))
    return await findNews({ told, since: await textsOf(fresh), language })
  } catch (error) {
    log.warn({ err: error, story: story.id }, 'story.unread')
    return undefined
  }
}

function newestFirst(articles: readonly Article[]): readonly Article[] {
  return [...articles].sort((a, b) => b.seenAt - a.seenAt || (a.id < b.id ? -1 : 1))
}
