/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
import { isoTime } from '../dates.ts'
import { visible } from '../markup.ts'
import type { Feed } from './entries.ts'

export function jsonFeed(feed: Feed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: visible(feed.title),
    home_page_url: feed.home,
    feed_url: feed.self,
    description: visible(feed.description),
    language: feed.language,
    items: feed.entries.map(({ id, url, title, html, summary, at, updatedAt, authors }) => ({
      id,
      url,
      title: visible(title),
      content_html: html,
      ...(summary === '' ? {} : { summary: visible(summary) }),
      date_published: isoTime(at),
      ...(updatedAt === at ? {} : { date_modified: isoTime(updatedAt) }),
      ...(authors.length === 0 ? {} : { authors: authors.map((name) => ({ name: visible(name) })) }),
    })),
  })
}
