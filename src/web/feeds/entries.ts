/**
 * What the outgoing feeds of a digest hold, whatever their format: one entry an edition, or one a story as an edition told it. Ids follow
 * from the edition's own, so that they stay the same on every address and after every restart.
 */
import { createHash } from 'node:crypto'
import type { Instant } from '../../article/article.ts'
import { webAddress } from '../../article/line.ts'
import type { PublishedEdition } from '../../digest/archive.ts'
import type { Digest } from '../../digest/definition.ts'
import type { Edition, EditionItem } from '../../digest/edition.ts'
import { digestPath, editionPath } from '../addresses.ts'
import { datesIn } from '../dates.ts'
import { markup, type Piece, textOf, visible } from '../markup.ts'
import type { Site } from '../site.ts'
import { sayIn } from '../text/say.ts'
import { foreignLink, line, outletLine } from '../views/foreign.ts'

export type By = 'edition' | 'story'

export interface Entry {
  /** `urn:uuid:…` */
  readonly id: string
  readonly url: string
  readonly title: string
  /** HTML without anything that is fetched as it is shown. */
  readonly html: string
  readonly summary: string
  readonly at: Instant
  /** When it was corrected last, or `at`. */
  readonly updatedAt: Instant
  /** The outlets, of a story. */
  readonly authors: readonly string[]
}

export interface Feed {
  readonly title: string
  readonly description: string
  readonly language: string
  /** Where people read it. */
  readonly home: string
  /** Where the feed itself lies. */
  readonly self: string
  /** When its newest entry came; 1970 without any. */
  readonly updatedAt: Instant
  /** The newest first. */
  readonly entries: readonly Entry[]
}

const mostEntries = 60

/** `file` is the feed's name in the digest's folder: `atom.xml`. */
export function feedOf(
  site: Site,
  {
    digest,
    editions,
    by,
    file,
  }: {
    readonly digest: Digest
    readonly editions: readonly PublishedEdition[]
    readonly by: By
    readonly file: string
  },
): Feed {
  const entries =
    by === 'edition'
      ? editions.map((edition) => editionEntry(site, digest, edition))
      : editions.flatMap((edition) => edition.items.map((item) => storyEntry(site, digest, edition, item)))
  const path = digestPath(digest.id)
  return {
    title: digest.title,
    description: digest.description ?? digest.title,
    language: digest.language,
    home: site.whole(path),
    self: site.whole(`${path}/${file}${by === 'story' ? '?by=story' : ''}`),
    updatedAt: Math.max(0, ...editions.map(correctedAt)),
    entries: entries.slice(0, mostEntries),
  }
}

function correctedAt({ composedAt, corrections }: PublishedEdition): Instant {
  return Math.max(composedAt, ...[...corrections.values()].map(({ at }) => at))
}

function editionEntry(site: Site, digest: Digest, edition: PublishedEdition): Entry {
  const say = sayIn(edition.language)
  const dates = datesIn(say.language, digest.schedule.zone)
  const empty = edition.items.length === 0 ? say.texts.quietNone : say.texts.quiet
  return {
    id: stableId(`edition/${edition.id}`),
    url: site.whole(editionPath(digest.id, edition.number)),
    title: `${edition.title} · ${say.texts.number(say.figure(edition.number))} · ${dates.shortDay(edition.slot)}`,
    html: textOf(
      markup`${edition.quiet === undefined ? '' : markup`<p>${empty}</p>`}${edition.items.map((item) => [
        markup`<h3>${foreignLink(line(item.headline), item.url)}</h3>`,
        storyBody(item, edition),
      ])}`,
    ),
    summary: visible(edition.items.map((item) => item.headline).join(' · ')) || empty,
    at: edition.composedAt,
    updatedAt: correctedAt(edition),
    authors: [],
  }
}

function storyEntry(site: Site, digest: Digest, edition: PublishedEdition, item: EditionItem): Entry {
  const say = sayIn(edition.language)
  const mark = item.update === undefined ? '' : `${say.texts.update}: `
  const own = `${site.whole(editionPath(digest.id, edition.number))}#s-${encodeURIComponent(item.storyId.toWellFormed())}`
  return {
    id: stableId(`edition/${edition.id}/${item.storyId}`),
    url: (item.url === undefined ? undefined : webAddress(item.url)) ?? own,
    title: visible(`${mark}${item.headline}`),
    html: textOf(markup`${storyBody(item, edition)}`),
    summary: visible(item.brief),
    at: edition.composedAt,
    updatedAt: Math.max(edition.composedAt, edition.corrections.get(item.articleId)?.at ?? 0),
    authors: item.outlets.map(visible),
  }
}

function storyBody(item: EditionItem, edition: Edition): Piece {
  const say = sayIn(edition.language)
  const said =
    item.update === undefined
      ? markup`<p>${item.brief}</p>`
      : item.update.news.map(({ text, outlet }) => markup`<p>${text} (${line(outlet)})</p>`)
  const note =
    item.by === 'model' ? [' · ', say.texts.byModel(item.model === undefined ? '' : ` (${item.model})`)] : ''
  return markup`${said}<p><small>${outletLine(item.outlets, say)}${note}</small></p>`
}

/** A name-based UUID (RFC 9562, version 8). */
function stableId(name: string): string {
  const hash = createHash('sha256').update(`depesche/${name}`).digest()
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = hash.toString('hex').slice(0, 32)
  return `urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`
}
