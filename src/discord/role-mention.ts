/** The line above a digest that mentions a role: made when it is posted, and found again in what stands there. */
import { ComponentType } from 'discord.js'
import { z } from 'zod'
import type { RoleId } from '../digest/ledger.ts'

export function roleMention(roleId: RoleId): object {
  return { type: ComponentType.TextDisplay, content: `<@&${roleId}>` }
}

const begun = z.tuple([z.object({ content: z.string() })], z.unknown())

/** The role that a message begins with, by its components; nothing where there is none. */
export function mentionIn(components: unknown): { readonly roleId?: RoleId } {
  const { data } = begun.safeParse(components)
  const id = /^<@&(\d+)>$/.exec(data?.[0].content ?? '')?.[1]
  return id === undefined ? {} : { roleId: id as RoleId }
}
