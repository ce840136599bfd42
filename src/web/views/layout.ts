/** What all pages have around their content. */
import type { Digest } from '../../digest/definition.ts'
import { digestPath } from '../addresses.ts'
import { type Markup, markup, type Piece, textOf } from '../markup.ts'
import { brand, type Site } from '../site.ts'
import type { Say } from '../text/say.ts'

export interface PageHead {
  readonly title: string
  readonly description?: string
  /** Its address within the site. Absent for a page that is not to be found again, such as an error. */
  readonly path?: string
  /** The digest whose page it is. */
  readonly digest?: Digest
  readonly kind?: 'website' | 'article'
  /** The path of a picture of 1200 × 630 pixels. */
  readonly card?: string
  readonly publishedAt?: string
  /** What search engines are not to keep. */
  readonly isHidden?: boolean
}

const mostDescription = 300

export function page(site: Site, say: Say, head: PageHead, content: Piece): string {
  const { digest } = head
  return textOf(markup`<!doctype html>
<html lang="${say.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${head.title === brand ? brand : `${head.title} · ${brand}`}</title>
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${site.path(site.stylePath)}">
<link rel="icon" href="${site.path('/icon.svg')}" type="image/svg+xml">
${head.isHidden === true || head.path === undefined ? markup`<meta name="robots" content="noindex">\n` : ''}${shownElsewhere(site, say, head)}${digest === undefined ? '' : feedLinks(site, digest)}</head>
<body>
<a class="skip" href="#content">${say.texts.skip}</a>
<header class="site">
<a class="brand" href="${site.path('/')}">${brand}</a>
<a href="${site.path(digest === undefined ? '/search' : `/search?${new URLSearchParams({ digest: digest.id })}`)}">${say.texts.search}</a>
</header>
<main id="content">
${content}
</main>
<footer class="site">
${digest === undefined ? '' : feedLine(site, say, digest)}
<p>${say.texts.made}</p>
</footer>
</body>
</html>
`)
}

/** Open Graph and Twitter: what a link to the page looks like elsewhere. */
function shownElsewhere(site: Site, say: Say, head: PageHead): Piece {
  const { path, card, publishedAt } = head
  if (path === undefined) return ''
  const description = head.description?.slice(0, mostDescription)
  const property = (name: string, content: string | undefined): Piece =>
    content === undefined || content === '' ? '' : markup`<meta property="${name}" content="${content}">\n`
  return [
    markup`<link rel="canonical" href="${site.whole(path)}">\n`,
    description === undefined || description === ''
      ? ''
      : markup`<meta name="description" content="${description}">\n`,
    property('og:site_name', brand),
    property('og:type', head.kind ?? 'website'),
    property('og:title', head.title),
    property('og:description', description),
    property('og:url', site.whole(path)),
    property('og:locale', say.language.replace('-', '_')),
    property('article:published_time', publishedAt),
    ...(card === undefined
      ? [markup`<meta name="twitter:card" content="summary">\n`]
      : [
          property('og:image', site.whole(card)),
          property('og:image:width', '1200'),
          property('og:image:height', '630'),
          property('og:image:type', 'image/png'),
          property('og:image:alt', head.title),
          markup`<meta name="twitter:card" content="summary_large_image">\n`,
        ]),
  ]
}

const formats = [
  { file: 'atom.xml', type: 'application/atom+xml', name: 'Atom' },
  { file: 'rss.xml', type: 'application/rss+xml', name: 'RSS' },
  { file: 'feed.json', type: 'application/feed+json', name: 'JSON Feed' },
] as const

function feedLinks(site: Site, { id, title }: Digest): Piece {
  return formats.map(
    ({ file, type, name }) =>
      markup`<link rel="alternate" type="${type}" title="${`${title} (${name})`}" href="${site.path(`${digestPath(id)}/${file}`)}">\n`,
  )
}

function feedLine(site: Site, say: Say, { id }: Digest): Markup {
  const links = formats.map(
    ({ file, name }) => markup`<a href="${site.path(`${digestPath(id)}/${file}`)}">${name}</a> `,
  )
  return markup`<p class="feeds">${say.texts.feeds}: ${links}<a href="${site.path(`${digestPath(id)}/opml.xml`)}">${say.texts.sourceList}</a></p>`
}
