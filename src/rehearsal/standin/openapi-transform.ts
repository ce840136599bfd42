/**
 * Makes Discord's OpenAPI document usable for checking, without changing what it means:
 * unions told apart by an integer `type` become if/then, so that one wrong button gives one error and not a hundred;
 * request objects are closed, so that a misspelt or misplaced field is noticed. And it lists the places where the
 * document is known to differ from what Discord takes from discord.js every day.
 */

export type Schema = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export interface TransformContext {
  readonly schemas: Readonly<Record<string, unknown>>
  /** Closed objects, and what discord.js is known to send beside them. */
  readonly direction: 'request' | 'response'
  /** Where references point afterwards. */
  readonly base: string
}

/** JSON Schema's keyword, by name: an object literal with `then` would look like a promise. */
const thenKeyword = 'then'

const schemaPrefix = '#/components/schemas/'

/** The schema with every nested part rewritten. */
export function transform(value: unknown, context: TransformContext): unknown {
  if (Array.isArray(value)) return value.map((one) => transform(one, context))
  if (!isObject(value)) return value
  if (typeof value.$ref === 'string') return { $ref: `${context.base}${value.$ref}` }
  const union = unionOf(value)
  if (union !== undefined) {
    const { oneOf: _oneOf, anyOf: _anyOf, ...rest } = value
    return { ...transformEach(rest, context), ...rewriteUnion(union, context) }
  }
  const changed = transformEach(value, context)
  return context.direction === 'request' && isObject(value.properties)
    ? closed(value.properties, changed)
    : changed
}

function transformEach(value: Schema, context: TransformContext): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) =>
      // Names of properties are not keywords.
      key === 'properties' && isObject(part)
        ? [
            key,
            Object.fromEntries(
              Object.entries(part).map(([name, one]) => [name, transformProperty(name, one, context)]),
            ),
          ]
        : [key, key === 'enum' || key === 'const' || key === 'required' ? part : transform(part, context)],
    ),
  )
}

/** Discord takes these from discord.js although its document says otherwise. */
function transformProperty(name: string, value: unknown, context: TransformContext): unknown {
  if (context.direction === 'request' && name === 'default_member_permissions') {
    return { anyOf: [{ type: ['integer', 'null'] }, { type: 'string', pattern: '^\\d{1,20}$' }] }
  }
  return transform(value, context)
}

const flag = { type: ['boolean', 'null'] }

function closed(properties: Schema, schema: Record<string, unknown>): Record<string, unknown> {
  const isMessage = 'content' in properties && 'components' in properties && 'allowed_mentions' in properties
  const isCommand = 'default_member_permissions' in properties
  const names = Object.keys(properties).sort().join()
  const isEmoji = names === 'id,name'
  const isThreadOnMessage = names === 'auto_archive_duration,name,rate_limit_per_user'
  const own = isObject(schema.properties) ? schema.properties : {}
  return {
    additionalProperties: false,
    ...schema,
    properties: {
      ...(isMessage ? { tts: flag, enforce_nonce: flag } : {}),
      ...(isCommand ? { nsfw: flag } : {}),
      ...(isEmoji ? { animated: flag } : {}),
      ...(isThreadOnMessage ? { type: { type: ['integer', 'null'] }, invitable: flag } : {}),
      ...own,
    },
  }
}

function unionOf(value: Schema): readonly unknown[] | undefined {
  if (Array.isArray(value.oneOf)) return value.oneOf
  return Array.isArray(value.anyOf) ? value.anyOf : undefined
}

function rewriteUnion(branches: readonly unknown[], context: TransformContext): Schema {
  const consts = branches.flatMap((branch) => (isObject(branch) && 'const' in branch ? [branch.const] : []))
  if (consts.length === branches.length) return { enum: consts }
  const solid = branches.filter((branch) => !isObject(branch) || branch.type !== 'null')
  const inner = unionOfSolid(solid, context)
  return solid.length === branches.length ? inner : { if: { type: 'null' }, else: inner }
}

function unionOfSolid(branches: readonly unknown[], context: TransformContext): Schema {
  const [only] = branches
  if (branches.length === 1 && isObject(only)) {
    const changed = transform(only, context)
    return isObject(changed) ? changed : {}
  }
  const typed = branches.map((branch) => ({ branch, types: typesOf(branch, context) }))
  const all = typed.flatMap(({ types }) => types ?? [])
  if (typed.some(({ types }) => types === undefined) || new Set(all).size !== all.length) {
    return byPresence(branches, context)
  }
  return {
    type: 'object',
    required: ['type'],
    properties: { type: { enum: all } },
    allOf: typed.map(({ branch, types }) => ({
      if: { required: ['type'], properties: { type: { enum: types } } },
      [thenKeyword]: transform(branch, context),
    })),
  }
}

/** A forum post is told from a plain thread by its message; everything else stays a union. */
function byPresence(branches: readonly unknown[], context: TransformContext): Schema {
  const [first, second] = branches
  const isPair =
    branches.length === 2 && requires(first, 'message', context) && !requires(second, 'message', context)
  if (!isPair) return { anyOf: branches.map((branch) => transform(branch, context)) }
  return {
    if: { required: ['message'] },
    [thenKeyword]: transform(first, context),
    else: transform(second, context),
  }
}

function resolve(branch: unknown, context: TransformContext): Schema {
  if (!isObject(branch)) return {}
  if (typeof branch.$ref !== 'string') return branch
  const target = context.schemas[branch.$ref.slice(schemaPrefix.length)]
  return isObject(target) ? target : {}
}

function requires(branch: unknown, name: string, context: TransformContext): boolean {
  const { required } = resolve(branch, context)
  return Array.isArray(required) && required.includes(name)
}

/** The values of `type` that a branch accepts, where it says so. */
function typesOf(branch: unknown, context: TransformContext): readonly unknown[] | undefined {
  const { properties } = resolve(branch, context)
  const type = isObject(properties) && isObject(properties.type) ? properties.type : undefined
  return Array.isArray(type?.enum) ? type.enum : undefined
}
