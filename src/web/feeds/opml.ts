/** OPML (http://opml.org/spec2.opml): the sources of a digest, and the digests themselves, for other readers. */
import { webAddress } from '../../article/line.ts'
import type { Digest } from '../../digest/definition.ts'
import { currentAddress, type ReadAt, sourcesIn } from '../../digest/own-sources.ts'
import { digestPath } from '../addresses.ts'
import { type Markup, markup, textOf } from '../markup.ts'
import { brand, type Site } from '../site.ts'

/** The feeds that a digest reads, each where it is now. */
export function sourcesOpml(digest: Digest, readAt: ReadAt): string {
  const { title } = digest
  const feeds = sourcesIn(digest).flatMap((source) => {
    const { kind, address, name } = source
    if (kind !== 'feed' || holdsSecret(address)) return []
    const current = currentAddress(source, readAt)
    return [outline(name ?? new URL(address).hostname, holdsSecret(current) ? address : current)]
  })
  return document(title, [folder(title, feeds)])
}

/** The feeds that the digests are. */
export function digestsOpml(site: Site, digests: readonly Digest[]): string {
  const feeds = digests.map(({ id, title }) => {
    const path = digestPath(id)
    return outline(title, site.whole(`${path}/atom.xml`), site.whole(path))
  })
  return document(brand, [folder(brand, feeds)])
}

const telling = /key|token|auth|secret|pass|sig|session|user/i

/** Some outlets give each reader an address of their own: it is a password, and not for everybody. */
function holdsSecret(address: string): boolean {
  const url = webAddress(address)
  return url === undefined || [...new URL(url).searchParams.keys()].some((name) => telling.test(name))
}

function outline(title: string, feed: string, home?: string): Markup {
  const page = home === undefined ? '' : markup` htmlUrl="${home}"`
  return markup`<outline type="rss" text="${title}" title="${title}" xmlUrl="${feed}"${page}/>\n`
}

/** A body needs an outline, and a folder may be empty. */
function folder(title: string, outlines: readonly Markup[]): Markup {
  return markup`<outline text="${title}" title="${title}">\n${outlines}</outline>\n`
}

function document(title: string, outlines: readonly Markup[]): string {
  return textOf(markup`<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
<head><title>${title}</title></head>
<body>
${outlines}</body>
</opml>
`)
}
