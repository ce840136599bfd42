/** The feeds of a server's own digests, with how each is doing in words, a page at a time. */
import type { Instant } from '../../article/article.ts'
import type { Digest } from '../../digest/definition.ts'
import { type NewSource, sourceName } from '../../digest/own-sources.ts'
import type { SourceHealth } from '../../digest/source-health.ts'
import { markOf } from '../mark.ts'
import type { Say } from '../text/say.ts'
import { sayTrouble } from './feed-words.ts'
import { foreign, foreignLink } from './foreign.ts'
import { button, container, row, text, type View } from './layout.ts'
import { noteView } from './list-view.ts'
import { timestamp } from './time.ts'

export interface ListedFeed {
  readonly digest: Digest
  readonly source: NewSource
  /** Absent until storage holds the source. */
  readonly health?: SourceHealth | undefined
}

export interface FeedList {
  /** Those of a digest together. */
  readonly feeds: readonly ListedFeed[]
  /** The digest whose feeds alone are shown. */
  readonly only?: Digest | undefined
  /** House digests that are posted here too. */
  readonly ofHouse: readonly string[]
}

/** Feeds on a page, so that all of it stays within a message. */
const pageLength = 8

/** `page` counts from 0 and is moved into range. */
export function feedListView(list: FeedList, page: number, now: Instant, say: Say, mentions: Mentions): View {
  const { feeds, ofHouse, only } = list
  if (feeds.length === 0)
    return noteView([say('feeds.none', mentions), ...houseNote(ofHouse, say)].join('\n'))
  const pages = Math.ceil(feeds.length / pageLength)
  const at = Math.min(Math.max(page, 0), pages - 1)
  const shown = feeds.slice(at * pageLength, (at + 1) * pageLength)
  const blocks = [...Map.groupBy(shown, ({ digest }) => digest)].flatMap(([digest, lines]) => {
    const count = feeds.filter((feed) => feed.digest === digest).length
    const title = say('feeds.digest', { title: foreign(digest.title, 100), count })
    return [text(`### ${title}`), ...lines.map((feed) => text(feedLine(feed, now, say)))]
  })
  const turn = (to: number) => ({ do: 'feed-list', digest: markOf(only?.id), page: to }) as const
  return {
    components: [
      container([
        ...blocks,
        ...houseNote(ofHouse, say).map((note) => text(`-# ${note}`)),
        ...(pages === 1
          ? []
          : [
              text(`-# ${say('label.page', { page: at + 1, pages })}`),
              row(
                button(say('button.previous'), turn(Math.max(at - 1, 0)), { disabled: at === 0 }),
                button(say('button.next'), turn(at + 1), { disabled: at === pages - 1 }),
              ),
            ]),
      ]),
    ],
  }
}

/** How the commands that lead on are mentioned. */
type Mentions = { readonly add: string }

/** A feed that fails shows why before everything else. */
function feedLine({ source, health }: ListedFeed, now: Instant, say: Say): string {
  const address = health?.address ?? source.address
  const name = `**${foreignLink(sourceName(source), address, 200)}**`
  const trouble = health?.trouble
  const facts = [
    ...(trouble === undefined
      ? [
          health?.readAt === undefined
            ? say('feeds.unread')
            : say('feeds.read', { at: timestamp(health.readAt, 'R') }),
        ]
      : [say('feeds.since', { at: timestamp(trouble.since, 'f') })]),
    nextWords(health, now, say),
    say('feeds.articles', { count: health?.articles ?? 0 }),
  ]
  const words = trouble === undefined ? [] : [`⚠️ ${sayTrouble(trouble.code, address, say)}`]
  return [name, ...words, `-# ${facts.join(' · ')}`].join('\n')
}

function nextWords(health: SourceHealth | undefined, now: Instant, say: Say): string {
  if (health === undefined) return say('feeds.soon')
  if (health.nextAt === undefined) return say('feeds.givenUp')
  return health.nextAt <= now ? say('feeds.soon') : say('feeds.next', { at: timestamp(health.nextAt, 'R') })
}

function houseNote(titles: readonly string[], say: Say): readonly string[] {
  if (titles.length === 0) return []
  const shown = titles.slice(0, 5).map((title) => foreign(title, 80))
  return [say('feeds.house', { digests: shown.join(', '), count: titles.length })]
}
