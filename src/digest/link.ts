/** Any article's address, as a member pastes it → the article, or why there is none. */
import type { Article, ArticleId } from '../article/article.ts'
import type { AnalysedArticle } from './library.ts'

/**
 * `bad`: no web address. `private`: not on the public internet. `gone`: the host has no such page. `denied`: the host lets no
 * robot read it. `busy`: the host did not answer, or not in time. `no-page`: something else than a page. `no-article`: a page on
 * which no article was found.
 */
export type LinkProblem = 'bad' | 'private' | 'gone' | 'denied' | 'busy' | 'no-page' | 'no-article'

export type LinkOutcome =
  | { readonly kind: 'article'; readonly article: Article }
  | { readonly kind: 'problem'; readonly problem: LinkProblem; readonly host: string }

export type ReadLink = (url: string) => Promise<LinkOutcome>

/** Articles that were asked for by their address. They belong to no digest and stand in stories of their own. */
export interface Links {
  /** The held articles of that address, whichever source brought them. */
  readonly find: (url: string) => Promise<readonly ArticleId[]>
  /** What is held of that address already, for other readers than this one, stays as it is. */
  readonly hold: (url: string, article: AnalysedArticle, now: number) => Promise<ArticleId>
}

/** The web addresses in a text, each once, in order; what encloses them is not part of them. */
export function linksIn(text: string, most: number): readonly string[] {
  const found = text.match(/https?:\/\/[^\s<>"'`\\|]+/giu) ?? []
  const clean = found.map(trimEnd).filter((link) => URL.canParse(link) && link.length <= 2000)
  return [...new Set(clean)].slice(0, most)
}

/** Punctuation after an address belongs to the sentence; a closing bracket does unless it was opened within. */
function trimEnd(link: string): string {
  const bare = link.replace(/[.,;:!?*_~]+$/u, '')
  if (bare.endsWith(')') && !bare.includes('(')) return trimEnd(bare.slice(0, -1))
  if (bare.endsWith(']') && !bare.includes('[')) return trimEnd(bare.slice(0, -1))
  return bare
}
