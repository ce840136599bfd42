/** A feed of the digests that this server made: chosen from the list that opens as one types, or by its name or address. */
import { ApplicationCommandOptionType } from 'discord-api-types/v10'
import type { Digest } from '../../digest/definition.ts'
import { type NewSource, sourceIdOf, sourceName, sourcesIn } from '../../digest/own-sources.ts'
import { UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import { markOf } from '../mark.ts'
import { foreign, label } from '../views/foreign.ts'
import { limits } from '../views/limits.ts'
import type { OptionKind } from './option.ts'

/** A source, and the digest that it is one of. */
export interface OwnFeed {
  readonly digest: Digest
  readonly source: NewSource
}

export const feedOption: OptionKind<OwnFeed> = {
  registered: { type: ApplicationCommandOptionType.String, max_length: 300 },
  read: async (given, name, context) => {
    const typed = given.getString(name)?.trim()
    if (typed === undefined || typed === '') return undefined
    const feeds = await ownFeeds(context)
    const wanted = typed.toLowerCase()
    const found =
      feeds.find((feed) => choiceOf(feed) === typed) ??
      feeds.find(({ source }) => source.address.toLowerCase() === wanted) ??
      feeds.find(({ source }) => sourceName(source).toLowerCase() === wanted)
    if (found !== undefined) return found
    throw await unknownFeed(typed, context)
  },
  suggest: async (typed, context) => {
    const wanted = typed.trim().toLowerCase()
    const feeds = await ownFeeds(context)
    return feeds
      .filter(({ source }) => `${sourceName(source)} ${source.address}`.toLowerCase().includes(wanted))
      .slice(0, limits.choices)
      .map((feed) => ({ name: label(lineOf(feed), limits.choiceName), value: choiceOf(feed) }))
  },
}

export async function ownFeeds({
  guildDigests,
  guildId,
}: Pick<Context, 'guildDigests' | 'guildId'>): Promise<readonly OwnFeed[]> {
  const digests = guildId === undefined ? [] : await guildDigests.list(guildId)
  return digests.flatMap((digest) => sourcesIn(digest).map((source) => ({ digest, source })))
}

function choiceOf({ digest, source }: OwnFeed): string {
  return `${digest.id}/${markOf(sourceIdOf(source))}`
}

function lineOf({ digest, source }: OwnFeed): string {
  return `${sourceName(source)} · ${digest.title}`
}

/** A feed of the house is known by its address or its name, and is not the server's to change. */
async function unknownFeed(typed: string, { library, guildId, mention }: Context): Promise<UserError> {
  const wanted = typed.toLowerCase()
  const ofHouse = (await library.digests(guildId)).find((digest) =>
    sourcesIn(digest).some((source) =>
      [source.address.toLowerCase(), sourceName(source).toLowerCase()].includes(wanted),
    ),
  )
  if (ofHouse === undefined) {
    const facts = { typed: foreign(typed, 100) }
    return new UserError('feed-unknown', `I know no feed called "${typed}" here.`, facts)
  }
  return new UserError('digest-of-house', `${ofHouse.title} is a digest of the house.`, {
    title: foreign(ofHouse.title, 100),
    add: mention('feed add'),
  })
}
