/** A story: chosen from the list that opens as one types, or words that lead to exactly one headline. */
import { ApplicationCommandOptionType } from 'discord-api-types/v10'
import type { StoryId } from '../../article/article.ts'
import { UserError } from '../../errors.ts'
import type { Story } from '../../story/story.ts'
import { digestsHere } from '../digests-here.ts'
import { foreign, label } from '../views/foreign.ts'
import { limits } from '../views/limits.ts'
import type { OptionKind } from './option.ts'

export const storyOption: OptionKind<Story> = {
  registered: { type: ApplicationCommandOptionType.String, max_length: 200 },
  read: async (given, name, { library, guildId }) => {
    const typed = given.getString(name)
    if (typed === null) return undefined
    const byId = await library.findStory(typed as StoryId)
    if (byId !== undefined) return byId
    const readable = await library.digests(guildId)
    const digestIds = readable.map(({ id }) => id)
    const lines = await library.findHeadlines({ digestIds, words: typed, limit: 2 })
    const [only] = lines
    const byWords =
      only !== undefined && lines.length === 1 ? await library.findStory(only.storyId) : undefined
    if (byWords !== undefined) return byWords
    throw new UserError('story-unknown', `I know no story called "${typed}".`, {
      typed: foreign(typed, 100),
    })
  },
  suggest: async (typed, context) => {
    const digests = await digestsHere(context)
    const lines = await context.library.findHeadlines({
      digestIds: digests.map(({ id }) => id),
      words: typed,
      limit: limits.choices,
    })
    return lines.map((line) => ({ name: label(line.headline, limits.choiceName), value: line.storyId }))
  },
}
