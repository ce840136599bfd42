/** A digest that this server made, by its id or its title. One of the house is known and refused: it is not the server's to change. */
import { ApplicationCommandOptionType } from 'discord-api-types/v10'
import type { Digest } from '../../digest/definition.ts'
import { UserError } from '../../errors.ts'
import { foreign, label } from '../views/foreign.ts'
import { limits } from '../views/limits.ts'
import type { OptionKind } from './option.ts'

export const ownDigestOption: OptionKind<Digest> = {
  registered: { type: ApplicationCommandOptionType.String, max_length: 100 },
  read: async (given, name, { guildDigests, library, guildId, mention }) => {
    const typed = given.getString(name)?.trim()
    if (typed === undefined || typed === '') return undefined
    const own = guildId === undefined ? [] : await guildDigests.list(guildId)
    const found = named(own, typed)
    if (found !== undefined) return found
    const ofHouse = named(await library.digests(guildId), typed)
    if (ofHouse === undefined) {
      throw new UserError('digest-unknown', `I know no digest called "${typed}".`, {
        typed: foreign(typed, 100),
      })
    }
    throw new UserError('digest-of-house', `${ofHouse.title} is a digest of the house.`, {
      title: foreign(ofHouse.title, 100),
      add: mention('feed add'),
    })
  },
  suggest: async (typed, { guildDigests, guildId }) => {
    const wanted = typed.trim().toLowerCase()
    const own = guildId === undefined ? [] : await guildDigests.list(guildId)
    return own
      .filter(({ title }) => title.toLowerCase().includes(wanted))
      .slice(0, limits.choices)
      .map(({ id, title }) => ({ name: label(title, limits.choiceName), value: id }))
  },
}

function named(digests: readonly Digest[], typed: string): Digest | undefined {
  return (
    digests.find(({ id }) => id === typed) ??
    digests.find(({ title }) => title.toLowerCase() === typed.toLowerCase())
  )
}
