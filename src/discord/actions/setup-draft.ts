/**
 * A digest being set up, as far as its owner has come. It is kept as a draft under the id that the wizard's buttons bear, so that they work
 * after a restart; a draft that is gone says to begin anew. What was not chosen has a default, worked out anew each time.
 */
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Digest, DigestId } from '../../digest/definition.ts'
import type { GuildSettings } from '../../digest/guild.ts'
import type { ChannelId, GuildId } from '../../digest/ledger.ts'
import { zoneOfLocale } from '../../digest/locale-zone.ts'
import { placeShape } from '../../digest/place.ts'
import { type Schedule, scheduleShape, weekdays } from '../../digest/schedule.ts'
import { UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import { languageOf } from '../text/languages.ts'
import { guildOf } from './problem.ts'

const setupShape = z.object({
  guildId: z.string().transform((text) => text as GuildId),
  begunAt: z.number().exactOptional(),
  digestId: z
    .string()
    .transform((text) => text as DigestId)
    .exactOptional(),
  /** The digest that was made here: it goes again if nothing comes of it. */
  madeId: z
    .string()
    .transform((text) => text as DigestId)
    .exactOptional(),
  channelId: z
    .string()
    .transform((text) => text as ChannelId)
    .exactOptional(),
  /** What was chosen for a forum or an announcement channel. */
  place: placeShape.exactOptional(),
  schedule: scheduleShape.exactOptional(),
  /** A zone that the owner named. */
  zone: z.string().exactOptional(),
  /** What was written in the form for times, or for own sources, to be mended. */
  times: z.object({ times: z.string(), zone: z.string() }).exactOptional(),
  own: z.object({ title: z.string(), addresses: z.string(), language: z.string() }).exactOptional(),
  /** What the own sources hold, as it was tried out. */
  found: z
    .array(z.object({ title: z.string(), headlines: z.array(z.string()).readonly() }))
    .readonly()
    .default([]),
  /** It is posted now: the wizard is over. */
  isPosted: z.boolean().default(false),
})

export type SetupDraft = z.output<typeof setupShape>

/** Keeps a new draft and gives its id. */
export async function beginDraft(
  context: Context,
  chosen: Pick<SetupDraft, 'digestId' | 'channelId' | 'schedule' | 'zone'>,
): Promise<{ readonly id: string; readonly draft: SetupDraft }> {
  const id = randomBytes(6).toString('hex')
  const draft: SetupDraft = {
    guildId: guildOf(context),
    begunAt: context.now,
    found: [],
    isPosted: false,
    ...chosen,
  }
  await keepDraft(id, draft, context)
  return { id, draft }
}

/** Errors: `UserError` where it is too old, somebody else's, or of another server. */
export async function openDraft(id: string, context: Context): Promise<SetupDraft> {
  const read = setupShape.safeParse(await context.drafts.find(id, context.userId, context.now))
  if (read.success && read.data.guildId === context.guildId) return read.data
  throw new UserError('begun-too-long-ago', 'That was begun too long ago. Begin anew with /digest setup.', {
    command: context.mention('digest setup'),
  })
}

export async function keepDraft(id: string, draft: SetupDraft, context: Context): Promise<void> {
  await context.drafts.put(id, context.userId, draft, context.now)
}

/** The zone that fits this server best: what it has set, or what its language or that of the owner tells. */
export function serverZone({ zone }: GuildSettings, { guildLocale, locale }: Context): string | undefined {
  return zone ?? zoneOfLocale(guildLocale) ?? zoneOfLocale(locale)
}

/** What the owner chose; else the digest's own times, in the zone that fits. */
export function scheduleFor(
  draft: SetupDraft,
  digest: Digest | undefined,
  settings: GuildSettings,
  context: Context,
): Schedule {
  if (draft.schedule !== undefined) return draft.schedule
  const zone = draft.zone ?? serverZone(settings, context)
  if (digest !== undefined) return zone === undefined ? digest.schedule : { ...digest.schedule, zone }
  return { times: ['07:30'], weekdays, zone: zone ?? 'America/New_York' }
}

/** The digest that most owners would take: one in their language that is not posted in this channel yet. */
export function likelyDigest(
  digests: readonly Digest[],
  postedHere: ReadonlySet<DigestId>,
  settings: GuildSettings,
  context: Context,
): Digest | undefined {
  const language = languageOf(settings, context)
  const rank = ({ id, language: spoken }: Digest): number =>
    (postedHere.has(id) ? 2 : 0) + (spoken.split('-')[0] === language ? 0 : 1)
  return digests.toSorted((a, b) => rank(a) - rank(b))[0]
}
