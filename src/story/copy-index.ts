/**
 * Which of the texts held are originals, and which are copies of them. Fuller texts come first, among equals the older:
 * each text is compared with the originals before it, and is the copy of the one that holds most of it, or an original
 * itself. So what is a copy of what depends on the texts held and on nothing else: not on the order in which they came,
 * and not on those that were removed.
 *
 * Candidates are found by the smallest hashes of each text (bottom-k MinHash: A. Broder, "On the resemblance and
 * containment of documents", 1997); banded signatures would find texts that resemble each other and lose the excerpts.
 * Two texts are looked at when they share one of theirs.
 *
 * Refuses chains: a text is compared with originals only, so two articles that quote one statement do not become one.
 */
import type { Instant } from '../article/article.ts'
import { createHeap } from './heap.ts'
import { areCopies, type CopySketch, containment, MIN_SHINGLES } from './near-duplicates.ts'

export interface CopyText {
  readonly id: string
  readonly sketch: CopySketch
  /** When it was published, or failing that, first seen; without it, it is younger than all. */
  readonly at?: Instant | undefined
}

export interface CopyIndex {
  /**
   * Removes texts, adds others (in place of those with their ids), and gives every id whose original is another than
   * before, those added included, with its original: its own id, where it is one. Unknown ids are ignored.
   */
  readonly update: (change: {
    readonly remove?: readonly string[]
    readonly add?: readonly CopyText[]
  }) => ReadonlyMap<string, string>
  /** The original of a text that is held, itself where it is one; itself too where it is not held. */
  readonly originalOf: (id: string) => string
  /** The copies of an original, ascending. */
  readonly copiesOf: (id: string) => readonly string[]
}

/** How many of its smallest hashes find a text. */
const KEYS = 32

export function createCopyIndex(): CopyIndex {
  const texts = new Map<string, CopyText>()
  const originals = new Map<string, string>()
  const copies = new Map<string, Set<string>>()
  const postings = createPostings()

  /** Texts that may be copies of this one, or it of them. */
  function kinOf(text: CopyText): readonly CopyText[] {
    const ids = new Set(keysOf(text.sketch).flatMap(postings.of))
    ids.delete(text.id)
    return [...ids].flatMap((id) => texts.get(id) ?? [])
  }

  function bestOriginalOf(text: CopyText, kin: readonly CopyText[]): string {
    let [best, most] = [text, 0]
    for (const other of kin) {
      if (originals.get(other.id) !== other.id || inOrder(other, text) >= 0) continue
      if (!areCopies(text.sketch, other.sketch)) continue
      const share = containment(text.sketch, other.sketch)
      if (share > most || (share === most && inOrder(other, best) < 0)) [best, most] = [other, share]
    }
    return best.id
  }

  function assign(id: string, original: string | undefined): void {
    const former = originals.get(id)
    if (former !== undefined && former !== id) {
      copies.get(former)?.delete(id)
      if (copies.get(former)?.size === 0) copies.delete(former)
    }
    if (original === undefined) originals.delete(id)
    else originals.set(id, original)
    if (original !== undefined && original !== id)
      copies.set(original, (copies.get(original) ?? new Set()).add(id))
  }

  /** Looks at texts anew, fuller ones first, and at every text after them that this may change. */
  function settle(unsettled: Iterable<CopyText>): Map<string, string> {
    const changed = new Map<string, string>()
    const queue = createHeap<CopyText>(inOrder)
    const queued = new Set<string>()
    const enqueue = (text: CopyText): void => {
      if (queued.has(text.id)) return
      queued.add(text.id)
      queue.push(text)
    }
    for (const text of unsettled) enqueue(text)
    for (let text = queue.pop(); text !== undefined; text = queue.pop()) {
      const { id, sketch } = text
      const former = originals.get(id)
      const kin = kinOf(text)
      const original = bestOriginalOf(text, kin)
      assign(id, original)
      if (original !== former) changed.set(id, original)
      if ((former === id) === (original === id)) continue
      for (const other of kin) if (inOrder(other, text) > 0 && areCopies(sketch, other.sketch)) enqueue(other)
    }
    return changed
  }

  function drop(id: string, orphans: Set<string>): void {
    const text = texts.get(id)
    if (text === undefined) return
    for (const copy of copies.get(id) ?? []) orphans.add(copy)
    for (const key of keysOf(text.sketch)) postings.remove(key, id)
    assign(id, undefined)
    texts.delete(id)
  }

  return {
    update({ remove = [], add = [] }) {
      const before = new Map(add.map(({ id }) => [id, originals.get(id)]))
      const unsettled = new Set<string>()
      for (const id of remove) drop(id, unsettled)
      for (const { id } of add) drop(id, unsettled)
      for (const text of add) {
        texts.set(text.id, text)
        for (const key of keysOf(text.sketch)) postings.add(key, text.id)
        unsettled.add(text.id)
      }
      const changed = settle([...unsettled].flatMap((id) => texts.get(id) ?? []))
      for (const [id, original] of before) if (changed.get(id) === original) changed.delete(id)
      return changed
    },
    originalOf: (id) => originals.get(id) ?? id,
    copiesOf: (id) => [...(copies.get(id) ?? [])].sort(),
  }
}

/** Fuller texts first, among equals the older, then by id. */
function inOrder(a: CopyText, b: CopyText): number {
  const [older, younger] = [a.at ?? Number.POSITIVE_INFINITY, b.at ?? Number.POSITIVE_INFINITY]
  return (
    b.sketch.shingles - a.sketch.shingles ||
    (older === younger ? 0 : older - younger) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  )
}

/** The hashes by which a text is found; none for one too short to be a copy. */
function keysOf(sketch: CopySketch): readonly number[] {
  return sketch.shingles < MIN_SHINGLES ? [] : sketch.hashes.slice(0, KEYS)
}

interface Postings {
  readonly add: (key: number, id: string) => void
  readonly remove: (key: number, id: string) => void
  readonly of: (key: number) => readonly string[]
}

/** Ids by key. Nearly every key has one id, which is then held bare: a set for each would take most of the memory. */
function createPostings(): Postings {
  const lists = new Map<number, string | readonly string[]>()
  const of = (key: number): readonly string[] => {
    const held = lists.get(key) ?? []
    return typeof held === 'string' ? [held] : held
  }
  return {
    of,
    add(key, id) {
      const held = of(key)
      lists.set(key, held.length === 0 ? id : [...held, id])
    },
    remove(key, id) {
      const [first, ...rest] = of(key).filter((other) => other !== id)
      if (first === undefined) lists.delete(key)
      else lists.set(key, rest.length === 0 ? first : [first, ...rest])
    },
  }
}

/** Groups texts into articles with carriers: for each id the id of its original (its own, if it is one). */
export function groupCopies(texts: ReadonlyMap<string, CopySketch>): Map<string, string> {
  const index = createCopyIndex()
  index.update({ add: [...texts].map(([id, sketch]) => ({ id, sketch })) })
  return new Map([...texts.keys()].map((id) => [id, index.originalOf(id)]))
}
