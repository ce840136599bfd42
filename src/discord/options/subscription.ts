/** A digest as it is posted in a channel of this server: chosen as "Morgenblatt in #news", or named by a title that is posted once. */
import { ApplicationCommandOptionType } from 'discord-api-types/v10'
import type { Subscription } from '../../digest/ledger.ts'
import { UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import { nameOf } from '../views/digest-list-view.ts'
import { foreign, label } from '../views/foreign.ts'
import { limits } from '../views/limits.ts'
import type { OptionKind } from './option.ts'

export const subscriptionOption: OptionKind<Subscription> = {
  registered: { type: ApplicationCommandOptionType.String, max_length: 200 },
  read: async (given, name, context) => {
    const typed = given.getString(name)
    if (typed === null) return undefined
    const all = await named(context)
    const byId = all.find(({ subscription }) => subscription.id === typed)
    const wanted = typed.trim().toLowerCase()
    const byName = all.filter((each) =>
      [each.name, each.title, each.subscription.digestId].some((name) => name.toLowerCase() === wanted),
    )
    const found = byId ?? (byName.length === 1 ? byName[0] : undefined)
    if (found !== undefined) return found.subscription
    const code = byName.length > 1 ? 'subscription-several' : 'subscription-unknown'
    throw new UserError(code, `"${typed}" is not posted here, or more than once.`, {
      typed: foreign(typed, 100),
      list: context.mention('digest list'),
    })
  },
  suggest: async (typed, context) => {
    const wanted = typed.trim().toLowerCase()
    return (await named(context))
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .slice(0, limits.choices)
      .map(({ name, subscription }) => ({ name: label(name, limits.choiceName), value: subscription.id }))
  },
}

/** Everything posted here, with its name; foreign. */
async function named({ subscriptions, library, guildId, channel, say }: Context) {
  if (guildId === undefined) return []
  return Promise.all(
    (await subscriptions.ofGuild(guildId)).map(async (subscription) => {
      const title = (await library.findDigest(subscription.digestId))?.title ?? subscription.digestId
      return { subscription, title, name: nameOf(title, await channel(subscription.channelId), say) }
    }),
  )
}
