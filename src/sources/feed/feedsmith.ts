/**
 * The first parser: feedsmith (https://feedsmith.dev), which keeps the structure of each format. Here its four shapes
 * become one; where a format has several elements for one thing, the first that is filled counts.
 */
import {
  type AtomFeed,
  type AtomNs,
  type DcNs,
  type DcTermsNs,
  type JsonFeed,
  type MediaNs,
  parseFeed,
  type RdfFeed,
  type RssFeed,
} from 'feedsmith'
import type { ParsedEnclosure, ParsedEntry, ParsedFeed } from './feed.ts'
import { escapeHtml } from './markup.ts'

/** Reads a repaired document or the text of a JSON Feed; throws what the library throws. */
export function readWithFeedsmith(text: string, maxItems?: number): ParsedFeed {
  const { format, feed } = parseFeed(text, maxItems === undefined ? {} : { maxItems })
  if (format === 'rss') return fromRss(feed)
  if (format === 'rdf') return fromRdf(feed)
  return format === 'atom' ? fromAtom(feed) : fromJson(feed)
}

type Link = AtomFeed.Link<string>
type Dc = DcNs.ItemOrFeed<string> | undefined
type DcTerms = DcTermsNs.ItemOrFeed<string> | undefined
type Media = MediaNs.ItemOrFeed | undefined

function fromRss(feed: RssFeed.Feed<string>): ParsedFeed {
  return {
    ...linksOf(feed.atom?.links),
    title: feed.title ?? feed.dc?.titles?.[0] ?? feed.itunes?.title ?? textOf(feed.atom?.title),
    description:
      feed.description ?? feed.itunes?.summary ?? feed.itunes?.subtitle ?? textOf(feed.atom?.subtitle),
    url: feed.link ?? linkOf(feed.atom?.links, 'alternate') ?? siteOf(feed.atom?.links),
    language: feed.language ?? feed.dc?.languages?.[0] ?? feed.xml?.lang,
    copyright: feed.copyright ?? feed.dc?.rights?.[0],
    authors: [
      ...namesOf(feed.managingEditor && [feed.managingEditor]),
      ...creatorsOf(feed.dc),
      feed.itunes?.author,
    ],
    updated:
      feed.lastBuildDate ?? feed.pubDate ?? publishedOf(feed.dc, feed.dcterms) ?? feed.dcterms?.modified?.[0],
    ttlMinutes: feed.ttl,
    skipHours: feed.skipHours,
    skipDays: feed.skipDays,
    updatePeriod: feed.sy?.updatePeriod,
    updateFrequency: feed.sy?.updateFrequency,
    entries: (feed.items ?? []).map(fromRssItem),
  }
}

function fromRssItem(item: RssFeed.Item<string>): ParsedEntry {
  const guid = item.guid?.value
  const isLink = item.guid?.isPermaLink !== false && /^https?:\/\//i.test(guid ?? '')
  const linked = item.link ?? linkOf(item.atom?.links, 'alternate') ?? siteOf(item.atom?.links)
  return {
    id: guid ?? item.atom?.id ?? item.dc?.identifiers?.[0],
    title: titleOf(item.title, item),
    url: linked ?? (isLink ? guid : undefined),
    published: item.pubDate ?? publishedOf(item.dc, item.dcterms, item.atom),
    updated: item.atom?.updated ?? item.dcterms?.modified?.[0],
    authors: [...namesOf(item.authors), ...creatorsOf(item.dc, item.atom), item.itunes?.author],
    summary:
      item.description ??
      item.dc?.descriptions?.[0] ??
      summaryOf(item.atom, item.media, item.itunes?.summary),
    content: item.content?.encoded ?? textOf(item.atom?.content),
    image: imageOf(item.media) ?? item.itunes?.image,
    categories: [...(item.categories ?? []).map((category) => category.name), ...(item.dc?.subjects ?? [])],
    enclosures: [...(item.enclosures ?? []).map(fromEnclosure), ...mediaOf(item.media)],
  }
}

