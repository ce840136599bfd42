/**
 * The names of a feed's elements: every namespace under one prefix, however the feed declares it or fails to.
 * Elements of namespaces that Depesche has no use for have no name here and are left out.
 */

/** Addresses without scheme, `www.`, and trailing `/` or `#`, lower case, since feeds vary all of these. */
const NAMESPACES: ReadonlyMap<string, string> = new Map([
  ['w3.org/2005/atom', 'atom'],
  ['purl.org/atom/ns', 'atom'],
  ['purl.org/rss/1.0', ''],
  ['my.netscape.com/rdf/simple/0.9', ''],
  ['channel.netscape.com/rdf/simple/0.9', ''],
  ['my.netscape.com/publish/formats/rss-0.91.dtd', ''],
  ['backend.userland.com/rss', ''],
  ['backend.userland.com/rss2', ''],
  ['blogs.law.harvard.edu/tech/rss', ''],
  ['w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['w3.org/1999/xhtml', 'xhtml'],
  ['w3.org/xml/1998/namespace', 'xml'],
  ['purl.org/dc/elements/1.1', 'dc'],
  ['purl.org/dc/elements/1.0', 'dc'],
  ['purl.org/dc/terms', 'dcterms'],
  ['purl.org/rss/1.0/modules/dcterms', 'dcterms'],
  ['purl.org/rss/1.0/modules/content', 'content'],
  ['purl.org/rss/1.0/modules/syndication', 'sy'],
  ['search.yahoo.com/mrss', 'media'],
  ['video.search.yahoo.com/mrss', 'media'],
  ['tools.search.yahoo.com/mrss', 'media'],
  ['itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['example.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['podcastindex.org/namespace/1.0', 'podcast'],
  ['github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md', 'podcast'],
])

/** Where each prefix of ours is declared in what we write. */
export const DECLARATIONS: Readonly<Record<string, string>> = {
  atom: 'http://www.w3.org/2005/Atom',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  dc: 'http://purl.org/dc/elements/1.1/',
  dcterms: 'http://purl.org/dc/terms/',
  content: 'http://purl.org/rss/1.0/modules/content/',
  sy: 'http://purl.org/rss/1.0/modules/syndication/',
  media: 'http://search.yahoo.com/mrss/',
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  podcast: 'https://podcastindex.org/namespace/1.0',
}

/** Prefix → our prefix; `''` is the default namespace. */
export type Scope = ReadonlyMap<string, string>

/** What the usual prefixes mean where nobody declared them. */
export const USUAL_PREFIXES: Scope = new Map([
  ...Object.keys(DECLARATIONS).map((prefix): [string, string] => [prefix, prefix]),
  ['xhtml', 'xhtml'],
  ['xml', 'xml'],
  ['a10', 'atom'],
  ['rss', ''],
])

/** The scope inside of an element with these attributes. */
export function innerScope(outer: Scope, attributes: ReadonlyMap<string, string>): Scope {
  let inner: Map<string, string> | undefined
  for (const [name, uri] of attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
    inner ??= new Map(outer)
    const prefix = name.slice('xmlns:'.length)
    const known = NAMESPACES.get(plainUri(uri))
    inner.set(prefix, known ?? (prefix === '' ? '' : (USUAL_PREFIXES.get(prefix) ?? '?')))
  }
  return inner ?? outer
}

function plainUri(uri: string): string {
  return uri
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/[/#]{1,9}$/, '')
}

/** A name under our prefixes, or undefined where its namespace is none of ours. `own` is the format's namespace. */
export function commonName(written: string, scope: Scope, own: string): string | undefined {
  const colon = written.indexOf(':')
  const prefix = scope.get(written.slice(0, Math.max(colon, 0))) ?? (colon === -1 ? '' : '?')
  const local = written.slice(colon + 1)
  if (prefix === '?' || local === '' || local.includes(':')) return undefined
  return prefix === '' || prefix === own ? local : `${prefix}:${local}`
}

/** Lower-case names whose case the libraries heed. */
export const WRITTEN_NAMES: ReadonlyMap<string, string> = new Map([
  ...[
    'pubDate',
    'lastBuildDate',
    'managingEditor',
    'webMaster',
    'textInput',
    'skipHours',
    'skipDays',
    'sy:updatePeriod',
    'sy:updateFrequency',
    'sy:updateBase',
    'isPermaLink',
    'rdf:RDF',
    'rdf:Seq',
  ].map((name): [string, string] => [name.toLowerCase(), name]),
  ['body', 'content:encoded'],
  ['xhtml:body', 'content:encoded'],
  ['fullitem', 'content:encoded'],
  ['abstract', 'description'],
  ['tagline', 'subtitle'],
  ['info', 'subtitle'],
  ['modified', 'updated'],
  ['issued', 'published'],
])
