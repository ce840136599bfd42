/** Where everything lies: paths for links within the site, whole addresses for feeds and for what other sites show. */
import type { ArticleId, StoryId } from '../article/article.ts'
import type { DigestId } from '../digest/definition.ts'

export interface Addresses {
  /** Of a path of this site, as links within it name it. */
  readonly path: (path: string) => string
  /** Of a path of this site, as everybody else names it. */
  readonly whole: (path: string) => string
}

/** `publicUrl` without a slash at its end; it may hold a path, which whatever stands before this server takes off. */
export function createAddresses(publicUrl: string): Addresses {
  const prefix = new URL(publicUrl).pathname.replace(/\/+$/, '')
  return { path: (path) => `${prefix}${path}`, whole: (path) => `${publicUrl}${path}` }
}

const part = (id: string): string => encodeURIComponent(id.toWellFormed())

export const digestPath = (id: DigestId): string => `/d/${part(id)}`
export const editionPath = (id: DigestId, number: number): string => `${digestPath(id)}/${number}`
export const cardPath = (id: DigestId, number: number): string => `${editionPath(id, number)}/card.png`
export const storyPath = (id: StoryId): string => `/s/${part(id)}`
export const articlePath = (id: ArticleId): string => `/a/${part(id)}`

export function searchPath(words: string, digest: DigestId | undefined, page: number): string {
  const asked = new URLSearchParams({
    q: words.toWellFormed(),
    ...(digest === undefined ? {} : { digest }),
    ...(page === 1 ? {} : { page: String(page) }),
  })
  return `/search?${asked}`
}
