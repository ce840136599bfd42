/**
 * What Discord sends to an endpoint, as far as anything is read before discord.js makes an interaction of it
 * (developers/interactions/receiving-and-responding, Interaction Object). The rest passes as it came.
 */
import { InteractionType } from 'discord-api-types/v10'
import { z } from 'zod'

const id = z.string().regex(/^\d{1,20}$/)
const user = z.looseObject({ id, username: z.string() })
const common = z.looseObject({
  id,
  application_id: id,
  token: z.string().min(1),
  channel: z.looseObject({ id, type: z.int() }).optional(),
  guild_id: id.optional(),
  user: user.optional(),
  member: z.looseObject({ user, permissions: z.string().regex(/^\d+$/), roles: z.array(id) }).optional(),
  locale: z.string(),
  guild_locale: z.string().optional(),
  authorizing_integration_owners: z.record(z.string(), z.string()),
  // What somebody bought is kept by a client that is connected, and nothing is for sale here.
  entitlements: z
    .unknown()
    .optional()
    .transform((): readonly [] => []),
})
const named = z.looseObject({ id, name: z.string(), type: z.int() })
const message = z.looseObject({ id, channel_id: id, components: z.array(z.unknown()).optional() })

const interaction = z
  .discriminatedUnion('type', [
    common.extend({ type: z.literal(InteractionType.ApplicationCommand), data: named }),
    common.extend({ type: z.literal(InteractionType.ApplicationCommandAutocomplete), data: named }),
    common.extend({
      type: z.literal(InteractionType.MessageComponent),
      data: z.looseObject({ custom_id: z.string(), component_type: z.int() }),
      message,
    }),
    common.extend({
      type: z.literal(InteractionType.ModalSubmit),
      data: z.looseObject({ custom_id: z.string(), components: z.array(z.unknown()) }),
      message: message.optional(),
    }),
  ])
  .refine((each) => (each.member ?? each.user) !== undefined, { error: 'is nobody’s' })

/** Discord's own question whether anybody listens. */
const ping = z.looseObject({ type: z.literal(InteractionType.Ping) })

export type IncomingInteraction = z.output<typeof interaction>
export type Incoming =
  | { readonly kind: 'ping' }
  | { readonly kind: 'interaction'; readonly interaction: IncomingInteraction }
  /** Not what Discord documents; `why` for the log. */
  | { readonly kind: 'strange'; readonly why: string }

export function readIncoming(body: Uint8Array): Incoming {
  const json = jsonOf(body)
  if (ping.safeParse(json).success) return { kind: 'ping' }
  const read = interaction.safeParse(json)
  return read.success
    ? { kind: 'interaction', interaction: read.data }
    : { kind: 'strange', why: z.prettifyError(read.error) }
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}