function fromRdf(feed: RdfFeed.Feed<string>): ParsedFeed {
  return {
    ...linksOf(feed.atom?.links),
    title: feed.title ?? feed.dc?.titles?.[0],
    description: feed.description ?? feed.dc?.descriptions?.[0],
    url: feed.link ?? feed.rdf?.about,
    language: feed.dc?.languages?.[0] ?? feed.xml?.lang,
    copyright: feed.dc?.rights?.[0],
    authors: creatorsOf(feed.dc),
    updated: publishedOf(feed.dc, feed.dcterms) ?? feed.dcterms?.modified?.[0],
    updatePeriod: feed.sy?.updatePeriod,
    updateFrequency: feed.sy?.updateFrequency,
    entries: (feed.items ?? []).map(fromRdfItem),
  }
}

function fromRdfItem(item: RdfFeed.Item<string>): ParsedEntry {
  const about = item.rdf?.about
  return {
    id: about ?? item.dc?.identifiers?.[0],
    title: titleOf(item.title, item),
    url: item.link ?? linkOf(item.atom?.links, 'alternate') ?? about,
    published: publishedOf(item.dc, item.dcterms, item.atom),
    updated: item.dcterms?.modified?.[0] ?? item.atom?.updated,
    authors: creatorsOf(item.dc, item.atom),
    summary: item.description ?? item.dc?.descriptions?.[0] ?? summaryOf(item.atom, item.media),
    content: item.content?.encoded ?? textOf(item.atom?.content),
    image: imageOf(item.media),
    categories: item.dc?.subjects ?? [],
    enclosures: mediaOf(item.media),
  }
}

function fromAtom(feed: AtomFeed.Feed<string>): ParsedFeed {
  return {
    ...linksOf(feed.links),
    title: textOf(feed.title) ?? feed.dc?.titles?.[0],
    description: textOf(feed.subtitle),
    url: linkOf(feed.links, 'alternate') ?? siteOf(feed.links),
    language: feed.xml?.lang ?? feed.dc?.languages?.[0],
    copyright: textOf(feed.rights) ?? feed.dc?.rights?.[0],
    authors: [...namesOf(feed.authors), ...creatorsOf(feed.dc)],
    updated: feed.updated,
    updatePeriod: feed.sy?.updatePeriod,
    updateFrequency: feed.sy?.updateFrequency,
    entries: (feed.entries ?? []).map((entry) => fromAtomEntry(entry, namesOf(feed.authors))),
  }
}

/** An entry without authors has those of its source or feed (RFC 4287 §4.2.1). */
function fromAtomEntry(
  entry: AtomFeed.Entry<string>,
  inherited: readonly (string | undefined)[],
): ParsedEntry {
  const own = [...namesOf(entry.authors), ...namesOf(entry.source?.authors), ...creatorsOf(entry.dc)]
  return {
    id: entry.id,
    title: titleOf(textOf(entry.title), entry),
    url: linkOf(entry.links, 'alternate') ?? siteOf(entry.links) ?? entry.content?.src,
    published: entry.published ?? publishedOf(entry.dc, entry.dcterms),
    updated: entry.updated ?? entry.dcterms?.modified?.[0],
    authors: own.some((name) => name !== undefined) ? own : inherited,
    summary: textOf(entry.summary) ?? summaryOf(undefined, entry.media, entry.itunes?.summary),
    content: textOf(entry.content),
    image: imageOf(entry.media) ?? entry.itunes?.image,
    categories: [
      ...(entry.categories ?? []).map((category) => category.label ?? category.term),
      ...(entry.dc?.subjects ?? []),
    ],
    enclosures: [...linkedEnclosures(entry.links), ...mediaOf(entry.media)],
  }
}

function fromJson(feed: JsonFeed.Feed<string>): ParsedFeed {
  return {
    title: feed.title,
    description: feed.description,
    url: feed.home_page_url,
    selfUrl: feed.feed_url,
    hubUrl: feed.hubs?.find((hub) => hub.type?.toLowerCase() === 'websub')?.url ?? feed.hubs?.[0]?.url,
    nextUrl: feed.next_url,
    language: feed.language,
    authors: namesOf(feed.authors),
    entries: (feed.items ?? []).map((item) => fromJsonItem(item, namesOf(feed.authors))),
  }
}

