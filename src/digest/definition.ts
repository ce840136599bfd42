/**
 * A digest's definition as people write it in `digest.yaml`. One schema serves the check, the types and the
 * JSON Schema for editors. What is wrong is said with the key and what was expected, for all keys at once.
 */
import { type Document, isMap, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { scheduleShape } from './schedule.ts'

export type DigestId = string & { readonly __brand: 'DigestId' }

const webAddress = z
  .string()
  .max(2000)
  .refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), {
    error: 'expected a web address such as "https://example.org/feed.xml"',
  })

const fulltext = z
  .enum(['always', 'excerpt', 'never'], { error: 'expected always, excerpt or never' })
  .default('always')
  .describe(
    'always: the whole text, fetched where the feed lacks it; excerpt: what the feed carries, a few sentences of it shown; never: headline and summary only.',
  )

const outletName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .optional()
  .describe('The outlet of articles that do not name theirs.')

const feedSource = z.strictObject({
  feed: webAddress.describe('A feed (RSS, Atom, RDF, JSON Feed), or a site whose feed is then looked for.'),
  name: outletName,
  fulltext,
})

const pageSource = z.strictObject({
  page: webAddress.describe('A page without a feed, whose links to articles are followed.'),
  name: outletName,
  fulltext,
})

const folderSource = z.strictObject({
  folder: z
    .string()
    .min(1)
    .max(200)
    .refine((path) => !path.startsWith('/') && !path.split(/[\\/]/).includes('..'), {
      error: 'must lie inside the folder of the digest, as in "articles"',
    })
    .describe('A folder beside digest.yaml whose .txt, .md and .html files are articles.'),
  name: outletName,
})

export const definitionSchema = z
  .strictObject({
    title: z.string().trim().min(1).max(100).describe('What the digest is called in Discord.'),
    description: z.string().trim().max(300).optional().describe('One sentence for lists of digests.'),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, { error: 'expected a language tag such as "de" or "en-GB"' })
      .describe('The language of the digest itself: its headings, dates and buttons.'),
    sources: z
      .array(z.union([folderSource, feedSource, pageSource]))
      .min(1)
      .max(200)
      .describe('Where its articles come from.'),
    schedule: scheduleShape.describe('When it is posted, unless the server chose other times.'),
    size: z.int().min(1).max(20).default(8).describe('The most stories in one edition.'),
  })
  .describe('A digest of Depesche')

export type DigestDefinition = z.output<typeof definitionSchema>

export interface Digest extends DigestDefinition {
  readonly id: DigestId
}

export type DefinitionResult =
  | { readonly kind: 'definition'; readonly definition: DigestDefinition }
  | { readonly kind: 'problems'; readonly problems: readonly string[] }

/**
 * Reads the text of a `digest.yaml`.
 * Problems are sentences that begin with `file:line: key:`, e.g.
 * `morgenblatt/digest.yaml:9: schedule.times[0]: expected a time such as "07:30"`.
 */
export function readDefinition(text: string, file: string): DefinitionResult {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  if (document.errors.length > 0) {
    return {
      kind: 'problems',
      problems: document.errors.map(
        (error) => `${file}:${lines.linePos(error.pos[0]).line}: not valid YAML: ${error.message}`,
      ),
    }
  }
  if (!isMap(document.contents)) {
    return { kind: 'problems', problems: [`${file}:1: expected keys such as "title:", found none`] }
  }
  const value = plainValue(document)
  if (value === undefined)
    return { kind: 'problems', problems: [`${file}:1: repeats itself by aliases too often`] }
  const parsed = definitionSchema.safeParse(value, { reportInput: true })
  if (parsed.success) return { kind: 'definition', definition: parsed.data }
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true)
      const range = rangeStart(node)
      if (range !== undefined) return lines.linePos(range).line
    }
    return 1
  }
  return {
    kind: 'problems',
    problems: parsed.error.issues.flatMap((issue) =>
      sayIssue(issue).map(({ path, text: said }) => `${file}:${lineOf(path)}: ${keyOf(path)}${said}`),
    ),
  }
}

/** Undefined where aliases multiply beyond reason. */
function plainValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 })
  } catch {
    return undefined
  }
}

interface SaidIssue {
  readonly path: readonly PropertyKey[]
  readonly text: string
}

function sayIssue(issue: z.core.$ZodIssue): readonly SaidIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      text: 'unknown key; remove it or mend its spelling',
    }))
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return [{ path: issue.path, text: `is missing; expected ${issue.expected}` }]
  }
  return [{ path: issue.path, text: issue.message.replace(/^Invalid input: /, '') }]
}

function keyOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return ''
  const key = path.reduce<string>(
    (sum, part) =>
      typeof part === 'number' ? `${sum}[${part}]` : sum === '' ? String(part) : `${sum}.${String(part)}`,
    '',
  )
  return `${key}: `
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined
  const { range } = node
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : undefined
}

/** The JSON Schema that editors use for completion in `digest.yaml`. */
export function definitionJsonSchema(): unknown {
  return z.toJSONSchema(definitionSchema, { io: 'input', target: 'draft-7' })
}
