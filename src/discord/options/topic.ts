/** A topic of the digests that are read here, by its name. */
import { ApplicationCommandOptionType } from 'discord-api-types/v10'
import { UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import { digestsHere } from '../digests-here.ts'
import { foreign, label } from '../views/foreign.ts'
import { limits } from '../views/limits.ts'
import type { OptionKind } from './option.ts'

export const topicOption: OptionKind<string> = {
  registered: { type: ApplicationCommandOptionType.String, max_length: 60 },
  read: async (given, name, context) => {
    const typed = given.getString(name)?.trim()
    if (typed === undefined || typed === '') return undefined
    const topics = await topicsHere(context)
    const found = topics.find((topic) => topic.toLowerCase() === typed.toLowerCase())
    if (found !== undefined) return found
    throw new UserError('topic-unknown', `No digest here has a topic called "${typed}".`, {
      typed: foreign(typed, 100),
    })
  },
  suggest: async (typed, context) => {
    const wanted = typed.trim().toLowerCase()
    const topics = await topicsHere(context)
    return topics
      .filter((topic) => topic.toLowerCase().includes(wanted))
      .slice(0, limits.choices)
      .map((topic) => ({ name: label(topic, limits.choiceName), value: topic }))
  },
}

/** Each name once, as the first digest that has it writes it. */
export async function topicsHere(
  context: Pick<Context, 'guildId' | 'library' | 'subscriptions'>,
): Promise<readonly string[]> {
  const names = (await digestsHere(context)).flatMap(({ topics }) => topics.map(({ name }) => name))
  return [...new Map(names.toReversed().map((name) => [name.toLowerCase(), name])).values()].sort((a, b) =>
    a.localeCompare(b),
  )
}
