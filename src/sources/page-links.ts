/** What a page leads to: the feeds of its site, and the articles it links to or lists as a news sitemap. */
import { articleLinks, type FeedLink, feedLinks } from './discovery.ts'
import type { SourceEntry } from './entry.ts'
import { newsSitemap } from './news-sitemap.ts'

export interface PageLinks {
  readonly feeds: readonly FeedLink[]
  readonly articles: readonly SourceEntry[]
}

/** `url` is where the page was found. Addresses and link texts matter here, not prose: a wrong charset does no harm. */
export function readPageLinks({ bytes, url }: { bytes: Uint8Array; url: string }): PageLinks {
  const text = Buffer.from(bytes).toString('utf8')
  const sitemap = newsSitemap(text)
  if (sitemap?.kind === 'articles') {
    return {
      feeds: [],
      articles: sitemap.articles.map((article) => ({
        guid: article.url,
        headline: article.title,
        url: article.url,
        authors: [],
        ...(article.publishedAt === undefined ? {} : { publishedAt: article.publishedAt }),
        ...(article.image === undefined ? {} : { image: article.image }),
      })),
    }
  }
  return {
    feeds: feedLinks(text, url),
    articles: articleLinks(text, url).map((link) => ({
      guid: link.url,
      headline: link.title,
      url: link.url,
      authors: [],
    })),
  }
}
