/** What zod found wrong in a definition → where it stands and a sentence for the person who wrote it. */
import type { z } from 'zod'

export interface SaidIssue {
  readonly path: readonly PropertyKey[]
  readonly text: string
}

export function sayIssue(issue: z.core.$ZodIssue): readonly SaidIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      text: 'unknown key; remove it or mend its spelling',
    }))
  }
  if (issue.code === 'invalid_union') return sayChoice(issue)
  if (isMissing(issue)) {
    return [{ path: issue.path, text: `is missing; expected ${expectedBy(issue)}` }]
  }
  return [{ path: issue.path, text: inPlainWords(issue.message) }]
}

/** What YAML's writers call what JSON calls otherwise. */
const PLAIN: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'keys',
  boolean: 'true or false',
  null: 'nothing',
}

function inPlainWords(message: string): string {
  return message
    .replace(/^Invalid input: /, '')
    .replace(/(?<=^expected |, received )(array|object|boolean|null)\b/g, (kind) => PLAIN[kind] ?? kind)
}

/**
 * Something may be written in several ways and is right in none. If one way was plainly meant (all that it needs is
 * there), what is wrong in that one is said; otherwise what the ways are.
 */
function sayChoice(issue: z.core.$ZodIssueInvalidUnion): readonly SaidIssue[] {
  const meant = issue.errors
    .filter((issues) => issues.length > 0 && !issues.some((each) => isWrongKind(each)))
    .sort((a, b) => weightOf(a) - weightOf(b))[0]
  if (meant === undefined) return [{ path: issue.path, text: issue.message }]
  return meant.flatMap(sayIssue).map(({ path, text }) => ({ path: [...issue.path, ...path], text }))
}

/** Whether the whole is something else than this way wants, or lacks the key that makes it this way. */
function isWrongKind(issue: z.core.$ZodIssue): boolean {
  if (isMissing(issue)) return true
  if (issue.path.length > 0) return false
  return issue.code === 'invalid_type' || (issue.code === 'invalid_value' && typeof issue.input === 'object')
}

/** Unknown keys each weigh: the way that knows most of the keys was meant. */
function weightOf(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0)
}

/** Only keys can be missing: a union of a missing value is one as well. */
function isMissing(issue: z.core.$ZodIssue): boolean {
  const isOfValue = issue.code === 'invalid_type' || issue.code === 'invalid_union'
  return isOfValue && issue.path.length > 0 && issue.input === undefined
}

function expectedBy(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_type' ? (PLAIN[issue.expected] ?? issue.expected) : 'a value'
}
