/**
 * Requests and answers against Discord's own OpenAPI document. What breaks it is a violation; a request's violation is
 * refused as Discord would (50035), an answer's is a fault of the stand-in. Checks are compiled when first needed.
 */
import { readFile } from 'node:fs/promises'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { z } from 'zod'
import { isObject, transform } from './openapi-transform.ts'
import type { DocumentCheck, DocumentedRoute, Violation } from './types.ts'

const parameter = z.object({
  name: z.string(),
  in: z.string(),
  schema: z.unknown().optional(),
  required: z.boolean().optional(),
})

const content = z.record(z.string(), z.object({ schema: z.unknown().optional() }))

const operation = z.object({
  operationId: z.string(),
  parameters: z.array(parameter).default([]),
  requestBody: z.object({ content, required: z.boolean().optional() }).optional(),
  responses: z.record(z.string(), z.object({ $ref: z.string().optional(), content: content.optional() })),
})

const openapi = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({
    schemas: z.record(z.string(), z.unknown()),
    responses: z.record(z.string(), z.object({ content: content.optional() })),
  }),
})

type OpenApi = z.infer<typeof openapi>
type Operation = z.infer<typeof operation>
type Direction = Violation['direction']

/** Reads the document. Throws where the file is missing or is no OpenAPI document. */
export async function openDocument(file: string): Promise<DocumentCheck> {
  const parsed: unknown = JSON.parse(await readFile(file, 'utf8'))
  return createDocumentCheck(openapi.parse(parsed))
}

function createDocumentCheck(document: OpenApi): DocumentCheck {
  const compile = createCompiler(document)
  const operations = new Map<string, Operation | undefined>()
  const operationOf = (route: DocumentedRoute): Operation | undefined => {
    const key = `${route.method} ${route.path}`
    if (!operations.has(key)) {
      const raw = document.paths[route.path]?.[route.method.toLowerCase()]
      operations.set(key, raw === undefined ? undefined : operation.parse(raw))
    }
    return operations.get(key)
  }
  return {
    request(route, body, query) {
      const found = operationOf(route)
      if (found === undefined) return [undocumented(route)]
      return [...bodyViolations(compile, found, body), ...queryViolations(compile, found, query)]
    },
    response(route, status, body) {
      const found = operationOf(route)
      if (found === undefined || status >= 500) return []
      return responseViolations(compile, document, found, status, body)
    },
  }
}

function undocumented(route: DocumentedRoute): Violation {
  return {
    operation: route.operation,
    direction: 'request',
    path: '',
    message: `${route.method} ${route.path} is not documented`,
  }
}

type Compile = (key: string, direction: Direction, schema: unknown) => ValidateFunction

const formats = {
  int32: { type: 'number', validate: (value: number) => Math.abs(value) <= 2 ** 31 },
  int64: { type: 'number', validate: Number.isInteger },
  double: { type: 'number', validate: Number.isFinite },
  'date-time': {
    type: 'string',
    validate: (value: string) => /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value)),
  },
  uri: { type: 'string', validate: (value: string) => URL.canParse(value) },
  nonce: { type: 'string', validate: () => true },
  snowflake: {
    type: 'string',
    validate: (value: string) => BigInt.asUintN(64, BigInt(value)) === BigInt(value),
  },
} as const

function createCompiler(document: OpenApi): Compile {
  // Ajv's optimiser takes ten times as long as the checks it speeds up.
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    validateSchema: false,
    addUsedSchema: false,
    code: { optimize: false },
  })
  for (const [name, format] of Object.entries(formats)) ajv.addFormat(name, format)
  const { schemas } = document.components
  const compiled = new Map<string, ValidateFunction>()
  const added = new Set<Direction>()
  const add = (direction: Direction): void => {
    if (added.has(direction)) return
    added.add(direction)
    const changed = Object.entries(schemas).map(([name, schema]) => [
      name,
      transform(toleranceFor(name, schema), { schemas, direction, base: '' }),
    ])
    ajv.addSchema({ components: { schemas: Object.fromEntries(changed) } }, `standin:${direction}`)
  }
  return (key, direction, schema) => {
    const known = compiled.get(key)
    if (known !== undefined) return known
    add(direction)
    const changed = transform(schema, { schemas, direction, base: `standin:${direction}` })
    const validate = ajv.compile(isObject(changed) ? changed : {})
    compiled.set(key, validate)
    return validate
  }
}

