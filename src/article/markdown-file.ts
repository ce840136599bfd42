/**
 * A Markdown file → an article: front matter between two lines of `---`, then the text. Keys are taken as they are
 * commonly spelt (`title` or `headline`, `date` or `published` …), unknown ones are ignored, and so is a value of the
 * wrong kind: one odd line must not cost an article. YAML that cannot be read at all is refused with its line, since
 * it would otherwise be shown as text; so is TOML between `+++`, which is another program's format.
 */
import { isAlias, LineCounter, parseDocument, visit } from 'yaml'
import { z } from 'zod'
import type { ArticleDraft } from './article.ts'
import { isBoilerplateLine } from './boilerplate.ts'
import { type Credits, readByline } from './credits.ts'
import { parseDate } from './dates.ts'
import { cleanLine, columns, webAddress } from './line.ts'
import { readMarkdown } from './markdown-text.ts'
import { cleanAuthors } from './page/authors.ts'
import { composeArticle, MAX_HEADLINE_COLUMNS, type TextReading } from './text-file.ts'

export interface FrontMatterProblem {
  readonly kind: 'bad-front-matter'
  /** Line of the file, from 1. */
  readonly line: number
  /** What is wrong, in words. */
  readonly problem: string
}

/** Reads a Markdown file; never throws. */
export function readMarkdownFile(text: string): TextReading | FrontMatterProblem {
  const parts = splitFrontMatter(text)
  if (parts.kind === 'bad-front-matter') return parts
  const matter = readFrontMatter(parts.yaml, parts.line)
  if (matter.kind === 'bad-front-matter') return matter
  const { headings, paragraphs, image } = readMarkdown(parts.body)
  const { headline: titled, standfirst, credits } = matter.fields
  const first = paragraphs.findIndex((line) => !isBoilerplateLine(line) && readByline(line) === undefined)
  const own = headings[0] ?? paragraphs[first]
  const headline = titled ?? own
  if (headline === undefined || columns(headline) > MAX_HEADLINE_COLUMNS) return { kind: 'no-headline' }
  const at = titled === undefined ? paragraphs.indexOf(headline) : -1
  const body = paragraphs.filter((_, index) => index !== at)
  const known = { ...(image !== undefined && { image }), ...credits }
  return withStandfirst(composeArticle(headline, body, known), standfirst)
}

function withStandfirst(reading: TextReading, standfirst: string | undefined): TextReading {
  if (reading.kind !== 'article' || standfirst === undefined) return reading
  const { draft } = reading
  const guessed = draft.standfirst === undefined || draft.standfirst === standfirst ? [] : [draft.standfirst]
  const body = [...guessed, ...draft.body].filter((paragraph, index) => index > 0 || paragraph !== standfirst)
  return { kind: 'article', draft: { ...draft, standfirst, body } }
}

type Split = { readonly kind: 'parts'; readonly yaml: string; readonly line: number; readonly body: string }

function splitFrontMatter(text: string): Split | FrontMatterProblem {
  const blank = /^(?:[\s\ufeff]*\n)?/.exec(text)?.[0] ?? ''
  const start = text.slice(blank.length)
  const line = blank.split('\n').length
  if (/^\+\+\+[ \t]*\n/.test(start)) {
    return {
      kind: 'bad-front-matter',
      line,
      problem: 'front matter between +++ is TOML; write it as YAML between ---',
    }
  }
  if (!/^---[ \t]*\n/.test(start)) return { kind: 'parts', yaml: '', line, body: text }
  const from = start.indexOf('\n') + 1
  const end = /^(?:---|\.\.\.)[ \t]*$/m.exec(start.slice(from))
  if (end !== null) {
    const yaml = start.slice(from, from + end.index)
    return { kind: 'parts', yaml, line: line + 1, body: start.slice(from + end.index + end[0].length) }
  }
  if (!/^[\w-]+[ \t]*:/.test(start.slice(from))) return { kind: 'parts', yaml: '', line, body: text }
  return { kind: 'bad-front-matter', line, problem: 'the closing --- is missing' }
}

interface Fields {
  readonly headline?: string
  readonly standfirst?: string
  readonly credits: Credits & Pick<ArticleDraft, 'language' | 'image'>
}

type Matter = { readonly kind: 'fields'; readonly fields: Fields }

const MAX_FRONT_MATTER = 20_000

/** What people get wrong most often, in words that name the remedy. */
const HINTS: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'a value that contains ": " must stand in quotes',
  DUPLICATE_KEY: 'a key occurs twice',
  TAB_AS_INDENT: 'the line is indented with a tab instead of spaces',
  MISSING_CHAR: 'a quote, bracket or colon is missing',
}

