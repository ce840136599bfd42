/** A digest that may be read here: by its id, or by its title as it was typed. */
import { ApplicationCommandOptionType } from 'discord-api-types/v10'
import type { Digest } from '../../digest/definition.ts'
import { UserError } from '../../errors.ts'
import { foreign, label } from '../views/foreign.ts'
import { limits } from '../views/limits.ts'
import type { OptionKind } from './option.ts'

export const digestOption: OptionKind<Digest> = {
  registered: { type: ApplicationCommandOptionType.String, max_length: 100 },
  read: async (given, name, { library, guildId }) => {
    const typed = given.getString(name)
    if (typed === null) return undefined
    const digests = await library.digests(guildId)
    const found =
      digests.find((digest) => digest.id === typed) ??
      digests.find((digest) => digest.title.toLowerCase() === typed.trim().toLowerCase())
    if (found !== undefined) return found
    throw new UserError('digest-unknown', `I know no digest called "${typed}".`, {
      typed: foreign(typed, 100),
    })
  },
  suggest: async (typed, { library, guildId }) => {
    const wanted = typed.trim().toLowerCase()
    const digests = await library.digests(guildId)
    return digests
      .filter((digest) => digest.title.toLowerCase().includes(wanted))
      .slice(0, limits.choices)
      .map((digest) => ({ name: label(digest.title, limits.choiceName), value: digest.id }))
  },
}
