/** Digests that a server made itself: made from addresses, and changed. Whatever comes of a change is a whole, valid definition. */
import {
  type Digest,
  type DigestDefinition,
  type DigestId,
  definitionSchema,
} from '../../digest/definition.ts'
import type { FoundSource } from '../../digest/found-source.ts'
import type { Schedule } from '../../digest/schedule.ts'
import { UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import { foreign, label } from '../views/foreign.ts'
import { guildOf } from './problem.ts'

/** What is not asked for has the usual values. */
export function definitionOf(options: {
  readonly title: string
  readonly language: string
  readonly sources: readonly Pick<FoundSource, 'kind' | 'address' | 'title'>[]
  readonly schedule: Schedule
}): DigestDefinition {
  const { title, language, sources, schedule } = options
  return definitionSchema.parse({
    title: label(title, 100),
    language,
    sources: sources.map(({ kind, address, title: name }) => ({
      [kind]: address,
      ...(name === undefined ? {} : { name: label(name, 80) }),
    })),
    schedule,
  })
}

/** Errors: `UserError` where the server made no such digest, or has deleted it: those of the house are not its to change. */
export async function ownDigest(id: DigestId, context: Context): Promise<Digest> {
  const found = await context.guildDigests.find(guildOf(context), id)
  if (found !== undefined) return found
  const known = await context.library.findDigest(id)
  if (known === undefined) {
    throw new UserError('digest-gone', 'That digest no longer exists.', {
      list: context.mention('digest list'),
    })
  }
  throw new UserError('digest-of-house', 'That digest was not made on this server.', {
    title: foreign(known.title, 100),
    add: context.mention('feed add'),
  })
}

/** `change` gives what becomes other of the digest as it stands at that moment; the rest stays. Errors: as `ownDigest`. */
export async function changeOwnDigest(
  id: DigestId,
  change: (standing: DigestDefinition) => { readonly [Key in keyof DigestDefinition]?: unknown },
  context: Context,
): Promise<Digest> {
  const whole = (standing: DigestDefinition) => definitionSchema.parse({ ...standing, ...change(standing) })
  const changed = await context.guildDigests.change(guildOf(context), id, whole, context.now, context.userId)
  return changed ?? ownDigest(id, context)
}
