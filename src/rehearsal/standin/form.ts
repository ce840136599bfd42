/**
 * Bodies are parsed with zod; what zod refuses is said in Discord's words (BASE_TYPE_REQUIRED and so on).
 * Rules that zod has no word for are raised with `raise`, which carries Discord's code along. Texts are measured in
 * code points, not UTF-16 units.
 */
import { z } from 'zod'
import { type FormError, invalidForm } from './refusal.ts'

interface Refiner {
  addIssue(issue: {
    code: 'custom'
    path?: PropertyKey[]
    message: string
    params: { discord: string }
  }): void
}

/** Adds an error with Discord's own code, at a path below the value under test. */
export function raise(ctx: Refiner, code: string, message: string, path: (string | number)[] = []): void {
  ctx.addIssue({ code: 'custom', path, message, params: { discord: code } })
}

/** Length in code points. */
export function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length += 1
  return length
}

function lengthError(
  length: number,
  min: number,
  max: number,
): { code: string; message: string } | undefined {
  if (length >= min && length <= max) return undefined
  if (min === 0) return { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${max} or fewer in length.` }
  if (length === 0) return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }
  return { code: 'BASE_TYPE_BAD_LENGTH', message: `Must be between ${min} and ${max} in length.` }
}

/** A text of `min` to `max` code points. */
export function text(min: number, max: number) {
  return z.string().superRefine((value, ctx) => {
    const error = lengthError(lengthOf(value), min, max)
    if (error !== undefined) raise(ctx, error.code, error.message)
  })
}

/** A list of `min` to `max` elements. */
export function list<T extends z.ZodType>(element: T, min: number, max: number) {
  return z.array(element).superRefine((value, ctx) => {
    const error = lengthError(value.length, min, max)
    if (error !== undefined) raise(ctx, error.code, error.message)
  })
}

export const snowflake = z.string().superRefine((value, ctx) => {
  if (!/^\d{1,20}$/.test(value)) raise(ctx, 'NUMBER_TYPE_COERCE', `Value "${value}" is not snowflake.`)
})

/** A link. `attachment:` stands for a file of the same request where that is allowed. */
export function link(max: number, schemes: readonly string[] = ['http:', 'https:']) {
  return z.string().superRefine((value, ctx) => {
    if (lengthOf(value) > max) raise(ctx, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`)
    const scheme = URL.canParse(value) ? new URL(value).protocol : undefined
    if (scheme === undefined) raise(ctx, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.')
    else if (!schemes.includes(scheme)) {
      const allowed = schemes.map((one) => `'${one.slice(0, -1)}'`).join(', ')
      raise(
        ctx,
        'URL_TYPE_INVALID_SCHEME',
        `Scheme "${scheme.slice(0, -1)}" is not supported. Must be one of (${allowed}).`,
      )
    }
  })
}

/** Parses a body or refuses it with 50035 and the tree of reasons. */
export function parseForm<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  throw invalidForm(result.error.issues.map(formError))
}

function formError(issue: z.core.$ZodIssue): FormError {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
  return { path, ...wording(issue) }
}

function wording(issue: z.core.$ZodIssue): { code: string; message: string } {
  switch (issue.code) {
    case 'custom': {
      const code: unknown = issue.params?.discord
      return { code: typeof code === 'string' ? code : 'BASE_TYPE_INVALID', message: issue.message }
    }
    case 'invalid_type':
      return issue.input === undefined && issue.message.endsWith('undefined')
        ? { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }
        : { code: typeCodes[issue.expected] ?? 'BASE_TYPE_INVALID', message: issue.message }
    case 'too_big':
      return {
        code: 'NUMBER_TYPE_MAX',
        message: `int value should be less than or equal to ${issue.maximum}.`,
      }
    case 'too_small':
      return {
        code: 'NUMBER_TYPE_MIN',
        message: `int value should be greater than or equal to ${issue.minimum}.`,
      }
    case 'invalid_value':
      return {
        code: 'BASE_TYPE_CHOICES',
        message: `Value must be one of {${issue.values.map(String).join(', ')}}.`,
      }
    case 'invalid_union':
      return { code: 'UNION_TYPE_CHOICES', message: 'Value of field "type" is none of the allowed ones.' }
    default:
      return { code: 'BASE_TYPE_INVALID', message: issue.message }
  }
}

const typeCodes: Readonly<Record<string, string>> = {
  string: 'STRING_TYPE_CONVERT',
  number: 'NUMBER_TYPE_COERCE',
  int: 'NUMBER_TYPE_COERCE',
  boolean: 'BOOLEAN_TYPE_CONVERT',
  object: 'DICT_TYPE_CONVERT',
  record: 'DICT_TYPE_CONVERT',
  array: 'LIST_TYPE_CONVERT',
}