function readFrontMatter(yaml: string, firstLine: number): Matter | FrontMatterProblem {
  if (yaml.trim() === '') return { kind: 'fields', fields: { credits: {} } }
  const problem = (line: number, text: string): FrontMatterProblem => ({
    kind: 'bad-front-matter',
    line,
    problem: text,
  })
  if (yaml.length > MAX_FRONT_MATTER) return problem(firstLine, 'it is longer than 20,000 characters')
  try {
    const lines = new LineCounter()
    const document = parseDocument(yaml, {
      lineCounter: lines,
      prettyErrors: false,
      schema: 'core',
      logLevel: 'silent',
    })
    const [error] = document.errors
    if (error !== undefined)
      return problem(
        firstLine + lines.linePos(error.pos[0]).line - 1,
        HINTS[error.code] ?? cleanLine(error.message),
      )
    let hasAlias = false
    visit(document, (_, node) => {
      hasAlias ||= isAlias(node)
    })
    if (hasAlias) return problem(firstLine, 'it uses YAML aliases (*name), which are not read here')
    const read = FRONT_MATTER.safeParse(document.toJS())
    return read.success
      ? { kind: 'fields', fields: fieldsOf(read.data) }
      : problem(firstLine, 'it must be lines such as "title: A headline"')
  } catch {
    return problem(firstLine, 'it is nested too deeply')
  }
}

const text = z
  .union([z.string(), z.number().transform(String)])
  .transform((value) => cleanLine(value))
  .optional()
  .catch(undefined)
const texts = z
  .union([z.string(), z.object({ name: z.string() }).transform((author) => author.name)])
  .transform((name) => cleanLine(name))
const names = z
  .union([z.array(texts), texts.transform((name) => [name])])
  .optional()
  .catch(undefined)

const FRONT_MATTER = z
  .record(z.string(), z.unknown())
  .transform((record) =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key.toLowerCase().trim(), value])),
  )
  .pipe(
    z.object({
      title: text,
      headline: text,
      standfirst: text,
      subtitle: text,
      description: text,
      summary: text,
      excerpt: text,
      author: names,
      authors: names,
      date: text,
      published: text,
      publishedat: text,
      language: text,
      lang: text,
      url: text,
      link: text,
      canonical: text,
      source: text,
      outlet: text,
      image: text,
    }),
  )

function fieldsOf(matter: z.infer<typeof FRONT_MATTER>): Fields {
  const headline = firstOf(matter.headline, matter.title)
  const standfirst = firstOf(
    matter.standfirst,
    matter.description,
    matter.summary,
    matter.excerpt,
    matter.subtitle,
  )
  return {
    ...(headline !== undefined && { headline }),
    ...(standfirst !== undefined && { standfirst }),
    credits: {
      ...creditsOf(matter),
      ...optional('language', languageTag(firstOf(matter.language, matter.lang))),
      ...optional('image', webAddress(matter.image ?? '')),
    },
  }
}

function creditsOf(matter: z.infer<typeof FRONT_MATTER>): Credits {
  const source = firstOf(matter.outlet, matter.source)
  const isAddress = source !== undefined && webAddress(source) !== undefined
  const address = firstOf(matter.url, matter.link, matter.canonical) ?? (isAddress ? source : undefined)
  const date = firstOf(matter.date, matter.published, matter.publishedat)
  const authors = namesOf(matter.authors ?? matter.author ?? [])
  return {
    ...optional('outlet', isAddress ? undefined : source),
    ...optional('url', webAddress(address ?? '')),
    ...optional('publishedAt', date === undefined ? undefined : parseDate(date)),
    ...(authors.length > 0 && { authors }),
  }
}

/** Each entry of a list is one name, whatever signs it holds; a single string may hold several. */
function namesOf(entries: readonly string[]): string[] {
  const [only] = entries
  if (entries.length === 1 && only !== undefined) return cleanAuthors([only])
  return [...new Set(entries.filter((name) => name !== ''))]
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  const entry: { [K in Key]?: Value } = {}
  if (value !== undefined) entry[key] = value
  return entry
}

function firstOf(...values: readonly (string | undefined)[]): string | undefined {
  return values.find((value) => value !== undefined && value !== '')
}

/** `pt_br` → `pt-BR`; what is no language tag is absent. */
function languageTag(text: string | undefined): string | undefined {
  try {
    return Intl.getCanonicalLocales(text?.replaceAll('_', '-') ?? [])[0]
  } catch {
    return undefined
  }
}
