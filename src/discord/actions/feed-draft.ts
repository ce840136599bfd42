/** A feed that somebody is about to add, as far as they have come; kept as a draft under the id that its menus and buttons bear. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { DigestId } from '../../digest/definition.ts'
import { UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import { guildOf } from './problem.ts'

const address = z.string().max(2100)

const shape = z.object({
  guildId: z.string(),
  /** Whether it is to be added; it may only be tried out. */
  adds: z.boolean(),
  digestId: z
    .string()
    .transform((text) => text as DigestId)
    .exactOptional(),
  /** What its owner calls it. */
  name: z.string().exactOptional(),
  /** To be chosen from, by their place. */
  candidates: z.array(z.object({ address, title: z.string().exactOptional() })).default([]),
  /** What was found. */
  found: z
    .object({ kind: z.enum(['feed', 'page']), address, title: z.string().exactOptional() })
    .exactOptional(),
})

export type FeedDraft = Omit<z.output<typeof shape>, 'guildId'>

/** Keeps a draft and gives its id. */
export async function keepFeedDraft(draft: FeedDraft, context: Context): Promise<string> {
  const id = randomBytes(6).toString('hex')
  await context.drafts.put(id, context.userId, { ...draft, guildId: guildOf(context) }, context.now)
  return id
}

/** Errors: `UserError` where it is too old, somebody else's, or of another server. */
export async function openFeedDraft(id: string, context: Context): Promise<FeedDraft> {
  const read = shape.safeParse(await context.drafts.find(id, context.userId, context.now))
  if (read.success && read.data.guildId === context.guildId) return read.data
  throw new UserError('begun-too-long-ago', 'That was begun too long ago.', {
    command: context.mention('feed add'),
  })
}