function fromJsonItem(item: JsonFeed.Item<string>, inherited: readonly (string | undefined)[]): ParsedEntry {
  const own = namesOf(item.authors)
  return {
    id: item.id,
    title: item.title,
    url: item.url ?? item.external_url,
    published: item.date_published,
    updated: item.date_modified,
    authors: own.length > 0 ? own : inherited,
    summary: item.summary === undefined ? undefined : escapeHtml(item.summary),
    content:
      item.content_html ?? (item.content_text === undefined ? undefined : escapeHtml(item.content_text)),
    image: item.image ?? item.banner_image,
    categories: item.tags ?? [],
    enclosures: (item.attachments ?? []).map((file) => ({
      url: file.url,
      type: file.mime_type,
      bytes: file.size_in_bytes,
    })),
  }
}

const textOf = (text: { value?: string } | undefined) => text?.value

function titleOf(
  title: string | undefined,
  item: { dc?: DcNs.ItemOrFeed<string>; media?: MediaNs.ItemOrFeed },
) {
  return title ?? item.dc?.titles?.[0] ?? item.media?.title?.value
}

function summaryOf(atom: AtomNs.Entry<string> | undefined, media: Media, itunes?: string) {
  const group = media?.groups?.[0]
  return textOf(atom?.summary) ?? itunes ?? media?.description?.value ?? group?.description?.value
}

function publishedOf(dc: Dc, terms: DcTerms, atom?: AtomNs.Entry<string>): string | undefined {
  return atom?.published ?? dc?.dates?.[0] ?? terms?.issued?.[0] ?? terms?.created?.[0] ?? terms?.dates?.[0]
}

function namesOf(people: readonly { name?: string; email?: string }[] | undefined): (string | undefined)[] {
  return (people ?? []).map((person) => person.name ?? person.email)
}

function creatorsOf(dc: Dc, atom?: AtomNs.Entry<string>): (string | undefined)[] {
  return [...(dc?.creators ?? []), ...namesOf(atom?.authors)]
}

function linkOf(links: readonly Link[] | undefined, rel: string): string | undefined {
  const fitting = (links ?? []).filter(
    (link) => (link.rel ?? 'alternate').toLowerCase() === rel && link.href !== undefined,
  )
  const page = fitting.find((link) => link.type === undefined || /html/i.test(link.type))
  return (page ?? fitting[0])?.href
}

/** A link of any kind that could be the page, where no link says so. */
function siteOf(links: readonly Link[] | undefined): string | undefined {
  return links?.find(
    (link) =>
      !/^(?:self|hub|next|prev\w*|first|last|edit.*|enclosure|replies|license|search|http.*)$/i.test(
        link.rel ?? '',
      ),
  )?.href
}

function linksOf(links: readonly Link[] | undefined) {
  return { selfUrl: linkOf(links, 'self'), hubUrl: linkOf(links, 'hub'), nextUrl: linkOf(links, 'next') }
}

function fromEnclosure(enclosure: RssFeed.Enclosure): ParsedEnclosure {
  return { url: enclosure.url, type: enclosure.type, bytes: enclosure.length }
}

function linkedEnclosures(links: readonly Link[] | undefined): ParsedEnclosure[] {
  const files = (links ?? []).filter((link) => link.rel?.toLowerCase() === 'enclosure')
  return files.map((link) => ({ url: link.href, type: link.type, bytes: link.length }))
}

function contentsOf(media: Media): readonly MediaNs.Content[] {
  return [...(media?.contents ?? []), ...(media?.groups ?? []).flatMap((group) => group.contents ?? [])]
}

function mediaOf(media: Media): ParsedEnclosure[] {
  return contentsOf(media).map((content) => ({
    url: content.url,
    type: content.type ?? (content.medium === 'image' ? 'image/*' : undefined),
    bytes: content.fileSize,
  }))
}

/** The largest picture; a thumbnail where there is none. */
function imageOf(media: Media): string | undefined {
  const contents = contentsOf(media)
  const pictures = contents.filter(
    (content) =>
      content.medium === 'image' || /^image\//i.test(content.type ?? '') || isPictureName(content.url),
  )
  const largest = pictures.toSorted((a, b) => (b.width ?? 0) - (a.width ?? 0))[0]
  const holders = [media, ...(media?.groups ?? []), ...contents]
  return largest?.url ?? holders.flatMap((holder) => holder?.thumbnails ?? [])[0]?.url
}

const isPictureName = (url: string | undefined) => /\.(?:jpe?g|png|webp|avif|gif)(?:[?#]|$)/i.test(url ?? '')
