/**
 * Where the articles of the last days belong: each in one story, as an original or as a copy of one. What repeats a text
 * stands in the story of its original, always; so only originals are clustered (`cluster.ts`), and a text carried by
 * fifty outlets weighs no more than one.
 *
 * - When an original leaves, its copies get a new one, which takes its place in the story. When a fuller text comes, it
 *   takes the place of the originals it repeats, in the largest of their stories.
 * - What is handed in together does not depend on its order; handing it in again changes nothing.
 * - A story that lost its articles to another is told as `gone`, and its id is not given again.
 * - Articles seen before the window leave it without a change: their stories stand as they are. An original stays for as
 *   long as one of its copies.
 *
 * Memory only. After a start it is built from what storage keeps (`restore`, then `settle`, which tells what there is to
 * mend: a copy that stands apart from its original, or names one that is not held).
 */
import { isDeepStrictEqual } from 'node:util'
import type { Instant } from '../article/article.ts'
import { createStoryIndex } from './cluster.ts'
import { type CopyText, createCopyIndex } from './copy-index.ts'
import type { StoryFeatures } from './features.ts'

export interface PlacedArticle {
  readonly id: string
  readonly story: string
  /** The article it repeats; absent for an original. */
  readonly copyOf?: string
}

/** A story without articles now, and the one to look into instead. */
export interface GoneStory {
  readonly from: string
  readonly into: string
  /** Both tell one event; otherwise its last articles changed and went elsewhere, and older ones of it stay. */
  readonly isMerged: boolean
}

export interface PlacementChanges {
  /** The articles handed in, and every other whose story or original is another than before. Ascending by id. */
  readonly placed: readonly PlacedArticle[]
  readonly gone: readonly GoneStory[]
}

export interface Incoming {
  readonly features: StoryFeatures
  readonly seenAt: Instant
}

export interface Restored extends Incoming {
  readonly story: string
  readonly copyOf?: string
}

export interface Placements {
  /** Articles as they were placed before, oldest first, in as many pieces as one likes; to be followed by `settle`. */
  readonly restore: (articles: readonly Restored[]) => void
  /** Ends the restoring. `taken`: ids of stories that went into others and must not come back. */
  readonly settle: (taken: readonly string[]) => PlacementChanges
  readonly place: (articles: readonly Incoming[]) => PlacementChanges
  /** Articles no longer held anywhere. Unknown ids are ignored. */
  readonly remove: (ids: readonly string[]) => PlacementChanges
  /** Lets go of articles seen before an instant. */
  readonly forgetBefore: (since: Instant) => void
  readonly size: () => number
}

interface Held extends Incoming {
  readonly story: string
}

