/** A rule that was typed and cannot be one, kept so that it can be mended; its button bears the id of the draft. */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { DigestId } from '../../digest/definition.ts'
import { ruleKinds, type TypedRule } from '../../digest/typed-rule.ts'
import { UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import { ruleReaches, ruleSides } from '../options/rule.ts'
import { guildOf } from './problem.ts'

const draftShape = z.object({
  guildId: z.string(),
  digestId: z.string().transform((text) => text as DigestId),
  kind: z.enum(ruleKinds).exactOptional(),
  text: z.string(),
  side: z.enum(ruleSides),
  reach: z.enum(ruleReaches),
})

/** Keeps a draft and gives its id. */
export async function keepRuleDraft(
  rule: TypedRule & { readonly digestId: DigestId },
  context: Context,
): Promise<string> {
  const id = randomBytes(6).toString('hex')
  await context.drafts.put(id, context.userId, { ...rule, guildId: guildOf(context) }, context.now)
  return id
}

/** Errors: `UserError` where it is too old, somebody else's, or of another server. */
export async function openRuleDraft(id: string, context: Context) {
  const read = draftShape.safeParse(await context.drafts.find(id, context.userId, context.now))
  if (read.success && read.data.guildId === context.guildId) return read.data
  throw new UserError('begun-too-long-ago', 'That was begun too long ago.', {
    command: context.mention('filter add'),
  })
}
