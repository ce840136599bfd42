/**
 * Where well-known sites keep their feeds, by the form of the address. One row a site; the first that fits decides.
 * Sources: each site's own help pages.
 */

interface Site {
  readonly host: RegExp
  /** The feeds for what `path` matched; the groups of `host` and `path` are passed. */
  readonly path: RegExp
  readonly feeds: (match: readonly string[], url: URL) => readonly string[]
}

const under = (url: URL, ...paths: readonly string[]) => paths.map((path) => `${url.origin}${path}`)

const SITES: readonly Site[] = [
  {
    host: /^(?:www\.|m\.)?youtube\.com$/,
    path: /^\/channel\/(UC[\w-]{22})/,
    feeds: ([id]) => [`https://www.youtube.com/feeds/videos.xml?channel_id=${id}`],
  },
  {
    host: /^(?:www\.|m\.)?youtube\.com$/,
    path: /^\/user\/([\w.-]+)/,
    feeds: ([name]) => [`https://www.youtube.com/feeds/videos.xml?user=${name}`],
  },
  {
    host: /^(?:www\.|m\.)?youtube\.com$/,
    path: /^\/(?:playlist|watch)$/,
    feeds: (_, url) => {
      const list = url.searchParams.get('list')
      return list && /^[\w-]+$/.test(list)
        ? [`https://www.youtube.com/feeds/videos.xml?playlist_id=${list}`]
        : []
    },
  },
  {
    host: /^(?:www\.|old\.|new\.)?reddit\.com$/,
    path: /^(\/(?:r|u|user)\/[\w-]+(?:\/(?:new|top|hot|rising|m\/\w+|comments\/\w+(?:\/\w+)?))?)/,
    feeds: ([path]) => [`https://www.reddit.com${path}/.rss`],
  },
  { host: /^(?:www\.)?reddit\.com$/, path: /^\/$/, feeds: () => ['https://www.reddit.com/.rss'] },
  {
    host: /^github\.com$/,
    path: /^\/([\w.-]+)\/([\w.-]+)\/(releases|tags)/,
    feeds: ([owner, name, list]) => [`https://github.com/${owner}/${name}/${list}.atom`],
  },
  {
    host: /^github\.com$/,
    path: /^\/([\w.-]+)\/([\w.-]+)\/(?:commits|tree)\/([^?#]+?)\/?$/,
    feeds: ([owner, name, branch]) => [`https://github.com/${owner}/${name}/commits/${branch}.atom`],
  },
  {
    host: /^github\.com$/,
    path: /^\/([\w.-]+)\/([\w.-]+)/,
    feeds: ([owner, name]) =>
      ['releases', 'tags', 'commits'].map((list) => `https://github.com/${owner}/${name}/${list}.atom`),
  },
  {
    host: /^github\.com$/,
    path: /^\/([\w-]+)\/?$/,
    feeds: ([owner]) => [`https://github.com/${owner}.atom`],
  },
  {
    host: /^(?:gitlab\.com|codeberg\.org)$/,
    path: /^\/([\w.-]+)\/([\w.-]+)/,
    feeds: ([owner, name], url) =>
      url.hostname === 'gitlab.com'
        ? under(url, `/${owner}/${name}/-/releases.atom`, `/${owner}/${name}/-/tags?format=atom`)
        : under(url, `/${owner}/${name}/releases.rss`, `/${owner}/${name}.rss`),
  },
  {
    host: /^medium\.com$/,
    path: /^\/(@[\w.-]+|[\w-]+)/,
    feeds: ([name]) => [`https://medium.com/feed/${name}`],
  },
  { host: /^[\w-]+\.(?:medium|substack)\.com$/, path: /^/, feeds: (_, url) => under(url, '/feed') },
  { host: /^[\w-]+\.wordpress\.com$/, path: /^/, feeds: (_, url) => under(url, '/feed/') },
  { host: /^[\w-]+\.blogspot\.[a-z.]+$/, path: /^/, feeds: (_, url) => under(url, '/feeds/posts/default') },
  { host: /^[\w-]+\.tumblr\.com$/, path: /^/, feeds: (_, url) => under(url, '/rss') },
  { host: /^[\w-]+\.libsyn\.com$/, path: /^/, feeds: (_, url) => under(url, '/rss') },
  { host: /^[\w-]+\.podigee\.io$/, path: /^/, feeds: (_, url) => under(url, '/feed/mp3') },
  {
    host: /^([\w-]+)\.podbean\.com$/,
    path: /^/,
    feeds: ([name]) => [`https://feed.podbean.com/${name}/feed.xml`],
  },
  {
    host: /^bsky\.app$/,
    path: /^\/profile\/([\w.:-]+)/,
    feeds: ([name]) => [`https://bsky.app/profile/${name}/rss`],
  },
  { host: /^news\.ycombinator\.com$/, path: /^/, feeds: () => ['https://news.ycombinator.com/rss'] },
  {
    host: /^(?:[\w-]+\.)?(?:stackoverflow|stackexchange|serverfault|superuser)\.com$/,
    path: /^\/questions\/tagged\/([^/?#]+)/,
    feeds: ([tag], url) => under(url, `/feeds/tag/${tag}`),
  },
  {
    host: /^(?:www\.)?vimeo\.com$/,
    path: /^\/([\w-]+)\/?$/,
    feeds: ([name]) => [`https://vimeo.com/${name}/videos/rss`],
  },
  // Mastodon and its kin are on any host: `/@name`, `/users/name` and `/tags/name`.
  {
    host: /^(?!(?:www\.|m\.)?youtube\.com$)/,
    path: /^\/@([\w.-]+)\/?$/,
    feeds: ([name], url) => under(url, `/@${name}.rss`),
  },
  { host: /^/, path: /^\/users\/([\w.-]+)\/?$/, feeds: ([name], url) => under(url, `/users/${name}.rss`) },
  {
    host: /^/,
    path: /^\/tags\/([\p{L}\p{N}_%]+)\/?$/u,
    feeds: ([name], url) => under(url, `/tags/${name}.rss`),
  },
  { host: /^/, path: /^\/c\/([\w.-]+)\/?$/, feeds: ([name], url) => under(url, `/feeds/c/${name}.xml`) },
]

/** The feeds of a page on a known site; none where the site is unknown or the page names nothing that has a feed. */
export function siteFeedUrls(url: URL): readonly string[] {
  for (const site of SITES) {
    const host = site.host.exec(url.hostname)
    const path = host && site.path.exec(url.pathname)
    if (!host || !path) continue
    const feeds = site.feeds([...host.slice(1), ...path.slice(1)], url)
    if (feeds.length > 0) return feeds
  }
  return []
}
