/**
 * A digest's definition as people write it in `digest.yaml`. One schema serves the check, the types and the
 * JSON Schema for editors. What is wrong is said with the key and what was expected, for all keys at once.
 */
import { type Document, isMap, LineCounter, parseDocument, visit } from 'yaml'
import { z } from 'zod'
import { sayIssue } from './definition-problem.ts'
import { filtersShape, languageTag } from './filter-rule.ts'
import { quietShape } from './quiet.ts'
import { scheduleShape } from './schedule.ts'
import { topicsShape } from './topics.ts'

export type DigestId = string & { readonly __brand: 'DigestId' }

const webAddress = z
  .string()
  .max(2000)
  .refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), {
    error: 'expected a web address such as "https://example.org/feed.xml"',
  })

const fulltext = z
  .enum(['public', 'always', 'excerpt', 'never'], { error: 'expected public, always, excerpt or never' })
  .default('always')
  .describe(
    'always: the whole text, fetched where the feed lacks it; public: the same, and on the web pages too; excerpt: what the feed carries, a few sentences of it shown; never: headline and summary only.',
  )

const outletName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .optional()
  .describe('The outlet of articles that do not name theirs.')

const weightProblem = { error: 'expected a number from 0 to 3' }
const weight = z
  .number(weightProblem)
  .min(0, weightProblem)
  .max(3, weightProblem)
  .default(1)
  .describe('How much its articles count when stories are ranked, 0 to 3; 1 is as much as any.')

const feedSource = z.strictObject({
  feed: webAddress.describe('A feed (RSS, Atom, RDF, JSON Feed), or a site whose feed is then looked for.'),
  name: outletName,
  fulltext,
  weight,
})

const pageSource = z.strictObject({
  page: webAddress.describe('A page without a feed, whose links to articles are followed.'),
  name: outletName,
  fulltext,
  weight,
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
  weight,
})

const countProblem = { error: 'expected a whole number from 1 to 20' }
const count = z.int(countProblem).min(1, countProblem).max(20, countProblem)

export const definitionSchema = z
  .strictObject({
    title: z.string().trim().min(1).max(100).describe('What the digest is called in Discord.'),
    description: z.string().trim().max(300).optional().describe('One sentence for lists of digests.'),
    language: languageTag.describe('The language of the digest itself: its headings, dates and buttons.'),
    sources: z
      .array(
        z.union([folderSource, feedSource, pageSource], {
          error: 'expected one of "folder:", "feed:" or "page:"',
        }),
      )
      .min(1)
      .max(200)
      .describe('Where its articles come from.'),
    schedule: scheduleShape.describe('When it is posted, unless the server chose other times.'),
    size: count.default(8).describe('The most stories in one edition.'),
    filters: filtersShape
      .default({ include: [], exclude: [] })
      .describe('Which articles are taken in; every one if left out.'),
    topics: topicsShape.default([]).describe('Names for lists of words, for sections and ranking.'),
    sections: z
      .enum(['topics', 'language', 'none'], { error: 'expected topics, language or none' })
      .default('none')
      .describe('What an edition is parted by.'),
    sectionSize: count
      .optional()
      .describe('The most stories in one section; as many as the edition holds if left out.'),
    lead: z
      .boolean()
      .default(true)
      .describe('Whether the most important story stands first, larger, and before all sections.'),
    summaries: z
      .enum(['extractive', 'model'], { error: 'expected extractive or model' })
      .default('extractive')
      .describe(
        'extractive: sentences of the articles; model: written by the language model that the bot is set up with, and marked so.',
      ),
    quiet: quietShape.describe('What to do on a day on which little happened.'),
    public: z
      .boolean({ error: 'expected true or false' })
      .optional()
      .describe(
        'Whether its editions are on the web pages and in their feeds, where those are switched on; true if left out.',
      ),
  })
  .superRefine(checkTogether)
  .describe('A digest of Depesche')

interface Parted {
  readonly sections: string
  readonly sectionSize?: number | undefined
  readonly topics: readonly { readonly name: string }[]
}

/** What only several keys together tell. */
function checkTogether({ sections, sectionSize, topics }: Parted, context: z.RefinementCtx): void {
  const say = (path: PropertyKey[], message: string): void =>
    context.addIssue({ code: 'custom', path, message })
  if (sections === 'topics' && topics.length === 0)
    say(['sections'], 'parts by topics, but there are none; add "topics:"')
  if (sections === 'none' && sectionSize !== undefined)
    say(['sectionSize'], 'has no sections to count in; add "sections: topics" or "sections: language"')
  const names = topics.map(({ name }) => name.toLowerCase())
  for (const [at, name] of names.entries())
    if (names.indexOf(name) < at)
      say(['topics', at, 'name'], 'names a topic a second time; rename one or join them')
}

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
  const notYaml = yamlProblems(document, lines)
  if (notYaml.length > 0) return { kind: 'problems', problems: notYaml.map((said) => `${file}:${said}`) }
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

/** What is wrong before any key is looked at: sentences that begin with their line. */
function yamlProblems(document: Document.Parsed, lines: LineCounter): readonly string[] {
  const starred = unquotedStars(document).map(
    ({ at, text }) => `${lines.linePos(at).line}: text that begins with a star goes into quotes: "${text}"`,
  )
  if (starred.length > 0) return starred
  if (document.errors.length === 0 && !isMap(document.contents))
    return ['1: expected keys such as "title:", found none']
  return document.errors.map(
    ({ pos: [at], message }) => `${lines.linePos(at).line}: not valid YAML: ${message}`,
  )
}

/** `*streik` without quotes is YAML for "what was named streik before": nobody who names nothing means that. */
function unquotedStars(document: Document): readonly { readonly at: number; readonly text: string }[] {
  const found: { at: number; text: string }[] = []
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) === undefined)
        found.push({ at: rangeStart(alias) ?? 0, text: `*${alias.source}` })
    },
  })
  return found
}

/** Undefined where aliases multiply beyond reason. */
function plainValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 })
  } catch {
    return undefined
  }
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
