/** What the story thread does on request, one request after another. Whatever goes wrong ends it: it is built anew. */
import { parentPort } from 'node:worker_threads'
import type { StoryFeatures } from '../story/features.ts'
import { createPlacements, type PlacementChanges } from '../story/placements.ts'
import { parseFeatures } from '../story/stored-features.ts'

/** An article as storage keeps it. */
export interface StoredArticle {
  readonly articleId: string
  /** JSON; what cannot be read is an article without words. */
  readonly features: string
  readonly seenAt: number
}

export interface StoredPlacement extends StoredArticle {
  readonly storyId: string
  readonly copyOf?: string
}

export interface StoryAnswer extends PlacementChanges {
  /** Articles whose features could not be read. */
  readonly unreadable: readonly string[]
}

export type StoryRequest =
  | { readonly kind: 'restore'; readonly articles: readonly StoredPlacement[] }
  | { readonly kind: 'settle'; readonly taken: readonly string[] }
  | { readonly kind: 'place'; readonly articles: readonly StoredArticle[]; readonly since: number }
  | { readonly kind: 'remove'; readonly ids: readonly string[] }

const placements = createPlacements()
const nothing: PlacementChanges = { placed: [], gone: [] }

function answer(request: StoryRequest): StoryAnswer {
  const unreadable: string[] = []
  const read = (article: StoredArticle) => ({
    features: featuresOf(article, unreadable),
    seenAt: article.seenAt,
  })
  switch (request.kind) {
    case 'restore':
      placements.restore(
        request.articles.map((article) => ({
          ...read(article),
          story: article.storyId,
          ...(article.copyOf === undefined ? {} : { copyOf: article.copyOf }),
        })),
      )
      return { ...nothing, unreadable }
    case 'settle':
      return { ...placements.settle(request.taken), unreadable }
    case 'place':
      placements.forgetBefore(request.since)
      return { ...placements.place(request.articles.map(read)), unreadable }
    case 'remove':
      return { ...placements.remove(request.ids), unreadable }
  }
}

/** Features were worked out before the article had an id, and dated only where it bore a date. */
function featuresOf({ articleId, features, seenAt }: StoredArticle, unreadable: string[]): StoryFeatures {
  try {
    const parsed = parseFeatures(features)
    return { ...parsed, id: articleId, at: parsed.at ?? seenAt }
  } catch {
    unreadable.push(articleId)
    const copy = { shingles: 0, level: 0, hashes: [] }
    return { id: articleId, language: 'und', at: seenAt, terms: [], topTerms: 0, anchors: [], copy }
  }
}

parentPort?.on('message', (request: StoryRequest) => parentPort?.postMessage(answer(request)))
