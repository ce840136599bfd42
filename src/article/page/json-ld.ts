/**
 * JSON-LD (schema.org) as pages carry it: arrays, `@graph`, nested entities, references by `@id`, and JSON that is
 * broken by raw line breaks, trailing commas or comments, which is mended; what cannot be mended is searched for the
 * plainest fields.
 */
import { z } from 'zod'
import { plainText } from './dom.ts'

const recordSchema = z.record(z.string(), z.unknown())
type LinkedNode = Readonly<Record<string, unknown>>

export interface LinkedArticle {
  readonly headline?: string
  readonly description?: string
  readonly body?: string
  readonly authors: readonly string[]
  readonly published?: string
  readonly modified?: string
  readonly language?: string
  readonly url?: string
  readonly image?: string
  readonly outlet?: string
}

/** What these hold is about something else than the page's own article. */
const OTHERS = new Set(
  'liveBlogUpdate comment itemListElement mentions citation isBasedOn relatedLink review hasPart about'.split(
    ' ',
  ),
)
const MAX_NODES = 2_000
const ARTICLE_TYPE = /(?:article|blogposting|newsreport|report|review|recipe|interview|column)$/i
const PAGE_TYPE = /(?:webpage|itempage|creativework|socialmediaposting|newsvideo|videoobject)$/i

/** The article a page's JSON-LD scripts describe; undefined where they describe none. */
export function readLinkedArticle(scripts: readonly string[]): LinkedArticle | undefined {
  const nodes = collectNodes(scripts.flatMap(parseLoosely))
  const byId = new Map<string, LinkedNode>()
  for (const node of nodes) {
    const id = node['@id']
    if (typeof id === 'string' && Object.keys(node).length > 1 && !byId.has(id)) byId.set(id, node)
  }
  const best = pickArticle(nodes)
  return best && describe(best, byId)
}

function parseLoosely(script: string): unknown[] {
  const text = script
    .replace(/^\s*(?:<!--|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|\/\/\s*\]\]>|\]\]>)\s*;?\s*$/g, '')
    .trim()
  for (const attempt of [text, mend(text), `[${mend(text).replace(/\}\s*\{/g, '},{')}]`]) {
    try {
      const value: unknown = JSON.parse(attempt)
      return [value]
    } catch {}
  }
  return [scanFields(text)]
}

/** The first plain values of what cannot be parsed (cut off, unescaped quotes): better than nothing. */
function scanFields(text: string): LinkedNode {
  const fields: Record<string, unknown> = {}
  for (const field of ['@type', 'datePublished', 'dateModified', 'description']) {
    const match = new RegExp(`"${field}"\\s{0,4}:\\s{0,4}"((?:[^"\\\\]|\\\\.){1,500})"`).exec(text)
    if (match?.[1] !== undefined) fields[field] = unescapeJson(match[1])
  }
  return fields
}

function unescapeJson(text: string): string {
  try {
    return z.string().parse(JSON.parse(`"${text}"`))
  } catch {
    return text
  }
}

/** Raw control characters become spaces, trailing commas and a closing semicolon go. */
function mend(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/,\s*([}\]])/g, '$1')
    .replace(/;\s*$/, '')
}

function collectNodes(roots: readonly unknown[]): LinkedNode[] {
  const nodes: LinkedNode[] = []
  const queue: unknown[] = [...roots]
  for (let at = 0; at < queue.length && nodes.length < MAX_NODES; at++) {
    const value = queue[at]
    if (Array.isArray(value)) queue.push(...value.slice(0, MAX_NODES))
    else {
      const parsed = recordSchema.safeParse(value)
      if (!parsed.success) continue
      nodes.push(parsed.data)
      for (const [key, inner] of Object.entries(parsed.data)) {
        if (typeof inner === 'object' && inner !== null && !OTHERS.has(key)) queue.push(inner)
      }
    }
  }
  return nodes
}

/** The first article-like node with a headline or body, else the first page-like one that has a date or author. */
function pickArticle(nodes: readonly LinkedNode[]): LinkedNode | undefined {
  const rank = (node: LinkedNode): number => {
    const types = strings(node['@type'])
    const isArticle = types.some((type) => ARTICLE_TYPE.test(type))
    if (!isArticle && !types.some((type) => PAGE_TYPE.test(type))) return 0
    const fields = ['headline', 'articleBody', 'datePublished', 'author', 'name', 'description']
    const filled = fields.filter((field) => node[field] !== undefined && node[field] !== '').length
    if (filled < 2 && node.datePublished === undefined) return 0
    return filled + (isArticle ? 10 : 0)
  }
  let best: LinkedNode | undefined
  let bestRank = 0
  for (const node of nodes) {
    const value = rank(node)
    if (value > bestRank) {
      best = node
      bestRank = value
    }
  }
  return best
}

function describe(node: LinkedNode, byId: ReadonlyMap<string, LinkedNode>): LinkedArticle {
  const text = (...names: string[]) => {
    for (const name of names) {
      const value = strings(node[name])
        .map(plainText)
        .find((found) => found !== '')
      if (value !== undefined) return value
    }
    return undefined
  }
  const headline = text('headline', 'name', 'alternativeHeadline')
  const description = text('description', 'abstract')
  const body = strings(node.articleBody).find((value) => value.trim() !== '')
  const published = text('datePublished', 'dateCreated', 'uploadDate')
  const modified = text('dateModified')
  const language = text('inLanguage')
  const url = namesOf(node.mainEntityOfPage, byId, ['@id', 'url'])[0] ?? text('url', '@id')
  const image = namesOf(node.image ?? node.thumbnailUrl, byId, ['url', 'contentUrl', '@id'])[0]
  const outlet = namesOf(node.publisher, byId, ['name'])[0]
  const authors = namesOf(node.author ?? node.creator, byId, ['name']).map(plainText)
  return {
    ...(headline !== undefined && { headline }),
    ...(description !== undefined && { description }),
    ...(body !== undefined && { body }),
    authors,
    ...(published !== undefined && { published }),
    ...(modified !== undefined && { modified }),
    ...(language !== undefined && { language }),
    ...(url !== undefined && { url }),
    ...(image !== undefined && { image }),
    ...(outlet !== undefined && { outlet: plainText(outlet) }),
  }
}

/** Strings, or the first of the named fields of each entity, references followed. */
function namesOf(value: unknown, byId: ReadonlyMap<string, LinkedNode>, fields: readonly string[]): string[] {
  return list(value).flatMap((item) => {
    if (typeof item === 'string')
      return item.trim() === '' ? [] : [byId.has(item) ? (nameOf(byId.get(item), fields) ?? item) : item]
    const parsed = recordSchema.safeParse(item)
    if (!parsed.success) return []
    const id = parsed.data['@id']
    const name =
      nameOf(parsed.data, fields) ?? (typeof id === 'string' ? nameOf(byId.get(id), fields) : undefined)
    if (name !== undefined) return [name]
    return Array.isArray(parsed.data.name) ? strings(parsed.data.name) : []
  })
}

function nameOf(node: LinkedNode | undefined, fields: readonly string[]): string | undefined {
  for (const field of fields) {
    const value = node?.[field]
    if (typeof value === 'string' && value.trim() !== '') return value
  }
  return undefined
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
}

function strings(value: unknown): string[] {
  return list(value).filter((item) => typeof item === 'string')
}
