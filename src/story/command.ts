/**
 * The `cluster` command: lines of articles in, lines of stories out. One JSON object a line,
 * `{id, title?, text?, language?, publishedAt?}` → `{id, story}`, in the order of the input and after its last line.
 *
 * What is missing is made do with: without a language it is told from the text, in doubt the one most other lines have;
 * without a time an article may belong to any story; without words it is a story of its own.
 */
import { z } from 'zod'
import { identifyLanguage, primaryTag } from '../language/identify.ts'
import { clusterArticles } from './batch.ts'
import { type StoryFeatures, storyFeatures } from './features.ts'

const time = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => instantOf(value ?? undefined))

const clusterLine = z.object({
  id: z.union([z.string(), z.number().transform(String)]),
  title: z.string().nullish(),
  text: z.string().nullish(),
  language: z.string().nullish(),
  publishedAt: time,
})

/** A line of input. `publishedAt` is an ISO 8601 time or a number: seconds or milliseconds since 1970. */
export type ClusterLine = z.output<typeof clusterLine>

export interface StoryLine {
  readonly id: string
  /** The id of the story's earliest article. */
  readonly story: string
}

/** A number below this is in seconds: as milliseconds it would be before the 27th of April 1970. */
const SECONDS_BELOW = 1e10
/** Below this confidence the language told from a bare headline is a guess, and names lead it astray. */
const SURE = 0.9

function instantOf(value: number | string | undefined): number | undefined {
  const number = typeof value === 'number' ? value : Date.parse(value ?? '')
  if (!Number.isFinite(number)) return undefined
  return typeof value === 'number' && Math.abs(number) < SECONDS_BELOW ? number * 1000 : number
}

/** Checks one line. Throws a `ZodError` that names every wrong field. */
export function parseClusterLine(value: unknown): ClusterLine {
  return clusterLine.parse(value)
}

/** The story of each line, in the order of the lines. Lines with the same id are told apart by their content. */
export function clusterLines(lines: readonly ClusterLine[]): StoryLine[] {
  const languages = languagesOf(lines)
  const keys = uniqueKeys(lines)
  const features = lines.map((line, at): StoryFeatures => {
    const language = languages[at] ?? 'und'
    return storyFeatures({
      id: keys[at] ?? line.id,
      headline: line.title ?? '',
      body: paragraphsOf(line.text ?? ''),
      language,
      ...(line.publishedAt === undefined ? {} : { at: line.publishedAt }),
    })
  })
  const stories = clusterArticles(features)
  return lines.map((line, at) => {
    const key = keys[at] ?? line.id
    return { id: line.id, story: stories.get(key) ?? key }
  })
}

/** The id where it is unique, else the id with a number, given by content so that the order of lines does not matter. */
function uniqueKeys(lines: readonly ClusterLine[]): string[] {
  const taken = new Set<string>(lines.map((line) => line.id))
  const used = new Set<string>()
  const keys = new Array<string>(lines.length).fill('')
  const content = lines.map((line) =>
    JSON.stringify([line.id, line.publishedAt, line.title, line.text, line.language]),
  )
  const order = lines.map((_, at) => at).sort((a, b) => compare(content[a] ?? '', content[b] ?? ''))
  for (const at of order) {
    const id = lines[at]?.id ?? ''
    let key = id
    for (let copy = 2; used.has(key) || (key !== id && taken.has(key)); copy++) key = `${id}#${copy}`
    used.add(key)
    keys[at] = key
  }
  return keys
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function paragraphsOf(text: string): string[] {
  return text.split(/\n+/u).filter((paragraph) => paragraph.trim() !== '')
}

/** The declared language, or the one told from the text, or in doubt the most frequent of those. */
function languagesOf(lines: readonly ClusterLine[]): string[] {
  const told = lines.map((line) => {
    const declared = primaryTag(line.language ?? undefined)
    if (declared !== undefined) return declared
    const { language, confidence } = identifyLanguage(`${line.title ?? ''} ${line.text ?? ''}`)
    return confidence >= SURE ? language : undefined
  })
  const counts = new Map<string, number>()
  for (const language of told)
    if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1)
  const [usual] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  return told.map((language) => language ?? usual?.[0] ?? 'und')
}