/** The document gives inner errors numeric codes; Discord writes words there (BASE_TYPE_REQUIRED). */
function toleranceFor(name: string, schema: unknown): unknown {
  if (name !== 'InnerErrors') return schema
  const inner = {
    type: 'object',
    properties: { code: { type: ['string', 'integer'] }, message: { type: 'string' } },
    required: ['code', 'message'],
  }
  return {
    type: 'object',
    properties: { _errors: { type: 'array', items: inner } },
    required: ['_errors'],
    additionalProperties: false,
  }
}

function bodyViolations(compile: Compile, found: Operation, body: unknown): Violation[] {
  const { operationId } = found
  const schema = found.requestBody?.content['application/json']?.schema
  if (schema === undefined) return []
  if (body === undefined) {
    return found.requestBody?.required === true
      ? [{ operation: operationId, direction: 'request', path: '', message: 'must have a body' }]
      : []
  }
  return violationsOf(compile(`${operationId} request`, 'request', schema), operationId, 'request', body)
}

function queryViolations(compile: Compile, found: Operation, query: URLSearchParams): Violation[] {
  const { operationId } = found
  return [...query].flatMap(([name, value]) => {
    const known = found.parameters.find((one) => one.in === 'query' && one.name === name)
    const at = { operation: operationId, direction: 'request', path: `?${name}` } as const
    if (known === undefined) return [{ ...at, message: 'is no parameter of this route' }]
    const validate = compile(`${operationId} ?${name}`, 'request', known.schema)
    return queryReadings(value).some((reading) => validate(reading))
      ? []
      : [{ ...at, message: messageOf(validate.errors?.[0]) }]
  })
}

/** A query knows only texts: `5` may be a number and `true` a truth value. */
function queryReadings(value: string): unknown[] {
  const asNumber = value.trim() === '' ? [] : [Number(value)].filter(Number.isFinite)
  return [value, ...asNumber, ...(value === 'true' || value === 'false' ? [value === 'true'] : [])]
}

function responseViolations(
  compile: Compile,
  document: OpenApi,
  found: Operation,
  status: number,
  body: unknown,
): Violation[] {
  const { operationId } = found
  const key = found.responses[String(status)] === undefined ? `${Math.trunc(status / 100)}XX` : String(status)
  const described = found.responses[key]
  const at = { operation: operationId, direction: 'response', path: '' } as const
  if (described === undefined) return [{ ...at, message: `status ${status} is not documented` }]
  const referred = described.$ref?.split('/').at(-1)
  const { content: types } =
    referred === undefined ? described : (document.components.responses[referred] ?? {})
  const schema = types?.['application/json']?.schema
  if (schema === undefined)
    return body === undefined ? [] : [{ ...at, message: `status ${status} has no body` }]
  return violationsOf(compile(`${operationId} ${key}`, 'response', schema), operationId, 'response', body)
}

function violationsOf(
  validate: ValidateFunction,
  name: string,
  direction: Direction,
  value: unknown,
): Violation[] {
  if (validate(value)) return []
  const errors = (validate.errors ?? []).filter((error) => !['if', 'anyOf', 'oneOf'].includes(error.keyword))
  return (errors.length > 0 ? errors : (validate.errors ?? [])).slice(0, 10).map((error) => ({
    operation: name,
    direction,
    path: error.instancePath,
    message: messageOf(error),
  }))
}

function messageOf(error: ErrorObject | undefined): string {
  const extra: unknown = error?.params.additionalProperty
  return `${error?.message ?? 'is invalid'}${typeof extra === 'string' ? `: ${extra}` : ''}`
}
