/**
 * OPML, the list of feeds that every reader can import and export (http://opml.org/spec2.opml). Folders become a path;
 * outlines without a feed address are only folders.
 */
import { generateOpml, type Opml, parseOpml as parseWithFeedsmith } from 'feedsmith'
import { cleanLine, webAddress } from '../article/line.ts'

export interface ListedFeed {
  readonly url: string
  readonly title?: string
  /** The page that the feed is of. */
  readonly site?: string
  /** Names of the folders it lies in, outermost first. */
  readonly folders: readonly string[]
}

const MAX_FEEDS = 5000
const MAX_DEPTH = 20

export interface OpmlFeeds {
  /** Each once. */
  readonly feeds: readonly ListedFeed[]
  /** What stood where the address of a feed should, and is no web address; each once, in one line, cut. */
  readonly unusable: readonly string[]
}

/** The feeds of an OPML document; undefined where the text is no OPML. */
export function parseOpml(text: string): OpmlFeeds | undefined {
  let outlines: readonly Opml.Outline<string>[]
  try {
    outlines = parseWithFeedsmith(text).body?.outlines ?? []
  } catch {
    return undefined
  }
  const found: Found = { feeds: new Map(), unusable: new Set() }
  collect(outlines, [], found)
  return {
    feeds: [...found.feeds.values()].slice(0, MAX_FEEDS),
    unusable: [...found.unusable].slice(0, MAX_FEEDS),
  }
}

interface Found {
  readonly feeds: Map<string, ListedFeed>
  readonly unusable: Set<string>
}

function collect(outlines: readonly Opml.Outline<string>[], folders: readonly string[], found: Found): void {
  for (const outline of outlines) {
    const url = webAddress(outline.xmlUrl ?? '')
    const title = cleanLine(outline.title ?? outline.text ?? '')
    const site = webAddress(outline.htmlUrl ?? '')
    if (url === undefined && outline.xmlUrl) found.unusable.add(cleanLine(outline.xmlUrl).slice(0, 200))
    if (url !== undefined && !found.feeds.has(url)) {
      found.feeds.set(url, {
        url,
        folders,
        ...(title === '' ? {} : { title }),
        ...(site === undefined ? {} : { site }),
      })
    }
    if (outline.outlines && folders.length < MAX_DEPTH) {
      collect(outline.outlines, title === '' ? folders : [...folders, title], found)
    }
  }
}

/** An OPML 2.0 document with the feeds in their folders; an empty list is one empty folder, since a body needs an outline. */
export function formatOpml(feeds: readonly ListedFeed[], title = 'Feeds'): string {
  const outlines = feeds.length > 0 ? nest(feeds, 0) : [{ text: title }]
  return generateOpml({ head: { title }, body: { outlines } })
}

function nest(feeds: readonly ListedFeed[], depth: number): Opml.Outline<Date>[] {
  const here = feeds.filter((feed) => feed.folders.length === depth)
  const below = Map.groupBy(
    feeds.filter((feed) => feed.folders.length > depth),
    (feed) => feed.folders[depth] ?? '',
  )
  return [
    ...here.map((feed) => ({
      type: 'rss',
      text: feed.title ?? feed.url,
      title: feed.title ?? feed.url,
      xmlUrl: feed.url,
      ...(feed.site === undefined ? {} : { htmlUrl: feed.site }),
    })),
    ...[...below].map(([folder, inside]) => ({
      text: folder,
      title: folder,
      outlines: nest(inside, depth + 1),
    })),
  ]
}