export function createPlacements(): Placements {
  const held = new Map<string, Held>()
  const members = new Map<string, Set<string>>()
  /** Ids of stories that are not to be given again. */
  const taken = new Set<string>()
  const copies = createCopyIndex()
  let index = createStoryIndex({ isTaken: (story) => taken.has(story) })
  const restored = new Map<string, Restored>()
  let forgotten = Number.NEGATIVE_INFINITY

  function put(id: string, article: Held): void {
    leave(id)
    held.set(id, article)
    members.set(article.story, (members.get(article.story) ?? new Set()).add(id))
  }

  function leave(id: string): void {
    const story = held.get(id)?.story
    held.delete(id)
    if (story === undefined) return
    members.get(story)?.delete(id)
    if (members.get(story)?.size === 0) members.delete(story)
  }

  /** The largest story of some articles; of equal ones the one whose id sorts first. */
  function largestStory(ids: readonly string[]): string | undefined {
    const sizeOf = (story: string): number => members.get(story)?.size ?? 0
    const stories = new Set(ids.flatMap((id) => held.get(id)?.story ?? []))
    return [...stories].sort((a, b) => sizeOf(b) - sizeOf(a) || (a < b ? -1 : 1))[0]
  }

  function change(incoming: readonly Incoming[], removed: readonly string[]): PlacementChanges {
    const fresh = new Map(incoming.map((article) => [article.features.id, article]))
    for (const [id, { features }] of fresh)
      if (isDeepStrictEqual(held.get(id)?.features, features)) fresh.delete(id)
    const regrouped = copies.update({
      remove: removed,
      add: [...fresh.values()].map(copyText),
    })
    const moved = cluster(fresh, regrouped, removed)
    for (const id of removed) leave(id)
    return relocate(fresh, regrouped, moved, incoming)
  }

  /** Puts the originals among the changed articles into stories, and takes out what is none now. Gives those that moved. */
  function cluster(
    fresh: ReadonlyMap<string, Incoming>,
    regrouped: ReadonlyMap<string, string>,
    removed: readonly string[],
  ): Iterable<string> {
    const given = new Map<string, string>()
    const standing: StoryFeatures[] = []
    const free: StoryFeatures[] = []
    for (const id of new Set([...fresh.keys(), ...regrouped.keys()])) {
      if (copies.originalOf(id) !== id) continue
      const features = (fresh.get(id) ?? held.get(id))?.features
      const story = fresh.has(id)
        ? largestStory(copies.copiesOf(id).filter((copy) => !fresh.has(copy)))
        : held.get(id)?.story
      if (features === undefined) continue
      if (story === undefined) free.push(features)
      else {
        given.set(id, story)
        standing.push(features)
      }
    }
    const stood = index.add(standing, given)
    index.remove([...removed, ...[...regrouped].flatMap(([id, original]) => (original === id ? [] : id))])
    return new Set([...stood.stories.keys(), ...index.add(free).stories.keys()])
  }

  /** Brings the story of every article that is touched in line with that of its original. */
  function relocate(
    fresh: ReadonlyMap<string, Incoming>,
    regrouped: ReadonlyMap<string, string>,
    moved: Iterable<string>,
    incoming: readonly Incoming[],
  ): PlacementChanges {
    const told = new Set([...incoming.map(({ features }) => features.id), ...regrouped.keys()])
    const routes = new Map<string, Route[]>()
    const originals = new Set([...moved, ...[...told].map(copies.originalOf)])
    for (const original of originals) {
      const story = index.storyOf(original)
      if (story === undefined) continue
      for (const id of [original, ...copies.copiesOf(original)]) {
        const former = held.get(id)
        const article = fresh.get(id) ?? former
        if (article === undefined || (article === former && former.story === story)) continue
        put(id, { features: article.features, seenAt: article.seenAt, story })
        if (former?.story === story) continue
        told.add(id)
        if (former === undefined) continue
        const ways = routes.get(former.story) ?? []
        ways.push({ into: story, isOwn: fresh.has(id) })
        routes.set(former.story, ways)
      }
    }
    return { placed: [...told].sort().flatMap(placedOf), gone: goneStories(routes) }
  }

  function placedOf(id: string): PlacedArticle | [] {
    const article = held.get(id)
    if (article === undefined) return []
    const original = copies.originalOf(id)
    return { id, story: article.story, ...(original === id ? {} : { copyOf: original }) }
  }

  function goneStories(routes: ReadonlyMap<string, readonly Route[]>): GoneStory[] {
    return [...routes].flatMap(([from, ways]) => {
      if (members.has(from)) return []
      const into = mostFrequent(ways.map((way) => way.into))
      if (into === undefined) return []
      taken.add(from)
      return { from, into, isMerged: ways.some((way) => !way.isOwn) }
    })
  }

  return {
    restore(articles) {
      for (const article of articles) restored.set(article.features.id, article)
      copies.update({ add: articles.map(copyText) })
    },
    settle(ids) {
      for (const id of ids) taken.add(id)
      for (const [id, article] of restored)
        put(id, { features: article.features, seenAt: article.seenAt, story: article.story })
      const originals = [...restored.values()].filter(({ features: { id } }) => copies.originalOf(id) === id)
      index = createStoryIndex({
        restore: originals.map(({ features }) => ({
          features,
          story: largestStory([features.id, ...copies.copiesOf(features.id)]) ?? features.id,
        })),
        isTaken: (story) => taken.has(story),
      })
      const changes = relocate(
        new Map(),
        new Map(),
        originals.map(({ features }) => features.id),
        [],
      )
      const moved = new Set(changes.placed.map(({ id }) => id))
      const renamed = [...restored].flatMap(([id, { copyOf }]) =>
        moved.has(id) || (copyOf ?? id) === copies.originalOf(id) ? [] : placedOf(id),
      )
      restored.clear()
      return { ...changes, placed: [...changes.placed, ...renamed].sort((a, b) => (a.id < b.id ? -1 : 1)) }
    },
    place: (articles) => change(articles, []),
    remove: (ids) =>
      change(
        [],
        ids.filter((id) => held.has(id)),
      ),
    forgetBefore(since) {
      if (since <= forgotten) return
      forgotten = since
      const old = [...held].flatMap(([id, { seenAt }]) => (seenAt < since ? id : []))
      const leaving = old.filter((id) =>
        copies.copiesOf(id).every((copy) => (held.get(copy)?.seenAt ?? 0) < since),
      )
      copies.update({ remove: leaving })
      index.remove(leaving)
      for (const id of leaving) leave(id)
    },
    size: () => held.size,
  }
}

function copyText({ features: { id, copy, at } }: Incoming): CopyText {
  return { id, sketch: copy, at }
}

/** Where an article went from a story, and whether it changed itself. */
interface Route {
  readonly into: string
  readonly isOwn: boolean
}

/** Of equally frequent ones the one that sorts first. */
function mostFrequent(items: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0]
}
