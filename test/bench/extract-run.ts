/**
 * Measures one extractor on the corpora and prints what it measured as one line of JSON. A process of its own for each
 * extractor, so that memory is that extractor's and a peer that fails takes nobody with it.
 *
 * `node extract-run.ts <depesche|readability|defuddle> <corpora folder> <corpus> …`
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { decodeBytes } from '../../src/article/charset.ts'
import { parseDate } from '../../src/article/dates.ts'
import {
  countSegments,
  macroScore,
  microScore,
  type Score,
  type SegmentCounts,
  sameDay,
  sameMinute,
  sameNames,
  sameText,
  shingleScore,
} from './extraction-metrics.ts'

const goldSchema = z.object({
  id: z.string(),
  file: z.string(),
  url: z.string().optional(),
  articleBody: z.string().optional(),
  body: z.string().optional(),
  with: z.array(z.string()).optional(),
  without: z.array(z.string()).optional(),
  title: z.string().nullish(),
  authors: z.array(z.string()).nullish(),
  published: z.string().nullish(),
})
type Gold = z.infer<typeof goldSchema>

interface Extracted {
  readonly text: string
  readonly title: string
  readonly authors: readonly string[]
  readonly publishedAt: number | undefined
}
type Extractor = (bytes: Uint8Array, url: string | undefined) => Promise<Extracted>

const NOTHING: Extracted = { text: '', title: '', authors: [], publishedAt: undefined }

async function loadDepesche(): Promise<Extractor> {
  const { extractPage } = await import('../../src/article/page/extract.ts')
  return async (bytes, url) => {
    const draft = extractPage(decodeBytes(bytes, { kind: 'html' }).text, url === undefined ? {} : { url })
    return {
      text: draft.body.join('\n\n'),
      title: draft.headline ?? '',
      authors: draft.authors,
      publishedAt: draft.publishedAt,
    }
  }
}

/** Peers get the bytes as jsdom decodes them, no scripts are run, and windows are closed lest they pile up. */
async function loadPeer(
  read: (document: Document, url: string | undefined) => Extracted | Promise<Extracted>,
): Promise<Extractor> {
  const { JSDOM, VirtualConsole } = await import('jsdom')
  return async (bytes, url) => {
    const page = new JSDOM(bytes, { ...(url !== undefined && { url }), virtualConsole: new VirtualConsole() })
    try {
      return await read(page.window.document, url)
    } finally {
      page.window.close()
    }
  }
}

async function loadReadability(): Promise<Extractor> {
  const { Readability } = await import('@mozilla/readability')
  return loadPeer((document) => {
    const article = new Readability(document).parse()
    return {
      text: article?.textContent ?? '',
      title: article?.title ?? '',
      authors: splitByline(article?.byline),
      publishedAt: parseDate(article?.publishedTime ?? ''),
    }
  })
}

async function loadDefuddle(): Promise<Extractor> {
  const { Defuddle } = await import('defuddle/node')
  return loadPeer(async (document, url) => {
    const article = await Defuddle(document, url)
    const content = document.createElement('div')
    content.innerHTML = article.content
    return {
      text: content.textContent ?? '',
      title: article.title,
      authors: splitByline(article.author),
      publishedAt: parseDate(article.published),
    }
  })
}

const LOADERS: Readonly<Record<string, () => Promise<Extractor>>> = {
  depesche: loadDepesche,
  readability: loadReadability,
  defuddle: loadDefuddle,
}

function splitByline(byline: string | null | undefined): string[] {
  return (byline ?? '').split(/\s*,\s*|\s+(?:and|und|et|y)\s+/).filter((name) => name !== '')
}

const scoreSchema = z.object({ precision: z.number(), recall: z.number(), f1: z.number() })

/** What the process prints. */
export const measuredSchema = z.object({
  bodies: z.record(z.string(), scoreSchema),
  title: z.number(),
  author: z.number(),
  date: z.number(),
  minute: z.number(),
  pagesPerSecond: z.number(),
  peakRssMb: z.number(),
})
export type Measured = z.infer<typeof measuredSchema>

async function measure(extract: Extractor, folder: string, corpora: readonly string[]): Promise<Measured> {
  const bodies: Record<string, Score> = {}
  const right = { title: 0, author: 0, date: 0, minute: 0, all: 0 }
  let pages = 0
  let elapsedMs = 0
  for (const corpus of corpora) {
    const scores: Score[] = []
    const segments: SegmentCounts[] = []
    for (const gold of readGold(join(folder, corpus))) {
      const bytes = gunzipSync(readFileSync(join(folder, corpus, gold.file)))
      const start = performance.now()
      const found = await extract(bytes, gold.url?.trim()).catch(() => NOTHING)
      elapsedMs += performance.now() - start
      pages++
      if (gold.with === undefined) scores.push(shingleScore(gold.articleBody ?? gold.body ?? '', found.text))
      else segments.push(countSegments(found.text, gold.with, gold.without ?? []))
      if (corpus.startsWith('fundus')) countMetadata(right, gold, found)
    }
    bodies[corpus] = segments.length > 0 ? microScore(segments) : macroScore(scores)
  }
  const share = (count: number) => count / Math.max(1, right.all)
  return {
    bodies,
    title: share(right.title),
    author: share(right.author),
    date: share(right.date),
    minute: share(right.minute),
    pagesPerSecond: (pages / elapsedMs) * 1000,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
  }
}

function countMetadata(
  right: { title: number; author: number; date: number; minute: number; all: number },
  gold: Gold,
  found: Extracted,
): void {
  right.all++
  right.title += Number(sameText(gold.title ?? '', found.title))
  right.author += Number(sameNames(gold.authors ?? [], found.authors))
  right.date += Number(sameDay(gold.published ?? '', found.publishedAt))
  right.minute += Number(sameMinute(gold.published ?? '', found.publishedAt))
}

function readGold(folder: string): Gold[] {
  const lines = readFileSync(join(folder, 'gold.jsonl'), 'utf8').trim().split('\n')
  return lines.map((line) => goldSchema.parse(JSON.parse(line)))
}

const [name = '', folder = '', ...corpora] = process.argv.slice(2)
const load = LOADERS[name]
if (import.meta.main && load !== undefined) {
  // Peers write to the console; the answer goes to a channel of its own.
  process.send?.(await measure(await load(), folder, corpora))
  process.disconnect?.()
}
