/** The commands for people: one file or address in, readable text out. */
import { readFile } from 'node:fs/promises'
import { decodeBytes } from './article/charset.ts'
import type { Config } from './config.ts'
import { OutsideError, UserError } from './errors.ts'
import type { Scan } from './sources/digests-folder.ts'
import { feedLinks, guessFeedUrls } from './sources/discovery.ts'
import type { FetchResult } from './sources/fetch-result.ts'
import { ACCEPT_FEED, ACCEPT_PAGE, createHttpClient, type HttpClient } from './sources/http.ts'
import { userAgent } from './sources/network.ts'
import { formatOpml, parseOpml } from './sources/opml.ts'
import { openPool } from './work/pool.ts'

interface Material {
  readonly bytes: Uint8Array
  readonly contentType?: string
  readonly url?: string
}

/** A line of progress; shown on a terminal only. */
export type Progress = (line: string) => void

/** `depesche extract page.html` or `depesche extract https://…`: the article as text. */
export async function extractOne(target: string, config: Config, progress: Progress): Promise<string> {
  const material = await materialOf(target, config, ACCEPT_PAGE, progress)
  progress('Reading the article …')
  const line = await answered('extractTask', {
    id: target,
    htmlBase64: Buffer.from(material.bytes).toString('base64'),
    contentType: material.contentType,
    url: material.url,
  })
  const { headline, standfirst, authors, publishedAt, language, image, url, body } = line
  const facts = { authors, publishedAt, language, image, url }
  return [
    String(headline ?? '(no headline)'),
    ...(standfirst === null ? [] : ['', String(standfirst)]),
    '',
    ...Object.entries(facts).flatMap(([name, value]) =>
      value === null || (Array.isArray(value) && value.length === 0) ? [] : [`${name}: ${String(value)}`],
    ),
    ...(Array.isArray(body) ? body.flatMap((paragraph) => ['', String(paragraph)]) : []),
  ].join('\n')
}

/** `depesche feed feed.xml` or an address: its entries, newest as the feed has them. */
export async function feedOne(target: string, config: Config, progress: Progress): Promise<string> {
  const material = await materialOf(target, config, ACCEPT_FEED, progress)
  progress('Reading the feed …')
  const { title, url, language, entries } = await answered('feedTask', {
    id: target,
    bodyBase64: Buffer.from(material.bytes).toString('base64'),
    contentType: material.contentType,
    url: material.url,
  })
  const listed = Array.isArray(entries) ? entries : []
  const about = [url, language].filter((fact) => fact !== null).map(String)
  return [
    `${String(title ?? '(no title)')}${about.length === 0 ? '' : ` (${about.join(', ')})`}, ${listed.length} entries`,
    ...listed.flatMap((entry: Record<string, unknown>) => [
      '',
      String(entry.title ?? '(no title)'),
      `  ${[entry.publishedAt, entry.url].filter((fact) => fact !== null).join('  ')}`,
    ]),
  ].join('\n')
}

/** `depesche discover example.org`: the feeds of a site, one `feed:` line each, ready for digest.yaml. */
export async function discoverOne(target: string, config: Config, progress: Progress): Promise<string> {
  const address = /^https?:\/\//i.test(target) ? target : `https://${target}`
  const http = clientOf(config)
  try {
    progress(`Looking at ${address} …`)
    const page = arrived(await http.fetch({ url: address, accept: ACCEPT_PAGE }), address)
    const named = feedLinks(Buffer.from(page.bytes).toString('utf8'), page.url ?? address)
    if (named.length > 0)
      return named
        .map((link) => `- feed: ${link.url}${link.title === undefined ? '' : `  # ${link.title}`}`)
        .join('\n')
    for (const guess of guessFeedUrls(page.url ?? address)) {
      progress(`Trying ${guess} …`)
      const result = await http.fetch({ url: guess, accept: ACCEPT_FEED })
      if (result.kind !== 'fetched') continue
      const line = await answer('feedTask', {
        id: guess,
        bodyBase64: Buffer.from(result.bytes).toString('base64'),
        url: guess,
      })
      if (!('error' in line))
        return `- feed: ${guess}${line.title === null ? '' : `  # ${String(line.title)}`}`
    }
    throw new UserError(
      'no-feed',
      `${address} has no feed. In digest.yaml, "page: ${address}" follows its links to articles instead.`,
    )
  } finally {
    await http.close()
  }
}

async function materialOf(
  target: string,
  config: Config,
  accept: string,
  progress: Progress,
): Promise<Material> {
  if (!/^https?:\/\//i.test(target)) return fileOf(target)
  const http = clientOf(config)
  try {
    progress(`Fetching ${target} …`)
    return arrived(await http.fetch({ url: target, accept }), target)
  } finally {
    await http.close()
  }
}

async function fileOf(path: string): Promise<Material> {
  try {
    return { bytes: await readFile(path) }
  } catch {
    throw new UserError(
      'no-file',
      `There is no file ${path} that can be read; an address begins with https://`,
    )
  }
}

function clientOf(config: Config): HttpClient {
  return createHttpClient({ userAgent: userAgent(config.contact), allowedHosts: config.allowedHosts })
}

function arrived(result: FetchResult, target: string): Material {
  if (result.kind === 'fetched') return result
  if (result.kind === 'refused') {
    throw new UserError(
      'refused',
      `${target} is not read (${result.reason}); hosts on your own network are allowed by ALLOWED_HOSTS.`,
    )
  }
  const why =
    result.kind === 'failed'
      ? `${result.cause}${result.status === undefined ? '' : ` ${result.status}`}`
      : result.kind
  throw new OutsideError(`${target} could not be read (${why}).`, {
    retry: result.kind === 'failed' && result.retry,
  })
}

async function answer(
  task: 'extractTask' | 'feedTask',
  input: object,
): Promise<Readonly<Record<string, unknown>>> {
  const pool = openPool()
  try {
    return { ...(await pool.run(task, input)) }
  } finally {
    await pool.close()
  }
}

async function answered(
  task: 'extractTask' | 'feedTask',
  input: object,
): Promise<Readonly<Record<string, unknown>>> {
  const line = await answer(task, input)
  if ('error' in line) throw new UserError('unreadable', String(line.error))
  return line
}

/** `depesche opml import list.opml`: its feeds as `sources:` lines for digest.yaml. */
export async function importOpml(path: string): Promise<string> {
  const { bytes } = await fileOf(path)
  const opml = parseOpml(decodeBytes(bytes, { kind: 'xml' }).text)
  if (opml === undefined)
    throw new UserError('no-opml', `${path} is no OPML. Export the list of feeds from your reader as OPML.`)
  return [
    'sources:',
    ...opml.feeds.map((feed) => `  - feed: ${JSON.stringify(feed.url)}${nameLine(feed.title)}`),
  ].join('\n')
}

function nameLine(title: string | undefined): string {
  return title === undefined ? '' : `\n    name: ${JSON.stringify(title.slice(0, 80))}`
}

/** `depesche opml export`: the feeds of all house digests, a folder each digest. */
export function exportOpml(scan: Pick<Scan, 'digests'>): string {
  const feeds = (scan.digests ?? []).flatMap(({ digest, sources }) =>
    sources
      .filter((source) => source.kind === 'feed')
      .map((source) => ({
        url: source.address,
        folders: [digest.title],
        ...(source.outlet === undefined ? {} : { title: source.outlet }),
      })),
  )
  return formatOpml(feeds, 'Depesche')
}
