/**
 * What others do, as peers in the same run.
 *
 * - Online TF-IDF centroid: each text joins the nearest story so far, by cosine to its centroid, or starts one; the
 *   usual baseline of topic detection and tracking (J. Allan et al., 1998). Document frequencies are given beforehand,
 *   which is kinder than life.
 * - Title Jaccard: what feed bots do: a headline joins the first story that has one with enough equal words.
 */

export interface PeerText {
  readonly headline: string
  readonly text: string
}

/** The story number of each text, in the order given. */
export type Peer = (texts: readonly PeerText[], threshold: number) => string[]

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

export const onlineCentroid: Peer = (texts, threshold) => {
  const documents = texts.map(({ headline, text }) => wordsOf(`${headline} ${text}`))
  const frequency = new Map<string, number>()
  for (const words of documents)
    for (const word of new Set(words)) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  const stories: Map<string, number>[] = []
  return documents.map((words) => {
    const vector = unit(words, frequency, documents.length)
    let best = -1
    let highest = threshold
    for (const [at, centroid] of stories.entries()) {
      const likeness = cosine(vector, centroid)
      if (likeness >= highest) {
        highest = likeness
        best = at
      }
    }
    const centroid = stories[best]
    if (centroid === undefined) return String(stories.push(vector) - 1)
    for (const [word, weight] of vector) centroid.set(word, (centroid.get(word) ?? 0) + weight)
    return String(best)
  })
}

function unit(
  words: readonly string[],
  frequency: ReadonlyMap<string, number>,
  texts: number,
): Map<string, number> {
  const vector = new Map<string, number>()
  for (const word of words) vector.set(word, (vector.get(word) ?? 0) + 1)
  for (const [word, count] of vector) vector.set(word, count * Math.log(texts / (frequency.get(word) ?? 1)))
  const length = Math.hypot(...vector.values()) || 1
  for (const [word, weight] of vector) vector.set(word, weight / length)
  return vector
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let product = 0
  for (const [word, weight] of a) product += weight * (b.get(word) ?? 0)
  return product === 0 ? 0 : product / (Math.hypot(...a.values()) * Math.hypot(...b.values()))
}

export const titleJaccard: Peer = (texts, threshold) => {
  const stories: Set<string>[][] = []
  return texts.map(({ headline }) => {
    const words = new Set(wordsOf(headline))
    const at = stories.findIndex((titles) => titles.some((title) => jaccard(title, words) >= threshold))
    const story = stories[at]
    if (story === undefined) return String(stories.push([words]) - 1)
    story.push(words)
    return String(at)
  })
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0
  for (const word of b) if (a.has(word)) shared++
  return shared === 0 ? 0 : shared / (a.size + b.size - shared)
}
